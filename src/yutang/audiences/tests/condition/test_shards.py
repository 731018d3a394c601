"""A condition's answer is the union of its answers over shards that each hold some customers whole.

What lets a cluster answer shard by shard (docs/how/warehouse-cluster.md). How many people a customer
referred is the exception: they may lie on other shards.
"""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from yutang.audiences.condition import select, to_json
from yutang.audiences.tests.condition import askings, worlds
from yutang.audiences.tests.condition.stores import frame, keep

SHARDS = 3


@settings(
    max_examples=4,
    deadline=None,
    suppress_health_check=[
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
        HealthCheck.function_scoped_fixture,
    ],
)
@given(st.data())
def test_shards_answer_for_themselves(open_warehouse, data) -> None:
    look = data.draw(worlds.looks())
    people = data.draw(worlds.worlds(look))
    asked = data.draw(st.lists(askings.conditions(look), min_size=12, max_size=12))
    whole = keep(open_warehouse, people, look)
    shards = [
        keep(open_warehouse, some, look)
        for some in (people[n::SHARDS] for n in range(SHARDS))
        if some
    ]

    def answer(workspace: int, condition: object) -> list[int]:
        statement = select(condition, frame(workspace, look))
        return [row[0] for row in open_warehouse.rows(statement.sql, statement.parameters)]

    for condition in asked:
        if "referred" not in str(to_json(condition)):
            by_shard = [customer for shard in shards for customer in answer(shard, condition)]

            assert sorted(by_shard) == sorted(answer(whole, condition)), condition
