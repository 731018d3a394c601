"""Messages to groups over HTTP: groups chosen, previewed, written to; what became of each owner's."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any, Literal

from ninja import Query, Schema
from pydantic import Field, StringConstraints, model_validator

from yutang.kit import clock
from yutang.kit.errors import refusals
from yutang.kit.i18n import Text
from yutang.kit.pages import CursorUnknown, Page, PageIn, PageOf, page_of
from yutang.reach import service as reach
from yutang.wecom import service as wecom
from yutang.wecom.api.mass import MassOut
from yutang.wecom.api.router import router
from yutang.wecom.api.when import Number, When
from yutang.wecom.models import MassTask, attachments_in, words_in
from yutang.wecom.ways.choosing import Among, GroupFound, list_groups, list_owners
from yutang.wecom.ways.groups import TooManyGroups
from yutang.wecom.ways.judging import OwnerStanding
from yutang.wecom.ways.sendings import (
    NoSuchSending,
    SendingStanding,
    sending_of,
    sendings_of,
    standings_of,
)
from yutang.workspaces.service import MemberRequest, needs

__all__: list[str] = []

Words = Annotated[str, StringConstraints(max_length=100, pattern=r"^[^\x00]*$")]
Size = Annotated[int, Field(ge=0, le=100_000)]
_MESSAGE = (
    reach.MessageNotFound,
    reach.MessageArchived,
    reach.MessageNotSound,
    wecom.NotForGroups,
    TooManyGroups,
)
_HELD_SHOWN = 200


class GroupsAmongIn(Schema):
    """Groups by what they have in common: all that one may see, where nothing is said."""

    q: Annotated[Words, Field(description="Part of a name, its pinyin or its initials.")] = ""
    owners: Annotated[list[Number], Field(max_length=1000, description="Staff.")] = []
    least: Annotated[Size | None, Field(description="Customers in it.")] = None
    most: Annotated[Size | None, Field(description="Customers in it.")] = None

    def among(self) -> Among:
        """Return them as they are looked for."""
        return Among(self.q, self.owners, self.least, self.most)


class GroupsQuery(PageIn):
    """Which groups."""

    q: Words = ""
    owner: Annotated[list[Number], Field(max_length=200, description="Staff.")] = []
    least: Size | None = None
    most: Size | None = None


class GroupMassAsked(Schema):
    """What a message to groups would be; the message may still be missing."""

    message_id: Annotated[Number | None, Field(description="Written for `group` or `wecom`.")] = (
        None
    )
    groups: Annotated[list[Number], Field(max_length=2000)] = []
    among: Annotated[GroupsAmongIn | None, Field(description="Instead of naming groups.")] = None
    at: When = None

    @model_validator(mode="after")
    def one_of_both(self) -> "GroupMassAsked":
        """Refuse both ways of naming groups at once, and neither."""
        if bool(self.groups) == (self.among is not None):
            raise ValueError("groups / among")
        return self

    def chosen(self) -> dict[str, Any]:
        """Return what a service takes."""
        return {
            "message_id": self.message_id,
            "groups": self.groups if self.among is None else self.among.among(),
            "at": self.at,
        }


class GroupMassIn(GroupMassAsked):
    """A message to customer groups."""

    message_id: Annotated[Number, Field(description="Written for `group` or `wecom`.")]


class GroupVerdictOut(Schema):
    """Whether a group can be written to."""

    group: int
    name: str
    people: int
    reason: Annotated[str, Field(description="Empty: it is written to.")]
    why: str


class CapOut(Schema):
    """A cap, and how much of it is used up."""

    sentence: str
    per: Literal["rolling", "day", "week", "month"]
    days: Annotated[int, Field(description="Where it rolls.")]
    most: int
    used: Annotated[int, Field(description="By whichever has had most.")]
    full: Annotated[int, Field(description="How many have had all they may.")]

    @staticmethod
    def resolve_sentence(cap: Any) -> str:
        said: Text = cap.said
        return said.said()


class OwnerOut(Schema):
    """An owner, and how her groups stand."""

    staff: int
    name: str
    groups: int
    people: int
    held: Annotated[int, Field(description="Groups of hers that are not written to.")]
    caps: list[CapOut]


class GroupMassOut(Schema):
    """What becomes of it: a task for each owner."""

    at: datetime
    people: Annotated[int, Field(description="Customers in the groups written to.")]
    count: Annotated[int, Field(description="Groups written to.")]
    held: Annotated[int, Field(description="Groups left out.")]
    tasks: list[int]
    sending: int | None
    owners: list[OwnerOut]
    groups: Annotated[
        list[GroupVerdictOut],
        Field(description="Those named; of a choice, those left out (the first 200)."),
    ]


class GroupFoundOut(Schema):
    """A customer group that can be chosen."""

    group: int
    name: str
    people: Annotated[int, Field(description="Customers in it.")]
    staff: Annotated[int, Field(description="Its owner; 0: not among the members of the corp.")]
    staff_name: str
    made_at: datetime


class GroupOwnerOut(Schema):
    """One of the staff who owns groups."""

    staff: int
    name: str
    groups: int


class SendingOfGroupsOut(Schema):
    """A message to groups, and how far it is."""

    id: int
    name: str
    text: Annotated[str, Field(description="What it says, without its attachments.")]
    attachments: int
    at: Annotated[datetime, Field(description="When it leaves, or left.")]
    created_at: datetime
    owners: int
    states: Annotated[dict[str, int], Field(description="Owners' tasks by state.")]
    groups: int
    outcome: Annotated[
        dict[str, int],
        Field(
            description="Groups by what became of them.", examples=[{"sent": 12, "had_others": 1}]
        ),
    ]


class TaskOfGroupsOut(MassOut):
    """One owner's part of it."""

    outcome: Annotated[dict[str, int], Field(description="Groups by what became of them.")]

    @staticmethod
    def resolve_outcome(task: MassTask) -> dict[str, int]:
        return {state.name.lower(): count for state, count in task.outcome.items()}


