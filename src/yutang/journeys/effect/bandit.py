"""The best of several arms, found while it is used: Thompson sampling from Beta(1, 1).

`shares` is the chance of each arm to be the best one; people are split by these shares by hash, which is
the same as drawing for each of them. Whoever went one way before goes it again (`engine`).
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np

__all__ = ["draw", "shares"]

_DRAWS = 4_000


def draw(successes: Any, people: Any, chance: "np.random.Generator") -> Any:
    """Return the arm to pull: the largest of one draw for each, along the last axis."""
    return chance.beta(successes + 1.0, people - successes + 1.0).argmax(axis=-1)


def shares(arms: Sequence[tuple[int, int]], seed: int, least: float = 0.01) -> list[float]:
    """Return the share of people each arm should get, given (successes, people) so far.

    No arm gets less than `least`, so that one that was unlucky at first can still be found out.
    """
    import numpy as np

    found = np.asarray(arms, dtype=float)
    chance = np.random.default_rng(seed)
    each = np.broadcast_to(found, (_DRAWS, *found.shape))
    best = np.bincount(draw(each[..., 0], each[..., 1], chance), minlength=len(arms)) / _DRAWS
    floor = min(least, 1 / len(arms))
    return [float(value) for value in floor + (1 - floor * len(arms)) * best]
