"""Which days are worked in mainland China: weekends, public holidays, and the days moved for them.

The State Council announces each year's in the autumn before. What is announced is known from the
`chinesecalendar` package (`known_years`); in a year it does not know yet, Monday to Friday are taken
to be worked and the weekend to be free, and whoever plans for it can say so.
"""

from datetime import date
from functools import lru_cache

from yutang.journeys.graph.nodes import Days

__all__ = ["is_of", "is_working", "known_years"]


@lru_cache(maxsize=8192)
def is_working(day: date) -> bool:
    """Say whether a day is worked, with the days that were moved."""
    from chinese_calendar import constants

    first, last = known_years()
    if first <= day.year <= last:
        if day in constants.workdays:
            return True
        if day in constants.holidays:
            return False
    return day.weekday() < 5


def is_of(day: date, days: Days) -> bool:
    """Say whether a day is one of these days."""
    return days == "any" or is_working(day) == (days == "working")


@lru_cache(maxsize=1)
def known_years() -> tuple[int, int]:
    """Return the first and the last year whose holidays are known."""
    from chinese_calendar import constants

    years = {day.year for day in constants.holidays}
    return min(years), max(years)
