"""Brings the warehouse's schema up to date. Statements are idempotent (IF NOT EXISTS)."""

from importlib.resources import files

from yutang.engines.service import Warehouse
from yutang.engines.sqlfiles import blocks

__all__ = ["migrate_warehouse"]


def migrate_warehouse(into: Warehouse) -> list[str]:
    """Create what is missing; return the names of the statements that were run."""
    statements = blocks((files("yutang.engines") / "schema" / "warehouse.sql").read_text("utf-8"))
    for statement in statements.values():
        into.command(statement)
    return list(statements)
