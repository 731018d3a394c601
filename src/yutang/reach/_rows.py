"""Hand-written PostgreSQL of reach, by its name."""

from collections.abc import Mapping
from typing import Any

from psycopg import Cursor

from yutang.engines import bound, named_sql

__all__ = ["by_keys", "run"]


def run(file: str, statement: str, parameters: Mapping[str, Any]) -> Cursor[Any]:
    """Run a named statement of `sql/<file>.sql`, in Django's transaction."""
    return bound(named_sql("yutang.reach", file)[statement], parameters)


def by_keys() -> None:
    """Have the rest of this transaction find rows by their keys.

    A table that grew by a million rows a moment ago is small to the planner, and small ones it reads whole.
    """
    bound("SET LOCAL enable_seqscan = off", {})
