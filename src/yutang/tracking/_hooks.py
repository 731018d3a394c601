"""Inbound webhooks: another system posts what happened there, signed as Standard Webhooks says.

    webhook-id, webhook-timestamp, webhook-signature: v1,<base64 of HMAC-SHA256 over id.timestamp.body>

A delivery is good for five minutes either way; one that comes twice counts once, because the ids of its
events follow from the hook and the delivery's own id. Secrets are derived, not stored; while one is
replaced, both are good.
"""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Mapping
from copy import deepcopy
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
from django.db import transaction
from django.db.models import QuerySet

from yutang.kit.deadlocks import survives_deadlocks
from yutang.kit.errors import DomainError, FieldProblem
from yutang.kit.json_place import broken_at
from yutang.tracking._accepting import Accepted, accept
from yutang.tracking._ingest import refuse_when_full
from yutang.tracking._mapping import Mapped, checked_mapping, map_body
from yutang.tracking._sites import derived_secret
from yutang.tracking.models import Hook, HookDelivery, HookDeliveryState
from yutang.workspaces.models import Workspace
from yutang.workspaces.service import Member, record_audit

__all__ = [
    "DeliveryNotJson",
    "DeliveryRefused",
    "HookNotFound",
    "NotSigned",
    "SignatureWrong",
    "TimestampOff",
    "add_hook",
    "change_hook",
    "deliveries_of",
    "forget_deliveries",
    "hook_of",
    "hook_secrets",
    "hooks_of",
    "preview",
    "receive",
]


class HookNotFound(DomainError):
    """No such hook, or it is switched off."""

    status = 404
    zh = "没有这个 Webhook 地址，或它已停用。"
    en = "There is no such webhook address, or it was switched off."


class NotSigned(DomainError):
    """The headers of a signature are missing."""

    status = 401
    zh = "缺少签名：需要 webhook-id、webhook-timestamp 和 webhook-signature 三个请求头。"
    en = "Not signed: the headers webhook-id, webhook-timestamp and webhook-signature are needed."


class SignatureWrong(DomainError):
    """Not signed with a secret of this hook."""

    status = 401
    zh = "签名对不上。请检查密钥，并对收到的原始请求体签名。"
    en = "The signature does not match. Check the secret, and sign the body exactly as it is sent."


class TimestampOff(DomainError):
    """Too old, or from the future: perhaps recorded and sent again."""

    status = 401
    zh = "时间戳和现在相差超过 {minutes} 分钟。请检查时钟；重发时请重新签名。"
    en = "The timestamp is more than {minutes} minutes off. Check the clock; sign again when resending."


class DeliveryNotJson(DomainError):
    """The body is not JSON."""

    status = 400
    zh = "请求体不是 JSON：{reason}。"
    en = "The body is not JSON: {reason}."


class DeliveryRefused(DomainError):
    """Nothing of the delivery could be taken."""

    status = 422
    zh = "这次推送里没有一个事件能记录，见 errors。"
    en = "Not one event of this delivery could be recorded; see errors."


TOLERANCE = timedelta(minutes=5)
OVERLAP = timedelta(days=1)  # how long the secret before stays good
KEPT_FOR = timedelta(days=30)
MOST_ERRORS = 20
MOST_FORGED = 60  # logged a minute


def hooks_of(workspace: Workspace) -> "QuerySet[Hook]":
    """Return the hooks of a workspace."""
    return Hook.objects.within(workspace)


def hook_of(workspace: Workspace, hook_id: int) -> Hook:
    """Return one hook.

    :raises HookNotFound:
    """
    try:
        return Hook.objects.within(workspace).get(pk=hook_id)
    except Hook.DoesNotExist:
        raise HookNotFound from None


def deliveries_of(hook: Hook) -> "QuerySet[HookDelivery]":
    """Return what came to a hook."""
    return HookDelivery.objects.within(hook.workspace_id).filter(hook=hook)


@transaction.atomic
def add_hook(member: Member, name: str, mapping: Mapping[str, Any], *, now: datetime) -> Hook:
    """Open an address for another system.

    :raises MappingNotAsExpected:
    """
    hook = Hook.objects.create(
        workspace=member.workspace,
        name=name,
        token=secrets.token_urlsafe(24),
        mapping=checked_mapping(mapping),
        created_at=now,
    )
    _audit(member, "tracking.hook_added", hook, now)
    return hook


@transaction.atomic
def change_hook(
    member: Member,
    hook_id: int,
    *,
    now: datetime,
    name: str | None = None,
    mapping: Mapping[str, Any] | None = None,
    is_active: bool | None = None,
    new_secret: bool = False,
) -> Hook:
    """Change what was given of a hook; with a new secret, the one before stays good for a day.

    :raises HookNotFound, MappingNotAsExpected:
    """
    hook = hook_of(member.workspace, hook_id)
    hook.name = hook.name if name is None else name
    hook.mapping = hook.mapping if mapping is None else checked_mapping(mapping)
    hook.is_active = hook.is_active if is_active is None else is_active
    if new_secret:
        hook.secret_number += 1
        hook.previous_until = now + OVERLAP
    hook.save()
    _audit(member, "tracking.hook_changed", hook, now, new_secret=new_secret)
    return hook


def _audit(member: Member, action: str, hook: Hook, now: datetime, **more: object) -> None:
    detail = {"name": hook.name, "is_active": hook.is_active, "mapping": hook.mapping} | more
    record_audit(member.workspace, member.actor, action, f"hook:{hook.pk}", detail=detail, now=now)


