"""Until when a wait lasts."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from yutang.journeys.graph.nodes import Days
from yutang.journeys.graph.spans import Span, local
from yutang.journeys.timing.anniversaries import Every, anniversaries, day_of_age
from yutang.journeys.timing.holidays import is_of

__all__ = ["next_date", "next_time"]

_DAY = timedelta(days=1)
_FARTHEST = 400  # days until a time of day comes: a holiday is shorter than that, a week anyway


def next_time(
    since: datetime,
    at: time,
    zone: ZoneInfo,
    *,
    weekdays: tuple[int, ...] = (),
    days: Days = "any",
    after: Span | None = None,
) -> datetime | None:
    """Return the first such time of day later than `since`, or None where no day is of both kinds.

    `after` a span of days and more, it is on the day so much later, or the next allowed one; after
    hours, it is the first that comes once they are over.
    """
    begins = since.astimezone(zone).date()
    if after is not None and after.unit in ("second", "minute", "hour"):
        since = after.after(since, zone)
        begins = since.astimezone(zone).date()
    elif after is not None:
        begins = _moved(begins, after) or begins
    for day in (begins + _DAY * number for number in range(_FARTHEST)):
        if (weekdays and day.weekday() not in weekdays) or not is_of(day, days):
            continue
        found = local(datetime.combine(day, at), zone)
        if found > since:
            return found
    return None


def next_date(
    since: datetime,
    day: date,
    at: time,
    zone: ZoneInfo,
    *,
    offset: Span | None = None,
    every: Every | None = None,
    lunar: bool = False,
) -> datetime | None:
    """Return when a date comes, moved by `offset`, at a time of day; None if it has passed.

    `every` year (month) after it: the next one still to come. `lunar` years need `every` year.
    """
    for each in _candidates(day, since.astimezone(zone).date(), offset, every, lunar=lunar):
        found = _instant(each, at, offset, zone)
        if found is not None and found > since:
            return found
    return None


def _candidates(
    day: date, today: date, offset: Span | None, every: Every | None, *, lunar: bool
) -> Iterator[date]:
    """Yield the days that may be the one, earliest first."""
    if every is None:
        yield day
        return
    later = offset.seconds // 86_400 if offset else 0
    after = date.fromordinal(max(1, today.toordinal() - later - abs(later) // 50 - 32))
    yield from anniversaries(day, after, every, lunar=lunar)


def _instant(day: date, at: time, offset: Span | None, zone: ZoneInfo) -> datetime | None:
    if offset is None:
        return local(datetime.combine(day, at), zone)
    if offset.unit in ("second", "minute", "hour"):
        return offset.after(local(datetime.combine(day, at), zone), zone)
    moved = _moved(day, offset)
    return None if moved is None else local(datetime.combine(moved, at), zone)


def _moved(day: date, span: Span) -> date | None:
    if span.unit in ("month", "year"):
        return day_of_age(day, span.amount * (12 if span.unit == "year" else 1))
    try:
        return day + _DAY * span.amount * (7 if span.unit == "week" else 1)
    except OverflowError:
        return None
