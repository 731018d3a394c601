"""Messages to groups and posts by hand, over HTTP: previewed, then made tasks of staff."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Annotated, Any

from ninja import Schema
from pydantic import AfterValidator, Field

from yutang.kit import clock
from yutang.kit.errors import refusals
from yutang.kit.instants import Instant
from yutang.reach import service as reach
from yutang.wecom import service as wecom
from yutang.wecom.api.router import router
from yutang.workspaces.service import MemberRequest, needs, staff_by_id

__all__ = ["Near"]


def _near(at: datetime) -> datetime:
    """Refuse what nobody plans: calendars end there, too."""
    if not _FIRST <= at <= _LAST:
        raise ValueError("2000–2100")
    return at


_FIRST, _LAST = datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)
Near = Annotated[Instant, AfterValidator(_near)]
Number = Annotated[int, Field(ge=1, lt=1 << 31)]
When = Annotated[
    Near | None,
    Field(description="Not before; now, by default. Quiet hours put it off to their end."),
]
_MESSAGE = (
    reach.MessageNotFound,
    reach.MessageArchived,
    reach.MessageNotSound,
    wecom.NotForGroups,
)


class GroupMassIn(Schema):
    """A message to customer groups."""

    message_id: Annotated[Number, Field(description="Written for `group` or `wecom`.")]
    groups: Annotated[list[Number], Field(min_length=1, max_length=2000)]
    at: When = None


class GroupVerdictOut(Schema):
    """Whether a group can be written to."""

    group: int
    name: str
    people: int
    reason: Annotated[str, Field(description="Empty: it is written to.")]
    why: str


class GroupMassOut(Schema):
    """What becomes of it: a task for each owner."""

    at: datetime
    people: Annotated[int, Field(description="Customers in the groups written to.")]
    tasks: list[int]
    groups: list[GroupVerdictOut]


class MomentIn(Schema):
    """A post by hand. No staff and no department: everybody with the client-contact function."""

    message_id: Annotated[Number, Field(description="Written for `moments`.")]
    corp_id: Annotated[Number | None, Field(description="The first connected one by default.")] = (
        None
    )
    staff: Annotated[list[Number], Field(max_length=5000)] = []
    departments: Annotated[
        list[Number], Field(max_length=500, description="With those below.")
    ] = []
    tags: Annotated[
        list[Number],
        Field(max_length=100, description="Only customers with one of these see it; none: all do."),
    ] = []
    at: When = None

    def aim(self) -> wecom.PostAim:
        """Return who publishes and who sees it."""
        return wecom.PostAim(self.staff, self.departments, self.tags)


class LeftOutOut(Schema):
    """A member who cannot publish it."""

    staff: int
    name: str
    why: str


class MomentOut(Schema):
    """What becomes of a post."""

    at: datetime
    task: int | None
    staff: Annotated[int, Field(description="How many publish it.")]
    left_out: list[LeftOutOut]


@router.post(
    "/group-mass/preview",
    summary="Preview a message to groups",
    response={200: GroupMassOut} | refusals(*_MESSAGE),
)
@needs("reach.read")
def preview_groups(request: MemberRequest, body: GroupMassIn) -> Mapping[str, object]:
    """Tell which groups could be written to, and why the others could not; nothing is sent."""
    given = body.model_dump()
    return _groups(wecom.preview_groups(request.auth, **given, now=clock.now()))


@router.post(
    "/group-mass",
    summary="Write to groups",
    response={201: GroupMassOut}
    | refusals(*_MESSAGE, wecom.NoGroupToSendTo, wecom.NeedsAnotherEye),
)
@needs("reach.write")
def send_to_groups(request: MemberRequest, body: GroupMassIn) -> Mapping[str, object]:
    """Make a task for each owner; groups that cannot be written to are left out, with the reason."""
    given = body.model_dump()
    return _groups(wecom.send_to_groups(request.auth, **given, now=clock.now()))


@router.post(
    "/moments/preview",
    summary="Preview a post",
    response={200: MomentOut} | refusals(*_MESSAGE, wecom.NoSuchCorp, wecom.TagNotThere),
)
@needs("reach.read")
def preview_moment(request: MemberRequest, body: MomentIn) -> Mapping[str, object]:
    """Tell who would publish it, and who could not; nothing is posted."""
    return _moment(request, wecom.preview_moment(request.auth, **_given(body), now=clock.now()))


@router.post(
    "/moments",
    summary="Have a post published",
    response={201: MomentOut}
    | refusals(
        *_MESSAGE, wecom.NoSuchCorp, wecom.TagNotThere, wecom.NobodyToPost, wecom.NeedsAnotherEye
    ),
)
@needs("reach.write")
def post_moment(request: MemberRequest, body: MomentIn) -> Mapping[str, object]:
    """Make it a task of the staff chosen, each of whom publishes it or does not."""
    return _moment(request, wecom.post_moment(request.auth, **_given(body), now=clock.now()))


def _groups(planned: wecom.GroupsPlanned) -> Mapping[str, object]:
    groups: Sequence[Mapping[str, object]] = [
        {
            "group": each.group,
            "name": each.name,
            "people": each.people,
            "reason": each.reason,
            "why": each.why.said() if each.why else "",
        }
        for each in planned.groups
    ]
    return {"at": planned.at, "people": planned.people, "tasks": planned.tasks, "groups": groups}


def _given(body: MomentIn) -> dict[str, Any]:
    return {
        "message_id": body.message_id,
        "corp_id": body.corp_id,
        "at": body.at,
        "aim": body.aim(),
    }


def _moment(request: MemberRequest, planned: wecom.PostPlanned) -> Mapping[str, object]:
    known = staff_by_id(request.auth.workspace, planned.left_out)
    left_out = [
        {"staff": number, "name": known[number].name, "why": why.said()}
        for number, why in planned.left_out.items()
        if number in known
    ]
    return {
        "at": planned.at,
        "task": planned.task.pk if planned.task else None,
        "staff": len(planned.publishers),
        "left_out": left_out,
    }