def hook_secrets(hook: Hook, *, now: datetime) -> list[str]:
    """Return the secrets a delivery may be signed with: the newest first, and the one before for a day."""
    numbers = [hook.secret_number]
    if hook.previous_until and hook.previous_until > now:
        numbers.append(hook.secret_number - 1)
    return [
        f"whsec_{base64.b64encode(derived_secret(f'hook:{hook.pk}', number)).decode()}"
        for number in numbers
    ]


def preview(workspace: Workspace, mapping: Mapping[str, Any], body: Any) -> Mapped:
    """Return the events a mapping would make of a body; nothing is recorded.

    :raises MappingNotAsExpected:
    """
    return map_body(checked_mapping(mapping), body, delivery=f"preview{workspace.pk}:0")


def receive(token: str, headers: Mapping[str, str], body: bytes, *, now: datetime) -> HookDelivery:
    """Take one delivery: its events are durable when this returns. Every delivery leaves a trace.

    :raises HookNotFound, NotSigned, SignatureWrong, TimestampOff, DeliveryNotJson, DeliveryRefused,
        SpoolFull:
    """
    hook = Hook.objects.select_related("workspace").filter(token=token[:40]).first()
    if hook is None or not hook.is_active or "\0" in token:
        raise HookNotFound
    refuse_when_full()
    message_id = headers.get("webhook-id", "")[:200].replace("\0", "")
    log = HookDelivery(
        workspace=hook.workspace,
        hook=hook,
        message_id=message_id,
        received_at=now,
        length=len(body),
    )
    try:
        _verify(hook, headers, body, now)
        mapped = map_body(hook.mapping, _decoded(body), delivery=f"hook{hook.pk}:{message_id}")
    except DomainError as refusal:
        _fail(log, refusal)
        raise
    return _take(hook, mapped, log, now)


def _verify(hook: Hook, headers: Mapping[str, str], body: bytes, now: datetime) -> None:
    message_id = headers.get("webhook-id", "")
    stamp, signed = headers.get("webhook-timestamp", ""), headers.get("webhook-signature", "")
    if not (message_id and stamp and signed):
        raise NotSigned
    said = f"{message_id}.{stamp}.".encode() + body
    given = [each.partition(",")[2] for each in signed.split() if each.startswith("v1,")]
    ours = [_signature(secret, said) for secret in hook_secrets(hook, now=now)]
    matches = [
        hmac.compare_digest(one.encode(), other.encode()) for one in ours for other in given[:10]
    ]
    if not any(matches):
        raise SignatureWrong
    if not stamp.isascii() or not stamp.isdigit() or len(stamp) > 12:
        raise TimestampOff(minutes=TOLERANCE.seconds // 60)
    if abs(now - datetime.fromtimestamp(int(stamp), UTC)) > TOLERANCE:
        raise TimestampOff(minutes=TOLERANCE.seconds // 60)


def _signature(secret: str, said: bytes) -> str:
    key = base64.b64decode(secret.removeprefix("whsec_"))
    return base64.b64encode(hmac.new(key, said, hashlib.sha256).digest()).decode()


def _decoded(body: bytes) -> Any:
    try:
        return msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise DeliveryNotJson(reason=broken_at(body).said()) from None


@survives_deadlocks
def _take(hook: Hook, mapped: Mapped, log: HookDelivery, now: datetime) -> HookDelivery:
    places = list(mapped.events)
    events = deepcopy([mapped.events[n] for n in places])  # accepting lifts columns out of them
    with transaction.atomic():
        done = (
            accept(hook.workspace, events, source=f"hook:{hook.pk}", now=now)
            if events
            else Accepted(0)
        )
        refused = dict(mapped.refusals) | {
            places[n]: problems for n, problems in done.refusals.items()
        }
        log.accepted, log.duplicates = done.accepted, len(done.duplicates)
        log.state = _state(mapped, refused, done)
        log.errors = _kept(refused)
        log.save()
    if log.state == HookDeliveryState.REFUSED:
        raise DeliveryRefused(
            errors=[problem for each in refused.values() for problem in each][:50]
        )
    return log


def _state(
    mapped: Mapped, refused: Mapping[int, list[FieldProblem]], done: Accepted
) -> HookDeliveryState:
    if mapped.is_ignored:
        return HookDeliveryState.IGNORED
    if not refused:
        return HookDeliveryState.ACCEPTED
    taken = done.accepted or done.duplicates
    return HookDeliveryState.PARTLY if taken else HookDeliveryState.REFUSED


def _kept(refused: Mapping[int, list[FieldProblem]]) -> list[dict[str, str]]:
    """Return where and what, for the log; what came could be anybody's data and is not kept."""
    return [
        {"field": f"[{n}].{each.field}".rstrip("."), "message": each.message}
        for n in sorted(refused)
        for each in refused[n]
    ][:MOST_ERRORS]


def _fail(log: HookDelivery, refusal: DomainError) -> None:
    forged = isinstance(refusal, NotSigned | SignatureWrong | TimestampOff)
    if forged and _is_flooded(log):
        return
    log.state = HookDeliveryState.FORGED if forged else HookDeliveryState.REFUSED
    log.errors = [{"field": "", "message": refusal.sentence()}]
    log.save()


def _is_flooded(log: HookDelivery) -> bool:
    """Return whether forged deliveries fill the log already: a stranger shall not fill the disk."""
    lately = deliveries_of(log.hook).filter(
        state=HookDeliveryState.FORGED, received_at__gt=log.received_at - timedelta(minutes=1)
    )
    return lately.count() >= MOST_FORGED


def forget_deliveries(now: datetime) -> bool:
    """Forget deliveries of more than a month ago, some at a time; return whether there may be more."""
    old = HookDelivery.objects.filter(received_at__lt=now - KEPT_FOR).order_by("pk")[:5_000]
    count, _ = HookDelivery.objects.filter(pk__in=old.values("pk")).delete()
    return count > 0
