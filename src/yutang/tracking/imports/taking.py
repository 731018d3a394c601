"""One block of a file into the stores: its good rows, its bad rows and the checkpoint, all or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import connection, transaction
from django.db.models import F

from yutang.customers import service as customers
from yutang.kit.deadlocks import survives_deadlocks
from yutang.kit.errors import FieldProblem
from yutang.kit.i18n import Text, speaking
from yutang.kit.late import late
from yutang.tracking.imports.customer_rows import CustomerRows, customer_rows, take_customers
from yutang.tracking.imports.event_rows import EventRows, event_rows, given_only
from yutang.tracking.imports.ids import Derived
from yutang.tracking.imports.keeping import kept, without_erased
from yutang.tracking.imports.looking_up import looked_up
from yutang.tracking.imports.mapping import ImportMapping
from yutang.tracking.imports.models import Import
from yutang.tracking.imports.problems import Problems, told
from yutang.tracking.imports.readers import BadLine, Block
from yutang.tracking.imports.recording import record_rows
from yutang.tracking.imports.shaping import properties_json

if TYPE_CHECKING:
    import polars as pl
else:
    pl = late("polars")


__all__ = ["MOST_BAD_ROWS", "Prepared", "Taken", "judge", "prepare", "take"]

MOST_BAD_ROWS = 1_000_000  # kept for download; those beyond are only counted

_CONFLICT = Text(
    "这个编号的事件已经记录过，内容和这一行不同",
    "An event of this id was recorded before, with other content than this line",
)
_ERASED = Text("这位客户已要求删除个人数据", "This customer's data were erased at their request")


@dataclass(frozen=True)
class Prepared:
    """A block whose rows have been read: no store was asked yet."""

    block: Block
    rows: EventRows | CustomerRows
    now: datetime


@dataclass
class Taken:
    """What became of a block: how many are new, which places were known, which lines are bad."""

    accepted: int = 0
    known: set[int] = field(default_factory=set)
    bad: list[BadLine] = field(default_factory=list)


def prepare(block: Block, mapping: ImportMapping, *, now: datetime) -> Prepared:
    """Read the rows of a block: the part of the work that needs no store."""
    read = event_rows if mapping.kind == "events" else customer_rows
    return Prepared(block, read(block, mapping, now=now), now)


@survives_deadlocks
def take(it: Import, prepared: Prepared, *, is_late: bool = False) -> Taken:
    """Take a block in and move the checkpoint, in one transaction.

    Rows that were taken before (by an earlier import of the same rows) are counted as known; `is_late`
    asks the warehouse for those whose receipts are forgotten.
    """
    block = prepared.block
    # What is found out about rows is noted with them; done again, it begins anew.
    rows = replace(prepared.rows, problems=deepcopy(prepared.rows.problems))
    with transaction.atomic():
        customers.keep_erasures_out(it.workspace)
        taken = judge(it, replace(prepared, rows=rows), is_late=is_late)
        _keep_bad(it, taken.bad, prepared.now)
        read = taken.accepted + len(taken.known) + len(taken.bad)
        moved = Import.objects.filter(pk=it.pk, rows_read=block.rows_read - read).update(
            rows_read=block.rows_read,
            rows_in=F("rows_in") + taken.accepted,
            rows_known=F("rows_known") + len(taken.known),
            rows_bad=F("rows_bad") + len(taken.bad),
            bytes_read=block.bytes_read,
        )
        if not moved:
            raise RuntimeError("the checkpoint moved while a block was being taken")
    return taken


def judge(it: Import, prepared: Prepared, *, is_late: bool = False) -> Taken:
    """Take the rows of a block in, inside the caller's transaction."""
    block, rows = prepared.block, prepared.rows
    if isinstance(rows, CustomerRows):
        taken = Taken(take_customers(it, rows, now=prepared.now))
    else:
        properties = properties_json(it.workspace, rows, now=prepared.now)
        taken = _events(it, rows, properties, now=prepared.now, is_late=is_late)
    taken.bad = [*block.bad, *_bad_lines(block, rows.problems)]
    return taken


def _events(
    it: Import, rows: EventRows, properties: pl.Series, *, now: datetime, is_late: bool
) -> Taken:
    columns = [
        rows.types.alias("type"),
        rows.instants.alias("ts"),
        rows.ids.ids if isinstance(rows.ids, Derived) else rows.ids,
        _digests(it, rows),
        properties.alias("properties"),
        *(cells.alias(name) for name, cells in rows.well_known.items()),
    ]
    if rows.amounts is not None:
        columns.append(rows.amounts.alias("amount"))
    columns += [
        looked_up(it, name, cells, rows.problems) for name, cells in rows.references.items()
    ]
    whole = pl.DataFrame(columns).with_row_index("place")
    if "source" not in whole.columns:
        # The same for every import: it is part of what an id stands for.
        whole = whole.with_columns(source=pl.lit("import"))
    whole = whole.hstack(_resolved(it, rows.persons, rows.problems, now=now))
    good = whole.filter(~pl.col("place").is_in(list(rows.problems.by_row)))
    recorded = record_rows(it, good, rows.ids, now=now, is_late=is_late)
    for place in recorded.conflicts:
        rows.problems.add(place, _CONFLICT)
    return Taken(recorded.accepted, recorded.known)


