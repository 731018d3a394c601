"""Accepting events by the column: what imports bring, tens of thousands at a time.

The same ledger and the same spool as `record`, with whole columns instead of one object an event.

    record_columns(workspace, frame, now=now)

`frame` has the columns `type`, `ts` (Unix ms), `customer`, and may have `origin`, `id`, `digest` (with a
digest, an id gets a receipt: somebody may send it again), `amount`, `staff`, `store`, `group`, `content`, `campaign`, `source`, and `properties`, which
`properties_column` makes. Judging properties by the catalogue is the caller's part.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import msgspec
from django.db import connection, transaction

from yutang.engines import named_sql, warehouse
from yutang.events._hearing import keep_columns
from yutang.events._recording import (
    Recorded,
    _read_receipts,
    _write_receipts,
    put_into_spool,
)
from yutang.kit.ids import time_ordered_texts
from yutang.kit.late import late
from yutang.workspaces.models import Workspace

if TYPE_CHECKING:
    import polars as pl
else:
    pl = late("polars")


__all__ = ["claim_receipts", "properties_column", "record_columns", "restore_receipts"]

SQL = named_sql("yutang.events", "draining")
_LINES_AT_ONCE = 25_000
_NUMBERS = ("amount", "staff", "store", "group")
_TEXTS = ("content", "campaign", "source")
_ESCAPED = {
    '"': '\\"',
    "\\": "\\\\",
    **{chr(code): f"\\u{code:04x}" for code in range(32)},
}
_TO_ESCAPE, _ESCAPES = list(_ESCAPED), list(_ESCAPED.values())


def properties_column(
    height: int,
    texts: Mapping[str, pl.Series],
    numbers: Mapping[str, pl.Series],
    lists: Mapping[str, pl.Series],
) -> pl.Series:
    """Return the properties of each event as the warehouse reads them; null and empty ones are left out."""
    maps = [
        _map("texts", {name: _quoted(cells) for name, cells in texts.items()}),
        _map("numbers", {name: _figures(cells) for name, cells in numbers.items()}),
        _map("lists", {name: _array(cells) for name, cells in lists.items()}),
    ]
    given = [each for each in maps if each is not None]
    if not given:
        return pl.repeat("", height, dtype=pl.String, eager=True)
    return pl.select(pl.concat_str([pl.lit(each) for each in given])).to_series()


def record_columns(workspace: Workspace, given: pl.DataFrame, *, now: datetime) -> Recorded:
    """Accept events; call it inside the transaction of what caused them.

    They reach the warehouse within a second of the commit. Instants ahead of `now` become `now`.
    """
    if given.is_empty():
        return Recorded(0)
    duplicates: list[int] = []
    conflicts: list[int] = []
    fresh = given
    with transaction.atomic(savepoint=False):
        if "digest" in given.columns:
            fresh, duplicates, conflicts = _receipted(workspace, given, now)
        for part in fresh.iter_slices(_LINES_AT_ONCE):
            _spool(workspace, part, now)
    return Recorded(len(fresh), duplicates, conflicts)


def _receipted(
    workspace: Workspace, given: pl.DataFrame, now: datetime
) -> tuple[pl.DataFrame, list[int], list[int]]:
    """Write receipts; return the new events, the places of known and of contradicting ones."""
    placed = given.with_row_index("place")
    digests = dict(
        zip(reversed(given["id"].to_list()), reversed(given["digest"].to_list()), strict=True)
    )
    new: Any = _write_receipts(workspace, digests, now)
    if len(new) == len(given):
        return given, [], []
    if len(new) < len(digests):
        old = [each for each in digests if each not in new]
        digests |= _read_receipts(workspace, old)
    is_first = placed["id"].is_first_distinct()
    if len(new) < len(digests):
        is_first &= placed["id"].is_in(list(new))
    again = placed.filter(~is_first).select("place", "id", "digest")
    duplicates: list[int] = []
    conflicts: list[int] = []
    for place, each, digest in again.iter_rows():
        (duplicates if digests[each] == digest else conflicts).append(place)
    return given.filter(is_first), duplicates, conflicts


def claim_receipts(
    workspace: Workspace, ids: Sequence[str], digest: int, *, sparing: Sequence[int] = ()
) -> tuple[AbstractSet[str], AbstractSet[str]]:
    """Say who has these ids now, in the lower half of their digests, unless one of `sparing` has them.

    Return those that were claimed and those that were spared; an id whose upper half is another is neither.
    """
    if not ids:
        return frozenset(), frozenset()
    with connection.cursor() as cursor:
        # One statement for both: nobody comes between looking and claiming.
        cursor.execute(
            "UPDATE events_receipt"
            " SET digest = CASE WHEN digest & 4294967295 = ANY(%s::bigint[]) THEN digest ELSE %s END"
            " WHERE workspace_id = %s AND id = ANY(%s::uuid[]) AND digest >> 32 = %s::bigint >> 32"
            " RETURNING id::text, digest = %s",
            [list(sparing), digest, workspace.pk, "{" + ",".join(ids) + "}", digest, digest],
        )
        found = cursor.fetchall()
    return {each for each, ours in found if ours}, {each for each, ours in found if not ours}


def restore_receipts(workspace: Workspace, given: pl.DataFrame, *, now: datetime) -> None:
    """Write receipts anew for those of these events (`id`, `type`, `ts`, `digest`) the warehouse holds."""
    where = {
        "workspace": workspace.pk,
        "ids": given["id"].to_list(),
        "types": given["type"].unique().to_list(),
        "oldest": datetime.fromtimestamp(int(given["ts"].min()) / 1000, UTC),  # type: ignore[arg-type]
        "newest": datetime.fromtimestamp(int(given["ts"].max()) / 1000, UTC),  # type: ignore[arg-type]
    }
    held = {str(id_) for (id_,) in warehouse().rows(SQL["in_events"], where, lane="background")}
    found = given.filter(pl.col("id").is_in(list(held))).select("id", "digest")
    if len(found):
        _write_receipts(workspace, dict(found.rows()), now)


def _spool(workspace: Workspace, part: pl.DataFrame, now: datetime) -> None:
    counted = part.group_by("type").agg(pl.len(), pl.col("customer").unique())
    touched = {name: (count, who) for name, count, who in counted.rows()}
    if "id" not in part.columns:
        part = part.with_columns(pl.Series("id", list(time_ordered_texts(len(part), now))))
    lines = _lines(workspace, part, now)
    whole = "\n".join(lines) + "\n"
    put_into_spool(workspace, whole.encode(), touched, length=len(part), now=now)
    keep_columns(workspace, part, lines, now=now)


def _lines(workspace: Workspace, part: pl.DataFrame, now: datetime) -> list[str]:
    received = now.isoformat(timespec="milliseconds").replace("+00:00", "Z")
    stamp = pl.col("ts").clip(upper_bound=int(now.timestamp() * 1000)).cast(pl.Datetime("ms"))
    pieces: list[Any] = [
        pl.lit(f'{{"workspace":{workspace.pk},"received_at":"{received}","type":'),
        _quoted(part["type"]),
        pl.lit(',"ts":"'),
        stamp.dt.to_string("%Y-%m-%dT%H:%M:%S%.3fZ"),
        pl.lit('","id":"'),
        pl.col("id"),
        pl.lit('","customer":'),
        pl.col("customer").cast(pl.String),
        pl.lit(',"origin":'),
        pl.col("origin" if "origin" in part.columns else "customer").cast(pl.String),
    ]
    for name in _NUMBERS:
        if name in part.columns:
            pieces += [pl.lit(f',"{name}":'), pl.col(name).fill_null(0).cast(pl.String)]
    for name in _TEXTS:
        if name in part.columns:
            pieces += [pl.lit(f',"{name}":'), _quoted(part[name].fill_null(""))]
    if "properties" in part.columns:
        pieces.append(pl.col("properties"))
    return part.select(pl.concat_str([*pieces, pl.lit("}")])).to_series().to_list()


def _map(name: str, cells: Mapping[str, pl.Series]) -> pl.Series | None:
    if not cells:
        return None
    pairs = [
        pl.lit(f"{msgspec.json.encode(key).decode()}:") + pl.lit(values)
        for key, values in cells.items()
    ]
    inside = pl.concat_str(pairs, separator=",", ignore_nulls=True)
    return pl.select(pl.lit(f',"{name}":{{') + inside + pl.lit("}")).to_series()


def _quoted(cells: pl.Series) -> pl.Series:
    """Return texts as JSON strings; nothing to say stays null."""
    if cells.str.contains(r'[\x00-\x1f"\\]').any():
        cells = cells.str.replace_many(_TO_ESCAPE, _ESCAPES)
    return '"' + cells + '"'


def _figures(cells: pl.Series) -> pl.Series:
    """Return numbers as JSON numbers."""
    return cells.cast(pl.String)


def _array(cells: pl.Series) -> pl.Series:
    """Return lists of text as JSON arrays; empty ones are null."""
    escaped = cells.list.eval(pl.element().str.replace_many(_TO_ESCAPE, _ESCAPES))
    arrays = '["' + escaped.list.join('","') + '"]'
    return arrays.set(cells.list.len().fill_null(0) == 0, None)
