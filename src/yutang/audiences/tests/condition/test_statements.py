"""Whatever a condition says is bound, and every table is read within the workspace."""

import re
from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from yutang.audiences.condition import (
    count,
    next_changes,
    next_changes_of_members,
    sample,
    select,
    select_each,
)
from yutang.audiences.condition.frame import Only, Scoped
from yutang.audiences.tests.condition import askings, worlds
from yutang.audiences.tests.condition.stores import frame

TABLES = re.compile(
    r"FROM (events|timeline|profiles|fields|tags|relations|dependants|members)( FINAL)? (\w+) (.{0,32})"
)
WORDS = re.compile(r"茶|北京|小程序|双十一|favorite|message|2026-|'a\\'|VIP|盐")


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_nothing_a_condition_says_stands_in_the_statement(data) -> None:
    look = data.draw(worlds.looks())
    condition = data.draw(askings.conditions(look))
    scope = data.draw(st.none() | st.just(Scoped((1,), (2,))))
    only = data.draw(st.none() | st.just(Only({7: 7})))
    seen = frame(1, look, scope=scope, only=only)

    for statement in (
        select(condition, seen),
        count(condition, seen),
        sample(condition, seen, size=5),
        next_changes(condition, seen),
        select_each({4: condition, 5: condition}, seen),
        next_changes_of_members({4: condition}, seen, horizon=look.now + timedelta(days=1)),
    ):
        assert not WORDS.search(statement.sql)
        assert set(re.findall(r"\{(\w+):", statement.sql)) <= set(statement.parameters)
        reads = TABLES.findall(statement.sql)
        assert reads
        assert {(where, rest.split(" ")[2]) for _, _, where, rest in reads} == {
            ("WHERE", "{workspace:UInt32}")
        }
        assert statement.parameters["now"]
