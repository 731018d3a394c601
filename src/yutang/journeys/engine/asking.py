"""Asking the warehouse about a batch when it shows all that led here: conditions, habits."""

from collections.abc import Sequence

import structlog

from yutang.audiences import service as audiences
from yutang.customers import service as customers
from yutang.engines.service import WarehouseTooBusy
from yutang.events import service as events
from yutang.journeys.engine.trip import Traveller, Trip
from yutang.journeys.graph.nodes import Condition
from yutang.tags import service as tags

__all__ = ["held_for", "ready", "rhythms_of"]

log = structlog.get_logger(__name__)
_A_MOMENT = 0.2  # seconds until the warehouse may show what is on its way
_WHILE_BUSY = 15.0


def ready(trip: Trip, group: Sequence[Traveller]) -> list[Traveller]:
    """Return those of whom the warehouse shows everything that led here; the others come again soon.

    On its way may be: the event that brought her here, and what was just changed of her.
    """
    marks = {each.mark for each in group if each.mark}
    late = {mark for mark in marks if not events.is_drained(mark)}
    subjects = [each.subject for each in group]
    changing = customers.unmirrored(trip.workspace, subjects) | tags.unmirrored(
        trip.workspace, subjects
    )
    waiting = [each for each in group if each.mark in late or each.subject in changing]
    if not waiting:
        return list(group)
    trip.again(waiting, seconds=_A_MOMENT)
    again = {each.id for each in waiting}
    return [each for each in group if each.id not in again]


def held_for(trip: Trip, condition: Condition, group: Sequence[Traveller]) -> set[int] | None:
    """Return the subjects a condition holds for; None: it could not be asked, and they were seen to.

    A condition that names what is gone holds people up where they stand, until somebody mends it.
    """
    if not group:
        return set()
    try:
        return audiences.meet(
            trip.workspace, condition, [each.subject for each in group], now=trip.now
        )
    except (audiences.ConditionUnreadable, audiences.MineNeedsReader):
        for each in group:
            trip.hold(each, "condition_unreadable")
        return None
    except WarehouseTooBusy:
        log.warning("warehouse too busy for a journey", journey=trip.journey.pk)
        trip.again(group, seconds=_WHILE_BUSY)
        return None


def rhythms_of(
    trip: Trip, types: Sequence[str], group: Sequence[Traveller]
) -> dict[int, int] | None:
    """Return how many days it usually takes each from one such event to the next, of those with a habit.

    None: the warehouse is too busy, and they come again later.
    """
    subjects = [each.subject for each in group]
    origins = customers.origins_of_several(trip.workspace, subjects)
    try:
        return events.rhythms(trip.workspace, origins, types, now=trip.now)
    except WarehouseTooBusy:
        log.warning("warehouse too busy for a journey", journey=trip.journey.pk)
        trip.again(group, seconds=_WHILE_BUSY)
        return None
