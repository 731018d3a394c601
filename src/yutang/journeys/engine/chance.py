"""Chance that stays: the same person, under the same salt, always draws the same lot."""

from collections.abc import Sequence
from hashlib import blake2b

from yutang.journeys.models import Journey

__all__ = ["choose", "is_held_out", "share"]

_WHOLE = float(2**64)


def share(salt: str, subject: int) -> float:
    """Return a number in [0, 1) that looks like chance and never changes."""
    digest = blake2b(f"{salt}:{subject}".encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big") / _WHOLE


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
    return share(f"{journey.salt}:holdout", subject) * 100 < float(journey.holdout_percent)
