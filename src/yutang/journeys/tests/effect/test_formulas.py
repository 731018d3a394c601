"""The published numbers every formula is held to."""

import numpy as np
import pytest

from yutang.journeys.effect.bandit import draw, shares
from yutang.journeys.effect.cuped import Moments, theta_of
from yutang.journeys.effect.proportions import chance_of_better, newcombe, wilson, z_test
from yutang.journeys.effect.ratio import sample_ratio
from yutang.journeys.effect.sequential import half_width, likelihood_ratio
from yutang.journeys.effect.sizes import by_cohen, by_fleiss, by_miller, by_rule_of_16, by_t_test


@pytest.mark.parametrize(
    ("successes", "people", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (8, 10, 0.4902, 0.9433), (0, 0, 0.0, 1.0)],
)
def test_wilsons_interval(successes: int, people: int, low: float, high: float) -> None:
    found = wilson(successes, people)

    assert (round(found.low, 4), round(found.high, 4)) == (low, high)


def test_newcombes_interval_of_a_difference() -> None:
    found = newcombe((56, 70), (48, 80))  # Newcombe 1998, method 10

    assert (round(found.low, 4), round(found.high, 4)) == (0.0524, 0.3339)


def test_the_chance_that_one_arm_is_better() -> None:
    assert round(chance_of_better((120, 1000), (100, 1000)), 4) == 0.9232
    assert chance_of_better((5, 50), (5, 50)) == pytest.approx(0.5, abs=1e-3)


@pytest.mark.parametrize(("share", "difference", "people"), [(0.2, 0.05, 1030), (0.05, 0.01, 7663)])
def test_people_needed_as_evan_miller_says(share: float, difference: float, people: int) -> None:
    assert by_miller(share, difference) == people


@pytest.mark.parametrize(
    ("share", "other", "people"), [(0.2, 0.25, 1094), (0.05, 0.06, 8158), (0.1, 0.12, 3841)]
)
def test_people_needed_as_fleiss_says(share: float, other: float, people: int) -> None:
    assert by_fleiss(share, other) == people


def test_people_needed_by_other_rules() -> None:
    assert by_cohen(0.2, 0.25) == 1092
    assert by_rule_of_16(0.2 * 0.8, 0.05) == pytest.approx(1024)
    assert [round(by_t_test(each), 1) for each in (0.2, 0.5, 0.8)] == [393.4, 63.8, 25.5]


def test_a_split_that_is_slightly_uneven_over_many_people_is_broken() -> None:
    found = sample_ratio([821_588, 815_482], [1, 1])

    assert round(found.chi_square, 2) == 22.77
    assert found.p == pytest.approx(1.82e-6, rel=0.01)
    assert found.p_always < 0.01


def test_the_likelihood_ratio_of_a_difference() -> None:
    assert likelihood_ratio(0.02, 2 * 0.09 / 1000, 1e-4) == pytest.approx(1.1923, abs=1e-4)
    assert likelihood_ratio(0.02, 2 * 0.0979 / 10_000, 1e-4) == pytest.approx(2074.0, rel=1e-3)


def test_the_interval_ends_where_the_ratio_is_one_over_alpha() -> None:
    variance, mixing = 2 * 0.09 / 1000, 1e-4

    assert likelihood_ratio(half_width(variance, mixing), variance, mixing) == pytest.approx(20)


def test_history_takes_away_the_variance_it_explains() -> None:
    chance = np.random.default_rng(3)
    before = chance.normal(10, 2, 200_000)
    after = 0.7 * (before - 10) / 2 + np.sqrt(1 - 0.49) * chance.normal(0, 1, 200_000)
    arm = Moments(
        len(after),
        after.sum(),
        (after**2).sum(),
        before.sum(),
        (before**2).sum(),
        (before * after).sum(),
    )

    adjusted = after - theta_of([arm]) * (before - before.mean())

    assert adjusted.var() / after.var() == pytest.approx(0.51, abs=0.005)


def regret(arms: list[float], pulls: int, runs: int, seed: int) -> float:
    """Return the mean regret of Thompson sampling over so many runs."""
    chance = np.random.default_rng(seed)
    rates = np.array(arms)
    won, pulled = np.zeros((2, runs, len(arms)))
    every = np.arange(runs)
    for _ in range(pulls):
        arm = draw(won, pulled, chance)
        pulled[every, arm] += 1
        won[every, arm] += chance.random(runs) < rates[arm]
    return float(((rates.max() - rates) * pulled).sum(axis=1).mean())


def test_thompson_sampling_loses_what_was_published() -> None:
    assert regret([0.10, 0.05, 0.05, 0.05], 10_000, 80, 5) == pytest.approx(36, rel=0.2)


def test_the_better_arm_gets_more_people_and_none_is_given_up() -> None:
    found = shares([(120, 1000), (60, 1000)], seed=1)

    assert sum(found) == pytest.approx(1)
    assert found[0] > 0.95
    assert found[1] >= 0.01
    assert shares([(0, 0), (0, 0)], seed=2) == pytest.approx([0.5, 0.5], abs=0.03)


def test_two_shares_compared_once() -> None:
    z, p = z_test((120, 1000), (100, 1000))

    assert (round(z, 3), round(p, 3)) == (1.429, 0.153)
