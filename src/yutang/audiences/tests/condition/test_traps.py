"""The places where audiences of other systems were wrong, each pinned by name."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from yutang.audiences.condition import bucket, count, from_json, next_changes, select
from yutang.audiences.condition.frame import Only, Scoped
from yutang.audiences.condition.judge import holds
from yutang.audiences.condition.mistakes import MineNeedsReader
from yutang.audiences.condition.person import Happening, Kin, Look, Person, Tagging, Tie
from yutang.audiences.tests.condition.stores import ERASED, frame, keep
from yutang.audiences.tests.condition.teahouse import VOCABULARY

NOW = datetime(2026, 11, 1, 4, 0, tzinfo=UTC)  # noon in Shanghai
TICK = timedelta(milliseconds=1)
DAY = timedelta(days=1)
HERE = Look(NOW, quiet_types=VOCABULARY.quiet_types)


def did(*types, days=None, **more):
    window = {"kind": "rolling", "amount": days, "unit": "day"} if days else None
    return {"kind": "event", "types": [*types], "window": window, **more}


def attribute(name, op, value=None):
    return {"kind": "attribute", "attribute": name, "op": op, "value": value}


CANONICAL = {
    "kind": "all",
    "of": [
        did("favorite", days=30),
        did(days=7),
        attribute("city", "eq", "北京"),
        attribute("gender", "eq", "female"),
        attribute("joined_at", "more_than_ago", {"amount": 1, "unit": "year"}),
    ],
}


def a_woman(customer=1, *events, **more):
    profile = {
        "city": "北京",
        "gender": "female",
        "joined_at": NOW - 400 * DAY,
        "created_at": NOW - 400 * DAY,
    }
    return Person(customer, profile | more, events=tuple(sorted(events, key=lambda each: each.at)))


def ago(span, kind="view", **more):
    return Happening(kind, NOW - span, **more)


@pytest.fixture
def found(open_warehouse):
    """Who meets a condition, by the warehouse; the plain reading must agree."""

    def find(tree, people, look=HERE, **more):
        condition = from_json(tree, VOCABULARY)
        workspace = keep(open_warehouse, people, look, merged=more.get("overrides"))
        statement = select(condition, frame(workspace, look, **more))
        members = sorted(row[0] for row in open_warehouse.rows(statement.sql, statement.parameters))
        if not {"only", "scope"} & set(more):
            assert members == [each.customer for each in people if holds(condition, each, look)]
        return members

    return find


def test_the_canonical_audience(found) -> None:
    her = (ago(20 * DAY, "favorite"), ago(3 * DAY))
    people = [
        a_woman(1, *her),
        a_woman(2, *her, city="上海"),
        a_woman(3, *her, gender="male"),
        a_woman(4, *her, joined_at=NOW - 300 * DAY),
        a_woman(5, ago(31 * DAY, "favorite"), ago(3 * DAY)),
        a_woman(6, ago(20 * DAY, "favorite")),
        a_woman(7, ago(3 * DAY, "favorite")),
    ]

    assert found(CANONICAL, people) == [1, 7]


def test_an_event_leaves_a_rolling_window_at_exactly_its_instant_plus_the_window(found) -> None:
    people = [
        a_woman(1, ago(30 * DAY)),
        a_woman(2, ago(30 * DAY - TICK)),
        a_woman(3, ago(timedelta(0))),
    ]

    assert found(did(days=30), people) == [2, 3]


def test_what_is_dated_after_now_is_not_there_yet(found) -> None:
    people = [a_woman(1, ago(-TICK)), a_woman(2, ago(timedelta(0)), ago(-DAY))]

    assert found(did(), people) == [2]
    assert found(did(value=1, op="eq"), people) == [2]


def test_late_events_count_where_they_happened(found) -> None:
    people = [a_woman(1, ago(40 * DAY)), a_woman(2, ago(10 * DAY))]

    assert found(did(days=30), people) == [2]


def test_29_february_plus_a_year_is_28_february(found) -> None:
    noon = datetime(2024, 2, 29, 4, 0, tzinfo=UTC)
    people = [a_woman(1, joined_at=noon)]
    year = attribute("joined_at", "more_than_ago", {"amount": 1, "unit": "year"})
    at = datetime(2025, 2, 28, 4, 0, tzinfo=UTC)

    assert found(year, people, replace(HERE, now=at)) == [1]
    assert found(year, people, replace(HERE, now=at - TICK)) == []


def test_a_birthday_on_29_february_comes_round_on_28_in_short_years(found) -> None:
    people = [a_woman(1, birthday=date(2000, 2, 29)), a_woman(2, birthday=date(2000, 2, 28))]
    today = attribute("birthday", "anniversary", {"within_days": 0})

    assert found(today, people, replace(HERE, now=datetime(2025, 2, 28, 4, tzinfo=UTC))) == [1, 2]
    assert found(today, people, replace(HERE, now=datetime(2028, 2, 28, 4, tzinfo=UTC))) == [2]
    assert found(today, people, replace(HERE, now=datetime(2028, 2, 29, 4, tzinfo=UTC))) == [1]


def test_days_of_the_calendar_begin_at_midnight_in_shanghai(found) -> None:
    midnight = datetime(2026, 10, 31, 16, 0, tzinfo=UTC)
    people = [
        a_woman(1, Happening("view", midnight)),
        a_woman(2, Happening("view", midnight - TICK)),
    ]
    window = {"kind": "calendar", "unit": "day"}

    assert found(did() | {"window": window | {"period": "this"}}, people) == [1]
    assert found(did() | {"window": window | {"period": "last"}}, people) == [2]


def test_a_day_with_25_hours_is_one_day(found) -> None:
    # 2 November 2025 in New York: from 04:00 UTC to 05:00 UTC of the next day
    look = replace(HERE, now=datetime(2025, 11, 3, 4, 59, tzinfo=UTC), time_zone="America/New_York")
    people = [
        a_woman(1, Happening("view", datetime(2025, 11, 2, 4, 0, tzinfo=UTC))),
        a_woman(2, Happening("view", datetime(2025, 11, 2, 3, 59, 59, tzinfo=UTC))),
    ]

    assert found(
        did() | {"window": {"kind": "calendar", "period": "this", "unit": "day"}}, people, look
    ) == [1]


def test_unknown_passes_neither_a_test_nor_its_opposite_but_passes_not(found) -> None:
    people = [
        a_woman(1, city="北京"),
        a_woman(2, city="上海"),
        a_woman(3, city=""),
        a_woman(4, gender="u", city=""),
    ]
    beijing = attribute("city", "eq", "北京")

    assert found(beijing, people) == [1]
    assert found(attribute("city", "ne", "北京"), people) == [2]
    assert found(attribute("city", "not_in", ["北京"]), people) == [2]
    assert found({"kind": "not", "of": beijing}, people) == [2, 3, 4]
    assert found(attribute("city", "unknown"), people) == [3, 4]
    assert found(attribute("gender", "ne", "male"), people) == [1, 2, 3, 4]


def test_missing_rows_and_null_are_unknown_too(found) -> None:
    people = [
        a_woman(1, birthday=None, joined_at=None),
        replace(a_woman(2), fields={"points": 0.0}),
    ]
    points = attribute("points", "lt", 5)

    assert found(points, people) == [2]
    assert found({"kind": "not", "of": points}, people) == [1]
    assert found(attribute("joined_at", "unknown"), people) == [1]
    assert found({"kind": "not", "of": attribute("birthday", "lt", "2000-01-01")}, people) == [1, 2]


def test_customers_without_events_did_not_and_their_average_is_unknown(found) -> None:
    people = [a_woman(1), a_woman(2, ago(DAY, "order", amount=100))]
    average = did("order", measure="avg", property="amount", op="lt", value=1000)

    assert found(did("order", did=False), people) == [1]
    assert found(average, people) == [2]
    assert found({"kind": "not", "of": average}, people) == [1]
    assert found(did("order", measure="sum", property="amount", op="le", value=100), people) == [
        1,
        2,
    ]


def test_events_without_a_living_customer_make_nobody(found) -> None:
    people = [a_woman(1, ago(DAY))]  # stores.keep gives an erased customer the same events

    assert ERASED not in found(did(), people)
    assert found({"kind": "all", "of": []}, people) == [1]
    assert found(did(did=False), people) == []


def test_events_of_a_merged_customer_are_the_winners_before_the_squash_too(found) -> None:
    people = [a_woman(1, ago(DAY, "order"), ago(2 * DAY, "order")), a_woman(2)]
    twice = did("order", op="ge", value=2)

    assert found(twice, people, overrides={501: 1}) == [1]
    assert found(twice, people, only=Only({1: 1, 2: 2})) == [1]


def test_property_filters_bind_to_the_same_event(found) -> None:
    both = [
        {"property": "sku", "op": "eq", "value": "茶"},
        {"property": "price", "op": "ge", "value": 100},
    ]
    people = [
        a_woman(1, ago(DAY, "favorite", texts={"sku": "茶"}, numbers={"price": 120.0})),
        a_woman(
            2,
            ago(DAY, "favorite", texts={"sku": "茶"}, numbers={"price": 9.0}),
            ago(DAY, "favorite", texts={"sku": "壶"}, numbers={"price": 120.0}),
        ),
    ]

    assert found(did("favorite", where=both), people) == [1]


def test_two_events_of_one_millisecond_are_two(found) -> None:
    people = [a_woman(1, ago(DAY), ago(DAY)), a_woman(2, ago(DAY))]

    assert found(did(op="ge", value=2), people) == [1]


def test_what_we_sent_is_no_activity_of_hers(found) -> None:
    people = [a_woman(1, ago(DAY, "message.sent")), a_woman(2, ago(DAY, "unheard_of"))]

    assert found(did(days=7), people) == [2]
    assert found(did("message.sent", days=7), people) == [1]


def test_a_tag_is_gone_at_the_instant_it_expires(found) -> None:
    def with_tag(customer, expires_at):
        return replace(a_woman(customer), tags=(Tagging(11, NOW - DAY, expires_at),))

    people = [with_tag(1, NOW), with_tag(2, NOW + TICK)]

    assert found({"kind": "tag", "op": "any", "tags": [11]}, people) == [2]
    assert found({"kind": "tag", "op": "none", "tags": [11]}, people) == [1]


def test_tags_are_or_within_a_group_and_and_across(found) -> None:
    def with_tags(customer, *tags):
        given = tuple(Tagging(tag, NOW - DAY, NOW + DAY) for tag in tags)
        return replace(a_woman(customer), tags=given)

    people = [with_tags(1, 11, 21), with_tags(2, 12, 21), with_tags(3, 11, 12), with_tags(4, 21)]

    assert found({"kind": "tag", "op": "by_group", "tags": [11, 12, 21]}, people) == [1, 2]


def test_a_sequence_needs_each_step_later_and_in_time(found) -> None:
    bought = {
        "kind": "sequence",
        "steps": [{"types": ["favorite"]}, {"types": ["order"]}],
        "within": {"amount": 1, "unit": "day"},
    }
    people = [
        a_woman(1, ago(3 * DAY, "favorite"), ago(2 * DAY, "order")),
        a_woman(2, ago(3 * DAY, "favorite"), ago(2 * DAY - TICK, "order")),
        a_woman(3, ago(2 * DAY, "favorite"), ago(2 * DAY, "order")),
        a_woman(4, ago(2 * DAY, "order"), ago(DAY, "favorite")),
        a_woman(
            5, ago(9 * DAY, "favorite"), ago(3 * DAY, "favorite"), ago(3 * DAY - TICK, "order")
        ),
    ]

    assert found(bought, people) == [1, 5]


def test_did_a_then_not_b_is_decided_when_the_time_is_over(found) -> None:
    left = {
        "kind": "sequence",
        "steps": [{"types": ["favorite"]}],
        "without": {"types": ["order"], "within": {"amount": 1, "unit": "day"}},
    }
    people = [
        a_woman(1, ago(DAY, "favorite")),
        a_woman(2, ago(DAY - TICK, "favorite")),
        a_woman(3, ago(2 * DAY, "favorite"), ago(DAY, "order")),
        a_woman(4, ago(2 * DAY, "favorite"), ago(DAY - TICK, "order")),
    ]

    assert found(left, people) == [1, 4]


def test_a_child_is_a_year_old_on_its_birthday(found) -> None:
    def with_child(customer, birthday):
        return replace(a_woman(customer), kin=(Kin("child", "", birthday),))

    people = [
        with_child(1, date(2025, 11, 1)),
        with_child(2, date(2025, 11, 2)),
        with_child(3, None),
    ]

    assert found({"kind": "dependant", "stage": "toddler"}, people) == [1]
    assert found({"kind": "dependant", "stage": "infant"}, people) == [2]
    assert found({"kind": "dependant"}, people) == [1, 2, 3]


def test_the_random_share_is_the_same_in_both_languages_and_splits_fairly(
    found, open_warehouse
) -> None:
    people = [a_woman(customer) for customer in range(1, 41)]
    whole = {"kind": "random", "salt": "盐", "from": 0, "to": 30}
    rest = {"kind": "random", "salt": "盐", "from": 30, "to": 100}
    inside = found(whole, people)

    assert sorted(inside + found(rest, people)) == list(range(1, 41))
    assert inside == [each for each in range(1, 41) if bucket("盐", each) < 3000]
    assert 2_800 < sum(bucket("盐", each) < 3000 for each in range(1, 10_001)) < 3_200


def test_a_reader_sees_only_her_own_customers(found) -> None:
    people = [
        replace(a_woman(1, ago(DAY)), ties=(Tie("staff", 1, NOW - DAY),)),
        replace(a_woman(2, ago(DAY)), ties=(Tie("store", 2, NOW - DAY),)),
        a_woman(3, ago(DAY)),
    ]

    assert found(did(days=7), people, scope=Scoped(staff=(1,))) == [1]
    assert found(did(days=7), people, scope=Scoped(staff=(1,), stores=(2,))) == [1, 2]
    assert found(did(days=7), people, scope=Scoped()) == []


def test_mine_means_the_reader_and_needs_one(found) -> None:
    mine = {"kind": "relation", "to": "staff", "op": "mine"}
    people = [replace(a_woman(1), ties=(Tie("staff", 1, NOW - DAY),)), a_woman(2)]

    assert found(mine, people, replace(HERE, mine=Scoped(staff=(1,)))) == [1]
    with pytest.raises(MineNeedsReader):
        found(mine, people)


def test_the_members_leave_on_time(open_warehouse) -> None:
    her = a_woman(1, ago(20 * DAY, "favorite"), ago(3 * DAY))
    soon = a_woman(2, ago(DAY, "favorite"), joined_at=NOW - 364 * DAY)
    never = a_woman(3, ago(DAY, "favorite"), city="上海")
    workspace = keep(open_warehouse, [her, soon, never], HERE)

    statement = next_changes(from_json(CANONICAL, VOCABULARY), frame(workspace, HERE))

    assert changes(open_warehouse, statement) == {1: (1, NOW + 4 * DAY), 2: (0, NOW + DAY)}


def test_the_third_newest_of_three_decides_when_a_count_ends(open_warehouse) -> None:
    her = a_woman(1, ago(29 * DAY), ago(5 * DAY), ago(4 * DAY), ago(3 * DAY))
    workspace = keep(open_warehouse, [her], HERE)
    thrice = from_json(did(days=30, op="ge", value=3), VOCABULARY)

    statement = next_changes(thrice, frame(workspace, HERE))

    assert changes(open_warehouse, statement) == {1: (1, NOW + 25 * DAY)}


def changes(warehouse, statement):
    return {
        customer: (inside, until.replace(tzinfo=UTC))
        for customer, inside, until in warehouse.rows(statement.sql, statement.parameters)
    }


def test_another_workspace_counts_nobody_of_ours(open_warehouse) -> None:
    workspace = keep(open_warehouse, [a_woman(1, ago(DAY, "favorite"))], HERE)
    statement = count(from_json(CANONICAL, VOCABULARY), frame(workspace + 2, HERE))

    assert open_warehouse.value(statement.sql, statement.parameters) == 0
