"""A compiled condition finds exactly the customers the plain reading finds."""

import os

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from yutang.audiences.condition import count, from_json, select, to_json
from yutang.audiences.condition.frame import Only
from yutang.audiences.condition.judge import holds
from yutang.audiences.tests.condition import askings, worlds
from yutang.audiences.tests.condition.stores import frame, keep
from yutang.audiences.tests.condition.teahouse import VOCABULARY

MERGED = {501: 1, 502: 1, 503: 2}


@pytest.mark.timeout(600)  # hundreds of statements, each of which the engine compiles anew
@settings(
    max_examples=200 if os.environ.get("YUTANG_EXPLORE") else 15,
    deadline=None,
    suppress_health_check=[
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
        HealthCheck.function_scoped_fixture,
    ],
)
@given(st.data())
def test_the_warehouse_and_the_plain_reading_agree(open_warehouse, data) -> None:
    look = data.draw(worlds.looks())
    people = data.draw(worlds.worlds(look))
    merged = data.draw(st.sampled_from(({}, MERGED)))
    asked = data.draw(st.lists(askings.conditions(look), min_size=12, max_size=12))
    workspace = keep(open_warehouse, people, look, merged=merged)
    everyone = frame(workspace, look, overrides=merged)
    few = {1: 1, 2: 2, **merged}
    only = frame(workspace, look, only=Only(few))

    for place, condition in enumerate(asked):
        expected = {each.customer for each in people if holds(condition, each, look)}

        assert members(open_warehouse, select(condition, everyone)) == sorted(expected), condition
        assert from_json(to_json(condition), VOCABULARY) == condition
        if place % 3:
            continue
        assert members(open_warehouse, select(condition, only)) == sorted(expected & {1, 2}), (
            condition
        )
        counted = count(condition, everyone)
        assert open_warehouse.value(counted.sql, counted.parameters) == len(expected)


def members(warehouse, statement) -> list[int]:
    return sorted(row[0] for row in warehouse.rows(statement.sql, statement.parameters))
