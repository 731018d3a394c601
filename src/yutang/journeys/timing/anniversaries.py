"""Days that come again: yearly, monthly, by the lunar year.

Each is counted from the day itself, never from the one before: 31 January, 28 February, 31 March.
29 February is kept on the 28th where there is none.
"""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date
from itertools import count
from typing import Literal

from yutang.journeys.timing.lunar import kept_on, lunar

__all__ = ["Every", "anniversaries", "day_of_age", "next_anniversary"]

Every = Literal["year", "month"]
_LAST_YEAR = 2299  # what the stores can hold


def day_of_age(born: date, months: int) -> date | None:
    """Return the day on which so many months have passed, or None beyond the calendar."""
    year, month = divmod(born.year * 12 + born.month - 1 + months, 12)
    if not 1 <= year <= _LAST_YEAR:
        return None
    return date(year, month + 1, min(born.day, monthrange(year, month + 1)[1]))


def next_anniversary(day: date, after: date, every: Every, *, lunar: bool = False) -> date | None:
    """Return the first anniversary of a day that is later than `after`, or None if there is none."""
    return next(anniversaries(day, after, every, lunar=lunar), None)


def anniversaries(day: date, after: date, every: Every, *, lunar: bool = False) -> Iterator[date]:
    """Yield the anniversaries of a day later than `after`, the first of them a year (month) after it."""
    found = _by_the_moon(day, after) if lunar else _by_the_sun(day, after, every)
    for each in found:
        if each > after:
            yield each


def _by_the_sun(day: date, after: date, every: Every) -> Iterator[date]:
    step = 12 if every == "year" else 1
    passed = (after.year - day.year) * 12 + after.month - day.month
    for times in count(max(1, passed // step - 1)):
        found = day_of_age(day, times * step)
        if found is None:
            return
        yield found


def _by_the_moon(day: date, after: date) -> Iterator[date]:
    place = lunar(day)
    if place is None:
        return
    for year in count(max(place.year + 1, after.year - 1)):
        found = kept_on(place, year)
        if found is None:
            return
        yield found
