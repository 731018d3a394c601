"""Quiet hours on somebody's own clock, over daylight saving and midnight."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

__all__ = ["Moment", "next_allowed"]

_MOST_STEPS = 20  # several quiet hours may end in one another


class _Hours(Protocol):
    @property
    def start(self) -> str: ...
    @property
    def end(self) -> str: ...
    @property
    def then(self) -> str: ...


@dataclass(frozen=True)
class Moment:
    """When somebody may be reached; `is_dropped` when the message is not to wait for that."""

    at: datetime
    is_dropped: bool = False


def next_allowed(quiet: Sequence[_Hours], zone: ZoneInfo, at: datetime) -> Moment:
    """Return the first instant from `at` (UTC) on that lies in none of these hours, on this clock.

    Hours whose start and end are the same are none. Where they leave no room in a whole day, the message
    is dropped. An end that daylight saving leaps over is the instant of the leap's end; one that comes
    twice is the first of the two that lies ahead.
    """
    for _ in range(_MOST_STEPS):
        inside = [hours for hours in quiet if _is_inside(hours, at.astimezone(zone).time())]
        if not inside:
            return Moment(at)
        if any(hours.then == "drop" for hours in inside):
            return Moment(at, is_dropped=True)
        at = max(_end_of(hours, zone, at) for hours in inside)
    return Moment(at, is_dropped=True)


def _is_inside(hours: _Hours, clock: time) -> bool:
    start, end = time.fromisoformat(hours.start), time.fromisoformat(hours.end)
    if start <= end:
        return start <= clock < end
    return clock >= start or clock < end


def _end_of(hours: _Hours, zone: ZoneInfo, at: datetime) -> datetime:
    local = at.astimezone(zone)
    end = time.fromisoformat(hours.end)
    days = [local.date() + timedelta(days=n) for n in range(2)]
    ends = (
        datetime.combine(day, end, tzinfo=zone).replace(fold=fold).astimezone(UTC)
        for day in days
        for fold in (0, 1)
    )
    return min(each for each in ends if each > at)