class SendingDetailOut(SendingOfGroupsOut):
    """A message to groups, owner by owner."""

    parts: list[dict[str, Any]]
    tasks: list[TaskOfGroupsOut]


@router.get(
    "/groups",
    summary="List customer groups that can be written to",
    description="By name; those whose owner one may see.",
    response={200: Page[GroupFoundOut]} | refusals(CursorUnknown),
)
@needs("reach.read")
def list_customer_groups(request: MemberRequest, asked: Query[GroupsQuery]) -> PageOf[GroupFound]:
    among = Among(asked.q, asked.owner, asked.least, asked.most)
    return list_groups(request.auth, among, asked)


@router.get(
    "/groups/owners",
    summary="List who owns customer groups",
    description="Who has most of them first; with neither pages nor a limit, as there are few.",
    response={200: list[GroupOwnerOut]},
)
@needs("reach.read")
def list_group_owners(request: MemberRequest) -> list[Any]:
    return list(list_owners(request.auth))


@router.post(
    "/group-mass/preview",
    summary="Preview a message to groups",
    response={200: GroupMassOut} | refusals(*_MESSAGE),
)
@needs("reach.read")
def preview_groups(request: MemberRequest, body: GroupMassAsked) -> Mapping[str, object]:
    """Tell which groups could be written to, why the others could not, and how their owners stand."""
    found = wecom.preview_groups(request.auth, **body.chosen(), now=clock.now())
    return _planned(found, is_named=body.among is None)


@router.post(
    "/group-mass",
    summary="Write to groups",
    response={201: GroupMassOut}
    | refusals(*_MESSAGE, wecom.NoGroupToSendTo, wecom.NeedsAnotherEye),
)
@needs("reach.write")
def send_to_groups(request: MemberRequest, body: GroupMassIn) -> Mapping[str, object]:
    """Make a task for each owner; groups that cannot be written to are left out, with the reason."""
    made = wecom.send_to_groups(request.auth, **body.chosen(), now=clock.now())
    return _planned(made, is_named=body.among is None)


@router.get(
    "/group-mass",
    summary="List messages to groups",
    response={200: Page[SendingOfGroupsOut]} | refusals(CursorUnknown),
)
@needs("reach.read")
def list_sendings(request: MemberRequest, page: Query[PageIn]) -> PageOf[dict[str, Any]]:
    found = page_of(sendings_of(request.auth), page, order=("-id",))
    return PageOf([_sending(each) for each in standings_of(request.auth, found.items)], found.next)


@router.get(
    "/group-mass/{int:sending_id}",
    summary="Read a message to groups: how far each owner is",
    response={200: SendingDetailOut} | refusals(NoSuchSending),
)
@needs("reach.read")
def read_sending(request: MemberRequest, sending_id: int) -> dict[str, Any]:
    found = sending_of(request.auth, sending_id)
    return _sending(found) | {
        "parts": list(found.parts),
        "tasks": found.tasks,
    }


def _planned(planned: wecom.GroupsPlanned, *, is_named: bool) -> Mapping[str, object]:
    held = [each for each in planned.groups if each.reason]
    shown = planned.groups if is_named else held[:_HELD_SHOWN]
    owners: list[OwnerStanding] = list(planned.owners)
    return {
        "at": planned.at,
        "people": planned.people,
        "count": len(planned.groups) - len(held),
        "held": len(held),
        "tasks": planned.tasks,
        "sending": planned.sending,
        "owners": owners,
        "groups": [
            {
                "group": each.group,
                "name": each.name,
                "people": each.people,
                "reason": each.reason,
                "why": each.why.said() if each.why else "",
            }
            for each in shown
        ],
    }


def _sending(found: SendingStanding) -> dict[str, Any]:
    outcome = {state.name.lower(): count for state, count in found.outcome.items()}
    return {
        "id": found.sending.pk,
        "name": found.sending.name,
        "text": words_in(found.parts),
        "attachments": attachments_in(found.parts),
        "at": found.sending.due_at,
        "created_at": found.sending.created_at,
        "owners": len({(task.corp_id, task.sender) for task in found.tasks}),
        "states": {state.value: count for state, count in found.states.items()},
        "groups": sum(outcome.values()),
        "outcome": outcome,
    }
