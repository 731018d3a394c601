"""Sendings: one message to many people from one place; begun, paused, cancelled, counted."""

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import Count, Exists, OuterRef, QuerySet

from yutang.engines import bound, named_sql
from yutang.kit.errors import DomainError
from yutang.kit.i18n import Text
from yutang.loop import Doing, Undone
from yutang.reach._accounts import AccountNotFound
from yutang.reach._gate import AT_ONCE, Candidate, plan
from yutang.reach.messages import MessageNotFound
from yutang.reach.models import (
    AccountState,
    ChannelAccount,
    Delivery,
    Message,
    MessageState,
    MessageVersion,
    Review,
    Sending,
    SendingState,
)
from yutang.workspaces import service as workspaces
from yutang.workspaces.models import Workspace
from yutang.workspaces.service import Member, record_audit

__all__ = [
    "AlreadyCancelled",
    "ChannelsDiffer",
    "MessageNotFound",
    "SendingNotFound",
    "cancel_sending",
    "check_sending",
    "counts_of",
    "draft_sending",
    "find_sending",
    "make_sending",
    "message_names",
    "pause_sending",
    "resume_sending",
    "send_to_those",
    "sendings_of",
    "unapproved",
]

_SQL = named_sql("yutang.reach", "sendings")


class SendingNotFound(DomainError):
    """There is no such sending in this workspace."""

    status = 404
    zh = "没有这个发送任务。"
    en = "There is no such sending."


class ChannelsDiffer(DomainError):
    """The message was written for another channel than the account sends by."""

    status = 422
    zh = "“{message}”是为{wanted}写的，“{account}”发的是{came}。请换一条消息或换一个渠道。"
    en = "“{message}” was written for {wanted}; “{account}” sends by {came}. Choose another of either."


class AlreadyCancelled(DomainError):
    """What was cancelled stays so."""

    zh = "“{sending}”已经取消，取消后不能继续。要再发，请新建一次发送。"
    en = "“{sending}” was cancelled and stays so. To send it again, make a new one."


def make_sending(workspace: Workspace, **how: Any) -> Sending:
    """Begin sending the newest version of a message by an account; takes what `draft_sending` takes.

    :raises MessageNotFound:
    :raises AccountNotFound:
    :raises ChannelsDiffer:
    """
    with transaction.atomic():
        sending = draft_sending(workspace, **how)
        sending.save()
    return sending


def draft_sending(
    workspace: Workspace,
    *,
    message_id: int,
    account_id: int,
    name: str = "",
    actor: str,
    now: datetime,
    journey: int | None = None,
    node: str = "",
    priority: int = 50,
    holdout_percent: float = 0.0,
    holdout_salt: str = "",
    expires_after_hours: int | None = None,
) -> Sending:
    """Return a sending of the newest version of a message as it would be begun; nothing is kept of it.

    :raises MessageNotFound:
    :raises AccountNotFound:
    :raises ChannelsDiffer:
    """
    message = _message(workspace, message_id)
    account = _account(workspace, account_id)
    if message.channel != account.channel:
        raise ChannelsDiffer(
            message=message.name, wanted=message.channel, account=account.name, came=account.channel
        )
    version = MessageVersion.objects.within(workspace).get(message=message, number=message.version)
    return Sending(
        workspace=workspace,
        name=name or message.name,
        version=version,
        account=account,
        channel=account.channel,
        purpose=message.purpose,
        priority=priority,
        journey=journey,
        node=node,
        holdout_percent=holdout_percent,
        holdout_salt=holdout_salt,
        expires_after_hours=expires_after_hours,
        made_by=actor,
        created_at=now,
        changed_at=now,
    )


def sendings_of(workspace: Workspace) -> "QuerySet[Sending, Sending]":
    """Return the sendings of a workspace, with their messages."""
    return Sending.objects.within(workspace).select_related("version__message", "account")


def find_sending(workspace: Workspace, sending_id: int, *, lock: bool = False) -> Sending:
    """Return one sending.

    :raises SendingNotFound:
    """
    rows = sendings_of(workspace).filter(pk=sending_id)
    found = (rows.select_for_update(of=("self",)) if lock else rows).first()
    if found is None:
        raise SendingNotFound
    return found


def counts_of(sending: Sending) -> list[tuple[str, str, int]]:
    """Return (state, reason, deliveries) for everything of a sending."""
    rows = Delivery.objects.within(sending.workspace_id).filter(sending=sending)
    return list(
        rows.values_list("state", "reason").annotate(Count("pk")).order_by("state", "reason")
    )


def pause_sending(member: Member, sending_id: int, *, now: datetime) -> Sending:
    """Let nothing more of it leave until it is resumed; within a second or so.

    :raises SendingNotFound:
    :raises AlreadyCancelled:
    """
    return _set_state(member, sending_id, SendingState.PAUSED, now)


def resume_sending(member: Member, sending_id: int, *, now: datetime) -> Sending:
    """Let it leave again: what waited goes, nothing goes twice.

    :raises SendingNotFound:
    :raises AlreadyCancelled:
    """
    return _set_state(member, sending_id, SendingState.RUNNING, now)


@transaction.atomic
def cancel_sending(member: Member, sending_id: int, *, now: datetime) -> tuple[Sending, int]:
    """Let nothing more of it leave, ever; returns how many were waiting.

    :raises SendingNotFound:
    """
    sending = find_sending(member.workspace, sending_id, lock=True)
    if sending.state != SendingState.CANCELLED:
        sending = _set_state(member, sending_id, SendingState.CANCELLED, now)
    asked = {"workspace": member.workspace.pk, "sending": sending.pk, "now": now}
    return sending, bound(_SQL["cancel"], asked).rowcount


