"""Why she is in, why he is not: node by node, with what is known."""

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise, product

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from yutang.audiences.condition import explain, from_json
from yutang.audiences.condition.calendar import exact
from yutang.audiences.condition.explaining import MOST_EVENTS, reasons
from yutang.audiences.condition.frame import Only
from yutang.audiences.condition.judge import holds, matching, taken
from yutang.audiences.condition.nodes import All, Any, Not
from yutang.audiences.condition.person import Kin, Tagging, Tie
from yutang.audiences.tests.condition import askings, worlds
from yutang.audiences.tests.condition.stores import frame, keep
from yutang.audiences.tests.condition.teahouse import VOCABULARY
from yutang.audiences.tests.condition.test_traps import (
    CANONICAL,
    DAY,
    HERE,
    NOW,
    a_woman,
    ago,
    attribute,
    did,
)


def asked(open_warehouse, tree, person, **more):
    workspace = keep(open_warehouse, [person], HERE)
    seen = frame(workspace, HERE, only=Only({person.customer: person.customer}))
    return explain(from_json(tree, VOCABULARY), seen, VOCABULARY, **more)


def test_every_leaf_says_what_is_known(open_warehouse) -> None:
    her = a_woman(
        1, ago(3 * DAY, "favorite"), ago(2 * DAY, "favorite"), ago(40 * DAY, "order"), city="上海"
    )

    found = asked(open_warehouse, CANONICAL, her)

    assert not found.holds
    assert [(each.holds, each.said.zh, each.evidence.zh) for each in found.of] == [
        (True, "近30天收藏≥1次", "2 次，最近一次是 2026-10-30 12:00"),
        (True, "近7天活跃", "2 次，最近一次是 2026-10-30 12:00"),
        (False, "城市=北京", "上海"),
        (True, "性别=女", "女"),
        (True, "入会满1年", "2025-09-27 12:00，400 天前"),
    ]
    assert found.of[2].at == "condition.of[2]"
    assert found.of[0].evidence.en == "2 times, last on 2026-10-30 12:00"


def test_what_is_missing_is_said_too(open_warehouse) -> None:
    her = replace(
        a_woman(1, ago(40 * DAY, "order", amount=12_800)),
        tags=(Tagging(11, NOW - DAY, NOW + DAY),),
        ties=(Tie("staff", 1, NOW - DAY),),
        kin=(Kin("child", "", None),),
    )
    tree = {
        "kind": "any",
        "of": [
            did("order", days=30),
            did("favorite"),
            did("order", measure="sum", property="amount", op="ge", value=20_000),
            {"kind": "tag", "op": "any", "tags": [11, 22]},
            {"kind": "tag", "op": "any", "tags": [22]},
            {"kind": "relation", "to": "staff", "op": "in", "ids": [2]},
            {"kind": "not", "of": attribute("birthday", "known")},
            {"kind": "dependant", "stage": "infant"},
            {"kind": "audience", "op": "in", "audiences": [1]},
        ],
    }

    found = asked(open_warehouse, tree, her)

    assert [(each.holds, (each.of or (each,))[0].evidence.zh) for each in found.of] == [
        (False, "这段时间没有，最近一次是 2026-09-22 12:00"),
        (False, "从来没有过"),
        (False, "¥128.00（1 次，最近一次是 2026-09-22 12:00）"),
        (True, "有 小程序 (2026-10-31 12:00)"),
        (False, "都没有"),
        (False, "有 阿华 (2026-10-31 12:00)"),
        (True, "未知"),
        (False, "月龄未知"),
        (False, "都不在"),
    ]


def reason(open_warehouse, tree, *events, **more):
    return asked(open_warehouse, tree, replace(a_woman(1, *events), **more))


def test_first_and_last_say_when_and_how_long_ago(open_warehouse) -> None:
    tree = {
        "kind": "moment",
        "which": "last",
        "types": ["order"],
        "op": "more_than_ago",
        "value": {"amount": 30, "unit": "day"},
    }

    found = reason(open_warehouse, tree, ago(40 * DAY, "order"), ago(DAY, "order"))
    never = reason(open_warehouse, tree, ago(DAY))

    assert (found.holds, found.evidence) == (
        False,
        ("2026-10-31 12:00，1 天前", "2026-10-31 12:00, 1 day ago"),
    )
    assert never.evidence == ("从来没有过", "it never happened")


def test_events_that_fit_but_for_the_brackets_are_told_apart_from_none(open_warehouse) -> None:
    dear = [{"property": "amount", "op": "ge", "value": 50_000}]

    found = reason(open_warehouse, did("order", where=dear), ago(2 * DAY, "order", amount=12_800))

    assert found.evidence == (
        "有过 1 次，都不合括号里的要求，最近一次是 2026-10-30 12:00",
        "1 time, never as the brackets ask; last on 2026-10-30 12:00",
    )


def steps(*types, without=None, within=None):
    def events(name):
        return {"types": [name]}

    tree = {"kind": "sequence", "steps": [events(each) for each in types]}
    if within:
        tree["within"] = {"amount": within, "unit": "day"}
    if without:
        tree["without"] = {**events(without[0]), "within": {"amount": without[1], "unit": "day"}}
    return tree


