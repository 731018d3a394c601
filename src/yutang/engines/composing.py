"""Querysets that are composed into a statement once: for what is asked hundreds of times a second.

    _ONE = ComposedOnce(lambda workspace, number: Customer.objects.within(workspace).filter(pk=number))

    found = _ONE.rows(workspace.pk, 7)

Django composes a statement from its parts each time, which costs three times as much as PostgreSQL's answer.
Here that is done by the first who asks; PostgreSQL plans it once a connection, too (`bound`). The values are those
of the parameters, in their order, numbers or texts; what depends on a value in any other way (a list's length, a
part left out) is another queryset.
"""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Generic, TypeVar

import psycopg
from django.db import DEFAULT_DB_ALIAS, connection, models
from django.db.models.query import get_related_populators
from django.db.models.sql.compiler import SQLCompiler

__all__ = ["ComposedOnce", "ComposedTogether"]

Row = TypeVar("Row", bound=models.Model)
Value = int | str
# What stands for the values while the statement is composed: nothing that a queryset says by itself.
_NUMBER = 1_904_455_203  # fits an integer
_TEXT = "\x1fa value, by place:"


@dataclass(frozen=True)
class _Statement:
    sql: str
    places: tuple[int | None, ...]  # of each of its parameters: which of the values
    constants: tuple[object, ...]  # … and where it is none of them
    compiler: SQLCompiler
    columns: list[Any]
    names: Sequence[str]
    begin: int
    end: int
    populators: Sequence[Any]

    def filled(self, values: Sequence[Value]) -> list[object]:
        return [
            fixed if place is None else values[place]
            for place, fixed in zip(self.places, self.constants, strict=True)
        ]

    def made(self, found: Iterable[Sequence[Any]]) -> list[Any]:
        """Return the rows as instances of the model."""
        model: type[models.Model] = self.compiler.klass_info["model"]
        rows = []
        for row in found:
            one = model.from_db(DEFAULT_DB_ALIAS, self.names, row[self.begin : self.end])
            for each in self.populators:
                each.populate(row, one)
            rows.append(one)
        return rows


class ComposedOnce(Generic[Row]):
    """A queryset of rows of a model, as a function of values."""

    def __init__(self, queryset: Callable[..., "models.QuerySet[Row, Row]"]) -> None:
        self._queryset = queryset
        self._statement: _Statement | None = None
        self._converters: Any = None

    def rows(self, *values: Value) -> list[Row]:
        """Return the rows for these values.

        :raises ValueError: where the statement does not depend on one of them as on a parameter
        """
        it = self.statement(values)
        found: Any = _asked(it.sql, it.filled(values))
        if self._converters is None:
            self._converters = it.compiler.get_converters(it.columns)
        if self._converters:
            found = it.compiler.apply_converters(found, self._converters)
        return it.made(found)

    def first(self, *values: Value) -> Row | None:
        """Return the first of the rows, if there is one; the queryset says in which order."""
        found = self.rows(*values)
        return found[0] if found else None

    def statement(self, values: Sequence[Value]) -> _Statement:
        """Return the statement, composed by whoever asks first."""
        if self._statement is None:
            self._statement = _composed(self._queryset, values)
        return self._statement


class ComposedTogether:
    """Several querysets of the same values that are asked by one statement: one way there and back."""

    def __init__(self, *parts: ComposedOnce[Any]) -> None:
        self._parts = parts
        self._sql = ""
        self._readers: list[list[tuple[int, Callable[[str], object]]]] = []

    def rows(self, *values: Value) -> list[list[Any]]:
        """Return the rows of each of the querysets."""
        statements = [each.statement(values) for each in self._parts]
        if not self._sql:
            self._readers = [_readers(each) for each in statements]
            self._sql = "SELECT " + ", ".join(map(_as_json, statements))
        filled = [each for one in statements for each in one.filled(values)]
        (told,) = _asked(self._sql, filled)
        found = []
        for one, readers, text in zip(statements, self._readers, told, strict=True):
            rows = json.loads(text) if text else []
            for row in rows:
                for place, read in readers:
                    if row[place] is not None:
                        row[place] = read(row[place])
            found.append(one.made(rows))
        return found


# What is in JSON what it is in Python; instants and days are read from how ISO 8601 writes them.
_AS_IT_IS = {
    *("AutoField", "BigAutoField", "BigIntegerField", "IntegerField", "SmallIntegerField"),
    *("PositiveIntegerField", "BooleanField", "CharField", "TextField", "JSONField"),
}
_READ: dict[str, Callable[[str], object]] = {
    "DateTimeField": datetime.fromisoformat,
    "DateField": date.fromisoformat,
}


def _readers(statement: _Statement) -> list[tuple[int, Callable[[str], object]]]:
    found = []
    for place, column in enumerate(statement.columns):
        kind = column.target
        while kind.is_relation:
            kind = kind.target_field
        name = kind.get_internal_type()
        if name in _READ:
            found.append((place, _READ[name]))
        elif name not in _AS_IT_IS:
            raise ValueError(f"{kind}: a {name} is not read from JSON")
    return found


def _as_json(statement: _Statement) -> str:
    names = ", ".join(f"c{n}" for n in range(len(statement.columns)))
    return f"(SELECT json_agg(json_build_array({names}))::text FROM ({statement.sql}) AS part ({names}))"  # noqa: S608  names of ours


def _composed(queryset: Callable[..., Any], values: Sequence[Value]) -> _Statement:
    stand_ins: list[Value] = [
        _NUMBER + n if isinstance(value, int) else f"{_TEXT}{n}" for n, value in enumerate(values)
    ]
    compiler = queryset(*stand_ins).query.get_compiler(DEFAULT_DB_ALIAS)
    sql, parameters = compiler.as_sql()
    known: dict[object, int] = {each: n for n, each in enumerate(stand_ins)}
    places = tuple(known.get(each) for each in parameters)
    if lacking := set(known.values()) - set(places):
        raise ValueError(f"the statement has no parameters for the values {sorted(lacking)}")
    chosen, shape = compiler.select, compiler.klass_info
    begin, end = shape["select_fields"][0], shape["select_fields"][-1] + 1
    return _Statement(
        sql,
        places,
        tuple(parameters),
        compiler,
        [column[0] for column in chosen],
        [column[0].target.attname for column in chosen[begin:end]],
        begin,
        end,
        get_related_populators(shape, chosen, DEFAULT_DB_ALIAS),  # type: ignore[call-arg]
    )


def _asked(sql: str, parameters: Sequence[object]) -> list[tuple[Any, ...]]:
    """Return the rows as Django's own cursor would have them, in its transaction."""
    connection.close_if_health_check_failed()
    connection.ensure_connection()
    cursor = psycopg.Cursor[Any](connection.connection)
    with connection.wrap_database_errors:
        return cursor.execute(sql, parameters, prepare=True).fetchall()
