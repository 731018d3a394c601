"""How many people a difference needs before it can be seen, when one looks once at the end.

`power` is the chance to see it where it is; `alpha` the chance to see one where there is none.
"""

from math import asin, ceil, sqrt
from statistics import NormalDist

__all__ = ["by_cohen", "by_fleiss", "by_miller", "by_rule_of_16", "by_t_test"]

_NORMAL = NormalDist()


def _quantiles(alpha: float, power: float) -> tuple[float, float]:
    return _NORMAL.inv_cdf(1 - alpha / 2), _NORMAL.inv_cdf(power)


def by_miller(share: float, difference: float, alpha: float = 0.05, power: float = 0.8) -> int:
    """Return people per arm as Evan Miller's calculator says."""
    z, y = _quantiles(alpha, power)
    other = share + difference
    root = z * sqrt(2 * share * (1 - share)) + y * sqrt(share * (1 - share) + other * (1 - other))
    return round((root / difference) ** 2)


def by_fleiss(share: float, other: float, alpha: float = 0.05, power: float = 0.8) -> int:
    """Return people per arm with the variance under no difference pooled (Fleiss)."""
    z, y = _quantiles(alpha, power)
    pooled = (share + other) / 2
    root = z * sqrt(2 * pooled * (1 - pooled)) + y * sqrt(share * (1 - share) + other * (1 - other))
    return ceil((root / (other - share)) ** 2)


def by_cohen(share: float, other: float, alpha: float = 0.05, power: float = 0.8) -> int:
    """Return people per arm by Cohen's h."""
    h = 2 * asin(sqrt(other)) - 2 * asin(sqrt(share))
    return ceil(2 * (sum(_quantiles(alpha, power)) / h) ** 2)


def by_rule_of_16(variance: float, difference: float) -> float:
    """Return people per arm by the rule of 16."""
    return 16 * variance / difference**2


def by_t_test(effect: float, alpha: float = 0.05, power: float = 0.8) -> float:
    """Return people per arm for a difference of means of `effect` standard deviations (t-test)."""
    about = 2 * (sum(_quantiles(alpha, power)) / effect) ** 2
    low, high = about / 2, about + 10
    while high - low > 1e-3:
        middle = (low + high) / 2
        low, high = (low, middle) if _power(effect, middle, alpha) >= power else (middle, high)
    return high


def _power(effect: float, people: float, alpha: float) -> float:
    from scipy.special import nctdtr, stdtrit

    freedom, shift = 2 * people - 2, effect * sqrt(people / 2)
    edge = stdtrit(freedom, 1 - alpha / 2)
    # Seeing it the wrong way round is left out: its chance is nil wherever power is asked for.
    return float(1 - nctdtr(freedom, shift, edge))
