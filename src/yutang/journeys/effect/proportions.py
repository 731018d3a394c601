"""Shares of people: intervals and tests for one look at the data."""

from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist

__all__ = ["Interval", "chance_of_better", "newcombe", "wilson", "z_test"]

_NORMAL = NormalDist()
_GRID = 4000  # points of the integral below; six digits are right


@dataclass(frozen=True, slots=True)
class Interval:
    """From `low` to `high`, both included."""

    low: float
    high: float

    def holds(self, value: float) -> bool:
        return self.low <= value <= self.high


def wilson(successes: int, people: int, confidence: float = 0.95) -> Interval:
    """Return Wilson's interval of a share; of nobody it is from 0 to 1."""
    if not people:
        return Interval(0.0, 1.0)
    z = _NORMAL.inv_cdf((1 + confidence) / 2)
    share = successes / people
    middle = (share + z * z / (2 * people)) / (1 + z * z / people)
    half = (
        z
        * sqrt(share * (1 - share) / people + z * z / (4 * people * people))
        / (1 + z * z / people)
    )
    return Interval(max(0.0, middle - half), min(1.0, middle + half))


def newcombe(ours: tuple[int, int], theirs: tuple[int, int], confidence: float = 0.95) -> Interval:
    """Return Newcombe's hybrid score interval of our share less theirs; (successes, people) each."""
    one, two = wilson(*ours, confidence), wilson(*theirs, confidence)
    p, q = (successes / people if people else 0.5 for successes, people in (ours, theirs))
    return Interval(
        p - q - sqrt((p - one.low) ** 2 + (two.high - q) ** 2),
        p - q + sqrt((one.high - p) ** 2 + (q - two.low) ** 2),
    )


def z_test(ours: tuple[int, int], theirs: tuple[int, int]) -> tuple[float, float]:
    """Return z and the two-sided p of two shares being one; right for a single look only."""
    (a, m), (b, n) = ours, theirs
    pooled = (a + b) / (m + n)
    spread = sqrt(pooled * (1 - pooled) * (1 / m + 1 / n))
    z = (a / m - b / n) / spread if spread else 0.0
    return z, 2 * (1 - _NORMAL.cdf(abs(z)))


def chance_of_better(ours: tuple[int, int], theirs: tuple[int, int]) -> float:
    """Return the chance that our true share is the larger one, starting from Beta(1, 1) for both."""
    import numpy as np
    from scipy.special import betainc, betaincinv

    (a, m), (b, n) = ours, theirs
    levels = (np.arange(_GRID) + 0.5) / _GRID
    theirs_at = betaincinv(b + 1, n - b + 1, levels)
    return float(np.mean(1 - betainc(a + 1, m - a + 1, theirs_at)))
