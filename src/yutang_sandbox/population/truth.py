"""What a message really changes: the same people, the same chances, once with it and once without.

Nobody outside a sandbox can know this; what Yutang estimates from a holdout is held against it.
"""

from dataclasses import dataclass

import numpy as np

from yutang_sandbox.population.luck import Numbers
from yutang_sandbox.population.mind import Mind, Offer


@dataclass(frozen=True)
class Effect:
    """Shares of the people named, and money each, over the hours looked at."""

    people: int
    bought_with: float
    bought_without: float
    fen_with: float
    fen_without: float
    left_with: float
    left_without: float

    @property
    def lift(self) -> float:
        """Return the difference in the share who buy."""
        return self.bought_with - self.bought_without


@dataclass
class Outcome:
    """What became of each person."""

    bought: Numbers
    fen: Numbers
    left: Numbers


def play(mind: Mind, people: Numbers, hours: int, told: Numbers, offer: Offer) -> Outcome:
    """Tell some of the people now; return what became of all of them after `hours`."""
    world = mind.copy()
    count = len(world)
    bought, left = np.zeros(count, dtype=bool), np.zeros(count, dtype=bool)
    fen = np.zeros(count)
    gone = world.receive(told, offer).dropped
    left[gone] = True
    world.alive[gone] = False
    for _ in range(hours):
        hour = world.live()
        bought[hour.buyers] = True
        fen[hour.buyers] += hour.fen
    return Outcome(bought[people], fen[people], left[people])


def effect_of(mind: Mind, people: Numbers, hours: int, offer: Offer) -> Effect:
    """Return the true effect of sending `offer` to these people now."""
    with_it = play(mind, people, hours, people, offer)
    without = play(mind, people, hours, people[:0], offer)
    return Effect(
        len(people),
        float(with_it.bought.mean()),
        float(without.bought.mean()),
        float(with_it.fen.mean()),
        float(without.fen.mean()),
        float(with_it.left.mean()),
        float(without.left.mean()),
    )
