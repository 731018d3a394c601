"""Mass messages as people see and steer them: who has still to confirm, reminders, calling them off."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Count, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, Lower

from yutang.customers import service as customers
from yutang.kit.errors import DomainError
from yutang.kit.pages import PageIn, PageOf, page_of
from yutang.reach import service as reach
from yutang.wecom.client.client import Client
from yutang.wecom.client.limits import Lane, most
from yutang.wecom.models import (
    GroupChat,
    MassKind,
    MassMember,
    MassRecipient,
    MassState,
    MassTask,
    RecipientState,
    StaffAccount,
)
from yutang.wecom.ways.choosing import tasks_seen
from yutang.wecom.ways.ending import end_rest
from yutang.wecom.ways.telling import remind_members
from yutang.workspaces.models import Staff, Workspace, WorkspaceQuerySet
from yutang.workspaces.service import Member, record_audit, staff_by_id

__all__ = [
    "Confirmation",
    "MassNotOpen",
    "NoSuchMass",
    "Reached",
    "RemindedEnough",
    "cancel_mass",
    "confirmations_of",
    "confirming",
    "groups_told",
    "mass_of",
    "mass_seen",
    "mass_tasks_behind",
    "mass_tasks_of",
    "mass_tasks_seen",
    "outcome_of",
    "recipients_of",
    "remind",
    "reminders_left",
]

_CONFIRMED_SHOWN = 20
_NOT_OVER = {MassState.OPEN, MassState.GATHERING, MassState.CREATING}
_REMINDERS_WITHIN = timedelta(hours=24)


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
    """The platform lets a task be reminded of so often a day: three times."""

    zh = "24 小时内最多提醒 {most} 次，{at} 之后可以再提醒。"
    en = "Staff may be reminded {most} times in 24 hours; once more after {at}."


@dataclass(frozen=True)
class Reached:
    """One customer of a mass message, as far as the reader may see her."""

    row: MassRecipient
    customer: int  # 0: out of the reader's sight
    name: str
    staff_name: str  # who sent it


@dataclass(frozen=True)
class Confirmation:
    """A mass message one of the staff has to confirm, or did."""

    task: MassTask
    confirmed_at: datetime | None
    people: int | None  # of hers; None where the platform chooses who sends to whom


def mass_tasks_of(workspace: Workspace) -> WorkspaceQuerySet[Any]:
    """Return the mass messages of a workspace, with `sender_name`: who of the staff sends each."""
    accounts = StaffAccount.objects.within(workspace).filter(
        corp=OuterRef("corp"), userid=Lower(OuterRef("sender"))
    )
    name = Coalesce(Subquery(accounts.values("staff__name")[:1]), F("sender"))
    return MassTask.objects.within(workspace).annotate(sender_name=name)


def mass_tasks_behind(member: Member, *, journey: int) -> WorkspaceQuerySet[Any]:
    """Return those that a journey or campaign made, as far as the member sees whom they went to."""
    tokens = reach.deliveries_of(member, journey=journey).order_by().values("token")
    theirs = MassRecipient.objects.within(member.workspace).filter(token__in=tokens)
    return mass_tasks_of(member.workspace).filter(pk__in=theirs.values("task"))


def recipients_of(
    member: Member, task_id: int, page: PageIn, *, state: RecipientState | None = None
) -> PageOf[Reached]:
    """Return what became of each customer the member may see.

    :raises NoSuchMass:
    """
    task = mass_seen(member, task_id)
    rows = MassRecipient.objects.within(member.workspace).filter(task=task)
    if state is not None:
        rows = rows.filter(state=state)
    if not member.scope.is_everyone:
        rows = rows.filter(customer__in=customers.seen(member).values("pk"))
    found = page_of(rows, page, order=("id",))
    today = customers.today(member.workspace, [each.customer for each in found.items])
    lines = customers.lines_of(member, list(set(today.values())))
    staff = _staff_behind(task, {each.userid for each in found.items})
    shown = []
    for each in found.items:
        line = lines.get(today.get(each.customer, 0))
        number, name = (line.customer.pk, line.customer.name) if line else (0, "")
        by = staff.get(each.userid.lower())
        shown.append(Reached(each, number, name, by.name if by else ""))
    return PageOf(shown, found.next)


def _staff_behind(task: MassTask, userids: Iterable[str]) -> dict[str, Staff]:
    """Return who these members of a task's corp are among the staff, by their id in lower case."""
    wanted = {each.lower() for each in userids if each}
    accounts = StaffAccount.objects.within(task.workspace_id).filter(
        corp=task.corp_id, userid__in=wanted
    )
    ids = dict(accounts.values_list("userid", "staff_id"))
    known = staff_by_id(task.workspace, ids.values())
    return {userid: known[pk] for userid, pk in ids.items() if pk in known}


def mass_of(workspace: Workspace, task_id: int, *, lock: bool = False) -> MassTask:
    """Return one.

    :raises NoSuchMass:
    """
    rows = mass_tasks_of(workspace)
    try:
        task: MassTask = (rows.select_for_update() if lock else rows).get(pk=task_id)
    except MassTask.DoesNotExist:
        raise NoSuchMass from None
    return task


def mass_seen(member: Member, task_id: int, *, lock: bool = False) -> MassTask:
    """Return one, unless it is a message to groups whose owner the member does not see.

    :raises NoSuchMass:
    """
    task = mass_of(member.workspace, task_id, lock=lock)
    if task.kind == MassKind.GROUPS and not tasks_seen(member).filter(pk=task.pk).exists():
        raise NoSuchMass
    return task


