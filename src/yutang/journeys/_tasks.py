"""What journeys ask colleagues to do for a customer."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Coalesce

from yutang.customers import service as customers
from yutang.journeys.models import StaffTask
from yutang.kit.errors import DomainError
from yutang.loop import Doing
from yutang.workspaces.models import Workspace
from yutang.workspaces.service import Member, record_audit

__all__ = [
    "TaskCount",
    "TaskNotFound",
    "count_tasks",
    "finish_task",
    "give_tasks",
    "tasks_given",
    "tasks_late",
    "tasks_of",
    "tasks_open",
]


class TaskNotFound(DomainError):
    """There is no such task, or it is another's."""

    status = 404
    zh = "没有这个任务。"
    en = "There is no such task."


class TaskCount(NamedTuple):
    """Of one member of staff: what was due in a period, what of it is done, what is late."""

    staff: int
    due: int
    done: int
    late: int


def give_tasks(
    workspace: Workspace,
    journey_id: int,
    doings: Sequence[Doing],
    *,
    title: str,
    note: str,
    staff: int,
    due_at: datetime | None,
    now: datetime,
) -> None:
    """Ask for the same thing for each of these customers; what was asked before is left alone."""
    StaffTask.objects.bulk_create(
        (
            StaffTask(
                workspace=workspace,
                journey_id=journey_id,
                key=each.key,
                customer=each.customer,
                staff=staff,
                title=title,
                note=note,
                due_at=due_at,
                created_at=now,
            )
            for each in doings
        ),
        ignore_conflicts=True,
    )


def tasks_of(
    member: Member, *, done: bool = False, journey: int | None = None
) -> "QuerySet[StaffTask, StaffTask]":
    """Return tasks a member may see: everybody's, or those of the staff she oversees.

    What nobody in particular is asked to do is whoever's the customer is.
    """
    rows = StaffTask.objects.within(member.workspace).filter(done_at__isnull=not done)
    if journey is not None:
        rows = rows.filter(journey=journey)
    if not member.scope.is_everyone:
        hers = Q(staff__in=member.scope.staff_ids)
        anybodys = Q(staff=0, customer__in=customers.seen(member).values("pk"))
        rows = rows.filter(hers | anybodys)
    return rows.order_by("due_at", "pk")


def tasks_given(workspace: Workspace, *, since: datetime) -> list[StaffTask]:
    """Return what was asked of colleagues since then and is not done."""
    rows = StaffTask.objects.within(workspace).filter(done_at=None, created_at__gt=since)
    return list(rows.order_by("pk"))


def tasks_late(workspace: Workspace, *, since: datetime, now: datetime) -> list[StaffTask]:
    """Return what fell due since then and is not done."""
    rows = StaffTask.objects.within(workspace).filter(
        done_at=None, due_at__gt=since, due_at__lte=now
    )
    return list(rows.order_by("pk"))


def tasks_open(workspace: Workspace | int, task_ids: Iterable[int]) -> set[int]:
    """Return which of these tasks are still to be done."""
    rows = StaffTask.objects.within(workspace).filter(pk__in=list(task_ids), done_at=None)
    return set(rows.values_list("pk", flat=True))


def count_tasks(
    workspace: Workspace, *, since: datetime, until: datetime, now: datetime
) -> dict[int, TaskCount]:
    """Return of each member of staff the tasks that fell due in a period; without a due time, when given.

    Those of nobody in particular count under 0.
    """
    rows = StaffTask.objects.within(workspace).annotate(at=Coalesce("due_at", "created_at"))
    counted = (
        rows.filter(at__gte=since, at__lt=until)
        .values("staff")
        .annotate(
            due=Count("pk"),
            done=Count("pk", filter=Q(done_at__isnull=False)),
            late=Count("pk", filter=Q(done_at=None, due_at__lt=now)),
        )
        .order_by("staff")
        .values_list("staff", "due", "done", "late")
    )
    return {staff: TaskCount(staff, *rest) for staff, *rest in counted}


@transaction.atomic
def finish_task(member: Member, task_id: int, *, now: datetime) -> StaffTask:
    """Say that a task is done; once is enough.

    :raises TaskNotFound:
    """
    rows = StaffTask.objects.within(member.workspace).select_for_update().filter(pk=task_id)
    task = rows.first()
    if task is None or not (tasks_of(member) | tasks_of(member, done=True)).filter(pk=task_id):
        raise TaskNotFound
    if task.done_at is None:
        task.done_at, task.done_by = now, member.actor
        task.save(update_fields=["done_at", "done_by"])
        record_audit(
            member.workspace,
            member.actor,
            "journeys.task_done",
            f"customer:{task.customer}",
            detail={"title": task.title},
            now=now,
        )
    return task
