"""A journey under way as one picture: who came in, whose message is where, and whether all of it moves."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Sum

from yutang.journeys._seeing import Health, health
from yutang.journeys.models import Entering, Journey, NodeTally
from yutang.reach import service as reach

__all__ = ["Progress", "progress"]


@dataclass(frozen=True)
class Progress:
    """How far a journey is.

    `next_entry_at` is when people come in, `is_entering` that they are just being let in; those `held_out` came
    besides those who `entered`. `outgoing` are its messages, by node.
    """

    next_entry_at: datetime | None
    is_entering: bool
    entered: int
    held_out: int
    health: Health
    outgoing: Sequence[reach.SendingUnderWay]


def progress(journey: Journey, *, now: datetime) -> Progress:
    """Return how far a journey is, and how far its messages are."""
    tallies = NodeTally.objects.within(journey.workspace_id).filter(journey=journey, node="")
    counted = dict(
        tallies.filter(what__in=("entered", "held_out"))
        .values_list("what")
        .annotate(total=Sum("count"))
        .order_by()
    )
    entering = Entering.objects.within(journey.workspace_id).filter(journey=journey)
    return Progress(
        journey.next_entry_at,
        entering.exists(),
        counted.get("entered", 0),
        counted.get("held_out", 0),
        health(journey, now=now),
        reach.outgoing_of(journey.workspace, journey.pk, now=now),
    )
