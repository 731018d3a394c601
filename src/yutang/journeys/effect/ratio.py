"""Whether people were really split as was meant: if not, no comparison of the arms can be trusted."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, lgamma, log

__all__ = ["ALARM", "SampleRatio", "sample_ratio"]

ALARM = 0.001
_WEIGHT = 100.0  # people the intended split is worth before anybody came


@dataclass(frozen=True, slots=True)
class SampleRatio:
    """χ² with its p for one look, and the p that may be read every day."""

    chi_square: float
    p: float
    p_always: float

    @property
    def wrong(self) -> bool:
        """Say whether the arms are so uneven that something is broken."""
        return self.p_always < ALARM


def sample_ratio(people: Sequence[int], weights: Sequence[float]) -> SampleRatio:
    """Return how well the numbers of people in the arms agree with the intended weights."""
    from scipy.special import chdtrc

    total, whole = sum(people), sum(weights)
    shares = [each / whole for each in weights]
    if not total:
        return SampleRatio(0.0, 1.0, 1.0)
    expected = [total * each for each in shares]
    chi = sum((n - m) ** 2 / m for n, m in zip(people, expected, strict=True))
    p = float(chdtrc(len(people) - 1, chi))
    return SampleRatio(chi, p, min(1.0, exp(-_log_bayes_factor(people, shares))))


def _log_bayes_factor(people: Sequence[int], shares: Sequence[float]) -> float:
    """Return log odds of another split against the intended one (Lindon & Malek 2020)."""
    prior = [_WEIGHT * each for each in shares]
    found = lgamma(_WEIGHT) - lgamma(_WEIGHT + sum(people))
    for n, a, share in zip(people, prior, shares, strict=True):
        found += lgamma(a + n) - lgamma(a) - n * log(share)
    return max(found, -700.0)
