"""CUPED: take out of an outcome what was known of people before they were assigned (Deng et al. 2013).

Y′ = Y − θ(X − X̄) with θ = cov(Y, X) / var(X) over all arms; its variance is 1 − ρ² of Y's. Everything
follows from sums, which the stores add up.
"""

from collections.abc import Sequence
from dataclasses import dataclass

__all__ = ["Moments", "theta_of"]


@dataclass(frozen=True, slots=True)
class Moments:
    """Sums over the people of one arm: outcomes y, what was known before x, and their products."""

    people: int
    y: float = 0.0
    yy: float = 0.0
    x: float = 0.0
    xx: float = 0.0
    xy: float = 0.0

    def __add__(self, other: "Moments") -> "Moments":
        return Moments(
            self.people + other.people,
            self.y + other.y,
            self.yy + other.yy,
            self.x + other.x,
            self.xx + other.xx,
            self.xy + other.xy,
        )

    @property
    def mean(self) -> float:
        return self.y / self.people if self.people else 0.0

    @property
    def mean_before(self) -> float:
        return self.x / self.people if self.people else 0.0

    @property
    def variance(self) -> float:
        """Return the variance of the outcome."""
        return self._central(self.yy, self.y, self.y)

    @property
    def variance_before(self) -> float:
        return self._central(self.xx, self.x, self.x)

    @property
    def covariance(self) -> float:
        return self._central(self.xy, self.x, self.y)

    def _central(self, products: float, one: float, other: float) -> float:
        n = self.people
        return max((products - one * other / n) / (n - 1), -1e300) if n > 1 else 0.0


def theta_of(arms: Sequence[Moments]) -> float:
    """Return θ: what a unit more before was worth after, within the arms."""
    spread = sum(each.variance_before * (each.people - 1) for each in arms if each.people > 1)
    common = sum(each.covariance * (each.people - 1) for each in arms if each.people > 1)
    return common / spread if spread > 0 else 0.0
