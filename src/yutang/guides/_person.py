"""The person in front of a guide: everything she needs within ten seconds, in one reading."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from yutang.customers import service as customers
from yutang.customers.models import Relation, RelationKind
from yutang.events import service as events
from yutang.guides._habits import Habit, habits_of
from yutang.guides._why import Duty, Expiry, Known, Reason, reasons
from yutang.journeys import service as journeys
from yutang.journeys.models import StaffTask
from yutang.kit.pages import PageIn, PageOf
from yutang.loop import AttributeKind
from yutang.tags import service as tags
from yutang.tags.models import Tagging
from yutang.workspaces import service as workspaces
from yutang.workspaces.models import Staff, Workspace
from yutang.workspaces.service import Member

__all__ = ["InFront", "expiries_of", "fresh_friend", "in_front", "met_by"]

_ONE = PageIn(limit=1)
_ORDERS = ("order", "pay", "refund")
_ORDERS_SHOWN = 10
_EVENTS_SHOWN = 20


@dataclass(frozen=True)
class InFront:
    """One person, as a guide sees her."""

    profile: customers.Profile
    me: Staff | None
    mine: Relation | None  # how she and I are related
    names: Mapping[tuple[str, int], str]  # of staff, stores and groups she is related to
    tags: Sequence[Tagging]
    habit: Habit
    orders: Sequence[events.TimelineEvent]
    timeline: PageOf[events.TimelineEvent]
    tasks: Sequence[StaffTask]
    reasons: Sequence[Reason]


def met_by(member: Member, external: str) -> int:
    """Return the customer whom the platform calls so, where the member may see her.

    :raises customers.NotFound:
    """
    looking = customers.Looking(identity=f"external_userid:{external}")
    for found in customers.look(member, looking, _ONE).items:
        return found.pk
    raise customers.NotFound


def in_front(member: Member, customer_id: int, *, now: datetime) -> InFront:
    """Return everything of one person that a guide needs in front of her.

    :raises customers.NotFound, WarehouseTooBusy:
    """
    workspace = member.workspace
    profile = customers.profile(member, customer_id, now=now)
    number = profile.customer.pk
    origins = customers.origins(workspace, number)
    habit = habits_of(workspace, [number], now=now).get(number, Habit())
    me = workspaces.own_staff(member)
    mine = _mine(profile.relations, me)
    tasks = list(journeys.tasks_of(member).filter(customer=number)[:20])
    known = Known(
        now=now,
        zone=ZoneInfo(workspace.time_zone),
        habit=habit,
        birthday=profile.customer.birthday,
        household=profile.dependants,
        stages=customers.stages_of(workspace),
        expiries=expiries_of(workspace, profile.attributes),
        duties=[Duty(each.title, each.note, each.due_at) for each in tasks],
        friend_since=fresh_friend(workspace, mine),
    )
    return InFront(
        profile,
        me,
        mine,
        _names(workspace, profile.relations),
        list(tags.tags_of(member, number, now=now)),
        habit,
        events.timeline(workspace, origins, types=_ORDERS, limit=_ORDERS_SHOWN).items
        if habit.orders
        else [],
        events.timeline(workspace, origins, limit=_EVENTS_SHOWN),
        tasks,
        reasons(known),
    )


def expiries_of(workspace: Workspace, held: Mapping[str, object]) -> list[Expiry]:
    """Return what ends on a day: date fields called `…expires_on`, `…expires_at`, that are not masked."""
    known = customers.attributes_of(workspace)
    return [
        Expiry(known[name].label, on)
        for name, value in held.items()
        if name.endswith(("expires_on", "expires_at"))
        and known[name].kind in {AttributeKind.DATE, AttributeKind.TIME}
        and (on := _day(value)) is not None
    ]


def _day(value: object) -> date | None:
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError:
        return None


def fresh_friend(workspace: Workspace, mine: Relation | None) -> datetime | None:
    """Return since when she is a friend, while the follow-up has not left its first status."""
    if mine is None or mine.status != next(iter(customers.follow_statuses(workspace))):
        return None
    return mine.since


def _mine(relations: Sequence[Relation], me: Staff | None) -> Relation | None:
    if me is None:
        return None
    hers = (each for each in relations if each.kind == RelationKind.STAFF and each.target == me.pk)
    return next(hers, None)


def _names(workspace: Workspace, relations: Sequence[Relation]) -> dict[tuple[str, int], str]:
    def of(kind: RelationKind) -> list[int]:
        return [each.target for each in relations if each.kind == kind]

    found: dict[tuple[str, int], str] = {}
    if staff := of(RelationKind.STAFF):
        rows = workspaces.staff_by_id(workspace, staff)
        found |= {("staff", pk): row.name for pk, row in rows.items()}
    if stores := of(RelationKind.STORE):
        places = workspaces.stores_by_id(workspace, stores)
        found |= {("store", pk): row.name for pk, row in places.items()}
    if groups := of(RelationKind.GROUP):
        chats = customers.groups_of(workspace).filter(pk__in=groups)
        found |= {("group", row.pk): row.name for row in chats}
    return found
