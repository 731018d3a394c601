"""When something is due: pure functions of an instant, a clock and a calendar.

Instants are UTC. A time of day is what clocks show where the person lives. A time that clocks skip
comes later by what was skipped; of a time that comes twice the first is meant, and only that one.
"""

from yutang.journeys.timing.anniversaries import next_anniversary
from yutang.journeys.timing.holidays import is_working, known_years
from yutang.journeys.timing.schedules import next_entry
from yutang.journeys.timing.waits import next_date, next_time

__all__ = [
    "is_working",
    "known_years",
    "next_anniversary",
    "next_date",
    "next_entry",
    "next_time",
]
