"""Mass messages and posts over HTTP: who has confirmed, what came of them, reminders, calling off."""

from datetime import datetime
from typing import Annotated, Any, Literal

from ninja import Field, Query, Router, Schema

from yutang.kit.clock import now
from yutang.kit.errors import refusals
from yutang.kit.pages import Page, PageIn, PageOf, page_of
from yutang.wecom import service as wecom
from yutang.wecom.models import MassKind, MassTask, RecipientState
from yutang.workspaces.service import MemberRequest, needs

__all__ = ["router"]

router = Router(tags=["wecom"])

State = Literal["gathering", "creating", "uncertain", "open", "over", "cancelled", "refused"]
PersonState = Literal["waiting", "sent", "no_friend", "had_others", "not_taken", "never"]
_CALLS = (wecom.PlatformRefused, wecom.NoAnswer, wecom.Throttled, wecom.CorpPaused)


class MassQuery(Schema):
    """Which mass messages."""

    state: State | None = None
    journey: Annotated[
        int | None, Field(ge=1, lt=1 << 32, description="Made by this journey or campaign.")
    ] = None
    kind: MassKind | None = None


class MassOut(Schema):
    """A mass message as the platform knows it."""

    id: int
    kind: MassKind
    text: str = Field(description="what it says, without its attachments")
    attachments: int
    sender: str = Field(
        description="the one member who sends it; empty: whoever chatted with each customer last"
    )
    state: State
    people: int = Field(description="customers, or groups, it is for")
    reached: int
    members: int = Field(description="how many of the staff have to confirm")
    confirmed: int
    likes: int = Field(description="of a post")
    comments: int = Field(description="of a post")
    trouble_zh: str
    trouble_en: str
    created_at: datetime
    due_at: datetime = Field(
        description="when the next is done: until it was told, when it will be"
    )
    asked_at: datetime | None = Field(description="when the platform was told")
    sending_id: int | None = Field(description="of a message to groups by hand: which one")
    reminders_left: int

    @staticmethod
    def resolve_text(task: MassTask) -> str:
        return task.words

    @staticmethod
    def resolve_sender(task: Any) -> str:
        return str(task.sender_name)  # as `mass_tasks_of` reads it beside

    @staticmethod
    def resolve_reminders_left(task: MassTask) -> int:
        return wecom.reminders_left(task, now=now())


class MassMemberOut(Schema):
    """One of the staff who has to confirm, or did."""

    staff_id: int | None
    name: str
    confirmed_at: datetime | None
    likes: int = Field(0, description="of a post, under hers")
    comments: int = 0


class MassGroupOut(Schema):
    """A group of a message to groups, and what became of it."""

    group_id: int | None
    name: str
    outcome: Literal["waiting", "sent", "no_friend", "had_others", "not_taken", "never"]


class MassPersonOut(Schema):
    """What became of one customer's."""

    id: int
    customer: int = Field(description="0: out of the reader's sight")
    name: str
    staff_name: str = Field(description="who sent it")
    state: PersonState


class MassPeopleQuery(PageIn):
    """Which customers."""

    state: PersonState | None = None


class MassDetailOut(MassOut):
    """A mass message, with its staff and what became of its customers."""

    parts: list[dict[str, Any]]
    staff: list[MassMemberOut]
    groups: list[MassGroupOut] = Field(description="of a message to groups")
    outcome: dict[str, int] = Field(
        description="by what became of them", examples=[{"sent": 480, "no_friend": 3}]
    )

    @staticmethod
    def resolve_staff(task: MassTask) -> list[dict[str, Any]]:
        return [
            {
                "staff_id": staff.pk if staff else None,
                "name": staff.name if staff else member.userid,
                "confirmed_at": member.confirmed_at,
                "likes": member.likes,
                "comments": member.comments,
            }
            for member, staff in wecom.confirming(task)
        ]

    @staticmethod
    def resolve_groups(task: MassTask) -> list[dict[str, Any]]:
        return [
            {
                "group_id": chat.group_id if chat else None,
                "name": chat.group.name if chat else "",
                "outcome": RecipientState(told.state).name.lower(),
            }
            for told, chat in wecom.groups_told(task)
        ]

    @staticmethod
    def resolve_outcome(task: MassTask) -> dict[str, int]:
        counts = wecom.outcome_of(task).items()
        return {RecipientState(state).name.lower(): count for state, count in counts}


@router.get("", summary="List mass messages that staff confirm", response=Page[MassOut])
@needs("reach.read")
def list_mass(
    request: MemberRequest, page: Query[PageIn], asked: Query[MassQuery]
) -> PageOf[MassTask]:
    rows = wecom.mass_tasks_seen(request.auth)
    if asked.journey:
        rows = wecom.mass_tasks_behind(request.auth, journey=asked.journey)
    if asked.state:
        rows = rows.filter(state=asked.state)
    if asked.kind:
        rows = rows.filter(kind=asked.kind)
    return page_of(rows.select_related("workspace"), page, order=("-id",))


@router.get(
    "/{int:task_id}",
    summary="Read a mass message: who has still to confirm",
    response={200: MassDetailOut} | refusals(wecom.NoSuchMass),
)
@needs("reach.read")
def read_mass(request: MemberRequest, task_id: int) -> MassTask:
    return wecom.mass_seen(request.auth, task_id)


@router.get(
    "/{int:task_id}/people",
    summary="List what became of each customer's",
    response={200: Page[MassPersonOut]} | refusals(wecom.NoSuchMass),
)
@needs("reach.read")
def list_mass_people(
    request: MemberRequest, task_id: int, page: Query[MassPeopleQuery]
) -> PageOf[dict[str, Any]]:
    state = RecipientState[page.state.upper()] if page.state else None
    found = wecom.recipients_of(request.auth, task_id, page, state=state)
    return PageOf([_person(each) for each in found.items], found.next)


@router.post(
    "/{int:task_id}/remind",
    summary="Remind those who have not confirmed",
    response={200: MassDetailOut}
    | refusals(wecom.NoSuchMass, wecom.MassNotOpen, wecom.RemindedEnough, *_CALLS),
)
@needs("reach.write")
def remind_mass(request: MemberRequest, task_id: int) -> MassTask:
    return wecom.remind(request.auth, task_id, now=now())


@router.post(
    "/{int:task_id}/cancel",
    summary="Call off what has not been sent",
    response={200: MassDetailOut} | refusals(wecom.NoSuchMass, wecom.MassNotOpen, *_CALLS),
)
@needs("reach.write")
def cancel_mass(request: MemberRequest, task_id: int) -> MassTask:
    return wecom.cancel_mass(request.auth, task_id, now=now())


def _person(each: wecom.Reached) -> dict[str, Any]:
    return {
        "id": each.row.pk,
        "customer": each.customer,
        "name": each.name,
        "staff_name": each.staff_name,
        "state": RecipientState(each.row.state).name.lower(),
    }
