"""Chance that stays: the same person, under the same salt, always draws the same lot."""

from collections.abc import Sequence
from hashlib import blake2b

__all__ = ["choose", "share"]

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
