"""Who is to be added now: whoever is on, can be, has room, and is not ahead of the others."""

import random

from hypothesis import given, settings
from hypothesis import strategies as some

from yutang.acquisition._rules import MemberRule, Rules
from yutang.acquisition.service import Cover, Standing, Why, on_duty, skips_verification
from yutang.kit.week import DAY, WEEK, Window, covers

WEEKDAYS = Window([1, 2, 3, 4, 5], "09:00", "18:00")
NIGHTS = Window([5], "22:00", "06:00")
MONDAY_TEN = 10 * 60
SATURDAY_TEN = 5 * DAY + 10 * 60

clock = some.integers(0, 23 * 60 + 59).map(lambda n: f"{n // 60:02}:{n % 60:02}")
windows = some.builds(
    Window, some.lists(some.integers(1, 7), min_size=1, unique=True), begin=clock, end=clock
)
standings = some.builds(
    Standing,
    today=some.integers(0, 30),
    everywhere=some.integers(0, 60),
    most=some.none() | some.integers(1, 60),
    turn=some.integers(0, 30),
    is_online=some.booleans(),
    is_restricted=some.booleans(),
    has_account=some.booleans(),
)
members = some.lists(
    some.builds(
        MemberRule,
        staff=some.integers(1, 8),
        windows=some.lists(windows, max_size=2),
        weight=some.integers(1, 9),
        cap=some.none() | some.integers(1, 30),
    ),
    min_size=1,
    max_size=6,
    unique_by=lambda each: each.staff,
)


def test_a_shift_decides_who_is_shown_and_backups_stand_in_for_the_rest() -> None:
    rules = Rules([MemberRule(1, [WEEKDAYS]), MemberRule(2, [WEEKDAYS])], backups=[9])

    at_work = on_duty(rules, MONDAY_TEN, {})
    weekend = on_duty(rules, SATURDAY_TEN, {})

    assert (at_work.shown, at_work.cover, at_work.whys[9]) == ((1, 2), Cover.MEMBERS, Why.STANDBY)
    assert (weekend.shown, weekend.cover, weekend.whys[1]) == ((9,), Cover.BACKUPS, Why.OFF_HOURS)


def test_whoever_is_full_restricted_or_away_makes_room_for_the_next() -> None:
    rules = Rules([MemberRule(1, cap=50), *(MemberRule(each) for each in (2, 3, 4, 5))])
    found = on_duty(
        rules,
        MONDAY_TEN,
        {
            1: Standing(today=50, everywhere=50),
            2: Standing(is_restricted=True),
            3: Standing(is_online=False),
            4: Standing(everywhere=100, most=100),
        },
    )

    assert found.shown == (5,)
    assert found.whys == {
        1: Why.CAPPED,
        2: Why.RESTRICTED,
        3: Why.OFFLINE,
        4: Why.ACCOUNT_CAPPED,
        5: Why.SHOWN,
    }


def test_a_night_shift_goes_on_into_the_next_day() -> None:
    friday_late, saturday_early, saturday_late = 4 * DAY + 23 * 60, 5 * DAY + 60, 5 * DAY + 23 * 60

    assert covers([NIGHTS], friday_late)
    assert covers([NIGHTS], saturday_early)
    assert not covers([NIGHTS], saturday_late)
    assert covers([Window([7], "22:00", "06:00")], 60)  # Sunday night is Monday morning


def test_verification_is_skipped_in_its_hours_only() -> None:
    rules = Rules([MemberRule(1)], skip="hours", skip_windows=[WEEKDAYS])

    assert skips_verification(rules, MONDAY_TEN)
    assert not skips_verification(rules, SATURDAY_TEN)


@settings(deadline=None, max_examples=60)
@given(members, some.lists(some.integers(1, 12), unique=True, max_size=3), some.data())
def test_whoever_is_shown_may_be_and_somebody_is_if_anybody_may(
    behind: list[MemberRule], backups: list[int], data: some.DataObject
) -> None:
    rules = Rules(behind, backups)
    minute = data.draw(some.integers(0, WEEK - 1))
    stand = {each: data.draw(standings) for each in rules.staff}

    duty = on_duty(rules, minute, stand)

    by_staff = {each.staff: each for each in behind}
    able = {
        one
        for one, rule in by_staff.items()
        if stand[one].hindrance is None
        and (not rule.windows or covers(rule.windows, minute))
        and (rule.cap is None or stand[one].today < rule.cap)
    }
    spare = {one for one in backups if stand[one].hindrance is None}
    assert set(duty.company) == (able or spare)
    assert bool(duty.shown) == bool(able or spare)
    assert set(duty.shown) <= set(duty.company)
    assert set(duty.whys) == set(rules.staff)
    assert {one for one, why in duty.whys.items() if why == Why.SHOWN} == set(duty.shown)


@settings(deadline=None, max_examples=25)
@given(
    some.dictionaries(some.integers(1, 9), some.integers(1, 20), min_size=1, max_size=6),
    some.integers(0, 5),
    some.randoms(use_true_random=False),
)
def test_shares_are_kept_however_the_platform_draws(
    weights: dict[int, int], late: int, dice: random.Random
) -> None:
    """Nobody is ever further ahead, by unit of weight, than the slack, her next friend, and those of a late change."""
    rules = Rules([MemberRule(one, weight=weight) for one, weight in weights.items()])
    came = dict.fromkeys(weights, 0)
    while sum(came.values()) < 120:
        shown = on_duty(rules, 0, {one: Standing(turn=n) for one, n in came.items()}).shown
        for _ in range(dice.randint(1, 1 + late)):
            came[dice.choice(shown)] += 1
        slack = max(1, sum(came.values()) // 20)
        for one, weight in weights.items():
            for other, other_weight in weights.items():
                ahead = came[one] * other_weight - came[other] * weight
                assert ahead <= slack * weight + (1 + late) * other_weight
