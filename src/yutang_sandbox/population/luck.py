"""Chance that depends on nothing but who, when and what for: the same person meets the same chance.

So two worlds that differ in one message differ by what the message does, and by nothing else.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

Floats = NDArray[np.float32]
Numbers = NDArray[Any]
_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_ONE, _TWO = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)


def luck(seed: int, purpose: int, hour: int, people: Numbers) -> Floats:
    """Return a uniform number in [0, 1) for each person (SplitMix64 of all four)."""
    start = (seed * 1_000_003 + purpose) * 4_294_967_291 + hour * 2_654_435_761
    mixed = people.astype(np.uint64)
    mixed *= _GOLDEN
    mixed += np.uint64(start % 2**64)
    mixed ^= mixed >> np.uint64(30)
    mixed *= _ONE
    mixed ^= mixed >> np.uint64(27)
    mixed *= _TWO
    mixed ^= mixed >> np.uint64(31)
    drawn: Floats = (mixed >> np.uint64(40)).astype(np.float32) * np.float32(2.0**-24)
    return drawn


def normal(seed: int, purpose: int, people: Numbers) -> Floats:
    """Return a standard normal number for each person, the same at every hour."""
    uniform = np.clip(luck(seed, purpose, 0, people), 1e-6, 1 - 1e-6)
    drawn: Floats = ndtri(uniform).astype(np.float32)
    return drawn
