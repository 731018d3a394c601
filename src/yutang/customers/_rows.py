"""Hand-written PostgreSQL for the paths that take people by the batch."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar

from psycopg import Cursor

from yutang.engines import bound, listed, named_sql

__all__ = ["change", "columns_of", "grouped", "listed", "rows"]

T = TypeVar("T")


def grouped(rows: Iterable[tuple[T, str | None]]) -> dict[int, T]:
    """Return number → what is said of it, of rows that say it with all its numbers in one text.

    A tenth of the cost of a row for each.
    """
    return {number: said for said, those in rows if those for number in map(int, those.split(","))}


def columns_of(table: Sequence[Sequence[object]], names: Sequence[str]) -> dict[str, str]:
    """Return a table by its columns, each listed, for a statement that unnests them."""
    return {
        name: listed(column) for name, column in zip(names, zip(*table, strict=True), strict=True)
    }


def rows(file: str, statement: str, parameters: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    """Run a named statement of `sql/<file>.sql` and return its rows."""
    return _run(file, statement, parameters).fetchall()


def change(file: str, statement: str, parameters: Mapping[str, Any]) -> int:
    """Run a named statement that changes rows; return how many."""
    return _run(file, statement, parameters).rowcount


def _run(file: str, statement: str, parameters: Mapping[str, Any]) -> Cursor[Any]:
    return bound(named_sql("yutang.customers", file)[statement], parameters)
