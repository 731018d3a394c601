"""The rules as values, and which of them bind one kind of message at one instant."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

import msgspec

from yutang.customers import service as customers
from yutang.kit import clock
from yutang.kit.i18n import Text
from yutang.reach.policy.platform import platform_rules

__all__ = [
    "CHANNELS",
    "DEFAULT",
    "PURPOSES",
    "Bound",
    "Cap",
    "PlatformChange",
    "Quiet",
    "Rules",
    "SenderBudget",
    "WarmUp",
    "caps_for",
]

PURPOSES: Mapping[str, Text] = {
    name: label
    for name, label in customers.CONSENT_PURPOSES.items()
    if name in {"marketing", "service"}
}
# What a message can leave by; consent knows the same names.
CHANNELS: Mapping[str, Text] = {
    name: label
    for name, label in {
        **customers.CONSENT_CHANNELS,
        "group": Text("客户群", "Customer groups"),
        "moments": Text("朋友圈", "Moments"),
        "webhook": Text("外部系统", "Another system"),
        "paper": Text("试发（只记录）", "Paper (records only)"),
    }.items()
    if name not in {"any", "call"}
}
_LONGEST_DAYS = 366

Per = Literal["rolling", "day", "week", "month"]


class Quiet(msgspec.Struct, frozen=True):
    """Hours in which nobody is disturbed, on the customer's own clock; `end` may lie on the next day."""

    start: str  # "21:00"
    end: str  # "09:00"
    channels: tuple[str, ...] = ()  # none: every channel
    purposes: tuple[str, ...] = ("marketing",)
    then: Literal["defer", "drop"] = "defer"


class Cap(msgspec.Struct, frozen=True):
    """At most so many messages to one person, within any `days` days or within a calendar's unit.

    It binds messages of `purposes`; what it counts is `counts`: theirs alone, or every message.
    """

    most: int
    per: Per = "rolling"
    days: int = 7  # only where it rolls
    channel: str = "any"
    purposes: tuple[str, ...] = ("marketing",)
    counts: Literal["same", "all"] = "all"
    per_journey: bool = False


class WarmUp(msgspec.Struct, frozen=True):
    """From this day of an account on (its first is 0), at most so many a day."""

    from_day: int
    most: int


class SenderBudget(msgspec.Struct, frozen=True):
    """How many messages leave in one staff member's name a day, less while the account is young."""

    channel: str
    daily: int
    warm_up: tuple[WarmUp, ...] = ()

    def on_day(self, day: int) -> int:
        """Return the most for an account that is so many days old."""
        young = [step.most for step in self.warm_up if step.from_day <= day]
        return min(self.daily, young[-1]) if young else self.daily


class PlatformChange(msgspec.Struct, frozen=True):
    """What a brand made of a platform's own limit: another number, or none at all.

    It holds from a day on (`since`; none: for good); `before` is the number that holds until then, if it is
    not the platform's.
    """

    most: int | None = None
    off: bool = False
    since: date | None = None
    before: int | None = None

    def on(self, day: date, default: int | None) -> int | None:
        """Return the number that holds on a day."""
        number = self.most if self.since is None or day >= self.since else self.before
        return default if number is None else number


class Rules(msgspec.Struct, frozen=True):
    """A whole contact policy."""

    quiet: tuple[Quiet, ...] = ()
    caps: tuple[Cap, ...] = ()
    budgets: tuple[SenderBudget, ...] = ()
    # (channel, purpose) pairs that need a yes; others only need that there was no no.
    opt_in: tuple[tuple[str, str], ...] = ()
    holdout_percent: float = 0.0  # of everybody, from marketing
    holdout_salt: str = "1"  # another one draws another group
    approval_over: int = 1000
    uncertain: Mapping[str, Literal["no_duplicate", "delivery"]] = {}
    platform: Mapping[str, PlatformChange] = {}


DEFAULT = Rules(
    quiet=(Quiet("21:00", "09:00"),),
    caps=(Cap(3, days=7), Cap(1, per="day")),
    budgets=(
        SenderBudget(
            "wecom", 200, (WarmUp(0, 20), WarmUp(7, 50), WarmUp(14, 100), WarmUp(30, 200))
        ),
    ),
    opt_in=(("sms", "marketing"), ("email", "marketing")),
    uncertain={"marketing": "no_duplicate", "service": "delivery"},
)


@dataclass(frozen=True)
class Bound:
    """A cap as it binds messages of one kind: what it counts, and where it comes from.

    `name` is `cap:<place in the policy>`, or the platform rule's own.
    """

    name: str
    is_ours: bool
    per: Per
    days: int
    most: int | None  # null: as many as the month has days
    channel: str  # "any": all of them
    purposes: tuple[str, ...]  # counted; none: all of them
    per_journey: bool

    def window(self, at: datetime, zone: ZoneInfo) -> tuple[datetime, datetime, int]:
        """Return from when until when messages count against one at `at`, and how many may be there.

        A rolling cap holds for every window that contains `at`: what is planned for later counts as
        well as what was sent before. A calendar's unit is cut on the given clock.
        """
        if self.per == "rolling":
            length = timedelta(days=self.days)
            most = self.most or 0
            # An event at exactly at − length has left the window; likewise one at + length.
            tick = timedelta(microseconds=1)
            return at - length + tick, at + length, most
        local = at.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=None)
        if self.per == "week":
            local -= timedelta(days=local.weekday())
        if self.per == "month":
            local = local.replace(day=1)
        after = local + timedelta(days={"day": 1, "week": 7, "month": 32}[self.per])
        if self.per == "month":
            after = after.replace(day=1)
        most = (after - local).days if self.most is None else self.most
        return _instant(local, zone), _instant(after, zone), most


def caps_for(
    rules: Rules, *, channel: str, purpose: str, has_journey: bool, now: datetime
) -> tuple[Bound, ...]:
    """Return the caps that bind messages of this kind: the brand's in their order, then the platform's."""
    ours = (
        Bound(
            f"cap:{place}",
            True,
            cap.per,
            min(cap.days, _LONGEST_DAYS),
            cap.most,
            cap.channel,
            cap.purposes if cap.counts == "same" else (),
            cap.per_journey,
        )
        for place, cap in enumerate(rules.caps)
        if purpose in cap.purposes and cap.channel in {"any", channel}
        if has_journey or not cap.per_journey
    )
    return (*ours, *_platform_caps(rules, channel, purpose, now))


def _platform_caps(rules: Rules, channel: str, purpose: str, now: datetime) -> Iterator[Bound]:
    today = clock.platform_day(now)
    for rule in platform_rules(today):
        change = rules.platform.get(rule.name, PlatformChange())
        if change.off or rule.channel != channel or purpose not in rule.purposes:
            continue
        most = change.on(today, rule.most)
        yield Bound(rule.name, False, rule.per, rule.days, most, channel, rule.purposes, False)


def _instant(local: datetime, zone: ZoneInfo) -> datetime:
    return local.replace(tzinfo=zone).astimezone(UTC)
