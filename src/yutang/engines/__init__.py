"""Starts and connects PostgreSQL and ClickHouse, embedded or remote; the warehouse schema; named SQL.

`engines.warehouse()` is how an app talks to ClickHouse. Apps never open a client of their own.
The names are loaded when first used: the process that only starts PostgreSQL stays small.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from yutang.engines.service import (
        ComposedOnce,
        ComposedTogether,
        EmbeddedEnginesBusy,
        Superseded,
        Warehouse,
        WarehouseAnswer,
        WarehouseTooBusy,
        bound,
        listed,
        named_sql,
        warehouse,
    )

__all__ = [
    "ComposedOnce",
    "ComposedTogether",
    "EmbeddedEnginesBusy",
    "Superseded",
    "Warehouse",
    "WarehouseAnswer",
    "WarehouseTooBusy",
    "bound",
    "listed",
    "named_sql",
    "warehouse",
]


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(name)
    return getattr(import_module("yutang.engines.service"), name)
