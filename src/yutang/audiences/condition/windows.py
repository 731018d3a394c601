"""Where windows and tests of time lie at one instant, as stretches of instants or of days.

Everything relative is resolved here, once for a statement: the warehouse only compares with bound
constants, and each comparison can use the order of the table.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

from yutang.audiences.condition.calendar import (
    TICK,
    day_start,
    exact,
    local_day,
    period_start,
    step,
    step_day,
    zone,
)
from yutang.audiences.condition.nodes import (
    Absolute,
    Around,
    Between,
    Calendar,
    Comparison,
    Ever,
    InPeriod,
    LessThanAgo,
    MoreThanAgo,
    Rolling,
    Span,
    Test,
    Value,
    Window,
    WithinNext,
)

__all__ = [
    "DayRange",
    "Stretch",
    "days_of",
    "days_over",
    "next_cut",
    "period",
    "stretches",
    "stretches_of",
    "within_reach",
]

_FIRST_DAY, _LAST_DAY = date(1900, 1, 1), date(2299, 12, 31)  # what the warehouse can hold


@dataclass(frozen=True)
class Stretch:
    """The instants `start ≤ t < end`; None is open."""

    start: datetime | None
    end: datetime | None

    def cut(self, end: datetime) -> "Stretch | None":
        """Return the part before `end`, or None if there is nothing."""
        upto = end if self.end is None else min(self.end, end)
        return None if self.start is not None and self.start >= upto else Stretch(self.start, upto)


@dataclass(frozen=True)
class DayRange:
    """The days from `first` to `last`, both included; None is open."""

    first: date | None
    last: date | None


def stretches(window: Window, now: datetime, time_zone: str) -> tuple[Stretch, ...]:
    """Return the instants up to `now` that a window covers; usually one stretch."""
    match window:
        case Ever():
            found: Iterable[Stretch] = [Stretch(None, None)]
        case Rolling(span=span):
            found = _live(now, span, time_zone)
        case Absolute(start=start, end=end):
            found = [Stretch(_from(start, time_zone), _until(end, time_zone))]
        case Calendar():
            found = [period(window, now, time_zone)]
        case Around(years=years, before=before, after=after):
            middle = step_day(local_day(now, time_zone), Span(years, "year"), -1)
            found = [
                Stretch(
                    day_start(middle - timedelta(days=before), time_zone),
                    day_start(middle + timedelta(days=after + 1), time_zone),
                )
            ]
    return tuple(cut for each in found if (cut := each.cut(now + TICK)) is not None)


def next_cut(window: Calendar | Around, now: datetime, time_zone: str) -> datetime:
    """Return when a window that is cut by the calendar moves next."""
    today = local_day(now, time_zone)
    if isinstance(window, Around):
        return day_start(today + timedelta(days=1), time_zone)
    return day_start(period_start(today, window.unit, -1), time_zone)


def period(calendar: Calendar, now: datetime, time_zone: str) -> Stretch:
    """Return the whole of a calendar period, also the part still to come."""
    days = _period_days(calendar, local_day(now, time_zone))
    return Stretch(day_start(days[0], time_zone), day_start(days[1] + timedelta(days=1), time_zone))


def _period_days(calendar: Calendar, today: date) -> tuple[date, date]:
    newest = 0 if calendar.period == "this" else 1
    oldest = calendar.count if calendar.period == "past" else newest
    first = period_start(today, calendar.unit, oldest)
    return first, period_start(today, calendar.unit, newest - 1) - timedelta(days=1)


def _from(point: date | datetime | None, time_zone: str) -> datetime | None:
    if point is None or isinstance(point, datetime):
        return point
    return day_start(point, time_zone)


def _until(point: date | datetime | None, time_zone: str) -> datetime | None:
    if point is None or isinstance(point, datetime):
        return point
    return day_start(point + timedelta(days=1), time_zone)


@lru_cache(maxsize=1024)
def _live(now: datetime, span: Span, time_zone: str) -> tuple[Stretch, ...]:
    """Return the instants `t ≤ now < t + span`: what has not left a rolling window yet.

    For months and years this can be several stretches: 28 to 31 January all land on 28 February,
    each at its own time of day.
    """
    length = exact(span)
    if length is not None:
        return (Stretch(now - length + TICK, now + TICK),)
    middle = local_day(step(now, span, time_zone, -1), time_zone)
    horizon = middle + timedelta(days=5)
    pieces = [
        piece
        for back in range(-5, 5)
        for piece in _alive_within(middle + timedelta(days=back), now, span, time_zone)
    ]
    whole = Stretch(day_start(horizon, time_zone), now + TICK)
    return tuple(_joined([*pieces, *([whole] if whole.start < whole.end else [])]))  # type: ignore[operator]


def _alive_within(day: date, now: datetime, span: Span, time_zone: str) -> Iterator[Stretch]:
    """Yield the stretches of one local day whose instants have not left yet.

    Within a day the step is a shift by a constant, unless clocks change on the day or where it
    lands; then within each quarter of an hour.
    """
    start, end = day_start(day, time_zone), day_start(day + timedelta(days=1), time_zone)
    landing = step_day(day, span)
    if _clocks_change(day, time_zone) or _clocks_change(landing, time_zone):
        quarter = timedelta(minutes=15)
        starts = [start + each * quarter for each in range(-(-(end - start) // quarter))]
    else:
        starts = [start]
    for begin, finish in zip(starts, [*starts[1:], end], strict=True):
        shift = step(begin, span, time_zone) - begin
        alive = max(begin, now - shift + TICK)
        if alive < min(finish, now + TICK):
            yield Stretch(alive, min(finish, now + TICK))


def _clocks_change(day: date, time_zone: str) -> bool:
    here = zone(time_zone)
    around = [
        datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(hours=hour)
        for hour in range(-15, 40, 3)
    ]
    return len({each.astimezone(here).utcoffset() for each in around}) > 1


def _joined(pieces: list[Stretch]) -> list[Stretch]:
    joined: list[Stretch] = []
    for piece in pieces:
        if joined and joined[-1].end == piece.start:
            joined[-1] = Stretch(joined[-1].start, piece.end)
        else:
            joined.append(piece)
    return joined


def stretches_of(test: Test, now: datetime, time_zone: str) -> tuple[Stretch, ...]:
    """Return the instants that pass a test of a time; not for Known and Anniversary."""
    match test:
        case Comparison(op=op, value=value):
            return _compared(op, *_day_or_instant(value, time_zone))
        case Between(low=low, high=high):
            return (
                Stretch(_day_or_instant(low, time_zone)[0], _day_or_instant(high, time_zone)[1]),
            )
        case LessThanAgo(span=span):
            return _live(now, span, time_zone)
        case MoreThanAgo(span=span):
            return tuple(_gaps(_live(now, span, time_zone), now + TICK))
        case WithinNext(span=span):
            return (Stretch(now + TICK, step(now, span, time_zone) + TICK),)
        case InPeriod(calendar=calendar):
            return (period(calendar, now, time_zone),)
    raise TypeError(test)


def _day_or_instant(value: Value, time_zone: str) -> tuple[datetime, datetime]:
    """Return the half-open stretch a value stands for: a local day, or one tick."""
    if isinstance(value, datetime):
        return value, value + TICK
    if isinstance(value, date):
        return day_start(value, time_zone), day_start(value + timedelta(days=1), time_zone)
    raise TypeError(value)


def _compared(op: str, start: datetime, end: datetime) -> tuple[Stretch, ...]:
    return {
        "eq": (Stretch(start, end),),
        "ne": (Stretch(None, start), Stretch(end, None)),
        "lt": (Stretch(None, start),),
        "le": (Stretch(None, end),),
        "gt": (Stretch(end, None),),
        "ge": (Stretch(start, None),),
    }[op]


def _gaps(live: Iterable[Stretch], end: datetime) -> Iterator[Stretch]:
    begin: datetime | None = None
    for each in live:
        if begin is None or begin < each.start:  # type: ignore[operator]
            yield Stretch(begin, each.start)
        begin = each.end
    if begin is None or begin < end:
        yield Stretch(begin, end)


def days_of(test: Test, today: date) -> tuple[DayRange, ...]:
    """Return the days that pass a test of a date; not for Known and Anniversary."""
    match test:
        case Comparison(op=op, value=value) if isinstance(value, date):
            return _compared_days(op, value)
        case Between(low=date() as low, high=date() as high):
            return (DayRange(low, high),)
        case LessThanAgo(span=span):
            return (DayRange(_last_over(today, span) + timedelta(days=1), today),)
        case MoreThanAgo(span=span):
            return (DayRange(None, _last_over(today, span)),)
        case WithinNext(span=span):
            return (DayRange(today, step_day(today, span)),)
        case InPeriod(calendar=calendar):
            return (DayRange(*_period_days(calendar, today)),)
    raise TypeError(test)


def _compared_days(op: str, day: date) -> tuple[DayRange, ...]:
    before, after = DayRange(None, day - timedelta(days=1)), DayRange(day + timedelta(days=1), None)
    return {
        "eq": (DayRange(day, day),),
        "ne": (before, after),
        "lt": (before,),
        "le": (DayRange(None, day),),
        "gt": (after,),
        "ge": (DayRange(day, None),),
    }[op]


def _last_over(today: date, span: Span) -> date:
    """Return the last day from which the span is over today."""
    day = step_day(today, span, -1)
    while step_day(day + timedelta(days=1), span) <= today:
        day += timedelta(days=1)
    return day


def days_over(today: date, count: int) -> date:
    """Return the last birthday of those who are `count` whole months old today."""
    return _last_over(today, Span(count, "month"))


def within_reach(day: date) -> date:
    """Return the nearest day the warehouse can hold."""
    return min(max(day, _FIRST_DAY), _LAST_DAY)
