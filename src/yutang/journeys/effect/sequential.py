"""Looking every day without fooling oneself: the mixture sequential probability ratio test.

A difference is mixed over a normal of variance `mixing` around nothing (Johari, Pekelis & Walsh 2017).
The interval holds the true difference at all looks together with the stated confidence, not at one
look only; p never needs a correction for how often it was read.

Its width is least where the variance of the difference is about `mixing` / 8.
"""

from math import exp, log, sqrt

from yutang.journeys.effect.proportions import Interval

__all__ = ["always_valid", "half_width", "likelihood_ratio", "mixing_of"]

_REACH = 0.04  # of a standard deviation: differences of this size are seen soonest


def mixing_of(variance: float) -> float:
    """Return the variance to mix over where one person's outcome has this variance."""
    return _REACH * _REACH * variance


def likelihood_ratio(difference: float, variance: float, mixing: float) -> float:
    """Return how much likelier a difference is than none; `variance` is that of the difference.

    1 / it is an always-valid p. For two arms of n people, variance is 2σ²/n.
    """
    total = variance + mixing
    return sqrt(variance / total) * exp(
        min(mixing * difference * difference / (2 * variance * total), 700.0)
    )


def half_width(variance: float, mixing: float, alpha: float = 0.05) -> float:
    """Return half the width of the always-valid interval."""
    total = variance + mixing
    return sqrt(variance * total / mixing * (2 * log(1 / alpha) - log(variance / total)))


def always_valid(
    difference: float, variance: float, mixing: float, alpha: float = 0.05
) -> Interval:
    """Return the interval that holds the true difference at every look, with chance 1 − alpha."""
    half = half_width(variance, mixing, alpha)
    return Interval(difference - half, difference + half)
