"""PostgreSQL for the paths that take people and events by the batch."""

from collections.abc import Mapping
from typing import Any

import psycopg
from django.db import connection

__all__ = ["bound"]


def bound(statement: str, parameters: Mapping[str, Any]) -> psycopg.Cursor[Any]:
    """Run a statement, its values bound by the server and its rows in binary; in Django's transaction.

    Django's own cursors write every value into the text of the statement, bytes as twice as many digits.
    """
    connection.ensure_connection()
    cursor = psycopg.Cursor[Any](connection.connection)
    cursor.execute(statement, parameters, binary=True)
    return cursor
