"""When a schedule brings people in next."""

from datetime import datetime
from zoneinfo import ZoneInfo

from yutang.journeys.graph.cron import next_cron, read_cron
from yutang.journeys.graph.nodes import ScheduleEntry
from yutang.journeys.timing.waits import next_time

__all__ = ["next_entry"]


def next_entry(entry: ScheduleEntry, after: datetime, zone: ZoneInfo) -> datetime | None:
    """Return the first instant of a schedule later than `after`, or None if none comes."""
    if entry.at is not None:
        return entry.at if entry.at > after else None
    if entry.cron is not None:
        return next_cron(read_cron(entry.cron), after, zone)
    assert entry.time is not None
    return next_time(after, entry.time, zone, weekdays=entry.weekdays, days=entry.days)
