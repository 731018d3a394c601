"""What a comparison said at the end of each day: the interval as it narrowed, to be drawn."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from yutang.journeys.effect.comparing import Verdict, compare
from yutang.journeys.effect.proportions import Interval
from yutang.journeys.effect.reading import Column, Outcomes, Passages

__all__ = ["MOST_LOOKS", "Look", "looks"]

MOST_LOOKS = 60  # of a longer time every second, third … day is looked at, and the last
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Look:
    """What was known at the end of a day: of how many people, the difference, its interval, what it said."""

    day: date
    people: int
    difference: float
    interval: Interval
    verdict: Verdict


def looks(
    people: Passages,
    outcomes: Outcomes,
    ours: Column,
    theirs: Column,
    *,
    zone: ZoneInfo,
    now: datetime,
    comparisons: int = 1,
) -> list[Look]:
    """Return what was known at the end of each day, since both arms had somebody whose time was over."""
    known = people.known_at
    if not ours.any() or not theirs.any():
        return []
    first = max(int(known[ours].min()), int(known[theirs].min()))
    begin = (_EPOCH + timedelta(microseconds=first)).astimezone(zone).date()
    found = []
    for day, end in _ends(begin, zone, now):
        upto = known <= (end - _EPOCH) // timedelta(microseconds=1)
        one, two = outcomes.of(ours & upto), outcomes.of(theirs & upto)
        said = compare(one, two, comparisons=comparisons)
        found.append(
            Look(day, one.people + two.people, said.difference, said.interval, said.verdict)
        )
    return found


def _ends(begin: date, zone: ZoneInfo, now: datetime) -> Iterator[tuple[date, datetime]]:
    """Yield days and where each ends; the last one ends now."""
    today = now.astimezone(zone).date()
    count = (today - begin).days + 1
    for back in _some(count):
        day = today - timedelta(days=back)
        end = datetime.combine(day + timedelta(days=1), time(), tzinfo=zone)
        yield day, min(end, now)


def _some(count: int) -> Sequence[int]:
    """Return how many days ago to look: today, and evenly back, the oldest first."""
    apart = max(1, -(-count // MOST_LOOKS))
    return range(0, count, apart)[::-1]
