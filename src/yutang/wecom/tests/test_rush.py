"""In a rush of callbacks keeping them goes first; handling waits a little, never for good."""

from yutang.wecom.callbacks.rush import GIVES_WAY_FOR, RUSH, Rate, give_way


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
    assert 1 <= clock.at - 1000 < GIVES_WAY_FOR


def test_without_a_rush_nobody_waits_and_in_an_endless_one_not_for_good() -> None:
    clock = Clock()
    rate = Rate(clock)
    rate.add(RUSH - 1)
    give_way(rate=rate, pause=clock.pause)
    assert clock.at == 1000

    def pause(seconds: float) -> None:
        clock.pause(seconds)
        rate.add(RUSH)

    rate.add(RUSH)
    give_way(rate=rate, pause=pause)
    assert abs(clock.at - 1000 - GIVES_WAY_FOR) < 0.01
