"""What channels tell afterwards: that a message arrived, was answered, that somebody wants no more.

Receipts are told twice, late and in any order: a delivery only ever gets further, and whatever is told again
changes nothing.
"""

import hmac
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

import msgspec
from django.db import transaction

from yutang.customers import service as customers
from yutang.events import service as events
from yutang.kit.deadlocks import survives_deadlocks
from yutang.kit.errors import DomainError
from yutang.kit.metrics import counter
from yutang.reach._account_settings import NoSuchChannel, SecretsUnreadable, channel_of
from yutang.reach._accounts import address_kind, as_seen_by_channel, receipts_key
from yutang.reach._rows import by_keys, run
from yutang.reach._suppressing import suppress_addresses, suppress_for
from yutang.reach.channels.interface import Receipt, ReceiptRefused, ReceiptState
from yutang.reach.models import AccountState, ChannelAccount, DeliveryState

__all__ = ["NoSuchReceiver", "ReceiptNotRead", "ReceiptNotSigned", "advance", "receive"]

LADDER = [
    "failed",
    "queued",
    "sending",
    "awaiting_staff",
    "unknown",
    "sent",
    "delivered",
    "opened",
    "clicked",
    "replied",
    "converted",
]
_STATES = {
    ReceiptState.SENT: DeliveryState.SENT,
    ReceiptState.DELIVERED: DeliveryState.DELIVERED,
    ReceiptState.OPENED: DeliveryState.OPENED,
    ReceiptState.CLICKED: DeliveryState.CLICKED,
    ReceiptState.REPLIED: DeliveryState.REPLIED,
    ReceiptState.FAILED: DeliveryState.FAILED,
    ReceiptState.OPTED_OUT: DeliveryState.REPLIED,
}
_ANSWERED_WITHIN = timedelta(days=7)
_REPLIES = UUID("7b0b63c4-1f3c-5a55-9c1e-2f5a0a4e8d10")
_RECEIPTS = counter(
    "yutang_receipts", "What channels told of messages afterwards.", "adapter", "state"
)


class NoSuchReceiver(DomainError):
    """No account has this address for receipts, or it was put away."""

    status = 404
    zh = "没有这个回执地址，或者对应的渠道已归档。"
    en = "There is no such address for receipts, or its channel was archived."


class ReceiptNotSigned(DomainError):
    """The channel signs what it tells, and this is not signed so."""

    status = 401
    zh = "回执的签名对不上。请检查渠道的密钥和时钟。"
    en = "The receipt is not signed as it should be. Check the channel’s secret and the clock."


class ReceiptNotRead(DomainError):
    """It is from the channel, and is not receipts."""

    status = 400
    zh = "这不是这个渠道的回执格式。"
    en = "This is not a receipt as this channel writes them."


class _Telling(msgspec.Struct, frozen=True, gc=False):
    """What is told of one delivery."""

    id: int
    state: str
    reason: str
    detail: str
    ref: str
    at: datetime


def receive(
    account_id: int, key: str, headers: Mapping[str, str], body: bytes, *, now: datetime
) -> Mapping[str, object]:
    """Take what a channel posted; return what it wants to hear. The key is what nobody can guess.

    :raises NoSuchReceiver, ReceiptNotSigned, ReceiptNotRead:
    """
    if not hmac.compare_digest(receipts_key(account_id).encode(), key.encode()):
        raise NoSuchReceiver
    account = ChannelAccount.objects.select_related("workspace").filter(pk=account_id).first()
    if account is None or account.state == AccountState.ARCHIVED:
        raise NoSuchReceiver
    try:
        channel = channel_of(account)
        told = channel.receipts(as_seen_by_channel(account), headers, body, now=now)
    except (NoSuchChannel, SecretsUnreadable):
        raise NoSuchReceiver from None
    except ReceiptRefused as refused:
        raise (ReceiptNotSigned if refused.forged else ReceiptNotRead) from None
    take_receipts(account, told, now=now)
    return channel.acknowledgement


@survives_deadlocks
@transaction.atomic
def take_receipts(account: ChannelAccount, told: Sequence[Receipt], *, now: datetime) -> None:
    """Let deliveries get as far as a channel says they got, and hear what people wish."""
    by_keys()
    whose = _customers_by_address(account, told)
    found = _found(account, told, whose)
    tellings = [
        _Telling(
            found[n],
            _STATES[each.state],
            each.reason[:40],
            each.detail[:300],
            each.provider_ref[:120],
            each.at,
        )
        for n, each in enumerate(told)
        if n in found and each.state in _STATES
    ]
    advance(account.workspace_id, tellings, now=now)
    who = _who(account, told, found, whose)
    _hear_wishes(account, told, who, now)
    _record_replies(account, told, who, now)
    for state, count in Counter(each.state for each in told).items():
        _RECEIPTS.labels(account.adapter, state.value).inc(count)


def advance(workspace_id: int, tellings: Iterable[_Telling], *, now: datetime) -> None:
    """Let deliveries get as far as was told of them, and no delivery back."""
    furthest: dict[int, _Telling] = {}
    for each in sorted(tellings, key=lambda telling: telling.at):
        before = furthest.get(each.id)
        if before is None or LADDER.index(each.state) > LADDER.index(before.state):
            furthest[each.id] = each
    if furthest:
        in_order = [furthest[id_] for id_ in sorted(furthest)]
        told = msgspec.json.encode(in_order).decode()
        given = {"told": told, "workspace": workspace_id, "ladder": LADDER, "now": now}
        run("receipts", "tell", given)


