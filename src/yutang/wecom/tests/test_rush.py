"""In a rush of callbacks keeping them goes first; handling waits a little, never for good."""

import pytest

from yutang.wecom.callbacks.rush import LONGEST, RUSH, SHORTEST, Rate, give_way


class Clock:
    def __init__(self) -> None:
        self.at = 1000.0

    def __call__(self) -> float:
        return self.at

    def pause(self, seconds: float) -> None:
        self.at += seconds


def test_a_rush_is_one_for_as_long_as_it_comes_and_a_second_longer() -> None:
    clock = Clock()
    rate = Rate(clock)
    rate.add(RUSH)
    assert rate.a_second() == RUSH

    clock.at += 1
    assert rate.a_second() == RUSH
    rate.add(3)
    assert rate.a_second() == RUSH

    clock.at += 1
    assert rate.a_second() == 3
    clock.at += 1
    assert rate.a_second() == 0


def test_who_gives_way_waits_for_the_end_of_the_rush() -> None:
    clock = Clock()
    rate = Rate(clock)
    rate.add(RUSH * 10)

    give_way(rate=rate, pause=clock.pause)

    assert rate.a_second() == 0
    assert 1 <= clock.at - 1000 < SHORTEST


def test_without_a_rush_nobody_waits() -> None:
    clock = Clock()
    rate = Rate(clock)
    rate.add(RUSH - 1)
    give_way(50.0, rate=rate, pause=clock.pause)
    assert clock.at == 1000


@pytest.mark.parametrize(
    ("worked", "waits"), [(0.0, SHORTEST), (0.2, SHORTEST), (3.0, 27.0), (600.0, LONGEST)]
)
def test_in_an_endless_rush_who_works_a_second_waits_nine_and_never_for_good(
    worked: float, waits: float
) -> None:
    clock = Clock()
    rate = Rate(clock)

    def pause(seconds: float) -> None:
        clock.pause(seconds)
        rate.add(RUSH)

    rate.add(RUSH)
    give_way(worked, rate=rate, pause=pause)
    assert abs(clock.at - 1000 - waits) < 0.01
