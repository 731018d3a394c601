"""On a cluster the same tables are replicated on each shard and sharded by customer."""

import re

import pytest

from yutang.engines.migrate import warehouse_statements

STATEMENTS = warehouse_statements("yutang")


@pytest.mark.parametrize("statement", STATEMENTS, ids=lambda it: it[:60])
def test_the_engine_parses_every_statement(open_warehouse, statement: str) -> None:
    first, *_ = open_warehouse.rows(f"EXPLAIN AST {statement}")

    assert first[0].startswith(("CreateQuery", "AlterQuery"))


def test_every_table_is_sharded_by_its_customer() -> None:
    keys = {
        re.search(r"IF NOT EXISTS (\w+)", each)[1]: re.search(r"intHash32\((\w+)\)", each)[1]
        for each in STATEMENTS
        if "Distributed(" in each
    }

    assert keys.pop("timeline") == "origin"
    assert set(keys.values()) == {"customer"}
    assert len(keys) == sum("ENGINE = Replicated" in each for each in STATEMENTS) - 1


def test_retries_are_recognised_on_a_cluster_too() -> None:
    assert not any("non_replicated_deduplication_window" in each for each in STATEMENTS)


def test_a_cluster_name_is_an_identifier() -> None:
    with pytest.raises(ValueError, match="letters, digits and _"):
        warehouse_statements("a'; DROP")
