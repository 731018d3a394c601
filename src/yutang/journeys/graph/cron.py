"""The five fields of cron: minute, hour, day of month, month, day of week (0 and 7 are Sunday).

    next_cron(read_cron("30 9 * * 1-5"), after, ZoneInfo("Asia/Shanghai"))

Where both days are restricted, either suffices, as everywhere.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from yutang.journeys.graph.spans import local

__all__ = ["Cron", "CronUnreadable", "next_cron", "read_cron"]

_RANGES = ((0, 59), (0, 23), (1, 31), (1, 12), (0, 7))
_FURTHEST = 366 * 8  # days: 29 February may be eight years away


class CronUnreadable(ValueError):
    """Not five fields of cron, or of a day that never comes."""


@dataclass(frozen=True, slots=True)
class Cron:
    """The values each field allows; `either` whether one of the two days suffices."""

    minutes: frozenset[int]
    hours: frozenset[int]
    days: frozenset[int]
    months: frozenset[int]
    weekdays: frozenset[int]  # Monday is 0
    either: bool

    def has_day(self, there: datetime) -> bool:
        if there.month not in self.months:
            return False
        by_month, by_week = there.day in self.days, there.weekday() in self.weekdays
        return by_month or by_week if self.either else by_month and by_week


def read_cron(written: str) -> Cron:
    """Return what five fields say.

    :raises CronUnreadable:
    """
    fields = written.split()
    if len(fields) != 5:
        raise CronUnreadable(written)
    minutes, hours, days, months, weekdays = (
        _values(each, *limits) for each, limits in zip(fields, _RANGES, strict=True)
    )
    either = not fields[2].startswith("*") and not fields[4].startswith("*")
    monday_first = frozenset((each - 1) % 7 for each in weekdays)
    if not either and not any(
        day <= longest
        for day in days
        for longest in (
            29 if month == 2 else 30 if month in (4, 6, 9, 11) else 31 for month in months
        )
    ):
        raise CronUnreadable(written)
    return Cron(minutes, hours, days, months, monday_first, either)


def _values(field: str, low: int, high: int) -> frozenset[int]:
    found: set[int] = set()
    for part in field.split(","):
        span, _, step = part.partition("/")
        begin, _, end = span.partition("-")
        try:
            first = low if span == "*" else int(begin)
            last = high if span == "*" or (step and not end) else int(end or begin)
            every = int(step) if step else 1
        except ValueError:
            raise CronUnreadable(field) from None
        if not low <= first <= last <= high or every < 1:
            raise CronUnreadable(field)
        found.update(range(first, last + 1, every))
    return frozenset(found)


def next_cron(cron: Cron, after: datetime, zone: ZoneInfo) -> datetime:
    """Return the first instant after this one, in UTC. Skipped times move on; doubled ones come once."""
    there = after.astimezone(zone).replace(tzinfo=None, second=0, microsecond=0)
    day = there.replace(hour=0, minute=0)
    for _ in range(_FURTHEST):
        if cron.has_day(day):
            for hour in sorted(cron.hours):
                for minute in sorted(cron.minutes):
                    found = local(day.replace(hour=hour, minute=minute), zone)
                    if found > after.astimezone(UTC):
                        return found
        day += timedelta(days=1)
    raise CronUnreadable(str(cron))
