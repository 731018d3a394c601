"""What may leave now, within the bucket that all workers of an account share."""

import math
import random
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import msgspec
from django.db import transaction

from yutang.reach._rows import run
from yutang.reach.models import ChannelAccount

__all__ = ["Claim", "Leaving", "claim", "due", "hold_on"]


class Leaving(msgspec.Struct, frozen=True, gc=False):
    """A delivery somebody holds the lease of."""

    id: int
    token: UUID
    customer: int
    sending: int
    purpose: str
    sender: int | None
    data: Mapping[str, Any] | None
    expires_at: datetime | None
    attempts: int
    planned_at: datetime


@dataclass(frozen=True)
class Claim:
    """What one worker took from one account; `short` tells how long until the bucket holds more."""

    lease: UUID
    deliveries: Sequence[Leaving]
    short: timedelta | None = None


def due(now: datetime) -> dict[int, list[int]]:
    """Return the sendings that have something to send now, by account, in an order of chance."""
    found: dict[int, list[int]] = defaultdict(list)
    for account, sending in run("dispatch", "due", {"now": now}):
        found[account].append(sending)
    accounts = list(found)
    random.shuffle(accounts)
    return {account: found[account] for account in accounts}


@transaction.atomic
def claim(
    account: ChannelAccount, sendings: Sequence[int], *, most: int, seconds: float, now: datetime
) -> Claim:
    """Take what is due, the most urgent first; committed before any of it is told to the channel."""
    lease = uuid4()
    bucket = run("dispatch", "bucket", {"account": account.pk, "now": now}).fetchone()
    if bucket is None:
        return Claim(lease, ())
    tokens = _filled(*bucket, now=now)
    room = min(most, math.floor(tokens))
    if room < 1:
        rate = max(bucket[0], 0.001)
        return Claim(lease, (), timedelta(seconds=(1 - tokens) / rate))
    rows = run(
        "dispatch",
        "claim",
        {
            "sendings": ",".join(map(str, sendings)),
            "now": now,
            "most": room,
            "lease": lease,
            "until": now + timedelta(seconds=seconds),
        },
    ).fetchall()
    run("dispatch", "spend", {"account": account.pk, "tokens": tokens - len(rows), "now": now})
    return Claim(lease, [Leaving(*row[1:]) for row in rows])


def _filled(
    rate: int, burst: int, tokens: float, tokens_at: datetime | None, *, now: datetime
) -> float:
    if tokens_at is None:
        return float(burst)
    passed = max((now - tokens_at).total_seconds(), 0.0)
    return min(float(burst), tokens + rate * passed)


def hold_on(lease: UUID, ids: Sequence[int], *, seconds: float, now: datetime) -> set[int]:
    """Hold what is still to be sent for longer; return what still may be, pauses and leases considered."""
    until = now + timedelta(seconds=seconds)
    given = {"lease": lease, "ids": ",".join(map(str, ids)), "until": until}
    return {id_ for (id_,) in run("dispatch", "hold_on", given)}
