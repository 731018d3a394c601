"""A condition is said in plain Chinese and English, and read back from what people type."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from yutang.audiences.condition import SentenceUnreadable, from_json, read, say
from yutang.audiences.condition.nodes import (
    All,
    Any,
    AttributeTest,
    Comparison,
    Events,
    EventTest,
    MoreThanAgo,
    Not,
    OneOf,
    Rolling,
    Span,
    TagTest,
)
from yutang.audiences.tests.condition import askings, worlds
from yutang.audiences.tests.condition.teahouse import VOCABULARY, field
from yutang.audiences.tests.condition.test_traps import CANONICAL

CANONICAL_ZH = "近30天收藏≥1次 且 近7天活跃 且 城市=北京 且 性别=女 且 入会满1年"
CANONICAL_EN = (
    "favourited at least 1 time in the last 30 days and active in the last 7 days and city is 北京"
    " and gender is female and membership time is at least 1 year ago"
)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_what_is_said_is_read_back_in_both_languages(data) -> None:
    look = data.draw(worlds.looks())
    condition = data.draw(askings.conditions(look))

    for language in ("zh", "en"):
        assert read(say(condition, VOCABULARY, language), VOCABULARY) == condition


@pytest.mark.parametrize(("language", "sentence"), [("zh", CANONICAL_ZH), ("en", CANONICAL_EN)])
def test_the_canonical_condition_is_said_and_read(language, sentence) -> None:
    condition = from_json(CANONICAL, VOCABULARY)

    assert say(condition, VOCABULARY, language) == sentence
    assert read(sentence, VOCABULARY) == condition


@pytest.mark.parametrize(
    "typed",
    [
        "近30天收藏至少1次且近7天活跃且城市=北京且性别=女且入会满1年",
        "最近三十天内收藏过 并且 近7天有行为 并且 城市是「北京」 并且 性别为女 并且 入会时间满1年",
        "（近30天收藏≥1次 且 近7天活跃）且（城市=北京 且 性别=女）且 入会超过1年",
        "过去30日收藏大于等于1次 && 近7天活跃 && 城市：北京 && 性别=female && 入会时间1年以上",
        "FAVOURITED at least once".replace("once", "1 time in the last 30 days")
        + " and active in the last 7 days and city = 北京",
    ],
)
def test_people_type_it_in_many_ways(typed) -> None:
    condition = read(typed.replace("三十", "30"), VOCABULARY)

    leaves = [
        leaf for each in condition.of for leaf in (each.of if isinstance(each, All) else (each,))
    ]
    canonical = from_json(CANONICAL, VOCABULARY).of
    assert set(leaves) == set(canonical[: len(leaves)])


def test_and_binds_tighter_than_or_and_brackets_group() -> None:
    female, male = (
        AttributeTest(field("gender"), Comparison("eq", each)) for each in ("female", "male")
    )
    beijing = AttributeTest(field("city"), Comparison("eq", "北京"))

    assert read("性别=女 或 性别=男 且 城市=北京", VOCABULARY) == Any(
        (female, All((male, beijing)))
    )
    assert read("(性别=女 或 性别=男) 且 城市=北京", VOCABULARY) == All(
        (Any((female, male)), beijing)
    )
    assert read("非（性别=女）", VOCABULARY) == read("不是(性别=女)", VOCABULARY) == Not(female)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("城市不是北京", AttributeTest(field("city"), Comparison("ne", "北京"))),
        ("城市是北京、上海之一", AttributeTest(field("city"), OneOf(("北京", "上海")))),
        ("姓名=「且慢 (x)」", AttributeTest(field("name"), Comparison("eq", "且慢 (x)"))),
        ("累计消费≥1万元", AttributeTest(field("spent"), Comparison("ge", 1_000_000))),
        ("累计消费 at", None),
        ("有标签VIP", TagTest("any", ((22,),))),
        (
            "近7天没有下单",
            EventTest(Events(("order",)), Rolling(Span(7, "day")), test=Comparison("eq", 0)),
        ),
        ("近半年下单", EventTest(Events(("order",)), Rolling(Span(6, "month")))),
        ("从来没有下单过", EventTest(Events(("order",)), test=Comparison("eq", 0))),
        ("生日满18年", AttributeTest(field("birthday"), MoreThanAgo(Span(18, "year")))),
    ],
)
def test_single_tests_are_read_leniently(typed, meant) -> None:
    if meant is None:
        with pytest.raises(SentenceUnreadable):
            read(typed, VOCABULARY)
    else:
        assert read(typed, VOCABULARY) == meant


def test_a_refusal_points_to_the_place_and_names_what_is_near() -> None:
    with pytest.raises(SentenceUnreadable) as refused:
        read("近7天活跃 且 城氏=北京", VOCABULARY)

    sentence = refused.value.sentence("zh")
    assert refused.value.params["at"] == len("近7天活跃 且 ")
    assert "第 9 个字“城氏=北京”" in sentence
    assert "是不是 城市" in sentence


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "   ",
        "近",
        "（城市=北京",
        "城市=",
        "城市=北京 且",
        "(" * 50,
        "近7天活跃 " * 900,
        "「",
        "a\0b",
    ],
)
def test_nonsense_is_refused_and_never_breaks(typed) -> None:
    with pytest.raises(SentenceUnreadable):
        read(typed, VOCABULARY)


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="近30天收藏≥1次且或非（）城市=北京「」、；活跃 not(and)%", max_size=40))
def test_any_text_is_read_or_refused(typed) -> None:
    try:
        condition = read(typed, VOCABULARY)
    except SentenceUnreadable as refused:
        assert 0 <= refused.params["at"] <= len(typed)
    else:
        assert read(say(condition, VOCABULARY, "zh"), VOCABULARY) == condition
