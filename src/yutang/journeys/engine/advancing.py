"""One beat of the engine: a batch of every journey in which somebody is due."""

import random
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

import structlog
from django.db import OperationalError, transaction
from psycopg.errors import DeadlockDetected, SerializationFailure

from yutang.journeys._versions import graphs_of
from yutang.journeys.engine import locks
from yutang.journeys.engine.trip import Traveller, Trip
from yutang.journeys.engine.walking import walk
from yutang.journeys.engine.writing import claim, due_journeys, write
from yutang.journeys.models import Journey, JourneyState, Run, RunState

__all__ = ["BATCH", "advance"]

log = structlog.get_logger(__name__)
BATCH = 4_000
_STUMBLES = 40  # tries to find who makes a batch stumble, before the rest is put off
_PUT_OFF = timedelta(minutes=1)
_ENDED = (DeadlockDetected, SerializationFailure)

Clock = Callable[[], datetime]


def advance(clock: Clock, *, at_most: int = BATCH) -> bool:
    """Move a batch of each journey in which somebody is due; return whether there may be more.

    Several processes begin with different journeys, and share out those with many people.
    """
    journeys = due_journeys(clock())
    if len(journeys) > 1:
        begin = random.randrange(len(journeys))  # noqa: S311
        journeys = journeys[begin:] + journeys[:begin]
    more = False
    for each in journeys:
        more |= _advance_one(each, clock, at_most) == at_most
    return more


def _advance_one(journey_id: int, clock: Clock, at_most: int) -> int:
    """Move a batch of one journey; return how many were claimed."""
    claimed: list[int] = []
    try:
        with transaction.atomic():
            return _batch(
                journey_id,
                clock,
                lambda journey, now: claim(journey, now, at_most),
                claimed,
            )
    except (OperationalError, *_ENDED) as ended:
        cause = ended.__cause__ if isinstance(ended, OperationalError) else ended
        if not isinstance(cause, _ENDED):
            raise
        return at_most  # one of two that waited for each other: done again at the next beat
    except Exception:
        log.exception("a batch stumbled", journey=journey_id, people=len(claimed))
        _Isolation(journey_id, clock).of(claimed)
        return len(claimed)


def _batch(
    journey_id: int,
    clock: Clock,
    claims: Callable[[Journey, datetime], list[Traveller]],
    claimed: list[int],
) -> int:
    # First the lock, then the clock: whatever was told to waiting people before is older than this batch.
    locks.attend(journey_id)
    journey = (
        Journey.objects.select_related("workspace")
        .filter(pk=journey_id, state=JourneyState.ACTIVE)
        .first()
    )
    if journey is None:
        return 0
    now = clock()
    travellers = claims(journey, now)
    claimed += [each.id for each in travellers]
    if travellers:
        versions = {each.version for each in travellers}
        trip = Trip(journey, graphs_of(versions), travellers, now)
        walk(trip)
        write(trip)
        if trip.trouble and trip.trouble != journey.trouble:
            Journey.objects.within(journey.workspace_id).filter(pk=journey.pk).update(
                trouble=trip.trouble
            )
    return len(travellers)


class _Isolation:
    """Finds who makes a batch stumble, by halves, so that she is held and the others go on."""

    def __init__(self, journey_id: int, clock: Clock) -> None:
        self.journey_id = journey_id
        self.clock = clock
        self.stumbles = 0

    def of(self, ids: Sequence[int]) -> None:
        if len(ids) == 1:
            self._hold(ids)
            return
        middle = len(ids) // 2
        for half in (ids[:middle], ids[middle:]):
            if not half:
                continue
            if self.stumbles >= _STUMBLES:
                self._put_off(half)
                continue
            try:
                with transaction.atomic():
                    _batch(self.journey_id, self.clock, self._claims(half), [])
            except OperationalError:
                raise
            except Exception:  # noqa: BLE001  whatever it is, one of these is the cause
                self.stumbles += 1
                log.info("a part of a batch stumbled", journey=self.journey_id, people=len(half))
                self.of(half)

    def _claims(self, ids: Sequence[int]) -> Callable[[Journey, datetime], list[Traveller]]:
        return lambda journey, now: claim(journey, now, len(ids), among=ids)

    def _hold(self, ids: Sequence[int]) -> None:
        rows = Run.objects.filter(pk__in=ids, state__in=(RunState.DUE, RunState.WAITING))
        rows.update(state=RunState.HELD, due_at=None, outcome="stumbled")
        Journey.objects.filter(pk=self.journey_id).update(trouble="stumbled")

    def _put_off(self, ids: Sequence[int]) -> None:
        rows = Run.objects.filter(pk__in=ids, state__in=(RunState.DUE, RunState.WAITING))
        rows.update(due_at=self.clock() + _PUT_OFF)
        Journey.objects.filter(pk=self.journey_id).update(trouble="stumbled")