def test_steps_not_taken_in_order_are_counted_by_name(open_warehouse) -> None:
    tree = steps("view", "order", within=7)

    found = reason(open_warehouse, tree, ago(9 * DAY, "order"), ago(8 * DAY), ago(2 * DAY))

    assert found.evidence == (
        "没有依次做到：浏览 2 次（2026-10-30 12:00）、下单 1 次（2026-10-23 12:00）",
        "not in this order: viewed 2 times (2026-10-30 12:00), ordered 1 time (2026-10-23 12:00)",
    )


def test_of_steps_that_were_taken_it_says_what_came_after_or_is_still_open(open_warehouse) -> None:
    tree = steps("view", "favorite", without=("order", 3))
    taken_ = (ago(6 * DAY), ago(5 * DAY, "favorite"))

    alone = reason(open_warehouse, tree, *taken_)
    after = reason(open_warehouse, tree, *taken_, ago(4 * DAY, "order"))
    open_ = reason(open_warehouse, tree, ago(2 * DAY), ago(DAY, "favorite"))

    assert [each.holds for each in (alone, after, open_)] == [True, False, False]
    assert alone.evidence.zh == "2026-10-26 12:00 → 2026-10-27 12:00"
    assert after.evidence == (
        "2026-10-27 12:00 做到了，但 2026-10-28 12:00 又下单",
        "done on 2026-10-27 12:00, but ordered on 2026-10-28 12:00",
    )
    assert open_.evidence == (
        "2026-10-31 12:00 做到了，要到 2026-11-03 12:00 才知道",
        "done on 2026-10-31 12:00; not known before 2026-11-03 12:00",
    )


def test_referrals_are_counted_in_the_time_asked_about_and_in_all() -> None:
    tree = {
        "kind": "has_referred",
        "op": "ge",
        "value": 2,
        "since": {"kind": "rolling", "amount": 7, "unit": "day"},
    }

    her = replace(a_woman(1), referred=(NOW - DAY, NOW - 30 * DAY))

    found = reasons(from_json(tree, VOCABULARY), her, HERE, VOCABULARY)

    assert found.evidence == ("这段时间推荐 1 人，一共 2 人", "referred 1 in this time, 2 in all")


def test_a_relation_asked_about_by_its_status_shows_it(open_warehouse) -> None:
    tree = {"kind": "relation", "to": "staff", "op": "any", "statuses": ["won"]}

    found = reason(open_warehouse, tree, ties=(Tie("staff", 1, NOW - DAY, "talking"),))

    assert found.evidence == (
        "有 阿华 (沟通中, 2026-10-31 12:00)",
        "has 阿华 (talking, 2026-10-31 12:00)",
    )


def test_of_who_is_not_there_nothing_is_said(open_warehouse) -> None:
    workspace = keep(open_warehouse, [a_woman(1)], HERE)
    seen = frame(workspace, HERE, only=Only({2: 2}))

    assert explain(from_json(CANONICAL, VOCABULARY), seen, VOCABULARY) is None


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_the_parts_add_up_to_the_whole(data) -> None:
    look = data.draw(worlds.looks())
    person = data.draw(worlds.persons(look, 1, future=True))
    condition = data.draw(askings.conditions(look))

    found = reasons(condition, person, look, VOCABULARY)

    assert found.holds == holds(condition, person, look)
    for node, reason in pairs(condition, found):
        assert reason.holds == holds(node, person, look)
        assert all(reason.said)


def pairs(node, reason):
    yield node, reason
    children = (
        node.of if isinstance(node, All | Any) else ((node.of,) if isinstance(node, Not) else ())
    )
    for child, inner in zip(children, reason.of, strict=True):
        yield from pairs(child, inner)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_a_way_is_found_exactly_when_one_of_all_chains_is_one(data) -> None:
    look = data.draw(worlds.looks())
    person = data.draw(worlds.persons(look, 1, future=True))
    node = replace(data.draw(askings.sequences(look)), without=None)
    if len(node.steps) < 2:
        return

    steps = [matching(each, node.window, person, look) for each in node.steps]
    limit = exact(node.within) if node.within else timedelta.max
    chains = [
        chain
        for chain in product(*steps)
        if all(timedelta(0) < b.at - a.at <= limit for a, b in pairwise(chain))
    ]

    assert (taken(node, person, look) is not None) == bool(chains)


def test_more_events_than_are_read_at_once_are_judged_by_the_warehouse(
    open_warehouse, monkeypatch
) -> None:
    monkeypatch.setattr("yutang.audiences.condition.loading.MOST_EVENTS", 2)
    monkeypatch.setattr("yutang.audiences.condition.explaining.MOST_EVENTS", 2)
    her = a_woman(1, *(ago(each * DAY) for each in range(1, 6)))

    found = asked(open_warehouse, did(op="ge", value=5), her)

    assert MOST_EVENTS == 100_000
    assert found.holds
