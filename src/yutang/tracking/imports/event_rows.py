"""Rows of a file become events: types, instants, ids, who, properties; whole columns at a time.

The id of an event without one of its own is derived from its line: the same file imported twice counts
nothing twice. It is time-ordered (version 7), so that the ledger of ids grows at one end.
"""

from collections import defaultdict
from collections.abc import Mapping as ReadOnly
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from typing import Any

import polars as pl

from yutang.kit.i18n import Text
from yutang.tracking.imports.coercion import Read, read, read_text
from yutang.tracking.imports.mapping import READ_AS_LABELS, ImportMapping, MappedType, MappedValue
from yutang.tracking.imports.readers import Block

__all__ = ["EventRows", "Problems", "event_rows", "persons_of"]

_AHEAD = timedelta(minutes=5)
_WELL_KNOWN = ("content", "campaign", "source")
_REFERENCES = ("staff", "store", "group")
_EMPTY = Text("“{column}”是空的", "“{column}” is empty")
_UNEXPECTED = Text(
    "“{column}”里是“{came}”，应为{expected}", "“{column}” holds “{came}”; expected {expected}"
)
_NO_TYPE = Text(
    "“{column}”里的“{came}”没有对应的事件", "“{came}” in “{column}” stands for no event type"
)
_AHEAD_OF_NOW = Text(
    "“{column}”里的时间 {came} 还没到", "the time {came} in “{column}” has not come yet"
)
_NUL = Text("这一行含有 NUL 字符", "The line contains a NUL character")


@dataclass
class Problems:
    """What is wrong with rows, by their place in the block; a row with a problem is left out."""

    by_row: dict[int, list[Text]] = field(default_factory=lambda: defaultdict(list))

    def add(self, row: int, reason: Text, **blanks: object) -> None:
        said_zh = {k: v.zh if isinstance(v, Text) else v for k, v in blanks.items()}
        said_en = {k: v.en if isinstance(v, Text) else v for k, v in blanks.items()}
        self.by_row[row].append(
            Text(reason.zh.format_map(said_zh), reason.en.format_map(said_en)) if blanks else reason
        )

    def of_cells(self, frame: pl.DataFrame, value: MappedValue, found: Read) -> pl.Series:
        """Note every cell that holds something else than expected; return the values."""
        for row in found.bad.arg_true():
            cells = " × ".join(str(frame[name][row]) for name in value.columns()) or value.constant
            self.add(
                row,
                _UNEXPECTED,
                column="”×“".join(value.columns()),
                came=_short(cells),
                expected=READ_AS_LABELS[value.read_as],
            )
        return found.values


@dataclass(frozen=True)
class EventRows:
    """One entry a row of the block, good or bad; `problems` says which are bad."""

    types: list[str | None]
    instants: list[datetime | None]
    ids: list[str]
    persons: list[dict[str, object]]
    amounts: list[int | None]
    well_known: ReadOnly[str, list[str | None]]
    references: ReadOnly[str, list[str | None]]
    properties: list[dict[str, Any]]
    problems: Problems

    def shown(self, row: int) -> dict[str, Any]:
        """Return what a person is shown of one row."""
        others = {**self.well_known, **self.references}
        named = {name: cells[row] for name, cells in others.items() if cells[row] is not None}
        return {
            "customer": self.persons[row],
            "type": self.types[row],
            "occurred_at": self.instants[row],
            "amount": self.amounts[row],
            "values": named | self.properties[row],
        }


def event_rows(block: Block, mapping: ImportMapping, *, now: datetime) -> EventRows:
    """Return what the rows of a block say, and what is wrong with them."""
    frame, problems = block.frame, Problems()
    if mapping.type is None or mapping.occurred_at is None:
        raise AssertionError("the mapping was checked before")
    instants = _instants(frame, mapping.occurred_at, mapping.time_zone, problems, now)
    no_values: list[Any] = [None] * frame.height
    return EventRows(
        types=_types(frame, mapping.type, problems),
        instants=[_instant(each) for each in instants],
        ids=_ids(block, mapping, instants, problems),
        persons=persons_of(frame, mapping, problems),
        amounts=_read(frame, mapping.amount, mapping, problems).to_list()
        if mapping.amount
        else no_values,
        well_known={
            name: _read(frame, value, mapping, problems).to_list()
            for name in _WELL_KNOWN
            if (value := getattr(mapping, name)) is not None
        },
        references={
            name: _read(frame, value, mapping, problems).to_list()
            for name in _REFERENCES
            if (value := getattr(mapping, name)) is not None
        },
        properties=_properties(frame, mapping, problems),
        problems=_without_nul(frame, problems),
    )


def persons_of(
    frame: pl.DataFrame, mapping: ImportMapping, problems: Problems
) -> list[dict[str, object]]:
    """Return the identities of each row, as the identity kinds name them."""
    names = [
        f"{each.kind}:{each.source}" if each.source else each.kind for each in mapping.identities
    ]
    columns = [_read(frame, each.value, mapping, problems).to_list() for each in mapping.identities]
    if len(columns) == 1:
        name = names[0]
        persons: list[dict[str, object]] = [
            {} if cell is None else {name: cell} for cell in columns[0]
        ]
    else:
        persons = [
            {name: cell for name, cell in zip(names, cells, strict=True) if cell is not None}
            for cells in zip(*columns, strict=True)
        ]
    asked = "”、“".join(column for each in mapping.identities for column in each.value.columns())
    for row, person in enumerate(persons):
        if not person:
            problems.add(row, _EMPTY, column=asked)
    return persons


