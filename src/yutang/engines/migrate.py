"""Brings the warehouse's schema up to date. Statements are idempotent (IF NOT EXISTS)."""

from collections.abc import Mapping
from importlib.resources import files

from yutang.engines.cluster import cluster_statements
from yutang.engines.service import Warehouse
from yutang.engines.sqlfiles import blocks

__all__ = ["migrate_warehouse", "warehouse_statements"]


def warehouse_statements(cluster: str = "") -> list[str]:
    """Return the statements that make the warehouse, for one node or for a cluster."""
    return list(cluster_statements(_one_node(), cluster) if cluster else _one_node().values())


def migrate_warehouse(into: Warehouse, cluster: str = "") -> None:
    """Create what is missing."""
    for statement in warehouse_statements(cluster):
        into.command(statement)


def _one_node() -> Mapping[str, str]:
    return blocks((files("yutang.engines") / "schema" / "warehouse.sql").read_text("utf-8"))