def mass_tasks_seen(member: Member) -> WorkspaceQuerySet[MassTask]:
    """Return the mass messages a member sees: those to groups, as far as she sees their owners."""
    rows = mass_tasks_of(member.workspace)
    if member.scope.is_everyone:
        return rows
    return rows.filter(~Q(kind=MassKind.GROUPS) | Q(pk__in=tasks_seen(member).values("pk")))


def confirming(task: MassTask) -> list[tuple[MassMember, Staff | None]]:
    """Return who has to confirm, those who have not first, and who they are among the staff."""
    members = list(MassMember.objects.within(task.workspace_id).filter(task=task).order_by("pk"))
    staff = _staff_behind(task, [each.userid for each in members])
    members.sort(key=lambda each: each.confirmed_at is not None)
    return [(each, staff.get(each.userid.lower())) for each in members]


def confirmations_of(workspace: Workspace, staff_id: int, *, since: datetime) -> list[Confirmation]:
    """Return what one of the staff has to confirm, the oldest first; then what she confirmed since."""
    accounts = StaffAccount.objects.within(workspace).filter(staff=staff_id)
    mine = Q(pk=None)
    for corp, userid in accounts.values_list("corp", "userid"):
        mine |= Q(task__corp=corp, userid=userid)
    members = MassMember.objects.within(workspace).filter(mine).select_related("task")
    waiting = members.filter(confirmed_at=None, task__state=MassState.OPEN)
    confirmed = members.filter(confirmed_at__gte=since)
    found = [*waiting.order_by("task"), *confirmed.order_by("-confirmed_at")[:_CONFIRMED_SHOWN]]
    return [Confirmation(each.task, each.confirmed_at, _people_of(each)) for each in found]


def _people_of(member: MassMember) -> int | None:
    if member.task.sender:
        return member.task.people
    if member.confirmed_at is None:
        return None
    rows = MassRecipient.objects.within(member.workspace_id).filter(task=member.task_id)
    return rows.filter(userid=member.userid).count()


def outcome_of(task: MassTask) -> Mapping[RecipientState, int]:
    """Return what became of how many customers."""
    rows = MassRecipient.objects.within(task.workspace_id).filter(task=task)
    counted = rows.values_list("state").annotate(n=Count("pk"))
    return {RecipientState(state): count for state, count in counted}


def groups_told(task: MassTask) -> list[tuple[MassRecipient, GroupChat | None]]:
    """Return the groups of a task with what became of each; none where it is no message to groups."""
    if task.kind != MassKind.GROUPS:
        return []
    rows = list(MassRecipient.objects.within(task.workspace_id).filter(task=task).order_by("pk"))
    chats = GroupChat.objects.within(task.workspace_id).filter(
        corp=task.corp_id, chat__in=[each.external_userid for each in rows]
    )
    known = {each.chat: each for each in chats.select_related("group")}
    return [(each, known.get(each.external_userid)) for each in rows]


def remind(member: Member, task_id: int, *, now: datetime) -> MassTask:
    """Have the platform remind those who have not confirmed; of a post, our app does.

    :raises NoSuchMass, MassNotOpen, RemindedEnough, PlatformRefused, NoAnswer, Throttled, CorpPaused:
    """
    with transaction.atomic():
        task = mass_seen(member, task_id, lock=True)
        if task.state != MassState.OPEN:
            raise MassNotOpen
        lately = _lately(task, now)
        often = most("mass_reminders_per_day", task.corp)
        if len(lately) >= often:
            raise RemindedEnough(
                most=often, at=f"{min(lately) + _REMINDERS_WITHIN:%Y-%m-%d %H:%M} UTC"
            )
        task.reminded = [each.isoformat() for each in [*lately, now]]
        task.save(update_fields=["reminded"])
        if task.kind == MassKind.MOMENTS:  # the platform reminds of no posts
            remind_members(task, now=now)
        else:
            Client(task.corp).call(
                "externalcontact/remind_groupmsg_send", {"msgid": task.msgid}, lane=Lane.STAFF
            )
        _audit(member, "wecom.mass_reminded", task, now)
    return task


def reminders_left(task: MassTask, *, now: datetime) -> int:
    """Return how often staff may be reminded yet; 0 where nobody has to confirm."""
    if task.state != MassState.OPEN:
        return 0
    return max(most("mass_reminders_per_day", task.corp) - len(_lately(task, now)), 0)


def _lately(task: MassTask, now: datetime) -> list[datetime]:
    reminded = map(datetime.fromisoformat, task.reminded)
    return [each for each in reminded if now - each < _REMINDERS_WITHIN]


def cancel_mass(member: Member, task_id: int, *, now: datetime) -> MassTask:
    """Call off what members have not sent yet; those who confirmed have sent it.

    :raises NoSuchMass, MassNotOpen, PlatformRefused, NoAnswer, Throttled, CorpPaused:
    """
    with transaction.atomic():
        task = mass_seen(member, task_id, lock=True)
        if task.state not in _NOT_OVER or (task.asked_at and not task.msgid):
            raise MassNotOpen
        if task.msgid:
            api, asked = "externalcontact/cancel_groupmsg_send", {"msgid": task.msgid}
            if task.kind == MassKind.MOMENTS:
                api, asked = "externalcontact/cancel_moment_task", {"moment_id": task.msgid}
            Client(task.corp).call(api, asked, lane=Lane.STAFF)
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
