"""What other rules would have held back: the last thirty days of messages, judged again by them.

Every message that left or waits, and every one that rules held back then, is taken at the instant it was
meant for, person by person; one that these rules would have held back takes no room from those after it. Hours are
read on the workspace's own clock; consent, suppressions and budgets are left as they are.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import groupby
from operator import itemgetter
from zoneinfo import ZoneInfo

from django.db.models import Q

from yutang.reach.models import Delivery
from yutang.reach.policy import Bound, Rules, caps_for, next_allowed
from yutang.workspaces.models import Workspace

__all__ = ["LOOKED_BACK", "WhatIf", "what_if"]

LOOKED_BACK = timedelta(days=30)
_MOST = 500_000
_BY_RULE = ("capped", "channel_rule", "quiet_hours", "displaced", "expired")

# customer, instant, channel, purpose, journey
Message = tuple[int, datetime, str, str, int | None]


@dataclass
class WhatIf:
    """How many messages there were, how many these rules would have held back, deferred, and by which."""

    messages: int = 0
    held: int = 0
    deferred: int = 0
    people: int = 0  # who would have heard less
    by_rule: Counter[str] = field(default_factory=Counter)  # cap:0, quiet, a platform's rule


def what_if(workspace: Workspace, rules: Rules, *, now: datetime) -> WhatIf:
    """Return what these rules would have made of the last 30 days' messages (of the newest half million)."""
    rows = (
        Delivery.objects.within(workspace)
        .filter(
            Q(counts_at__isnull=False) | Q(reason__in=_BY_RULE),
            planned_at__gt=now - LOOKED_BACK,
            customer__gt=0,
        )
        .order_by("customer", "planned_at", "pk")
        .values_list("customer", "planned_at", "channel", "purpose", "journey")
    )[:_MOST]
    found = WhatIf()
    judge = _Judge(rules, ZoneInfo(workspace.time_zone), now)
    for _, hers in groupby(rows.iterator(5000), key=itemgetter(0)):
        _judge_person(judge, hers, found)
    return found


def _judge_person(judge: "_Judge", hers: Iterable[Message], found: WhatIf) -> None:
    kept: list[Message] = []
    before = found.held
    for message in hers:
        found.messages += 1
        moment = judge.moment(message)
        if moment is None:
            found.held += 1
            found.by_rule["quiet"] += 1
            continue
        found.deferred += moment > message[1]
        name = judge.cap_over(message, kept, moment)
        if name:
            found.held += 1
            found.by_rule[name] += 1
        else:
            kept.append((message[0], moment, *message[2:]))
    found.people += found.held > before


class _Judge:
    def __init__(self, rules: Rules, zone: ZoneInfo, now: datetime) -> None:
        self._rules, self._zone, self._now = rules, zone, now
        self._caps: dict[tuple[str, str, bool], tuple[Bound, ...]] = {}

    def moment(self, message: Message) -> datetime | None:
        """Return when a message would have left; None where it would have been dropped."""
        _, at, channel, purpose, _ = message
        quiet = [
            each
            for each in self._rules.quiet
            if purpose in each.purposes and (not each.channels or channel in each.channels)
        ]
        moment = next_allowed(quiet, self._zone, at)
        return None if moment.is_dropped else moment.at

    def cap_over(self, message: Message, kept: list[Message], at: datetime) -> str:
        """Return the first cap that has no room for a message at an instant, or nothing."""
        for cap in self._binding(message):
            lower, upper, most = cap.window(at, self._zone)
            used = sum(lower <= other[1] < upper and _counts(cap, message, other) for other in kept)
            if used >= most:
                return cap.name
        return ""

    def _binding(self, message: Message) -> Iterator[Bound]:
        _, _, channel, purpose, journey = message
        kind = (channel, purpose, journey is not None)
        if kind not in self._caps:
            self._caps[kind] = caps_for(
                self._rules, channel=channel, purpose=purpose, has_journey=kind[2], now=self._now
            )
        yield from self._caps[kind]


def _counts(cap: Bound, message: Message, other: Message) -> bool:
    return (
        (cap.channel == "any" or other[2] == cap.channel)
        and (not cap.purposes or other[3] in cap.purposes)
        and (not cap.per_journey or other[4] == message[4])
    )
