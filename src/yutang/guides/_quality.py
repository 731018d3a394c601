"""What the look at archived chats found, for whoever answers for the team; who reads a chat leaves a trace."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from django.db import transaction
from django.db.models import F, Q, QuerySet

from yutang.customers import service as customers
from yutang.guides.models import ChatHit, ChatRules, ChatWait, Severity
from yutang.kit.errors import DomainError
from yutang.wecom import service as wecom
from yutang.wecom.models import ArchivedMessage
from yutang.workspaces import service as workspaces
from yutang.workspaces.models import Workspace
from yutang.workspaces.service import Member, record_audit

__all__ = [
    "ChatLine",
    "HoursNotInOrder",
    "NoSuchHit",
    "NoSuchMessage",
    "chat_rules",
    "hits_of",
    "late_of",
    "named",
    "read_chat",
    "set_chat_rules",
    "settle_hit",
]

_EACH_WAY = 10
_AROUND = 40  # characters of a message beside the word


class NoSuchHit(DomainError):
    status = 404
    zh = "没有这条记录。"
    en = "There is no such finding."


class NoSuchMessage(DomainError):
    """Not a message of this workspace, or nothing was found in it that would let anybody read it."""

    status = 404
    zh = "没有这条消息，或者它没有可查的理由。"
    en = "There is no such message, or nothing was found in it."


class HoursNotInOrder(DomainError):
    status = 422
    zh = "结束时间要晚于开始时间。"
    en = "The hours have to end after they begin."


@dataclass(frozen=True)
class ChatLine:
    """One message of a chat as it is read; `is_it`: the one that was looked for."""

    at: datetime
    by_staff: bool
    who: str
    kind: str
    text: str
    is_recalled: bool
    is_it: bool


def hits_of(
    member: Member,
    *,
    settled: bool | None = None,
    at_least: Severity = Severity.LOW,
    staff: int = 0,
) -> "QuerySet[ChatHit, ChatHit]":
    """Return messages with sensitive words, of staff the member oversees."""
    rows = ChatHit.objects.within(member.workspace).filter(
        _overseen(member), severity__gte=at_least
    )
    if settled is not None:
        rows = rows.filter(settled_at__isnull=not settled)
    return (rows.filter(staff=staff) if staff else rows).select_related("message", "settled_by")


def late_of(
    member: Member, *, staff: int = 0, waiting: bool = False, now: datetime
) -> "QuerySet[ChatWait, ChatWait]":
    """Return who was answered late or waits too long by now; `waiting`: only those who still do."""
    late = Q(answered_at=None, due_at__lt=now) | Q(answered_at__gt=F("due_at"))
    rows = ChatWait.objects.within(member.workspace).filter(_overseen(member), late)
    rows = rows.filter(answered_at=None) if waiting else rows
    return (rows.filter(staff=staff) if staff else rows).select_related("message")


def _overseen(member: Member) -> Q:
    scope = member.scope
    return Q() if scope.is_everyone else Q(staff__in=scope.staff_ids)


def named(member: Member, rows: Iterable[ChatHit | ChatWait]) -> None:
    """Say of each who she and the member of staff are, `customer` 0 where she is out of sight."""
    found = list(rows)
    today = customers.today(member.workspace, [each.home for each in found if each.home])
    lines = customers.lines_of(member, list(set(today.values())))
    people = workspaces.staff_by_id(member.workspace, {each.staff for each in found})
    for each in found:
        line = lines.get(today.get(each.home, 0))
        each.customer = line.customer.pk if line else 0  # type: ignore[union-attr]
        each.customer_name = line.customer.name if line else ""  # type: ignore[union-attr]
        each.staff_name = people[each.staff].name if each.staff in people else ""  # type: ignore[union-attr]
        words = each.words if isinstance(each, ChatHit) else ()
        each.said = _snippet(each.message.text, words)  # type: ignore[union-attr]


def _snippet(text: str, words: Sequence[str]) -> str:
    """Return what is said around the first of the words; the whole chat is read by who asks for it."""
    found = [place for word in words if (place := text.lower().find(word)) >= 0]
    begin = max(min(found, default=0) - _AROUND, 0)
    end = min(found, default=0) + _AROUND * 2
    return f"{'…' if begin else ''}{text[begin:end]}{'…' if end < len(text) else ''}"


@transaction.atomic
def settle_hit(member: Member, hit_id: int, *, note: str, now: datetime) -> ChatHit:
    """Say that a finding was looked into, and what came of it.

    :raises NoSuchHit:
    """
    hit = hits_of(member).select_for_update(of=("self",)).filter(pk=hit_id).first()
    if hit is None:
        raise NoSuchHit
    hit.settled_at, hit.settled_by, hit.note = now, member.user, note
    hit.save(update_fields=["settled_at", "settled_by", "note"])
    _audit(member, "guides.hit_settled", f"hit:{hit.pk}", now, words=hit.words, staff=hit.staff)
    return hit


@transaction.atomic
def read_chat(member: Member, message_id: int, *, now: datetime) -> list[ChatLine]:
    """Return what was said around a message in which something was found. Who read it is kept.

    :raises NoSuchMessage:
    """
    found = (
        hits_of(member).filter(message=message_id).exists()
        or late_of(member, now=now).filter(message=message_id).exists()
    )
    message = wecom.archived_message(member.workspace, message_id) if found else None
    if message is None:
        raise NoSuchMessage
    around = wecom.archived_around(message, _EACH_WAY)
    who = _names(member, around)
    target = f"customer:{message.home}" if message.home else f"chat:{message.room}"
    _audit(
        member,
        "guides.chat_read",
        target,
        now,
        message=message.pk,
        staff=message.staff,
        lines=len(around),
    )
    return [
        ChatLine(
            each.at,
            each.by_staff,
            who.get(each.staff if each.by_staff else -each.home, ""),
            each.kind,
            each.text,
            each.is_recalled,
            each.pk == message.pk,
        )
        for each in around
    ]


def _names(member: Member, around: Sequence[ArchivedMessage]) -> dict[int, str]:
    """Return names: of staff by number, of customers by their homes' numbers below zero."""
    staff = workspaces.staff_by_id(member.workspace, {each.staff for each in around})
    today = customers.today(member.workspace, [each.home for each in around if each.home])
    lines = customers.lines_of(member, list(set(today.values())))
    seen = {-home: lines[who].customer.name for home, who in today.items() if who in lines}
    return {pk: each.name for pk, each in staff.items()} | seen


def chat_rules(workspace: Workspace) -> ChatRules:
    """Return how customers are to be answered."""
    return ChatRules.objects.within(workspace).first() or ChatRules(workspace=workspace)


@transaction.atomic
def set_chat_rules(
    member: Member, *, minutes: int, opens: time, closes: time, now: datetime
) -> ChatRules:
    """Decide how customers are to be answered; it holds for what they write from now on.

    :raises HoursNotInOrder:
    """
    if opens >= closes:
        raise HoursNotInOrder
    values: Mapping[str, Any] = {"minutes": minutes, "opens": opens, "closes": closes}
    rules, _ = ChatRules.objects.within(member.workspace).update_or_create(
        workspace=member.workspace, defaults=values
    )
    said = {name: str(value) for name, value in values.items()}
    _audit(member, "guides.chat_rules_set", f"workspace:{member.workspace.pk}", now, **said)
    return rules


def _audit(member: Member, action: str, target: str, now: datetime, **detail: object) -> None:
    record_audit(member.workspace, member.actor, action, target, detail=detail, now=now)
