"""Why now: every reason is computed from facts, and stands beside them."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from yutang.customers.models import Dependant
from yutang.customers.service import ShownDependant, Stage
from yutang.guides._habits import Habit, Wish, _wishes
from yutang.guides._why import Duty, Expiry
from yutang.guides.service import Known, reasons
from yutang.kit.i18n import Text

NOON = datetime(2026, 11, 2, 4, tzinfo=UTC)
TODAY = date(2026, 11, 2)


def said(**known: object) -> list[str]:
    found = Known(now=NOON, zone=ZoneInfo("Asia/Shanghai"), **known)
    return [each.said.zh for each in reasons(found)]


def bought(*days_ago: int) -> Habit:
    return Habit(dates=sorted(TODAY - timedelta(days=each) for each in days_ago))


def a_child(born: date, name: str = "小宝") -> list[ShownDependant]:
    return [ShownDependant(Dependant(kind="child", name=name, birthday=born), None)]


def test_nothing_known_is_no_reason() -> None:
    assert said() == []


@pytest.mark.parametrize(
    ("days_ago", "is_due"),
    [
        ((90, 60, 30), True),
        ((87, 57, 27), True),  # three days before
        ((86, 56, 26), False),
        ((150, 120, 90), True),
        ((151, 121, 91), False),  # after three times as long it is another matter
        ((60, 30), False),  # one gap is no habit
    ],
)
def test_her_own_rhythm_says_when_she_is_due(days_ago: tuple[int, ...], is_due: bool) -> None:
    expected = [f"该复购了：通常 30 天买一次，上次是 {days_ago[-1]} 天前"]

    assert said(habit=bought(*days_ago)) == (expected if is_due else [])


@pytest.mark.parametrize(
    ("birthday", "expected"),
    [
        (date(1990, 11, 2), ["今天生日"]),
        (date(1990, 11, 9), ["7 天后生日"]),
        (date(1990, 11, 10), []),
        (date(1990, 11, 1), []),
    ],
)
def test_a_birthday_is_a_reason_for_a_week(birthday: date, expected: list[str]) -> None:
    assert said(birthday=birthday) == expected


@pytest.mark.parametrize(
    ("born", "expected"),
    [
        (date(2026, 5, 4), ["小宝2 天后满 6 个月"]),
        (date(2026, 5, 2), ["小宝今天满 6 个月"]),
        (date(2026, 5, 12), []),
        (date(2020, 11, 5), ["小宝3 天后生日"]),
        (date(2026, 11, 20), ["离预产期还有 18 天"]),
        (date(2027, 3, 1), []),
        (date(2024, 12, 31), []),
    ],
)
def test_a_childs_age_is_a_reason_when_it_is_round(born: date, expected: list[str]) -> None:
    assert said(household=a_child(born)) == expected


def test_a_child_who_comes_to_a_new_stage_is_a_reason() -> None:
    stages = [
        Stage("infant", Text("0–1 岁", "0–1"), 12),
        Stage("toddler", Text("1–2 岁", "1–2"), 24),
    ]

    assert said(household=a_child(date(2025, 10, 30)), stages=stages) == ["小宝刚到“1–2 岁”"]


def test_what_was_wanted_counts_until_something_is_bought_or_it_is_put_back() -> None:
    def at(hour: int) -> datetime:
        return datetime(2026, 11, 1, hour)  # noqa: DTZ001  as the warehouse tells it

    moves = [(at(1), "favorite", "A"), (at(2), "cart", "B"), (at(3), "unfavorite", "A")]

    assert [each.content for each in _wishes(moves)] == ["B"]
    assert _wishes([*moves, (at(4), "pay", "C")]) == []
    wished = Habit(wishes=[Wish("cart", "龙井", NOON)])
    assert said(habit=wished) == ["加购了“龙井”，还没下单"]


def test_the_most_pressing_comes_first() -> None:
    found = said(
        habit=Habit(complained_at=NOON - timedelta(days=2), wishes=[Wish("cart", "", NOON)]),
        birthday=TODAY,
        expiries=[Expiry(Text("积分到期日", "Points end"), TODAY + timedelta(days=5))],
        duties=[Duty("回访", "", None)],
        friend_since=NOON - timedelta(days=1),
    )

    assert found == [
        "最近投诉过，先安抚，别急着推荐",
        "任务等你做：回访",
        "今天生日",
        "加购了商品，还没下单",
        "积分到期日：5 天后",
        "刚加好友，还没跟进",
    ]
