"""What a lot that somebody drew falls on."""

from collections.abc import Sequence

from yutang.journeys.models import Journey
from yutang.reach import service as reach

__all__ = ["choose", "is_held_out"]


def choose(weights: Sequence[float], drawn: float) -> int:
    """Return which weight a draw in [0, 1) falls on."""
    rest = drawn * sum(weights)
    for place, weight in enumerate(weights):
        rest -= weight
        if rest < 0:
            return place
    return max(place for place, weight in enumerate(weights) if weight)


def is_held_out(journey: Journey, subject: int) -> bool:
    """Return whether somebody belongs to those whom the journey leaves alone, to see what it changes."""
    return reach.in_holdout(f"{journey.salt}:holdout", subject, float(journey.holdout_percent))
