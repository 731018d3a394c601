"""Rows of a file become events: types, instants, ids, who, properties; whole columns at a time."""

from __future__ import annotations

from collections.abc import Mapping as ReadOnly
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from yutang.kit.i18n import Text
from yutang.kit.late import late
from yutang.tracking.imports.coercion import read, read_text
from yutang.tracking.imports.ids import Derived, digests_of, mapping_digest, named_ids
from yutang.tracking.imports.mapping import ImportMapping, MappedType, MappedValue, ReadAs
from yutang.tracking.imports.problems import IS_EMPTY, Problems, short
from yutang.tracking.imports.readers import Block

if TYPE_CHECKING:
    import polars as pl
else:
    pl = late("polars")


__all__ = ["TIMES", "EventRows", "event_rows", "given_only", "named", "persons_of", "read_column"]

_AHEAD = timedelta(minutes=5)
_WELL_KNOWN = ("content", "campaign", "source")
_REFERENCES = ("staff", "store", "group")
TIMES = {ReadAs.TIME, ReadAs.UNIX_SECONDS, ReadAs.UNIX_MS}
_NO_TYPE = Text(
    "“{column}”里的“{came}”没有对应的事件", "“{came}” in “{column}” stands for no event type"
)
_AHEAD_OF_NOW = Text(
    "“{column}”里的时间 {came} 还没到", "the time {came} in “{column}” has not come yet"
)


@dataclass(frozen=True)
class EventRows:
    """Columns with one entry a row of the block, good or bad; `problems` says which are bad.

    `digests` are 64 bits of what a row says, for the ledger: nothing of what we made of it. An id that was
    derived from the row stands for that itself, and needs none.
    """

    types: pl.Series
    instants: pl.Series  # Unix ms
    ids: pl.Series | Derived
    digests: pl.Series | None
    persons: pl.DataFrame  # one column for each name of an identity
    amounts: pl.Series | None  # fen
    well_known: ReadOnly[str, pl.Series]
    references: ReadOnly[str, pl.Series]
    properties: ReadOnly[str, pl.Series]
    read_as: ReadOnly[str, ReadAs]
    problems: Problems

    def shown(self, row: int) -> dict[str, Any]:
        """Return what a person is shown of one row."""
        others = {**self.well_known, **self.references, **self.properties}
        values = given_only({name: cells[row] for name, cells in others.items()})
        at = self.instants[row]
        return {
            "customer": given_only(self.persons.row(row, named=True)),
            "type": self.types[row],
            "occurred_at": None if at is None else datetime.fromtimestamp(at / 1000, UTC),
            "amount": None if self.amounts is None else self.amounts[row],
            "values": {
                name: list(value) if isinstance(value, pl.Series) else value
                for name, value in values.items()
            },
        }


def given_only(values: ReadOnly[str, Any]) -> dict[str, Any]:
    """Return what is there."""
    return {name: value for name, value in values.items() if value is not None}


def event_rows(block: Block, mapping: ImportMapping, *, now: datetime) -> EventRows:
    """Return what the rows of a block say, and what is wrong with them."""
    frame, problems = block.frame, Problems()
    if mapping.type is None or mapping.occurred_at is None:
        raise AssertionError("the mapping was checked before")
    types = _types(frame, mapping.type, problems)
    instants = _instants(frame, mapping.occurred_at, mapping.time_zone, problems, now)
    persons = persons_of(frame, mapping, problems)
    amounts = read_column(frame, mapping.amount, mapping, problems) if mapping.amount else None
    well_known = named(frame, _WELL_KNOWN, mapping, problems)
    references = named(frame, _REFERENCES, mapping, problems)
    properties = _properties(frame, mapping, problems)
    problems.of_nul(frame)
    said = [types, instants, *persons.get_columns(), *([] if amounts is None else [amounts])]
    said += [*well_known.values(), *references.values(), *properties.values()]
    return EventRows(
        types=types,
        instants=instants,
        ids=_ids(block, mapping, instants, problems),
        digests=digests_of(said) if mapping.event_id is not None else None,
        persons=persons,
        amounts=amounts,
        well_known=well_known,
        references=references,
        properties=properties,
        read_as={each.name: each.value.read_as for each in mapping.properties},
        problems=problems,
    )


