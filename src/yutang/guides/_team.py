"""How the team is doing: per member of staff, what was done, won and lost in a period; goals."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction

from yutang.customers import service as customers
from yutang.engines import named_sql, warehouse
from yutang.guides._chats import Answering, answering_of
from yutang.guides.models import Goal, Measure
from yutang.journeys import service as journeys
from yutang.kit.errors import DomainError
from yutang.kit.i18n import Text
from yutang.workspaces import service as workspaces
from yutang.workspaces.models import Staff, Workspace, WorkspaceQuerySet
from yutang.workspaces.service import Member, NoSuchStaff, record_audit

__all__ = [
    "Figures",
    "GoalNotFound",
    "Loss",
    "Progress",
    "goals_of",
    "losses_of",
    "month_of",
    "my_figures",
    "period_of",
    "remove_goal",
    "set_goal",
    "team_figures",
]

_SQL = named_sql("yutang.guides", "team")
# The columns of `figures`, after the member of staff.
_TOLD = (
    "new_friends",
    "deleted_by_staff",
    "deleted_by_customer",
    "talked_with",
    "orders",
    "sales_fen",
)
_LOST_MANY = 5
_LOSSES_SHOWN = 100


class GoalNotFound(DomainError):
    status = 404
    zh = "没有这个目标。"
    en = "There is no such goal."


@dataclass(frozen=True)
class Figures:
    """One member of staff in a period; money in fen."""

    staff: Staff
    friends: int = 0  # now
    new_friends: int = 0
    deleted_by_staff: int = 0
    deleted_by_customer: int = 0
    talked_with: int = 0
    orders: int = 0
    sales_fen: int = 0
    tasks_due: int = 0
    tasks_done: int = 0
    tasks_late: int = 0
    answering: Answering = field(default_factory=Answering)

    @property
    def alerts(self) -> list[Text]:
        """Return what somebody should look into."""
        found = []
        if self.deleted_by_staff:
            said = Text(
                f"删了 {self.deleted_by_staff} 位客户", f"Deleted {self.deleted_by_staff} customers"
            )
            found.append(said)
        lost = self.deleted_by_customer
        if lost >= _LOST_MANY and lost * 2 >= self.new_friends:
            found.append(Text(f"被 {lost} 位客户删除", f"Was deleted by {lost} customers"))
        if self.tasks_late:
            found.append(Text(f"{self.tasks_late} 个任务超时", f"{self.tasks_late} tasks are late"))
        return found


@dataclass(frozen=True)
class Loss:
    """A friendship that ended."""

    at: datetime
    customer: int
    customer_name: str
    staff: int
    staff_name: str
    by: str  # customer or staff


@dataclass(frozen=True)
class Progress:
    """A goal and how far it is; `expected` is where a steady pace would be by now."""

    goal: Goal
    staff_name: str
    reached: int
    expected: int


def period_of(workspace: Workspace, first: date, last: date) -> tuple[datetime, datetime]:
    """Return the instants at which these local days begin and end, half-open."""
    zone = ZoneInfo(workspace.time_zone)
    since = datetime.combine(first, time(), zone)
    until = datetime.combine(last + timedelta(days=1), time(), zone)
    return since.astimezone(UTC), until.astimezone(UTC)


def month_of(day: date) -> tuple[date, date]:
    """Return the first and the last day of a month."""
    first = day.replace(day=1)
    return first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def team_figures(member: Member, first: date, last: date, *, now: datetime) -> list[Figures]:
    """Return the figures of the staff a member oversees, those with the most sales first.

    :raises WarehouseTooBusy:
    """
    rows = workspaces.staff_of(member.workspace, is_active=True)
    if not member.scope.is_everyone:
        rows = rows.filter(pk__in=member.scope.staff_ids)
    found = _figures(member.workspace, list(rows), first, last, now=now)
    return sorted(found, key=lambda each: (-each.sales_fen, -each.new_friends, each.staff.pk))


def my_figures(member: Member, first: date, last: date, *, now: datetime) -> Figures | None:
    """Return the member's own figures, if she is one of the staff.

    :raises WarehouseTooBusy:
    """
    me = workspaces.own_staff(member)
    return _figures(member.workspace, [me], first, last, now=now)[0] if me else None


def _figures(
    workspace: Workspace, staff: Sequence[Staff], first: date, last: date, *, now: datetime
) -> list[Figures]:
    if not staff:
        return []
    since, until = period_of(workspace, first, last)
    numbers = [each.pk for each in staff]
    asked = {"workspace": workspace.pk, "since": since, "until": until, "staff": numbers}
    rows = warehouse().rows(_SQL["figures"], asked)
    told = {int(row[0]): dict(zip(_TOLD, map(int, row[1:]), strict=True)) for row in rows}
    friends = customers.count_followed(workspace, numbers)
    tasks = journeys.count_tasks(workspace, since=since, until=until, now=now)
    answers = answering_of(workspace, numbers, first, last)
    return [
        Figures(
            each,
            friends.get(each.pk, 0),
            **told.get(each.pk, {}),
            tasks_due=tasks[each.pk].due if each.pk in tasks else 0,
            tasks_done=tasks[each.pk].done if each.pk in tasks else 0,
            tasks_late=tasks[each.pk].late if each.pk in tasks else 0,
            answering=answers.get(each.pk, Answering()),
        )
        for each in staff
    ]


def losses_of(member: Member, first: date, last: date) -> list[Loss]:
    """Return who was lost in a period, the newest first; of staff the member oversees.

    :raises WarehouseTooBusy:
    """
    workspace, scope = member.workspace, member.scope
    if not scope.is_everyone and not scope.staff_ids:
        return []
    since, until = period_of(workspace, first, last)
    asked = {
        "workspace": workspace.pk,
        "since": since,
        "until": until,
        "staff": [] if scope.is_everyone else sorted(scope.staff_ids),
        "limit": _LOSSES_SHOWN,
    }
    rows = warehouse().rows(_SQL["losses"], asked)
    today = customers.today(workspace, [row[1] for row in rows])
    # Lost, she may be out of the member's sight by now: then without her name.
    lines = customers.lines_of(member, list(set(today.values())))
    people = workspaces.staff_by_id(workspace, {row[2] for row in rows})
    return [
        Loss(
            at.replace(tzinfo=UTC),
            today[customer] if today.get(customer) in lines else 0,
            lines[today[customer]].customer.name if today.get(customer) in lines else "",
            staff,
            people[staff].name if staff in people else "",
            "staff" if by == "staff" else "customer",
        )
        for at, customer, staff, by in rows
    ]


@transaction.atomic
def set_goal(
    member: Member, *, staff_id: int, measure: Measure, month: date, target: int, now: datetime
) -> Goal:
    """Set what is to be reached in a month; the goal before it is replaced.

    :raises NoSuchStaff:
    """
    scope = member.scope
    if not scope.is_everyone and staff_id not in scope.staff_ids:
        raise NoSuchStaff
    if staff_id:
        workspaces.get_staff(member.workspace, staff_id)
    goal, _ = Goal.objects.within(member.workspace).update_or_create(
        workspace=member.workspace,
        staff=staff_id,
        measure=measure,
        month=month.replace(day=1),
        defaults={"target": target, "changed_at": now},
    )
    _audit(member, "guides.goal_set", goal, now)
    return goal


@transaction.atomic
def remove_goal(member: Member, goal_id: int, *, now: datetime) -> None:
    """Take a goal back.

    :raises GoalNotFound:
    """
    goal = _within_scope(member).filter(pk=goal_id).first()
    if goal is None:
        raise GoalNotFound
    _audit(member, "guides.goal_removed", goal, now)
    goal.delete()


def goals_of(
    member: Member, day: date, *, figures: Iterable[Figures], now: datetime
) -> list[Progress]:
    """Return the goals of a month with how far they are by the figures of that month."""
    first, last = month_of(day)
    by_staff = {each.staff.pk: each for each in figures}
    today = now.astimezone(ZoneInfo(member.workspace.time_zone)).date()
    gone = min(max((today - first).days + 1, 0), last.day)
    rows = _within_scope(member).filter(month=first).order_by("staff", "measure")
    return [
        Progress(
            goal,
            by_staff[goal.staff].staff.name if goal.staff in by_staff else "",
            _reached(goal, by_staff),
            goal.target * gone // last.day,
        )
        for goal in rows
    ]


def _within_scope(member: Member) -> WorkspaceQuerySet[Goal]:
    rows = Goal.objects.within(member.workspace)
    return rows if member.scope.is_everyone else rows.filter(staff__in=member.scope.staff_ids)


def _reached(goal: Goal, by_staff: Mapping[int, Figures]) -> int:
    counted = [by_staff[goal.staff]] if goal.staff in by_staff else []
    if goal.staff == 0:
        counted = list(by_staff.values())
    return sum(_measured(each, Measure(goal.measure)) for each in counted)


def _measured(figures: Figures, measure: Measure) -> int:
    match measure:
        case Measure.NEW_FRIENDS:
            return figures.new_friends
        case Measure.SALES:
            return figures.sales_fen
        case Measure.ORDERS:
            return figures.orders
        case Measure.TASKS:
            return figures.tasks_done


def _audit(member: Member, action: str, goal: Goal, now: datetime) -> None:
    detail = {"measure": str(goal.measure), "month": goal.month.isoformat(), "target": goal.target}
    target = f"staff:{goal.staff}"
    record_audit(member.workspace, member.actor, action, target, detail=detail, now=now)
