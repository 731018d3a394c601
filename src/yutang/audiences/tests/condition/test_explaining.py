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
        (True, "入会满1年", "2025-09-27 12:00"),
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
