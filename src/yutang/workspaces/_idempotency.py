"""Writes whose sender may repeat them: the first reply is kept for a day and given again."""

import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q

from yutang.kit.errors import DomainError
from yutang.workspaces._members import Member
from yutang.workspaces._sessions import hash_of
from yutang.workspaces.models import IdempotentWrite, Workspace

__all__ = [
    "Claim",
    "IdempotencyKeyNotUsable",
    "IdempotencyKeyReused",
    "KeptReply",
    "ReplyNotKept",
    "WriteInProgress",
    "claim_write",
    "forget_replies",
    "forget_write",
    "keep_reply",
]

KEPT = timedelta(hours=24)
_ABANDONED = timedelta(minutes=10)  # longer than any request may take: its process died
_LARGEST = 1 << 20


class IdempotencyKeyNotUsable(DomainError):
    """The header is empty, too long, or not plain characters."""

    status = 422
    zh = "Idempotency-Key 应为 1 到 255 个可见的 ASCII 字符，如一个 UUID。"
    en = "Idempotency-Key should be 1 to 255 visible ASCII characters, such as a UUID."


class IdempotencyKeyReused(DomainError):
    """The key came with another request before."""

    status = 422
    zh = "这个 Idempotency-Key 已经用在另一个请求上。请为新的请求换一个。"
    en = "This Idempotency-Key came with another request before. Use a new one for a new request."


class WriteInProgress(DomainError):
    """The same request is being done right now."""

    zh = "同一个请求正在处理。请等它有结果再重发。"
    en = "The same request is being worked on. Wait for its reply before sending it again."


class ReplyNotKept(DomainError):
    """It was done, but its reply is not kept: it carried a secret, or was very large."""

    zh = "这个请求已经做完，回复里有只显示一次的内容，不再重复给出。"
    en = "This request was done; its reply is shown once and cannot be given again."


@dataclass(frozen=True)
class KeptReply:
    """What was answered the first time."""

    status: int
    content_type: str
    body: bytes


@dataclass(frozen=True)
class Claim:
    """The right to do a write, or the reply of the one that was done."""

    pk: int
    kept: KeptReply | None = None


def claim_write(member: Member, key: str, request_hash: str, *, now: datetime) -> Claim:
    """Claim a write for this request, or find what was answered before.

    :raises IdempotencyKeyNotUsable, IdempotencyKeyReused, WriteInProgress, ReplyNotKept:
    """
    if not 1 <= len(key) <= 255 or not key.isascii() or not key.isprintable():
        raise IdempotencyKeyNotUsable
    mine = hash_of(f"{member.actor}\n{key}")
    row, is_new = IdempotentWrite.objects.get_or_create(
        workspace=member.workspace,
        key=mine,
        defaults={"request_hash": request_hash, "claimed_at": now},
    )
    if is_new or _taken_over(member.workspace, mine, request_hash, now=now):
        return Claim(row.pk)
    if not hmac.compare_digest(row.request_hash, request_hash):
        raise IdempotencyKeyReused
    if row.status is None:
        raise WriteInProgress
    if row.reply is None:
        raise ReplyNotKept
    return Claim(row.pk, KeptReply(row.status, row.content_type, bytes(row.reply)))


def keep_reply(claim: Claim, reply: KeptReply, *, is_secret: bool) -> None:
    """Keep what was answered; of a reply with a secret in it, only that it was."""
    keeps_body = not is_secret and len(reply.body) <= _LARGEST
    IdempotentWrite.objects.filter(pk=claim.pk).update(
        status=reply.status,
        content_type=reply.content_type[:100],
        reply=reply.body if keeps_body else None,
    )


def forget_write(claim: Claim) -> None:
    """Nothing came of it: the next attempt is a first one."""
    IdempotentWrite.objects.filter(pk=claim.pk).delete()


def forget_replies(workspace: Workspace, *, before: datetime) -> int:
    """Forget what was answered to writes that came before: they stay done, and may name somebody.

    Return how many there were.
    """
    rows = IdempotentWrite.objects.within(workspace).filter(claimed_at__lt=before)
    return rows.filter(reply__isnull=False).update(reply=None)


def _taken_over(workspace: Workspace, key: str, request_hash: str, *, now: datetime) -> bool:
    """Take over a key that is a day old, or whose write died with its process."""
    old = Q(claimed_at__lt=now - KEPT)
    dead = Q(claimed_at__lt=now - _ABANDONED, status__isnull=True, request_hash=request_hash)
    rows = IdempotentWrite.objects.within(workspace).filter(old | dead, key=key)
    return bool(rows.update(request_hash=request_hash, claimed_at=now, status=None, reply=None))
