"""Looking every day: what it does to a test for one look, and that ours stands it."""

import numpy as np
import pytest

from yutang.journeys.effect.comparing import Verdict, compare
from yutang.journeys.effect.cuped import Moments
from yutang.journeys.effect.ratio import ALARM, sample_ratio
from yutang.journeys.effect.sequential import mixing_of

DAYS = 90


@pytest.mark.parametrize(("looks", "wrong"), [(1, 0.05), (5, 0.142), (10, 0.193), (20, 0.248)])
def test_a_test_for_one_look_is_fooled_by_looking_often(looks: int, wrong: float) -> None:
    steps = np.random.default_rng(11).normal(size=(20_000, looks)).cumsum(axis=1)
    z = np.abs(steps) / np.sqrt(np.arange(1, looks + 1))

    assert (z > 1.96).any(axis=1).mean() == pytest.approx(wrong, abs=0.01)


def daily_misses(rates: tuple[float, float], daily: tuple[int, int], runs: int = 2_000) -> float:
    """Return how often the true difference was outside at any of 90 daily looks.

    `compare`, written out over whole arrays: the test below holds the two together.
    """
    chance = np.random.default_rng(7)
    days = np.arange(1, DAYS + 1)
    n = [each * days for each in daily]
    y = [
        chance.binomial(each, rate, (runs, DAYS)).cumsum(axis=1)
        for each, rate in zip(daily, rates, strict=True)
    ]
    both = (y[0] + y[1] + 1) / (n[0] + n[1] + 2)
    smoothed = [(a + 1) / (b + 2) for a, b in zip(y, n, strict=True)]
    spread = [np.maximum(each * (1 - each), both * (1 - both)) for each in smoothed]
    variance = spread[0] / n[0] + spread[1] / n[1]
    mixing = mixing_of((spread[0] * n[0] + spread[1] * n[1]) / (n[0] + n[1]))
    total = variance + mixing
    half = np.sqrt(variance * total / mixing * (2 * np.log(20) - np.log(variance / total)))
    off = np.abs(y[0] / n[0] - y[1] / n[1] - (rates[0] - rates[1]))
    return float((off > half).any(axis=1).mean())


@pytest.mark.parametrize("daily", [(9, 1), (50, 50), (90, 10), (900, 100), (5000, 250)])
@pytest.mark.parametrize("rate", [0.001, 0.005, 0.02, 0.05, 0.2])
def test_looked_at_daily_for_a_quarter_nothing_is_found_where_nothing_is(
    rate: float, daily: tuple[int, int]
) -> None:
    assert daily_misses((rate, rate), daily) <= 0.05


@pytest.mark.parametrize("daily", [(50, 50), (900, 100), (5000, 250)])
@pytest.mark.parametrize("rates", [(0.02, 0.01), (0.01, 0.02), (0.06, 0.05), (0.3, 0.2)])
def test_the_true_difference_is_inside_on_every_day(
    rates: tuple[float, float], daily: tuple[int, int]
) -> None:
    assert daily_misses(rates, daily) <= 0.05


def test_amounts_of_money_are_not_fooled_either() -> None:
    chance = np.random.default_rng(9)
    fooled = 0
    for _ in range(300):
        spent = chance.binomial(1, 0.1, (40, 2, 100)) * chance.lognormal(9, 1, (40, 2, 100))
        fooled += any(
            compare(*(money(spent[:day, arm]) for arm in (0, 1)), share=False).verdict
            in (Verdict.MORE, Verdict.LESS)
            for day in range(1, 41)
        )

    assert fooled / 300 <= 0.05


def money(spent: np.ndarray) -> Moments:
    return Moments(spent.size, spent.sum(), (spent**2).sum())


def share(successes: int, people: int) -> Moments:
    return Moments(people, successes, successes)


def test_a_clear_difference_is_called_and_said_in_people() -> None:
    found = compare(share(1300, 9000), share(100, 1000))

    assert found.verdict is Verdict.MORE
    assert found.interval.low > 0
    assert found.p < 0.05
    assert found.incremental == pytest.approx((1300 / 9000 - 0.1) * 9000)
    assert found.incremental_interval.low == pytest.approx(found.interval.low * 9000)


def test_the_interval_and_the_daily_p_say_the_same() -> None:
    for successes in range(60, 200, 7):
        found = compare(share(successes, 1000), share(100, 1000))

        assert found.interval.holds(0) == (found.p > 0.05)


def test_too_few_people_are_said_to_be_too_few_and_how_many_more_it_needs() -> None:
    found = compare(share(45, 900), share(5, 100))

    assert found.verdict is Verdict.NOT_ENOUGH
    assert found.needed is not None
    times = round(1 + found.needed / 1000)
    later = compare(share(45 * times, 900 * times), share(5 * times, 100 * times))
    assert later.needed is not None
    assert later.needed < found.needed / 4
    assert later.interval.high < 1.3 * later.worth


def test_with_enough_people_and_no_difference_it_says_that_there_is_none() -> None:
    found = compare(share(50_000, 500_000), share(50_000, 500_000))

    assert found.verdict is Verdict.NO_DIFFERENCE
    assert found.needed == 0


def test_an_arm_without_people_says_nothing() -> None:
    found = compare(share(5, 50), share(0, 0))

    assert found.verdict is Verdict.NOT_ENOUGH
    assert found.needed is None


def test_history_narrows_the_interval_by_what_it_explains() -> None:
    chance = np.random.default_rng(4)
    before = chance.normal(0, 1, 20_000)
    after = 0.8 * before + 0.6 * chance.normal(0, 1, 20_000)
    arms = [
        Moments(10_000, y.sum(), (y**2).sum(), x.sum(), (x**2).sum(), (x * y).sum())
        for x, y in ((before[:10_000], after[:10_000] + 0.05), (before[10_000:], after[10_000:]))
    ]
    blind = [Moments(each.people, each.y, each.yy) for each in arms]

    with_history, without = compare(*arms, share=False), compare(*blind, share=False)

    assert with_history.reduction == pytest.approx(0.64, abs=0.02)
    assert without.reduction == 0
    narrower = with_history.interval.high - with_history.interval.low
    assert narrower < 0.65 * (without.interval.high - without.interval.low)
    assert with_history.difference == pytest.approx(0.05, abs=0.02)


def test_comparing_more_ways_at_once_asks_more_of_each() -> None:
    one = compare(share(130, 1000), share(100, 1000))
    of_five = compare(share(130, 1000), share(100, 1000), comparisons=5)

    assert of_five.interval.low < one.interval.low
    assert of_five.p >= one.p


def test_a_right_split_looked_at_daily_is_hardly_ever_called_wrong() -> None:
    chance = np.random.default_rng(13)
    days = chance.multinomial(50, [0.9, 0.1], (400, 60)).cumsum(axis=1)

    called = sum(
        any(sample_ratio([int(a), int(b)], [9, 1]).p_always < 0.05 for a, b in run) for run in days
    )

    assert called / 400 <= 0.05


def test_a_broken_split_is_called() -> None:
    assert sample_ratio([8_000, 2_000], [9, 1]).wrong
    assert not sample_ratio([9_010, 990], [9, 1]).wrong
    assert sample_ratio([9_010, 990], [9, 1]).p_always > ALARM