def _read(
    frame: pl.DataFrame, value: MappedValue, mapping: ImportMapping, problems: Problems
) -> pl.Series:
    return problems.of_cells(frame, value, read(frame, value, time_zone=mapping.time_zone))


def _types(frame: pl.DataFrame, chosen: MappedType, problems: Problems) -> list[str | None]:
    if chosen.column is None:
        return [chosen.constant] * frame.height
    words = read_text(frame[chosen.column])
    found = words.replace_strict(chosen.values, default=None, return_dtype=pl.String)
    for prefix, name in chosen.prefixes.items():
        begins = words.str.starts_with(prefix).fill_null(value=False) & found.is_null()
        found = found.set(begins, name)
    if chosen.otherwise or chosen.constant:
        found = found.fill_null(chosen.otherwise or chosen.constant)
    for row in found.is_null().arg_true():
        came = words[row]
        if came is None:
            problems.add(row, _EMPTY, column=chosen.column)
        else:
            problems.add(row, _NO_TYPE, column=chosen.column, came=_short(came))
    return found.to_list()


def _instants(
    frame: pl.DataFrame, value: MappedValue, time_zone: str, problems: Problems, now: datetime
) -> pl.Series:
    if value.read_as == "date":
        value = value.model_copy(update={"read_as": "time"})
    found = read(frame, value, time_zone=time_zone)
    instants = problems.of_cells(frame, value, found)
    column = "”×“".join(value.columns())
    for row in (instants.is_null() & ~found.bad).arg_true():
        problems.add(row, _EMPTY, column=column)
    latest = int((now + _AHEAD).timestamp() * 1000)
    for row in (instants > latest).fill_null(value=False).arg_true():
        problems.add(row, _AHEAD_OF_NOW, column=column, came=_short(frame[value.column or ""][row]))
    return instants


def _instant(ms: int | None) -> datetime | None:
    return None if ms is None else datetime.fromtimestamp(ms / 1000, UTC)


def _properties(
    frame: pl.DataFrame, mapping: ImportMapping, problems: Problems
) -> list[dict[str, Any]]:
    names = [each.name for each in mapping.properties]
    columns = []
    for each in mapping.properties:
        values = _read(frame, each.value, mapping, problems)
        if each.value.read_as in {"time", "unix_seconds", "unix_ms"}:
            values = values.cast(pl.Datetime("ms")).dt.to_string("%Y-%m-%dT%H:%M:%S%.3fZ")
        elif each.value.read_as == "bool":
            values = values.replace_strict({"true": True, "false": False}, default=None)
        columns.append(values.to_list())
    if not names:
        return [{} for _ in range(frame.height)]
    return [
        {name: cell for name, cell in zip(names, cells, strict=True) if cell is not None}
        for cells in zip(*columns, strict=True)
    ]


def _ids(
    block: Block, mapping: ImportMapping, instants: pl.Series, problems: Problems
) -> list[str]:
    if mapping.event_id is None:
        return _derived_ids(block, mapping, instants)
    given = _read(block.frame, mapping.event_id, mapping, problems).cast(pl.String)
    for row in given.is_null().arg_true():
        problems.add(row, _EMPTY, column="".join(mapping.event_id.columns()))
    salt = _source_name(mapping).encode()
    return [_named_id(each, salt) if each else "" for each in given]


_UUID = r"^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$"


def _named_id(given: str, salt: bytes) -> str:
    """Return an id that is a UUID as it is, and for any other text always the same UUID (version 8)."""
    if len(given) == 36 and given.count("-") == 4 and pl.Series([given]).str.contains(_UUID)[0]:
        return given.lower()
    digest = blake2b(given.encode(), digest_size=16, key=salt[:64]).hexdigest()
    return f"{digest[:8]}-{digest[8:12]}-8{digest[13:16]}-a{digest[17:20]}-{digest[20:]}"


def _derived_ids(block: Block, mapping: ImportMapping, instants: pl.Series) -> list[str]:
    """Return `kit.ids.time_ordered_id_from(instant, blake2b(source, line, content))`, as text.

    Written out here over whole columns: making UUID objects would cost more than all the rest.
    """
    said = block.frame.with_columns(pl.all().cast(pl.String, strict=False))
    if mapping.identical_rows == "distinct":
        said = said.with_columns(block.lines.cast(pl.String).alias("\0line"))
    contents = said.select(pl.concat_str(pl.all().fill_null("\x1e"), separator="\x1f")).to_series()
    salt = _source_name(mapping).encode()[:64]
    stamps = instants.fill_null(0).to_list()
    ids = []
    for content, ms in zip(contents, stamps, strict=True):
        rest = blake2b(content.encode(), digest_size=10, key=salt).hexdigest()
        stamp = f"{ms:012x}"
        ids.append(
            f"{stamp[:8]}-{stamp[8:]}-7{rest[1:4]}-{_VARIANT[rest[4]]}{rest[5:8]}-{rest[8:]}"
        )
    return ids


_VARIANT = {digit: "89ab"[int(digit, 16) & 3] for digit in "0123456789abcdef"}


def _source_name(mapping: ImportMapping) -> str:
    constant = mapping.source.constant if mapping.source else None
    return constant or "import"


def _without_nul(frame: pl.DataFrame, problems: Problems) -> Problems:
    texts = [name for name, kind in frame.schema.items() if kind == pl.String]
    if texts:
        has_nul = frame.select(
            pl.any_horizontal(pl.col(texts).str.contains("\0", literal=True).fill_null(value=False))
        ).to_series()
        for row in has_nul.arg_true():
            problems.add(row, _NUL)
    return problems


def _short(came: object) -> str:
    written = str(came).replace("\0", "\\0")
    return written if len(written) <= 60 else f"{written[:57]}…"
