"""Rows of a file become customers: who they are, what is said of them, their tags and relations."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping as ReadOnly
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from yutang.customers import service as customers
from yutang.customers.models import RelationKind
from yutang.kit.i18n import Text, speaking
from yutang.kit.late import late
from yutang.tracking.imports.event_rows import TIMES, given_only, named, persons_of, read_column
from yutang.tracking.imports.looking_up import looked_up
from yutang.tracking.imports.mapping import ImportMapping
from yutang.tracking.imports.models import Import
from yutang.tracking.imports.problems import Problems, told
from yutang.tracking.imports.readers import Block
from yutang.tracking.imports.tagging import give_tags

if TYPE_CHECKING:
    import polars as pl
else:
    pl = late("polars")


__all__ = ["CustomerRows", "customer_rows", "take_customers"]

_REFERENCES = ("staff", "store", "group")
_LONGEST_TAG = 60
_TAG_TOO_LONG = Text(
    "标签“{came}”太长，最多 60 个字", "the tag “{came}” is too long; 60 characters at most"
)


@dataclass(frozen=True)
class CustomerRows:
    """Columns with one entry a row of the block, good or bad; `problems` says which are bad."""

    persons: pl.DataFrame
    attributes: ReadOnly[str, pl.Series]
    tags: Sequence[tuple[str, pl.Series]]
    references: ReadOnly[str, pl.Series]
    problems: Problems

    def shown(self, row: int) -> dict[str, Any]:
        """Return what a person is shown of one row."""
        values = {
            **self.attributes,
            **self.references,
            **{f"#{g}": cells for g, cells in self.tags},
        }
        said = given_only({name: cells[row] for name, cells in values.items()})
        return {
            "customer": given_only(self.persons.row(row, named=True)),
            "values": {
                name: list(value) if isinstance(value, pl.Series) else value
                for name, value in said.items()
            },
        }


def customer_rows(block: Block, mapping: ImportMapping, *, now: datetime) -> CustomerRows:
    """Return what the rows of a block say, and what is wrong with them."""
    frame, problems = block.frame, Problems()
    attributes = {}
    for each in mapping.attributes:
        cells = read_column(frame, each.value, mapping, problems)
        if each.value.read_as in TIMES:
            cells = cells.cast(pl.Datetime("ms")).dt.to_string("%Y-%m-%dT%H:%M:%S%.3fZ")
        attributes[each.name] = cells
    tags = []
    for tag in mapping.tags:
        value = tag.value.model_copy(update={"read_as": "list"})
        cells = read_column(frame, value, mapping, problems)
        tags.append((tag.group, cells))
        for row, names in enumerate(cells):
            long = [
                name for name in (names if names is not None else ()) if len(name) > _LONGEST_TAG
            ]
            if long:
                problems.add(row, _TAG_TOO_LONG, came=long[0][:60])
    rows = CustomerRows(
        persons=persons_of(frame, mapping, problems),
        attributes=attributes,
        tags=tags,
        references=named(frame, _REFERENCES, mapping, problems),
        problems=problems,
    )
    problems.of_nul(frame)
    return rows


def take_customers(it: Import, rows: CustomerRows, *, now: datetime) -> int:
    """Enter or update the customers of a block; return how many rows are in."""
    references = {
        name: looked_up(it, name, cells, rows.problems) for name, cells in rows.references.items()
    }
    height = rows.persons.height
    places = [row for row in range(height) if row not in rows.problems.by_row]
    given = _given(rows, places)
    source = f"import:{it.pk}"
    done = customers.upsert_many(it.workspace, given, source=source, now=now)
    wrong = sorted(done.problems)
    rows.problems.unkept.update(places[each] for each in done.erased)
    if wrong:
        # Refusals speak the reader's language; bad rows are kept in both. These rows change nothing.
        again = [given[each] for each in wrong]
        labels = customers.labels(it.workspace)
        with speaking("zh"):
            zh = customers.upsert_many(it.workspace, again, source=source, now=now).problems
        with speaking("en"):
            en = customers.upsert_many(it.workspace, again, source=source, now=now).problems
        for n, place in enumerate(wrong):
            rows.problems.add(places[place], told(zh.get(n, ()), en.get(n, ()), labels))
    good = {
        row: number
        for row, number in zip(places, done.customers, strict=True)
        if row not in rows.problems.by_row
    }
    _relate(it, references, good, now)
    _tag(it, rows, good, now)
    return len(good)


def _given(rows: CustomerRows, places: Sequence[int]) -> list[customers.ProfileRow]:
    columns = {name: cells.to_list() for name, cells in rows.attributes.items()}
    persons = list(rows.persons.iter_rows(named=True))
    return [
        customers.ProfileRow(
            given_only(persons[row]),
            {name: cells[row] for name, cells in columns.items() if cells[row] is not None},
        )
        for row in places
    ]


def _relate(
    it: Import, references: ReadOnly[str, pl.Series], good: ReadOnly[int, int], now: datetime
) -> None:
    for name, cells in references.items():
        batch = [
            customers.RelationRow(number, int(cells[row]), "", "import")
            for row, number in good.items()
            if cells[row]
        ]
        customers.relate_many(it.workspace, RelationKind(name), batch, now=now)


def _tag(it: Import, rows: CustomerRows, good: ReadOnly[int, int], now: datetime) -> None:
    for group, cells in rows.tags:
        whom: dict[str, list[int]] = defaultdict(list)
        names = cells.to_list()
        for row, number in good.items():
            for name in names[row] or ():
                whom[name].append(number)
        if whom:
            source = f"import:{it.pk}"
            give_tags(it.workspace, group, whom, source=source, actor=it.created_by, now=now)
