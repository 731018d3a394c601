"""Until when waits last, for a million people at once; the same answers as `timing` gives for one.

Instants are whole microseconds of Unix time. `NEVER` is later than all of them.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, TypeAlias
from zoneinfo import ZoneInfo

from yutang.journeys.graph.nodes import WaitDateNode, WaitTimeNode
from yutang.journeys.graph.spans import Span
from yutang.journeys.timing import next_date, next_time
from yutang.kit.late import late

if TYPE_CHECKING:
    import numpy as np
    import polars as pl
    from numpy.typing import NDArray
else:
    np = late("numpy")
    pl = late("polars")


__all__ = [
    "NEVER",
    "Instants",
    "instant",
    "later",
    "local_days",
    "micros",
    "until_date",
    "until_time",
]

Instants: TypeAlias = "NDArray[np.int64]"
NEVER = 2**63 - 1
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_DAY = 86_400_000_000
_CALENDAR = ("day", "week", "month", "year")


def micros(at: datetime) -> int:
    """Return an instant as microseconds of Unix time."""
    return (at - _EPOCH) // _MICROSECOND


def instant(stamp: int) -> datetime:
    """Return what `micros` was given, in UTC."""
    return _EPOCH + timedelta(microseconds=int(stamp))


def later(span: Span, at: Instants, zone: ZoneInfo) -> Instants:
    """Return each instant a span later, as `Span.after` does."""
    if span.unit not in _CALENDAR:
        return at + span.seconds * 1_000_000
    if not at.size:
        return at
    if span.unit in ("day", "week"):
        length = span.amount * (7 if span.unit == "week" else 1) * _DAY
        if _keeps_its_clock(zone, at.min() + min(length, 0), at.max() + max(length, 0)):
            return at + length
    return _one_by_one(at, lambda stamp: micros(span.after(instant(stamp), zone)))


def until_time(node: WaitTimeNode, at: Instants, zone: ZoneInfo) -> Instants:
    """Return when each goes on who comes to a wait for a time of day; `NEVER` where none comes."""
    if not at.size:
        return at

    def due(stamp: int, after: Span | None) -> int:
        found = next_time(
            instant(stamp), node.at, zone, weekdays=node.weekdays, days=node.days, after=after
        )
        return NEVER if found is None else micros(found)

    if node.after is not None and node.after.unit in _CALENDAR:
        # It lies on another day, so that it is the same for all who come on one day.
        _, first, whose = np.unique(local_days(at, zone), return_index=True, return_inverse=True)
        return np.array([due(at[each], node.after) for each in first], dtype=np.int64)[whose]
    begins = at if node.after is None else later(node.after, at, zone)
    occurrences = [due(begins.min(), None)]
    while occurrences[-1] <= begins.max():
        occurrences.append(due(occurrences[-1], None))
    times = np.array(occurrences, dtype=np.int64)
    return times[np.searchsorted(times, begins, side="right")]


def until_date(
    node: WaitDateNode, days: NDArray[np.int64], at: Instants, zone: ZoneInfo
) -> Instants:
    """Return when each goes on who waits for her own date (a proleptic ordinal; 0: she has none)."""

    def due(ordinal: int, since: datetime) -> datetime | None:
        return next_date(
            since,
            date.fromordinal(ordinal),
            node.at,
            zone,
            offset=node.offset,
            every=node.every,
            lunar=node.lunar,
        )

    found = np.full(at.size, NEVER, dtype=np.int64)
    known = days > 0
    if not known.any():
        return found
    pairs = np.stack([days[known], local_days(at[known], zone)])
    unique, whose = np.unique(pairs, axis=1, return_inverse=True)
    whose = whose.reshape(-1)
    first, second = (np.full(unique.shape[1], NEVER, dtype=np.int64) for _ in range(2))
    for place, (ordinal, local) in enumerate(unique.T.tolist()):
        # The first that comes on this local day or later, and the one after it.
        morning = datetime.combine(date.fromordinal(local), datetime.min.time(), zone)
        begin = due(ordinal, morning.astimezone(UTC) - timedelta(hours=3))
        if begin is None:
            continue
        first[place] = micros(begin)
        following = due(ordinal, begin)
        second[place] = NEVER if following is None else micros(following)
    mine = at[known]
    found[known] = np.where(first[whose] > mine, first[whose], second[whose])
    return found


def local_days(at: Instants, zone: ZoneInfo) -> NDArray[np.int64]:
    """Return the calendar day each instant lies on, as a proleptic ordinal."""
    days = (
        pl.Series(at, dtype=pl.Int64)
        .cast(pl.Datetime("us"))
        .dt.replace_time_zone("UTC")
        .dt.convert_time_zone(zone.key)
        .dt.date()
        .to_physical()
        .to_numpy()
    )
    return days.astype(np.int64) + date(1970, 1, 1).toordinal()


def _keeps_its_clock(zone: ZoneInfo, first: int, last: int) -> bool:
    """Say whether clocks of a zone are not changed in between."""
    offset = instant(first).astimezone(zone).utcoffset()
    stamps = [*range(int(first), int(last), _DAY // 4), int(last)]
    return all(instant(stamp).astimezone(zone).utcoffset() == offset for stamp in stamps)


def _one_by_one(at: Instants, due: Callable[[int], int]) -> Instants:
    unique, whose = np.unique(at, return_inverse=True)
    return np.array([due(each) for each in unique], dtype=np.int64)[whose]
