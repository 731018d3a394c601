"""What a journey changed, read from who entered it, who was held out, and what both did afterwards.

A person counts once, by the first time she entered, and only once the time for the goal is over for her:
so the arms are alike, and looking every day fools nobody.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, TypeAlias

from yutang.customers import service as customers
from yutang.engines import bound, named_sql
from yutang.events import service as events
from yutang.journeys.effect.cuped import Moments
from yutang.journeys.graph.nodes import Goal
from yutang.journeys.models import Journey, JourneySubject
from yutang.kit.late import late

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
else:
    np = late("numpy")


__all__ = [
    "HISTORY",
    "Arm",
    "Outcomes",
    "Passages",
    "Reached",
    "outcomes_of",
    "passages_of",
    "reached",
]

_SQL = named_sql("yutang.journeys", "effect")
HISTORY = timedelta(days=28)  # before entry: what is known of people beforehand
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
Column: TypeAlias = "NDArray[Any]"


@dataclass(frozen=True)
class Passages:
    """Everybody's first passage: whom, whether held out, when she entered, whether she reached the goal.

    `over` says whose time for the goal is over, `known_at` when it is.
    """

    subjects: Column
    held_out: Column
    entered: Column  # microseconds
    reached: Column
    over: Column
    known_at: Column


@dataclass(frozen=True)
class Outcomes:
    """What came of people, beside the same before they entered: goals reached or not, and money."""

    reached: Column
    before: Column
    amount: Column
    amount_before: Column

    def of(self, these: Column, *, money: bool = False) -> Moments:
        """Return the sums over some of them."""
        y = (self.amount if money else self.reached)[these].astype(float)
        x = (self.amount_before if money else self.before)[these].astype(float)
        return Moments(
            int(these.sum()),
            float(y.sum()),
            float(y @ y),
            float(x.sum()),
            float(x @ x),
            float(x @ y),
        )


@dataclass(frozen=True)
class Arm:
    """One arm: how many there are, of how many the time is over, and how many of those reached the goal."""

    name: str
    people: int
    over: int
    reached: int
    amount: int


@dataclass(frozen=True)
class Reached:
    """How many different people messages of a journey came to, and what they did with them."""

    sent: int
    opened: int
    clicked: int
    replied: int
    blocked: int


def passages_of(journey: Journey, goal: Goal, *, now: datetime) -> Passages:
    """Return everybody's first passage through a journey."""
    rows = bound(
        _SQL["passages"], {"workspace": journey.workspace_id, "journey": journey.pk}
    ).fetchall()
    table = np.array(rows, dtype=np.int64).reshape(-1, 4)
    subjects, held_out, entered, reached = table.T
    until = (now - _EPOCH) // _MICROSECOND
    within = goal.within.seconds * 1_000_000
    # The goal is looked at in time: whoever reached it only later did not.
    in_time = (reached > 0) & (reached <= entered + within)
    known_at = entered + within
    return Passages(subjects, held_out == 1, entered, in_time, known_at <= until, known_at)


def outcomes_of(journey: Journey, goal: Goal, passages: Passages, *, now: datetime) -> Outcomes:
    """Return what came of everybody, and what was so before, as far as events say it.

    Of a goal that is only some events of a type the types say nothing: then it is the goal alone.
    """
    size = passages.subjects.size
    nothing = np.zeros(size)
    if not size or journey.subject != JourneySubject.CUSTOMER or goal.event.where:
        return Outcomes(passages.reached, nothing, nothing, nothing)
    first = _EPOCH + timedelta(microseconds=int(passages.entered.min()))
    try:
        frame = events.past(
            journey.workspace,
            goal.event.types,
            after=first - HISTORY,
            upto=now,
            properties=["amount"],
            overrides=customers.pending_overrides(journey.workspace),
        )
    except events.TooMuchPast:
        return Outcomes(passages.reached, nothing, nothing, nothing)
    whom = frame["customer"].to_numpy().astype(np.int64)
    at = frame["at"].to_numpy().astype(np.int64) * 1000
    amount = frame["p0_number"].fill_null(0).to_numpy()
    order = np.lexsort((at, whom))
    past = _Past(whom[order], at[order], amount[order])
    entered, within = passages.entered, goal.within.seconds * 1_000_000
    begin = entered - HISTORY // _MICROSECOND
    return Outcomes(
        passages.reached,
        past.count(passages.subjects, begin, entered) > 0,
        past.amount(passages.subjects, entered, entered + within),
        past.amount(passages.subjects, begin, entered),
    )


class _Past:
    """Events sorted by person and time, to be summed between two instants of each."""

    def __init__(self, whom: Column, at: Column, amount: Column) -> None:
        self._whom, whose = np.unique(whom, return_inverse=True)
        self._base = int(at.min()) // 1000 - 1 if at.size else 0
        self._keys = self._key(whose, at)
        self._sums = np.concatenate([[0.0], np.cumsum(amount)])

    def _key(self, place: Column, at: Column) -> Column:
        milliseconds = np.clip(at // 1000 - self._base, 0, (1 << 38) - 1)
        keys: Column = (place.astype(np.int64) << 38) | milliseconds
        return keys

    def _ends(self, subjects: Column, after: Column, upto: Column) -> tuple[Column, Column]:
        place = np.searchsorted(self._whom, subjects)
        known = (place < self._whom.size) & (
            self._whom[np.minimum(place, max(self._whom.size - 1, 0))] == subjects
            if self._whom.size
            else False
        )
        low = np.searchsorted(self._keys, self._key(place, after), side="right")
        high = np.searchsorted(self._keys, self._key(place, upto), side="right")
        return np.where(known, low, 0), np.where(known, high, 0)

    def count(self, subjects: Column, after: Column, upto: Column) -> Column:
        """Return how many events each has, `after` < when ≤ `upto`."""
        low, high = self._ends(subjects, after, upto)
        found: Column = high - low
        return found

    def amount(self, subjects: Column, after: Column, upto: Column) -> Column:
        """Return the money in them."""
        low, high = self._ends(subjects, after, upto)
        found: Column = self._sums[high] - self._sums[low]
        return found


def reached(journey: Journey, *, now: datetime) -> Reached:
    """Return how many people were reached by the journey's messages, as their events say."""
    what = ("sent", "opened", "clicked", "replied", "blocked")
    since = journey.activated_at or journey.created_at
    frame = events.past(
        journey.workspace,
        [f"delivery.{each}" for each in what],
        after=since,
        upto=now,
        properties=["journey"],
        overrides=customers.pending_overrides(journey.workspace),
    )
    mine = frame.filter(frame["p0_number"] == journey.pk)
    people = [
        mine.filter(mine["kind"] == place)["customer"].n_unique() for place in range(len(what))
    ]
    return Reached(*people)