def read_column(
    frame: pl.DataFrame, value: MappedValue, mapping: ImportMapping, problems: Problems
) -> pl.Series:
    """Return a value of every row; cells that hold something else become problems."""
    found = read(frame, value, time_zone=mapping.time_zone)
    return problems.of_cells(frame, value, found)


def persons_of(frame: pl.DataFrame, mapping: ImportMapping, problems: Problems) -> pl.DataFrame:
    """Return the identities of each row; a row without any is a problem."""
    columns: dict[str, pl.Series] = {}
    for each in mapping.identities:
        name = f"{each.kind}:{each.source}" if each.source else each.kind
        cells = read_column(frame, each.value, mapping, problems).cast(pl.String)
        columns[name] = (
            columns[name].zip_with(columns[name].is_not_null(), cells) if name in columns else cells
        )
    persons = pl.DataFrame([cells.alias(name) for name, cells in columns.items()])
    asked = "”、“".join(column for each in mapping.identities for column in each.value.columns())
    nobody = persons.select(pl.all_horizontal(pl.all().is_null())).to_series()
    problems.add_all(nobody, IS_EMPTY, column=asked)
    return persons


def named(
    frame: pl.DataFrame, names: tuple[str, ...], mapping: ImportMapping, problems: Problems
) -> dict[str, pl.Series]:
    """Return the values of those of these fields that are mapped, as text."""
    return {
        name: read_column(frame, value, mapping, problems).cast(pl.String)
        for name in names
        if (value := getattr(mapping, name)) is not None
    }


def _types(frame: pl.DataFrame, chosen: MappedType, problems: Problems) -> pl.Series:
    if chosen.column is None:
        return pl.repeat(chosen.constant, frame.height, dtype=pl.String, eager=True)
    words = read_text(frame[chosen.column])
    found = words.replace_strict(chosen.values, default=None, return_dtype=pl.String)
    for prefix, name in chosen.prefixes.items():
        begins = words.str.starts_with(prefix).fill_null(value=False) & found.is_null()
        found = found.set(begins, name)
    if chosen.otherwise or chosen.constant:
        found = found.fill_null(pl.lit(chosen.otherwise or chosen.constant))
    problems.add_all(words.is_null() & found.is_null(), IS_EMPTY, column=chosen.column)
    for row in (found.is_null() & words.is_not_null()).arg_true():
        problems.add(row, _NO_TYPE, column=chosen.column, came=short(words[row]))
    return found


def _instants(
    frame: pl.DataFrame, value: MappedValue, time_zone: str, problems: Problems, now: datetime
) -> pl.Series:
    if value.read_as is ReadAs.DATE:
        value = value.model_copy(update={"read_as": ReadAs.TIME})
    found = read(frame, value, time_zone=time_zone)
    instants = problems.of_cells(frame, value, found)
    column = "”×“".join(value.columns())
    problems.add_all(instants.is_null() & ~found.bad, IS_EMPTY, column=column)
    latest = int((now + _AHEAD).timestamp() * 1000)
    for row in (instants > latest).fill_null(value=False).arg_true():
        came = short(frame[value.column or ""][row])
        problems.add(row, _AHEAD_OF_NOW, column=column, came=came)
    return instants


def _properties(
    frame: pl.DataFrame, mapping: ImportMapping, problems: Problems
) -> dict[str, pl.Series]:
    columns = {}
    for each in mapping.properties:
        values = read_column(frame, each.value, mapping, problems)
        if each.value.read_as in TIMES:
            values = values.cast(pl.Datetime("ms")).dt.to_string("%Y-%m-%dT%H:%M:%S%.3fZ")
        columns[each.name] = values
    return columns


def _ids(
    block: Block, mapping: ImportMapping, instants: pl.Series, problems: Problems
) -> pl.Series | Derived:
    constant = mapping.source.constant if mapping.source else None
    source = constant or "import"
    if mapping.event_id is None:
        are_distinct = mapping.identical_rows == "distinct"
        said = mapping_digest(mapping)
        return Derived(block, instants, source, read=said, are_distinct=are_distinct)
    given = read_column(block.frame, mapping.event_id, mapping, problems).cast(pl.String)
    problems.add_all(given.is_null(), IS_EMPTY, column="".join(mapping.event_id.columns()))
    return named_ids(given, source)
