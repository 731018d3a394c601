"""Mass messages as people see and steer them: who has still to confirm, reminders, calling them off."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Count

from yutang.kit.errors import DomainError
from yutang.wecom.client.client import Client
from yutang.wecom.client.limits import Lane
from yutang.wecom.models import (
    MassMember,
    MassRecipient,
    MassState,
    MassTask,
    RecipientState,
    StaffAccount,
)
from yutang.wecom.ways.ending import end_rest
from yutang.workspaces.models import Staff, Workspace, WorkspaceQuerySet
from yutang.workspaces.service import Member, record_audit, staff_by_id

__all__ = [
    "MassNotOpen",
    "NoSuchMass",
    "RemindedEnough",
    "cancel_mass",
    "confirming",
    "mass_of",
    "mass_tasks_of",
    "outcome_of",
    "remind",
    "reminders_left",
]

_REMINDERS, _REMINDERS_WITHIN = 3, timedelta(hours=24)


class NoSuchMass(DomainError):
    """Not a mass message of this workspace."""

    status = 404
    zh = "没有这个群发任务。"
    en = "There is no such mass message."


class MassNotOpen(DomainError):
    """Nobody has to confirm it (any more)."""

    zh = "这个群发任务已经结束，不用再提醒或取消。"
    en = "This mass message is over; there is nothing to remind of or to call off."


class RemindedEnough(DomainError):
    """The platform lets a task be reminded of three times a day."""

    zh = "24 小时内最多提醒 3 次，{at} 之后可以再提醒。"
    en = "Staff may be reminded three times in 24 hours; once more after {at}."


def mass_tasks_of(workspace: Workspace) -> WorkspaceQuerySet[MassTask]:
    """Return the mass messages of a workspace."""
    return MassTask.objects.within(workspace)


def mass_of(workspace: Workspace, task_id: int, *, lock: bool = False) -> MassTask:
    """Return one.

    :raises NoSuchMass:
    """
    rows = mass_tasks_of(workspace)
    try:
        return (rows.select_for_update() if lock else rows).get(pk=task_id)
    except MassTask.DoesNotExist:
        raise NoSuchMass from None


def confirming(task: MassTask) -> list[tuple[MassMember, Staff | None]]:
    """Return who has to confirm, those who have not first, and who they are among the staff."""
    members = list(
        MassMember.objects.within(task.workspace_id)
        .filter(task=task)
        .order_by("confirmed_at", "pk")
    )
    accounts = StaffAccount.objects.within(task.workspace_id).filter(
        corp=task.corp_id, userid__in=[each.userid for each in members]
    )
    ids = dict(accounts.values_list("userid", "staff_id"))
    staff = staff_by_id(task.workspace, ids.values())
    members.sort(key=lambda each: (each.confirmed_at is not None, each.pk))
    return [(each, staff.get(ids.get(each.userid, 0))) for each in members]


def outcome_of(task: MassTask) -> Mapping[RecipientState, int]:
    """Return what became of how many customers."""
    rows = MassRecipient.objects.within(task.workspace_id).filter(task=task)
    counted = rows.values_list("state").annotate(n=Count("pk"))
    return {RecipientState(state): count for state, count in counted}


def remind(member: Member, task_id: int, *, now: datetime) -> MassTask:
    """Have the platform remind those who have not confirmed.

    :raises NoSuchMass, MassNotOpen, RemindedEnough, PlatformRefused, NoAnswer, Throttled, CorpPaused:
    """
    with transaction.atomic():
        task = mass_of(member.workspace, task_id, lock=True)
        if task.state != MassState.OPEN:
            raise MassNotOpen
        lately = _lately(task, now)
        if len(lately) >= _REMINDERS:
            raise RemindedEnough(at=f"{min(lately) + _REMINDERS_WITHIN:%Y-%m-%d %H:%M} UTC")
        task.reminded = [each.isoformat() for each in [*lately, now]]
        task.save(update_fields=["reminded"])
        Client(task.corp).call(
            "externalcontact/remind_groupmsg_send", {"msgid": task.msgid}, lane=Lane.STAFF
        )
        _audit(member, "wecom.mass_reminded", task, now)
    return task


def reminders_left(task: MassTask, *, now: datetime) -> int:
    """Return how often staff may be reminded yet; 0 where nobody has to confirm."""
    return _REMINDERS - len(_lately(task, now)) if task.state == MassState.OPEN else 0


def _lately(task: MassTask, now: datetime) -> list[datetime]:
    reminded = map(datetime.fromisoformat, task.reminded)
    return [each for each in reminded if now - each < _REMINDERS_WITHIN]


def cancel_mass(member: Member, task_id: int, *, now: datetime) -> MassTask:
    """Call off what members have not sent yet; those who confirmed have sent it.

    :raises NoSuchMass, MassNotOpen, PlatformRefused, NoAnswer, Throttled, CorpPaused:
    """
    with transaction.atomic():
        task = mass_of(member.workspace, task_id, lock=True)
        if task.state not in {MassState.OPEN, MassState.GATHERING}:
            raise MassNotOpen
        if task.msgid:
            Client(task.corp).call(
                "externalcontact/cancel_groupmsg_send", {"msgid": task.msgid}, lane=Lane.STAFF
            )
        end_rest(task, "cancelled", now=now)
        task.state = MassState.CANCELLED
        task.save(update_fields=["state"])
        _audit(member, "wecom.mass_cancelled", task, now)
    return task


def _audit(member: Member, action: str, task: MassTask, now: datetime) -> None:
    record_audit(
        member.workspace,
        member.actor,
        action,
        f"mass:{task.pk}",
        detail={"people": task.people},
        now=now,
    )