def telling(delivery: int, state: DeliveryState, at: datetime) -> _Telling:
    """Return that a delivery got so far."""
    return _Telling(delivery, state, "", "", "", at)


def _customers_by_address(account: ChannelAccount, told: Sequence[Receipt]) -> dict[str, int]:
    addresses = sorted({each.address for each in told if each.address})
    kind = address_kind(channel_of(account), account)
    if not addresses or not kind:
        return {}
    people = customers.find_people(account.workspace, [{kind: each} for each in addresses])
    return {address: who for address, who in zip(addresses, people, strict=True) if who}


def _found(
    account: ChannelAccount, told: Sequence[Receipt], whose: Mapping[str, int]
) -> dict[int, int]:
    """Return the delivery of each receipt, by its place: the surest of what it names decides."""
    where: dict[str, Any] = {"account": account.pk, "workspace": account.workspace_id}
    tokens = ",".join(str(each.token) for each in told if each.token)
    refs = "\x1f".join(each.provider_ref for each in told if each.provider_ref)
    attempts = ",".join(str(each.attempt) for each in told if each.attempt)
    by_token = dict(run("receipts", "by_token", where | {"tokens": tokens}).fetchall())
    by_ref = dict(run("receipts", "by_ref", where | {"refs": refs}).fetchall())
    by_attempt = {
        (lease, customer): id_
        for lease, customer, id_ in run("receipts", "by_attempt", where | {"attempts": attempts})
    }
    found = {
        n: by_token.get(each.token)
        or by_ref.get(each.provider_ref)
        or by_attempt.get((each.attempt, whose.get(each.address)))
        for n, each in enumerate(told)
    }
    answered = _answered(where, told, whose)
    found |= {n: found[n] or answered[n] for n in answered}
    return {n: id_ for n, id_ in found.items() if id_}


def _answered(
    where: Mapping[str, Any], told: Sequence[Receipt], whose: Mapping[str, int]
) -> dict[int, int]:
    """Return what is answered by those who name nothing but themselves: the last they were sent."""
    replies = {
        n: whose[each.address]
        for n, each in enumerate(told)
        if each.state in (ReceiptState.REPLIED, ReceiptState.OPTED_OUT) and each.address in whose
    }
    if not replies:
        return {}
    given = {
        **where,
        "customers": ",".join(map(str, sorted(set(replies.values())))),
        "since": min(each.at for each in told) - _ANSWERED_WITHIN,
    }
    newest = dict(run("receipts", "newest_of_customers", given).fetchall())
    return {n: newest[who] for n, who in replies.items() if who in newest}


def _who(
    account: ChannelAccount,
    told: Sequence[Receipt],
    found: Mapping[int, int],
    whose: Mapping[str, int],
) -> dict[int, int]:
    """Return of whom each receipt tells: whom the delivery went to, else whose the address is."""
    ids = ",".join(map(str, sorted(set(found.values()))))
    given = {"workspace": account.workspace_id, "ids": ids}
    people = dict(run("receipts", "customers_of", given).fetchall())
    who = {n: people.get(found.get(n)) or whose.get(each.address, 0) for n, each in enumerate(told)}
    return {n: customer for n, customer in who.items() if customer}


def _hear_wishes(
    account: ChannelAccount, told: Sequence[Receipt], who: Mapping[int, int], now: datetime
) -> None:
    """Heed who wants no more, who complained, and addresses that are nobody's."""
    actor, channel, workspace = f"channel:{account.pk}", account.channel, account.workspace
    by_channel: dict[str, Any] = {"channel": channel, "actor": actor, "now": now}
    for n, each in enumerate(told):
        if each.state == ReceiptState.OPTED_OUT and n in who:
            customers.withdraw_consent(
                workspace,
                [who[n]],
                purpose="marketing",
                proof=each.said[:200] or "opted out",
                source=f"channel:{account.adapter}",
                at=each.at,
                **by_channel,
            )
        elif each.state == ReceiptState.OPTED_OUT and each.address:
            suppress_addresses(workspace, [each.address], reason="opt_out", **by_channel)
        elif each.state == ReceiptState.COMPLAINED and n in who:
            suppress_for(workspace, [who[n]], reason="complaint", **by_channel)
        if each.address_is_dead and each.address:
            suppress_addresses(workspace, [each.address], reason="bounce", **by_channel)


def _record_replies(
    account: ChannelAccount, told: Sequence[Receipt], who: Mapping[int, int], now: datetime
) -> None:
    """Record what somebody wrote back as her message: once, however often it is told."""
    written = []
    for n, each in enumerate(told):
        if not each.said or n not in who:
            continue
        said = f"{account.pk}:{who[n]}:{each.at.isoformat()}:{each.said}"
        written.append(
            events.NewEvent(
                type="message",
                customer=who[n],
                id=str(uuid5(_REPLIES, said)),
                occurred_at=each.at,
                content=each.said[:500],
                source=account.adapter,
            )
        )
    events.record(account.workspace, written, now=now)
