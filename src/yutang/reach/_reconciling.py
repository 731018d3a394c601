"""Messages of which nobody knows whether they arrived: the channel is asked, again and again, less and less.

Where it cannot be asked, the workspace's wish for their purpose decides: rather none than two (it stays
unknown, and is shown as that), or rather two than none (it is sent again, a minute later).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import msgspec
import structlog
from django.db import transaction

from yutang.customers import service as customers
from yutang.kit import clock
from yutang.reach._account_settings import SecretsUnreadable
from yutang.reach._accounts import address_kind, as_seen_by_channel
from yutang.reach._rows import run
from yutang.reach._settling import MOST_ATTEMPTS, Verdict
from yutang.reach.channels.interface import Answer, Asked, Channel, Outcome
from yutang.reach.channels.registry import channel_named
from yutang.reach.models import ChannelAccount, DeliveryState
from yutang.workspaces.models import Workspace

__all__ = ["MayRepeat", "reconcile"]

log = structlog.get_logger(__name__)
_MOST_AT_ONCE = 200
_REPEATED_AFTER = timedelta(minutes=1)

MayRepeat = Callable[[Workspace, str], bool]


@dataclass(frozen=True)
class _Unknown:
    id: int
    token: UUID
    lease: UUID | None
    customer: int
    purpose: str
    provider_ref: str
    since: datetime
    attempts: int


def reconcile(*, may_repeat: MayRepeat, clock: Callable[[], datetime] = clock.now) -> bool:
    """Take back what ran out, and settle what can be known of it; return whether there may be more.

    `may_repeat` says of a purpose whether rather two than none are wanted.
    """
    now = clock()
    run("dispatch", "ran_out", {"now": now})
    more = False
    for (account_id,) in run("dispatch", "accounts_with_unknown", {"now": now}).fetchall():
        account = ChannelAccount.objects.select_related("workspace").get(pk=account_id)
        more = _reconcile_account(account, may_repeat, now) or more
    return more


def _reconcile_account(account: ChannelAccount, may_repeat: MayRepeat, now: datetime) -> bool:
    given = {
        "account": account.pk,
        "workspace": account.workspace_id,
        "now": now,
        "most": _MOST_AT_ONCE,
    }
    with transaction.atomic():
        unknown = [_Unknown(*row) for row in run("dispatch", "unknown", given)]
    channel = channel_named(account.adapter)
    if channel is None or not unknown:
        return False
    known = _asked(account, channel, unknown, now) if channel.can_look_up else {}
    verdicts = [
        verdict
        for each in unknown
        if (
            verdict := _verdict(
                each,
                known.get(each.token),
                sure_after=timedelta(seconds=channel.sure_after),
                repeats=_says_nothing(channel, known.get(each.token))
                and may_repeat(account.workspace, each.purpose),
                now=now,
            )
        )
    ]
    if verdicts:
        told = msgspec.json.encode(verdicts).decode()
        run("dispatch", "resolve", {"told": told, "workspace": account.workspace_id, "now": now})
    return len(unknown) == _MOST_AT_ONCE


def _says_nothing(channel: Channel, said: Outcome | None) -> bool:
    """Return whether the channel cannot know; one that did not answer may, the next time."""
    return not channel.can_look_up or (said is not None and said.answer == Answer.UNKNOWN)


def _asked(
    account: ChannelAccount, channel: Channel, unknown: Sequence[_Unknown], now: datetime
) -> Mapping[UUID, Outcome]:
    kind = address_kind(channel, account)
    people = sorted({each.customer for each in unknown})
    addresses = customers.addresses(account.workspace, people, kind=kind) if kind else {}
    asked = [
        Asked(
            token=each.token,
            attempt=each.lease or each.token,
            address=addresses.get(each.customer, ""),
            at=each.since,
            provider_ref=each.provider_ref,
        )
        for each in unknown
    ]
    try:
        return channel.look_up(as_seen_by_channel(account), asked, now=now)
    except SecretsUnreadable:
        return {}
    except Exception:  # the contract forbids it; a third party's adapter may break it
        log.exception("channel raised", channel=channel.name, account=account.pk)
        return {}


def _verdict(
    unknown: _Unknown, said: Outcome | None, *, sure_after: timedelta, repeats: bool, now: datetime
) -> Verdict | None:
    """Return what an unknown one becomes, or None: it stays that for now."""
    age = now - unknown.since
    if said and said.answer in (Answer.SENT, Answer.AWAITING_STAFF):
        return Verdict(unknown.id, said.answer.value, ref=said.provider_ref[:120])
    if said and said.answer == Answer.FAILED:
        return Verdict(unknown.id, DeliveryState.FAILED, said.reason[:40], said.detail[:300])
    never_came = said is not None and said.answer == Answer.LATER and age >= sure_after
    if not never_came and not (repeats and age >= max(_REPEATED_AFTER, sure_after)):
        return None
    if unknown.attempts >= MOST_ATTEMPTS:
        return Verdict(unknown.id, DeliveryState.FAILED, "gave_up")
    return Verdict(unknown.id, DeliveryState.QUEUED, "sent_again", not_before=now)
