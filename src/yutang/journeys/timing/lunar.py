"""Days by the Chinese lunar calendar, 1900 to 2100.

Whoever was born in a leap month keeps her birthday in that leap month where the year has it, and else
in the month of the same number. Whoever was born on the 30th of a month keeps it on the 29th where
the month has no 30th. So there is exactly one in each lunar year.
"""

from datetime import date
from functools import lru_cache
from typing import NamedTuple

__all__ = ["LunarDay", "kept_on", "lunar"]


class LunarDay(NamedTuple):
    """A day of a lunar year: 闰六月三十 is month 6, leap, day 30."""

    year: int
    month: int
    day: int
    leap: bool


@lru_cache(maxsize=16384)
def lunar(day: date) -> LunarDay | None:
    """Return a day's place in the lunar calendar, or None where the calendar is not known."""
    from borax.calendars.lunardate import MAX_SOLAR_DATE, MIN_SOLAR_DATE, LunarDate

    if not MIN_SOLAR_DATE <= day <= MAX_SOLAR_DATE:
        return None
    found = LunarDate.from_solar(day)
    return LunarDay(found.year, found.month, found.day, bool(found.leap))


@lru_cache(maxsize=16384)
def kept_on(birthday: LunarDay, year: int) -> date | None:
    """Return the day on which a lunar birthday is kept in a lunar year, or None outside the calendar."""
    from borax.calendars.lunardate import MAX_LUNAR_YEAR, MIN_LUNAR_YEAR, LCalendars, LunarDate

    if not MIN_LUNAR_YEAR <= year <= MAX_LUNAR_YEAR:
        return None
    leap = birthday.leap and LCalendars.leap_month(year) == birthday.month
    length = LCalendars.ndays(year, birthday.month, leap)
    kept = LunarDate(year, birthday.month, min(birthday.day, length), leap)
    found: date = kept.to_solar_date()
    return found
