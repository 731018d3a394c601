"""When a test of a time or a date may next change, as expressions in Unix milliseconds."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from yutang.audiences.condition.calendar import exact, local_day, months
from yutang.audiences.condition.compile.binder import Binder
from yutang.audiences.condition.nodes import (
    Anniversary,
    Calendar,
    InPeriod,
    LessThanAgo,
    MoreThanAgo,
    Span,
    Test,
    WithinNext,
)

__all__ = ["NEVER", "Clock", "after", "first_of", "until_date", "until_time"]

NEVER = 10_000_000_000_000  # 20 November 2286: whatever is later counts as never
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)


@dataclass(frozen=True)
class Clock:
    """The instant and the zone of a statement, as expressions."""

    binder: Binder

    @property
    def zone(self) -> str:
        return self.binder.frame.time_zone

    @property
    def now(self) -> str:
        return self.constant(self.binder.frame.now)

    @property
    def never(self) -> str:
        return self.binder.integer(NEVER)

    def constant(self, instant: datetime) -> str:
        return self.binder.integer((instant - _EPOCH) // _MILLISECOND)

    def leaving(self, column: str, span: Span) -> str:
        """Return the instant a span after a column, in milliseconds."""
        return f"toUnixTimestamp64Milli({after_time(column, span, self)})"

    def day_start(self, day: str) -> str:
        """Return the first instant of a local day, in milliseconds."""
        return f"toUnixTimestamp64Milli(toDateTime64({day}, 3, {self.binder.text(self.zone)}))"


def after_time(column: str, span: Span, clock: Clock, sign: int = 1) -> str:
    """Return the instant a span after (or before) a column."""
    length = exact(span)
    if length is not None:
        return f"{column} + toIntervalMillisecond({clock.binder.integer(sign * (length // _MILLISECOND))})"
    local = f"toTimeZone({column}, {clock.binder.text(clock.zone)})"
    return f"addMonths({local}, {clock.binder.integer(sign * months(span))})"


def after(column: str, span: Span, clock: Clock, sign: int = 1) -> str:
    """Return the day a span after (or before) a column of days."""
    length = exact(span)
    if length is not None:
        return f"addDays({column}, {clock.binder.integer(sign * length.days)})"
    return f"addMonths({column}, {clock.binder.integer(sign * months(span))})"


def first_of(instants: list[str], clock: Clock) -> str:
    """Return the earliest of these instants that is still to come."""
    return (
        "least("
        + ", ".join(f"if({each} > {clock.now}, {each}, {clock.never})" for each in instants)
        + f", {clock.never})"
    )


def until_time(test: Test, column: str, clock: Clock) -> str | None:
    """Return when a test of a time may next change; None: never."""
    here = f"toUnixTimestamp64Milli({column})"
    match test:
        case MoreThanAgo(span=span):
            return first_of([clock.leaving(column, span)], clock)
        case LessThanAgo(span=span):
            return first_of([here, clock.leaving(column, span)], clock)
        case WithinNext(span=span):
            return first_of([here, *_coming_near(column, span, clock)], clock)
        case InPeriod(calendar=calendar):
            local = f"toDate32(toTimeZone({column}, {clock.binder.text(clock.zone)}))"
            return first_of(_period_edges(calendar, local, clock), clock)
        case Anniversary():
            local = f"toDate32(toTimeZone({column}, {clock.binder.text(clock.zone)}))"
            return first_of(_rounds(test, local, clock), clock)
    return None


def _coming_near(column: str, span: Span, clock: Clock) -> list[str]:
    """Return the instants at which a time may come within a span of now.

    Months are not stepped back as they are stepped forth: a day that was cut short comes near at the
    midnight after; where clocks change, up to two hours later.
    """
    before = after_time(column, span, clock, -1)
    if exact(span) is not None:
        return [f"toUnixTimestamp64Milli({before})"]
    start = f"toUnixTimestamp64Milli({before})"
    minutes = [clock.binder.integer(each * 60_000) for each in (0, 30, 60, 120)]
    midnight = clock.day_start(f"addDays(toDate32({before}), 1)")
    return [*(f"{start} + {each}" for each in minutes), midnight]


def until_date(test: Test, column: str, clock: Clock) -> str | None:
    """Return when a test of a date may next change; None: never."""
    match test:
        case MoreThanAgo(span=span):
            return first_of([clock.day_start(after(column, span, clock))], clock)
        case LessThanAgo(span=span):
            days = [column, after(column, span, clock)]
        case WithinNext(span=span):
            before = after(column, span, clock, -1)
            days = [before, f"addDays({before}, 1)", f"addDays({column}, 1)"]
        case InPeriod(calendar=calendar):
            return first_of(_period_edges(calendar, column, clock), clock)
        case Anniversary():
            return first_of(_rounds(test, column, clock), clock)
        case _:
            return None
    return first_of([clock.day_start(day) for day in days], clock)


_START = {
    "day": "{}",
    "week": "toMonday({})",
    "month": "toStartOfMonth({})",
    "quarter": "toStartOfQuarter({})",
    "year": "toStartOfYear({})",
}
_ADD = {
    "day": "addDays",
    "week": "addWeeks",
    "month": "addMonths",
    "quarter": "addQuarters",
    "year": "addYears",
}


def _period_edges(calendar: Calendar, day: str, clock: Clock) -> list[str]:
    """Return when the period that holds a day comes to be the one looked at, and when it ceases to be."""
    enters = 0 if calendar.period == "this" else 1
    leaves = enters + (calendar.count if calendar.period == "past" else 1)
    start, add = _START[calendar.unit].format(day), _ADD[calendar.unit]
    return [
        clock.day_start(f"{add}(toDate32({start}), {clock.binder.integer(each)})")
        for each in (enters, leaves)
    ]


def _rounds(test: Anniversary, day: str, clock: Clock) -> list[str]:
    """Return the midnights at which an anniversary may come into sight or go out of it.

    29 February counts as itself and as the day before; spare midnights do no harm.
    """
    this_year = local_day(clock.binder.frame.now, clock.zone).year
    integer = clock.binder.integer
    seen = integer(31 if test.days is None else test.days)
    found = [f"addDays({day}, 1)"]
    for year in range(this_year - 1, this_year + 3):
        first = f"makeDate32({integer(year)}, toMonth({day}), 1)"
        if test.days is None:
            found += [first, f"addMonths({first}, 1)"]
            continue
        same = f"addDays({first}, toDayOfMonth({day}) - 1)"
        short = f"addDays({same}, -toUInt8(toMonth({day}) = 2 AND toDayOfMonth({day}) = 29))"
        for each in (same, short):
            found += [f"addDays({each}, -{seen})", f"addDays({each}, 1)"]
    if test.days is None:
        found.append(f"addMonths(makeDate32(toYear({day}), toMonth({day}), 1), 1)")
    return [clock.day_start(each) for each in found]
