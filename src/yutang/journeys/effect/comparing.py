"""Two arms compared: what changed, how sure that is, and how many people are still needed."""

from dataclasses import dataclass
from enum import StrEnum
from math import ceil, sqrt
from statistics import NormalDist

from yutang.journeys.effect.cuped import Moments, theta_of
from yutang.journeys.effect.proportions import Interval
from yutang.journeys.effect.sequential import half_width, likelihood_ratio, mixing_of

__all__ = ["Comparison", "Verdict", "compare"]

_POWER = NormalDist().inv_cdf(0.8)
_WORTH_KNOWING = 0.2  # of what happens anyway: a smaller change is not waited for


class Verdict(StrEnum):
    """What may be said of a difference."""

    MORE = "more"
    LESS = "less"
    NO_DIFFERENCE = "no_difference"  # none as large as the one worth knowing
    NOT_ENOUGH = "not_enough"


@dataclass(frozen=True, slots=True)
class Comparison:
    """Our arm against the other: per person, with an always-valid interval.

    `incremental` is what our arm's people did more than they would have; `needed` how many people
    more there must be, over both arms, to see a change of `worth` (None: nobody can say yet). `reduction` is the share of
    the variance that history explained; `p` is always valid.
    """

    difference: float
    interval: Interval
    p: float
    verdict: Verdict
    worth: float
    needed: int | None
    reduction: float
    incremental: float
    incremental_interval: Interval


def compare(
    ours: Moments,
    theirs: Moments,
    *,
    share: bool = True,
    alpha: float = 0.05,
    worth: float | None = None,
    comparisons: int = 1,
) -> Comparison:
    """Compare two arms; `share` where an outcome is 0 or 1, else an amount.

    `worth` is the smallest difference worth knowing (a fifth of the other arm's mean); of several
    `comparisons` of one question each is held to its part of `alpha`.
    """
    alpha /= comparisons
    theta = theta_of([ours, theirs])
    reduction = _reduction(ours, theirs, theta)
    difference = ours.mean - theirs.mean - theta * (ours.mean_before - theirs.mean_before)
    one, two = (each * (1 - reduction) for each in _variances(ours, theirs, share=share))
    people = ours.people + theirs.people
    base = _smoothed(theirs) if share else theirs.mean
    worth = worth if worth is not None else max(abs(base) * _WORTH_KNOWING, 1e-6)
    if not ours.people or not theirs.people or one + two <= 0:
        return _unknown(difference, worth)
    variance = one / ours.people + two / theirs.people
    mixing = mixing_of((one * ours.people + two * theirs.people) / people)
    half = half_width(variance, mixing, alpha)
    interval = Interval(difference - half, difference + half)
    needed = _needed(variance, mixing, alpha, worth, people)
    return Comparison(
        difference=difference,
        interval=interval,
        p=min(1.0, 1 / likelihood_ratio(difference, variance, mixing) * comparisons),
        verdict=_verdict(interval, needed),
        worth=worth,
        needed=needed,
        reduction=reduction,
        incremental=difference * ours.people,
        incremental_interval=Interval(interval.low * ours.people, interval.high * ours.people),
    )


def _variances(ours: Moments, theirs: Moments, *, share: bool) -> tuple[float, float]:
    """Return the variance of one outcome in either arm, never less than over both together.

    A small arm in which little happened looks quieter than it is; daily looks would be fooled by it.
    """
    both = ours + theirs
    if not share:
        return tuple(max(each.variance, both.variance) for each in (ours, theirs))  # type: ignore[return-value]
    middle = _bernoulli(both)
    return max(_bernoulli(ours), middle), max(_bernoulli(theirs), middle)


def _smoothed(arm: Moments) -> float:
    return (arm.y + 1) / (arm.people + 2)


def _bernoulli(arm: Moments) -> float:
    return _smoothed(arm) * (1 - _smoothed(arm))


def _reduction(ours: Moments, theirs: Moments, theta: float) -> float:
    """Return the share of the variance within the arms that history explains."""
    within = [each for each in (ours, theirs) if each.people > 1]
    noise = sum(each.variance * (each.people - 1) for each in within)
    common = sum(each.covariance * (each.people - 1) for each in within)
    return min(max(theta * common / noise, 0.0), 0.999) if noise > 0 else 0.0


def _needed(variance: float, mixing: float, alpha: float, worth: float, people: int) -> int:
    """Return how many people more make a difference of `worth` visible four times out of five."""

    def seen(times: float) -> bool:
        now = variance / times
        return half_width(now, mixing, alpha) + _POWER * sqrt(now) <= worth

    if seen(1):
        return 0
    low, high = 1.0, 2.0
    while not seen(high) and high < 1e12:
        low, high = high, high * 2
    while high / low > 1.001:
        middle = sqrt(low * high)
        low, high = (low, middle) if seen(middle) else (middle, high)
    return ceil(people * (high - 1))


def _verdict(interval: Interval, needed: int) -> Verdict:
    if interval.low > 0:
        return Verdict.MORE
    if interval.high < 0:
        return Verdict.LESS
    return Verdict.NOT_ENOUGH if needed else Verdict.NO_DIFFERENCE


def _unknown(difference: float, worth: float) -> Comparison:
    nothing = Interval(-1.0, 1.0)
    return Comparison(difference, nothing, 1.0, Verdict.NOT_ENOUGH, worth, None, 0.0, 0.0, nothing)
