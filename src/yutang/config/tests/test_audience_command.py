"""`yutang audience`: questions from the command line, refused well, answered as text or JSON."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

import pytest
from click.testing import CliRunner, Result

from yutang.audiences import service as audiences
from yutang.audiences.tests.builders import NOON, did, known
from yutang.config.cli.audience import EXAMPLES, command
from yutang.customers import service as customers
from yutang.workspaces.models import Workspace
from yutang.workspaces.tests.builders import a_member, a_workspace

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("open_warehouse", "stood"),
]
AT = "2026-11-01T12:00:00+08:00"


@pytest.fixture
def stood(monkeypatch: pytest.MonkeyPatch) -> None:
    standing(monkeypatch, ours=True)


def standing(monkeypatch: pytest.MonkeyPatch, *, ours: bool) -> None:
    @contextmanager
    def _standing() -> Iterator[bool]:
        yield ours

    monkeypatch.setattr("yutang.config.standing.standing", _standing)


@pytest.fixture
def house(open_warehouse) -> Workspace:
    """A tea house with somebody who favourited something the day before, and somebody who did not."""
    house = a_workspace()
    a_member(house)
    people = [{"member_no": "M1", "phone": "13800138000"}, {"member_no": "M2"}]
    rows = [customers.ProfileRow(each, {"name": n}) for each, n in zip(people, "甲乙", strict=True)]
    first, second = customers.upsert_many(house, rows, source="test", now=NOON).customers
    known(house, first, name="甲")
    known(house, second, name="乙")
    did(house, first, at=datetime.fromisoformat("2026-10-31T12:00:00+08:00"))
    house.first, house.second = first, second
    return house


def asked(house: Workspace, *said: str) -> Result:
    return CliRunner().invoke(command, [*said, "--workspace", house.slug], catch_exceptions=False)


def test_a_question_is_said_in_both_languages_and_answered(house) -> None:
    answer = asked(house, "count", "近7天收藏", "--at", "2026-11-01 12:00", "--who", "3")

    assert answer.exit_code == 0
    zh, en, number, who = answer.output.splitlines()
    assert (zh, en) == ("近7天收藏≥1次", "favourited at least 1 time in the last 7 days")
    assert number.startswith("1 人 people · 截至 as of 2026-11-01 12:00:00 · ")
    assert who.split() == [str(house.first), "甲"]


@pytest.mark.parametrize(
    ("at", "count"),
    [
        ("2026-10-30", 0),
        ("2026-10-31", 1),
        ("2026-10-31 11:59:59", 0),
        ("2026-10-31T04:00:00+00:00", 1),
        ("2026-11-07 11:59:59", 1),
        ("2026-11-07 12:00", 0),
    ],
)
def test_a_day_means_its_end_and_an_instant_is_on_the_clock_of_the_workspace(
    house, at: str, count: int
) -> None:
    answer = json.loads(asked(house, "count", "近7天收藏≥1次", "--at", at, "--json").output)

    assert answer["count"] == count


def test_json_has_the_number_the_instant_and_the_condition(house) -> None:
    answer = asked(
        house, "count", "favourited in the last 7 days", "--at", AT, "--who", "1", "--json"
    )

    found = json.loads(answer.output)
    assert found.pop("ms") > 0
    assert found == {
        "count": 1,
        "at": AT,
        "said": {
            "zh": "近7天收藏≥1次",
            "en": "favourited at least 1 time in the last 7 days",
        },
        "condition": audiences.read_sentence(house, "近7天收藏≥1次"),
        "who": [{"customer": house.first, "name": "甲"}],
    }


def test_a_sentence_that_cannot_be_read_is_shown_with_the_place(house) -> None:
    answer = asked(house, "count", "近7天收藏 且 城氏=北京")

    assert answer.exit_code == 1
    sentence, mark, zh, en = answer.output.splitlines()
    assert sentence == "近7天收藏 且 城氏=北京"
    assert mark == " " * 13 + "^"  # hanzi are two columns wide
    assert zh.startswith("读到第 9 个字“城氏=北京”时看不懂，这里应该是客户属性、")
    assert zh.endswith("是不是 城市。")
    assert en.startswith("Character 9, “城氏=北京”, cannot be read: expected an attribute, ")


def test_a_sentence_that_stops_too_soon_is_told_what_is_missing(house) -> None:
    answer = asked(house, "count", "近7天")

    assert "话没有说完，这里应该是事件、" in answer.output
    assert "The sentence ends too soon: expected an event, " in answer.output


def test_with_json_a_refusal_is_json_too(house) -> None:
    answer = asked(house, "count", "近7天", "--json")

    assert answer.exit_code == 1
    assert json.loads(answer.output)["problem"]["code"] == "audiences.sentence_unreadable"


def test_what_is_to_come_cannot_be_counted(house) -> None:
    answer = asked(house, "count", "近7天收藏", "--at", "2999-01-01")

    assert answer.exit_code == 1
    assert "还没有到。请选一个过去的时刻。" in answer.output


def test_what_is_no_instant_is_refused_with_examples(house) -> None:
    answer = asked(house, "count", "近7天收藏", "--at", "yesterday")

    assert answer.exit_code == 2
    assert "2026-11-11T20:00:00+08:00" in answer.output


@pytest.mark.parametrize("named", ["member_no:M1", "phone:138 0013 8000"])
def test_why_somebody_is_in_is_told_in_the_language_of_the_question(house, named: str) -> None:
    zh = asked(house, "explain", "近7天收藏 且 姓名=甲", "--customer", named, "--at", AT)
    en = asked(house, "explain", "not (favourited this week)", "--customer", named, "--at", AT)

    assert zh.output.splitlines()[0] == f"#{house.first} 符合"
    assert zh.output.splitlines()[2].startswith("  ✓ 近7天收藏≥1次  — ")
    assert en.output.splitlines()[0] == f"#{house.first} does not meet it"
    assert en.output.splitlines()[1:3][0] == "✗ not"


def test_why_can_be_had_as_json(house) -> None:
    number = str(house.second)
    answer = asked(house, "explain", "近7天收藏", "--customer", number, "--at", AT, "--json")

    found = json.loads(answer.output)
    assert (found["customer"], found["at"], found["holds"]) == (house.second, AT, False)
    assert found["evidence"] == {"zh": "从来没有过", "en": "it never happened"}


@pytest.mark.parametrize("nobody", ["4000000000", "phone:13900139000", "sixpence:1"])
def test_nobody_is_explained(house, nobody: str) -> None:
    answer = asked(house, "explain", "近7天收藏", "--customer", nobody)

    assert answer.exit_code == 1
    assert "There is no such customer" in answer.output


def test_another_brands_customers_are_not_explained(house) -> None:
    rival = a_workspace("Coffee House")
    a_member(rival)

    answer = asked(rival, "explain", "近7天收藏", "--customer", str(house.first))

    assert answer.exit_code == 1
    assert "There is no such customer" in answer.output


def test_the_words_a_sentence_can_name_are_listed(house) -> None:
    answer = asked(house, "words")

    assert "收藏 favourited  (favorite)" in answer.output
    assert "女 Female / 男 Male" in answer.output


def test_every_example_of_the_help_says_the_same_in_both_languages(house) -> None:
    help_ = CliRunner().invoke(command, ["--help"], terminal_width=200).output

    for zh, en in EXAMPLES:
        assert audiences.read_sentence(house, zh) == audiences.read_sentence(house, en)
        assert zh in help_
        assert en in help_


def test_beside_a_yutang_that_has_the_engines_it_says_what_to_do(house, monkeypatch) -> None:
    standing(monkeypatch, ours=False)

    answer = asked(house, "count", "近7天收藏")

    assert answer.exit_code == 1
    assert "Another Yutang process is using the embedded engines" in answer.output
