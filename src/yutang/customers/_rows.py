"""Hand-written PostgreSQL for the paths that take people by the batch.

Server-side binding with arrays and binary rows; inside the transaction Django has open.
"""

from collections.abc import Mapping
from typing import Any

import psycopg
from django.db import connection

from yutang.engines import named_sql

__all__ = ["change", "rows"]


def rows(file: str, statement: str, parameters: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    """Run a named statement of `sql/<file>.sql` and return its rows."""
    return _run(file, statement, parameters).fetchall()


def change(file: str, statement: str, parameters: Mapping[str, Any]) -> int:
    """Run a named statement that changes rows; return how many."""
    return _run(file, statement, parameters).rowcount


def _run(file: str, statement: str, parameters: Mapping[str, Any]) -> psycopg.Cursor[Any]:
    connection.ensure_connection()
    cursor = psycopg.Cursor[Any](connection.connection)
    cursor.execute(named_sql("yutang.customers", file)[statement], parameters, binary=True)
    return cursor
