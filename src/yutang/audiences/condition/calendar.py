"""Steps and cuts of the calendar in a workspace's time zone.

A span up to weeks is a number of milliseconds (a day is 24 hours). Months and years are steps of the
local calendar: the day is cut to the length of the month it lands in (29 Feb + 1 year = 28 Feb), the
time of day stays. A time of day that a change of clocks leaves out is the one an hour before; of a
time that comes twice the first is meant. ClickHouse's `addMonths` steps in the same way.
"""

from calendar import monthrange
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from yutang.audiences.condition.nodes import CalendarUnit, Span

__all__ = [
    "TICK",
    "day_start",
    "exact",
    "local_day",
    "months",
    "period_start",
    "step",
    "step_day",
]

TICK = timedelta(milliseconds=1)
_EXACT = {
    "minute": timedelta(minutes=1),
    "hour": timedelta(hours=1),
    "day": timedelta(days=1),
    "week": timedelta(weeks=1),
}


def exact(span: Span) -> timedelta | None:
    """Return the length of a span that has one, or None for months and years."""
    unit = _EXACT.get(span.unit)
    return None if unit is None else span.amount * unit


def months(span: Span) -> int:
    """Return how many calendar months a span of months or years steps."""
    return span.amount * (12 if span.unit == "year" else 1)


@lru_cache(maxsize=64)
def zone(name: str) -> ZoneInfo:
    """Return a time zone."""
    return ZoneInfo(name)


def step(instant: datetime, span: Span, time_zone: str, times: int = 1) -> datetime:
    """Return the instant a span later (`times=-1`: earlier)."""
    length = exact(span)
    if length is not None:
        return instant + times * length
    local = instant.astimezone(zone(time_zone)).replace(tzinfo=None, fold=0)
    day = _step_months(local.date(), times * months(span))
    return _instant(datetime.combine(day, local.time()), time_zone)


def step_day(day: date, span: Span, times: int = 1) -> date:
    """Return the day a span of days or more later (`times=-1`: earlier)."""
    length = exact(span)
    return day + times * length if length is not None else _step_months(day, times * months(span))


def _step_months(day: date, count: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _instant(local: datetime, time_zone: str) -> datetime:
    here = local.replace(tzinfo=zone(time_zone))
    instant = here.astimezone(UTC)
    if instant.astimezone(here.tzinfo).replace(tzinfo=None, fold=0) != local:
        instant = here.replace(fold=1).astimezone(UTC)  # left out: the hour before
    return instant


def local_day(instant: datetime, time_zone: str) -> date:
    """Return the calendar day it is there at this instant."""
    return instant.astimezone(zone(time_zone)).date()


def day_start(day: date, time_zone: str) -> datetime:
    """Return the first instant of a local day (where midnight is left out: the change itself)."""
    return datetime.combine(day, time.min, zone(time_zone)).astimezone(UTC)


def period_start(day: date, unit: CalendarUnit, back: int = 0) -> date:
    """Return the first day of the period this day lies in, or of the one `back` periods before."""
    match unit:
        case "day":
            return day - timedelta(days=back)
        case "week":
            return day - timedelta(days=day.weekday() + 7 * back)
        case "month":
            return _step_months(day.replace(day=1), -back)
        case "quarter":
            return _step_months(day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1), -3 * back)
        case "year":
            return date(day.year - back, 1, 1)
