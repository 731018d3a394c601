"""Sequences a piece at a time."""

from collections.abc import Iterator, Sequence
from typing import TypeVar

__all__ = ["batches"]

Thing = TypeVar("Thing")


def batches(things: Sequence[Thing], size: int) -> Iterator[Sequence[Thing]]:
    """Yield pieces of at most this size, in order."""
    for begin in range(0, len(things), size):
        yield things[begin : begin + size]
