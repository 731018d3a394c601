"""What became of what left: states, retries, rests; written by the batch, fenced by the lease."""

import random
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

import msgspec
from django.db import transaction

from yutang.kit.deadlocks import survives_deadlocks
from yutang.kit.metrics import counter
from yutang.reach._claiming import Leaving
from yutang.reach._rows import by_keys, run
from yutang.reach.channels.interface import Answer, Outcome
from yutang.reach.models import ChannelAccount, DeliveryState

__all__ = ["MOST_ATTEMPTS", "Verdict", "outcome_verdict", "settle"]

MOST_ATTEMPTS = 8
_FIRST_WAIT = timedelta(seconds=30)
_LONGEST_WAIT = timedelta(hours=1)
_SHORT_WAIT = timedelta(seconds=5)
_ASK_AFTER = timedelta(seconds=10)
_SENDS = counter(
    "yutang_sends", "Messages handed to channels, by what became of them.", "adapter", "answer"
)


class Verdict(msgspec.Struct, frozen=True, gc=False):
    """What a delivery becomes. `back` takes its attempt back: it says nothing about the message."""

    id: int
    state: str
    reason: str = ""
    detail: str = ""
    ref: str = ""
    not_before: datetime | None = None
    back: int = 0


def outcome_verdict(delivery: Leaving, outcome: Outcome, *, now: datetime) -> Verdict:
    """Return what a delivery becomes by what its channel said."""
    reason, detail = outcome.reason[:40], outcome.detail[:300]
    match outcome.answer:
        case Answer.SENT | Answer.AWAITING_STAFF:
            return Verdict(delivery.id, outcome.answer.value, ref=outcome.provider_ref[:120])
        case Answer.FAILED:
            return Verdict(delivery.id, DeliveryState.FAILED, reason, detail)
        case Answer.UNKNOWN:
            return Verdict(
                delivery.id,
                DeliveryState.UNKNOWN,
                reason,
                detail,
                ref=outcome.provider_ref[:120],
                not_before=now + _ASK_AFTER,
            )
    if outcome.counts and delivery.attempts >= MOST_ATTEMPTS:
        return Verdict(delivery.id, DeliveryState.FAILED, "gave_up", detail or reason)
    wait = max(outcome.after or _SHORT_WAIT, outcome.rest or _SHORT_WAIT)
    if outcome.counts:
        wait = max(_backoff(delivery.attempts), wait)
    again = now + wait * random.uniform(1.0, 1.25)  # noqa: S311
    back = 0 if outcome.counts else 1
    return Verdict(delivery.id, DeliveryState.QUEUED, reason, detail, not_before=again, back=back)


def _backoff(attempts: int) -> timedelta:
    return min(_FIRST_WAIT * (1 << min(attempts - 1, 10)), _LONGEST_WAIT)


@survives_deadlocks
@transaction.atomic
def settle(
    account: ChannelAccount,
    lease: UUID,
    verdicts: Sequence[Verdict],
    *,
    outcomes: Mapping[UUID, Outcome] | None = None,
    now: datetime,
) -> None:
    """Write what became of deliveries, as far as the lease still holds; let the account rest if asked to."""
    if not verdicts:
        return
    told = msgspec.json.encode(sorted(verdicts, key=lambda each: each.id)).decode()
    by_keys()
    run("dispatch", "settle", {"told": told, "lease": lease, "now": now})
    _heed((outcomes or {}).values(), account, now)


def _heed(outcomes: Iterable[Outcome], account: ChannelAccount, now: datetime) -> None:
    """Let the account rest as long as the channel asked for, and say why; or say that it is well."""
    longest: Outcome | None = None
    answers: Counter[Answer] = Counter()
    for outcome in outcomes:
        answers[outcome.answer] += 1
        if outcome.rest and (longest is None or outcome.rest > (longest.rest or timedelta())):
            longest = outcome
    for answer, count in answers.items():
        _SENDS.labels(account.adapter, answer.value).inc(count)
    if longest and longest.rest:
        trouble = f"{longest.reason}: {longest.detail}".rstrip(": ")[:300]
        until = now + longest.rest
        run("dispatch", "rest", {"account": account.pk, "until": until, "trouble": trouble})
    elif answers[Answer.SENT] and account.trouble:
        run("dispatch", "well_again", {"account": account.pk})