def _digests(it: Import, rows: EventRows) -> pl.Series:
    """Return what an id stands for: a given one for what the row says, a derived one for who had it last."""
    if isinstance(rows.ids, Derived):
        same = rows.ids.digest(it.pk)
        return pl.repeat(same, len(rows.types), dtype=pl.Int64, eager=True).alias("digest")
    assert rows.digests is not None
    return rows.digests.alias("digest")


def _resolved(
    it: Import, persons: pl.DataFrame, problems: Problems, *, now: datetime
) -> pl.DataFrame:
    """Return the customer and the origin of every row; each person is asked for once.

    Rows that are bad for another reason ask for nobody: a row that is left out leaves nothing behind.
    """
    places = pl.Series("place", range(persons.height), dtype=pl.UInt32)
    names = persons.columns
    asked = persons.with_columns(places)
    if problems.by_row:
        asked = asked.filter(~places.is_in(list(problems.by_row)))
    unique = asked.select(names).unique(maintain_order=True)
    found, origins, refused = _asked(it, _people(unique), now)
    told = unique.with_columns(
        pl.Series("customer", found, dtype=pl.Int64),
        pl.Series("origin", origins, dtype=pl.Int64),
        pl.Series("answer", range(len(found)), dtype=pl.UInt32),
    )
    joined = asked.join(told, on=names, how="left", nulls_equal=True, maintain_order="left")
    if not refused and joined.height == persons.height:
        return joined.select("customer", "origin")
    for place, answer in (
        joined.filter(pl.col("customer") == 0).select("place", "answer").iter_rows()
    ):
        problems.add(place, refused[answer])
        if refused[answer] is _ERASED:
            problems.unkept.add(place)
    placed = pl.DataFrame(places).join(
        joined.select("place", "customer", "origin"), on="place", how="left", maintain_order="left"
    )
    return placed.select("customer", "origin")


def _people(unique: pl.DataFrame) -> list[dict[str, str]]:
    """Return each row's identities by name, those that are there."""
    if unique.width == 1:
        (name,) = unique.columns
        return [{name: value} for value in unique[name].to_list()]
    return [given_only(person) for person in unique.iter_rows(named=True)]


def _asked(
    it: Import, people: Sequence[dict[str, str]], now: datetime
) -> tuple[list[int], list[int], dict[int, Text]]:
    """Return the customer and the origin of each person, and by place why there is none."""
    if not people:
        return [], [], {}
    source = f"import:{it.pk}"
    answers = customers.resolve(it.workspace, people, source=source, now=now)
    found = [each.customer_id for each in answers]
    refused = {place: _ERASED for place, number in enumerate(found) if not number}
    wrong = [place for place in refused if answers[place].problem is not None]
    if wrong:
        # Refusals speak the reader's language; bad rows are kept in both.
        unread = [people[place] for place in wrong]
        labels = customers.labels(it.workspace)
        with speaking("zh"):
            zh = customers.resolve(it.workspace, unread, source=source, now=now)
        with speaking("en"):
            en = customers.resolve(it.workspace, unread, source=source, now=now)
        for place, chinese, english in zip(wrong, zh, en, strict=True):
            refused[place] = told(_wrong(chinese), _wrong(english), labels)
    return found, [each.origin_id for each in answers], refused


def _wrong(found: customers.Resolved) -> list[FieldProblem]:
    return [found.problem] if found.problem else []


def _bad_lines(block: Block, problems: Problems) -> list[BadLine]:
    if not problems.by_row:
        return []
    places = sorted(problems.by_row)
    lines = block.lines.gather(places).to_list()
    contents = (
        block.frame[places]
        .select(pl.concat_str(pl.all().cast(pl.String, strict=False).fill_null(""), separator=","))
        .to_series()
        .str.slice(0, 500)
    )
    return [
        BadLine(
            line,
            Text(
                "；".join(each.zh for each in problems.by_row[place]),
                "; ".join(each.en for each in problems.by_row[place]),
            ),
            "" if place in problems.unkept else content,
        )
        for place, line, content in zip(places, lines, contents, strict=True)
    ]


def _keep_bad(it: Import, bad: Sequence[BadLine], now: datetime) -> None:
    bad = bad[: max(MOST_BAD_ROWS - it.rows_bad, 0)]
    if not bad:
        return
    Import.objects.filter(pk=it.pk).update(bad_rows_until=now + kept())
    bad = without_erased(it, bad)
    with (
        connection.cursor() as cursor,
        cursor.copy(
            "COPY tracking_badrow (workspace_id, import_of_id, line, zh, en, content) FROM STDIN"
        ) as copy,
    ):
        for line, reason, content in bad:
            clean = content.replace("\0", "\\0")
            copy.write_row((it.workspace_id, it.pk, line, reason.zh, reason.en, clean))
