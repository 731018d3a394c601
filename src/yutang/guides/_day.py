"""A guide's day: what she is asked to do, who is due, how she is doing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from yutang.customers import service as customers
from yutang.customers.models import Customer, Dependant
from yutang.guides._habits import Habit, habits_of
from yutang.guides._person import expiries_of, fresh_friend
from yutang.guides._why import Duty, Known, Reason, reasons
from yutang.journeys import service as journeys
from yutang.journeys.models import StaffTask
from yutang.wecom import service as wecom
from yutang.workspaces import service as workspaces
from yutang.workspaces.models import ScopeKind
from yutang.workspaces.service import Member, Scope

__all__ = ["Due", "Task", "due_customers", "my_confirmations", "my_tasks"]

_LOOKED_AT = 3000  # customers of one guide, the newest first
_SHOWN = 100
_TASKS = 200


@dataclass(frozen=True)
class Task:
    """Something to do, and for whom."""

    task: StaffTask
    customer_name: str


@dataclass(frozen=True)
class Due:
    """A customer worth speaking to today, and why."""

    line: customers.Listed
    reasons: Sequence[Reason]


def my_tasks(member: Member) -> list[Task]:
    """Return what the member is asked to do, the most urgent first.

    What nobody in particular is asked to do is hers where the customer is.
    """
    rows = list(journeys.tasks_of(member)[:_TASKS])
    lines = customers.lines_of(member, [each.customer for each in rows])
    me = workspaces.own_staff(member)
    return [
        Task(each, lines[each.customer].customer.name)
        for each in rows
        if each.customer in lines and (me is None or each.staff in {0, me.pk})
    ]


def my_confirmations(member: Member, *, now: datetime) -> list[wecom.Confirmation]:
    """Return the mass messages the member has to confirm in WeCom, then those she confirmed today."""
    me = workspaces.own_staff(member)
    if me is None:
        return []
    zone = ZoneInfo(member.workspace.time_zone)
    midnight = now.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)
    return wecom.confirmations_of(member.workspace, me.pk, since=midnight)


def due_customers(member: Member, *, now: datetime) -> list[Due]:
    """Return the member's own customers with a reason to be spoken to today, the most pressing first.

    :raises WarehouseTooBusy:
    """
    me = workspaces.own_staff(member)
    if me is None:
        return []
    own = replace(member, scope=Scope(ScopeKind.OWN, frozenset([me.pk])))
    people = {each.pk: each for each in customers.seen(own).order_by("-pk")[:_LOOKED_AT]}
    known = _known(own, people, now=now)
    found = {pk: why for pk, each in known.items() if (why := reasons(each))}
    ranked = sorted(found, key=lambda pk: (found[pk][0].weight, -len(found[pk]), -pk))[:_SHOWN]
    lines = customers.lines_of(own, ranked)
    return [Due(lines[pk], found[pk]) for pk in ranked if pk in lines]


def _known(own: Member, people: Mapping[int, Customer], *, now: datetime) -> dict[int, Known]:
    workspace, numbers = own.workspace, list(people)
    habits = habits_of(workspace, numbers, now=now)
    children = customers.child_birthdays(workspace, numbers)
    duties: dict[int, list[Duty]] = {}
    for task in journeys.tasks_of(own).filter(customer__in=numbers):
        duties.setdefault(task.customer, []).append(Duty(task.title, task.note, task.due_at))
    newest = customers.lines_of(own, numbers[:_SHOWN])
    (me,) = own.scope.staff_ids
    stages, zone = customers.stages_of(workspace), ZoneInfo(workspace.time_zone)
    friends = {
        pk: fresh_friend(workspace, next((r for r in line.staff if r.target == me), None))
        for pk, line in newest.items()
    }
    return {
        pk: Known(
            now=now,
            zone=zone,
            habit=habits.get(pk, Habit()),
            birthday=each.birthday,
            household=[
                customers.ShownDependant(Dependant(kind="child", birthday=children[pk]), None)
            ]
            if pk in children
            else [],
            stages=stages,
            expiries=expiries_of(workspace, each.fields),
            duties=duties.get(pk, []),
            friend_since=friends.get(pk),
        )
        for pk, each in people.items()
    }