def _goes_on(sending: Sending) -> bool:
    """Tell whether a node's sending is still what is to be said.

    A newer version takes its place; where this one was approved, only once the newer is approved, too.
    """
    version = sending.version
    newest = MessageVersion.objects.within(sending.workspace_id).get(
        message=version.message_id, number=version.message.version
    )
    if newest.pk == version.pk:
        return True
    return version.review == Review.APPROVED and newest.review != Review.APPROVED


def unapproved(workspace: Workspace, message_ids: Iterable[int]) -> list[str]:
    """Return the names of those messages whose newest version nobody but its author has approved."""
    approved = MessageVersion.objects.within(workspace).filter(
        message=OuterRef("pk"), number=OuterRef("version"), review=Review.APPROVED
    )
    rows = Message.objects.within(workspace).filter(~Exists(approved), pk__in=list(message_ids))
    return list(rows.order_by("pk").values_list("name", flat=True))


def message_names(workspace: int, numbers: AbstractSet[str]) -> Mapping[str, str]:
    """Return what messages are called, by their numbers as text."""
    asked = [int(each) for each in numbers if each.isascii() and each.isdigit()]
    found = Message.objects.within(workspace).filter(pk__in=asked).values_list("pk", "name")
    return {str(number): name for number, name in found}


def check_sending(workspace_id: int, parameters: Mapping[str, Any]) -> Mapping[str, Text]:
    """Return what is wrong with a send node's parameters, by parameter."""
    wrong: dict[str, Text] = {}
    message = _found(Message, workspace_id, parameters.get("message"))
    account = _found(ChannelAccount, workspace_id, parameters.get("account"))
    if message is None or message.state == MessageState.ARCHIVED:
        wrong["message"] = Text(MessageNotFound.zh, MessageNotFound.en)
    if account is None or account.state == AccountState.ARCHIVED:
        wrong["account"] = Text(AccountNotFound.zh, AccountNotFound.en)
    if not wrong and message.channel != account.channel:
        refusal = ChannelsDiffer(
            message=message.name, wanted=message.channel, account=account.name, came=account.channel
        )
        wrong["message"] = Text(refusal.sentence("zh"), refusal.sentence("en"))
    return wrong


def send_to_those(
    workspace_id: int, doings: Sequence[Doing], parameters: Mapping[str, Any], *, now: datetime
) -> Mapping[str, Undone]:
    """Plan a node's message to these people; who is held back is told with the gate's reason.

    Besides the node's own parameters, the engine names `@journey` and `@node`, and its `@priority`.
    """
    workspace = workspaces.workspaces_of_everyone().get(pk=workspace_id)
    sending = _sending_of_node(workspace, parameters, now)
    if sending.state == SendingState.CANCELLED:
        return {each.key: Undone("cancelled", declined=True) for each in doings}
    undone: dict[str, Undone] = {}
    for begin in range(0, len(doings), AT_ONCE):
        some = [
            Candidate(each.customer, each.key, dict(each.data) or None)
            for each in doings[begin : begin + AT_ONCE]
        ]
        planned = plan(workspace, sending, some, now=now)
        undone |= {
            key: Undone(reason, declined=True) for key, reason in planned.by_key.items() if reason
        }
    return undone


def _sending_of_node(workspace: Workspace, parameters: Mapping[str, Any], now: datetime) -> Sending:
    """Return the sending of a node of a journey; a new one where its message says something else now.

    One that was cancelled stays so, for as long as its message says the same.
    """
    journey, node = parameters.get("@journey"), str(parameters.get("@node", ""))
    message_id, account_id = int(parameters["message"]), int(parameters["account"])
    with connection.cursor() as cursor:  # workers begin it at the same time
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended('reach.sending:' || %s || ':' || %s, 0))",
            [journey or 0, node],
        )
    before = (
        Sending.objects.within(workspace)
        .filter(journey=journey, node=node, account=account_id, version__message=message_id)
        .select_related("version__message")
        .order_by("-pk")
        .first()
    )
    found = before if before and _goes_on(before) else None
    return found or make_sending(
        workspace,
        message_id=message_id,
        account_id=account_id,
        actor=f"journey:{journey}",
        now=now,
        journey=journey,
        node=node,
        priority=int(parameters.get("priority") or parameters.get("@priority") or 50),
    )


@transaction.atomic
def _set_state(member: Member, sending_id: int, state: SendingState, now: datetime) -> Sending:
    sending = find_sending(member.workspace, sending_id, lock=True)
    if sending.state == state and not sending.paused_with_journey:
        return sending
    if sending.state == SendingState.CANCELLED:
        raise AlreadyCancelled(sending=sending.name)
    sending.state, sending.changed_at, sending.paused_with_journey = state, now, False
    sending.save(update_fields=["state", "changed_at", "paused_with_journey"])
    record_audit(
        member.workspace,
        member.actor,
        f"reach.sending_{state}",
        f"sending:{sending.pk}",
        detail={"name": sending.name},
        now=now,
    )
    return sending


def _message(workspace: Workspace, message_id: int) -> Message:
    found = Message.objects.within(workspace).filter(pk=message_id, state=MessageState.IN_USE)
    message = found.first()
    if message is None:
        raise MessageNotFound
    return message


def _account(workspace: Workspace, account_id: int) -> ChannelAccount:
    rows = ChannelAccount.objects.within(workspace).filter(pk=account_id)
    account = rows.exclude(state=AccountState.ARCHIVED).first()
    if account is None:
        raise AccountNotFound
    return account


def _found(model: type[Any], workspace_id: int, number: object) -> Any:
    if not isinstance(number, int) or isinstance(number, bool):
        return None
    return model.objects.within(workspace_id).filter(pk=number).first()
