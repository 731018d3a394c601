"""Starts and connects PostgreSQL and ClickHouse, embedded or remote; the warehouse schema; named SQL.

`engines.warehouse()` is how an app talks to ClickHouse. Apps never open a client of their own.
"""

from yutang.engines.service import (
    EmbeddedEnginesBusy,
    Warehouse,
    WarehouseAnswer,
    WarehouseTooBusy,
    named_sql,
    warehouse,
)

__all__ = [
    "EmbeddedEnginesBusy",
    "Warehouse",
    "WarehouseAnswer",
    "WarehouseTooBusy",
    "named_sql",
    "warehouse",
]
