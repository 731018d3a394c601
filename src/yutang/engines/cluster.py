"""The warehouse's tables for a ClickHouse cluster, derived from those for one node.

Every table becomes a Replicated one on each shard (`events_local`) and a Distributed one over them that
bears the plain name, so that the product's statements run unchanged. All are sharded by the same
expression of the customer, so that what is known of one customer lies on one shard and a segment's
sub-queries need only their own (`distributed_product_mode = 'local'`). docs/how/warehouse-cluster.md
says what of this is proved here and what is not.
"""

import re
from collections.abc import Iterator, Mapping

__all__ = ["SHARDED_BY", "altered", "cluster_statements"]

# The customer's number, spread evenly: dense numbers modulo the shards would do, but not after many merges.
SHARDED_BY = "intHash32({customer})"

_TABLE = re.compile(r"CREATE TABLE IF NOT EXISTS (\w+) \(")
_ENGINE = re.compile(r"ENGINE = (\w*MergeTree)(?:\(([^)]*)\))?")
_VIEW = re.compile(
    r"CREATE MATERIALIZED VIEW IF NOT EXISTS (\w+) TO (\w+) AS(.*)FROM (\w+)", re.DOTALL
)
_COLUMN = re.compile(r"ALTER TABLE (\w+)( ADD COLUMN IF NOT EXISTS .*)", re.DOTALL)
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


def cluster_statements(one_node: Mapping[str, str], cluster: str) -> Iterator[str]:
    """Yield the statements that make the warehouse on a cluster.

    :raises ValueError: when `cluster` is no plain identifier
    """
    if not _NAME.fullmatch(cluster):
        raise ValueError(f"{cluster!r} is not a cluster name: letters, digits and _ only")
    for statement in one_node.values():
        if view := _VIEW.search(statement):
            yield _local_view(view, cluster)
        elif column := _COLUMN.search(statement):
            for table in (f"{column[1]}_local", column[1]):
                yield f"ALTER TABLE {table} ON CLUSTER {cluster}{column[2]}"
        else:
            table = _TABLE.search(statement)
            assert table is not None, statement
            yield _replicated(statement, table[1], cluster)
            yield _distributed(table[1], statement, cluster)


def altered(table: str, cluster: str) -> str:
    """Return what follows ALTER TABLE to change rows of a table: its shards, where there are any."""
    return f"{table}_local ON CLUSTER {cluster}" if cluster else table


def _replicated(statement: str, table: str, cluster: str) -> str:
    def engine(match: re.Match[str]) -> str:
        path = f"'/clickhouse/tables/{{shard}}/{{database}}/{table}', '{{replica}}'"
        arguments = f"{path}, {match[2]}" if match[2] else path
        return f"ENGINE = Replicated{match[1]}({arguments})"

    local = statement.replace(
        f"CREATE TABLE IF NOT EXISTS {table} (",
        f"CREATE TABLE IF NOT EXISTS {table}_local ON CLUSTER {cluster} (",
    )
    return _ENGINE.sub(engine, local).replace(
        "non_replicated_deduplication_window", "replicated_deduplication_window"
    )


def _distributed(table: str, statement: str, cluster: str) -> str:
    # The timeline knows its customer as the origin.
    column = "customer" if re.search(r"^\s+customer ", statement, re.MULTILINE) else "origin"
    key = SHARDED_BY.format(customer=column)
    return (
        f"CREATE TABLE IF NOT EXISTS {table} ON CLUSTER {cluster} AS {table}_local"
        f" ENGINE = Distributed('{cluster}', currentDatabase(), '{table}_local', {key})"
    )


def _local_view(view: re.Match[str], cluster: str) -> str:
    name, target, columns, source = view.groups()
    return (
        f"CREATE MATERIALIZED VIEW IF NOT EXISTS {name}_local ON CLUSTER {cluster}"
        f" TO {target}_local AS{columns}FROM {source}_local"
    )
