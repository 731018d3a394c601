"""From the spool into the warehouse, exactly once, whatever dies in between.

1. Some rows of the spool are given a batch (a random number); commit.
2. Their lines are inserted into the warehouse under the batch's token.
3. The rows are deleted and their arrivals announced; commit.

Whoever finds a batch that it did not begin itself does not know how far it came. It inserts it again
under the same token, which does nothing where it was inserted (or is being inserted by a process thought
dead). Then it asks the warehouse which of the batch's events are there, in each of the two tables, and
adds what is missing: the engine writes the token into its log before the part it stands for, and a
process killed between the two leaves a token without rows.
"""

import time
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import msgspec
import zstandard
from django.db import connection, transaction

from yutang.engines import named_sql, warehouse
from yutang.events._arrivals import announce
from yutang.events._catalogue import count_types
from yutang.kit.ids import time_ordered_id

__all__ = ["drain", "is_drained", "spool_mark", "spooled"]

EVENTS_AT_ONCE = 50_000
MOST_BEGUN = 20
SQL = named_sql("yutang.events", "draining")


@dataclass(frozen=True)
class _Row:
    id: int
    workspace: int
    lines: bytes
    touched: dict[str, tuple[int, list[int]]]
    length: int
    received_at: datetime


def drain() -> bool:
    """Move spooled events into the warehouse; return whether more are waiting.

    One process at a time calls this (a pulse); a second one does no harm. What cannot be completed
    does not hold up what is new, up to a number of batches.
    """
    begun = _begun()
    more = len(begun) > 1
    if len(begun) < MOST_BEGUN:
        more = _drain_new() or more
    if begun:
        batch = begun[int(time.monotonic() * 10) % len(begun)]
        _finish(batch, _rows_of(batch))
    return more


def _drain_new() -> bool:
    batch, others_wait = _begin()
    if batch is None:
        return False
    rows = _rows_of(batch)
    _insert(batch, rows)
    _cross_off(batch, rows)
    return others_wait


def _insert(batch: UUID, rows: Sequence[_Row]) -> None:
    lines = b"".join(row.lines for row in rows)
    warehouse().insert_lines("events", lines, token=_token(batch))


def spooled() -> int:
    """Return how many accepted events the warehouse does not show yet."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(sum(length), 0) FROM events_spool")
        return int(cursor.fetchone()[0])


def spool_mark() -> int:
    """Return a mark behind everything that is spooled now; see `is_drained`."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(id), 0) FROM events_spool")
        return int(cursor.fetchone()[0])


def is_drained(mark: int) -> bool:
    """Return whether the warehouse shows everything that was spooled when the mark was taken."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT NOT EXISTS (SELECT FROM events_spool WHERE id <= %s)", [mark])
        return bool(cursor.fetchone()[0])


def _begun() -> list[UUID]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT batch FROM events_spool WHERE batch IS NOT NULL")
        return [batch for (batch,) in cursor.fetchall()]


@transaction.atomic
def _begin() -> tuple[UUID | None, bool]:
    """Give the oldest rows a batch; return it, and whether others had to wait."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, length FROM events_spool WHERE batch IS NULL"
            " ORDER BY id LIMIT 1000 FOR UPDATE SKIP LOCKED"
        )
        waiting = cursor.fetchall()
        chosen: list[int] = []
        events = 0
        for row, length in waiting:
            if chosen and events + length > EVENTS_AT_ONCE:
                break
            chosen.append(row)
            events += length
        if not chosen:
            return None, False
        batch = time_ordered_id()
        cursor.execute("UPDATE events_spool SET batch = %s WHERE id = ANY(%s)", [batch, chosen])
    return batch, len(chosen) < len(waiting) or len(waiting) == 1000


def _rows_of(batch: UUID) -> list[_Row]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, workspace_id, lines, touched, length, received_at"
            " FROM events_spool WHERE batch = %s ORDER BY id",
            [batch],
        )
        fetched = cursor.fetchall()
    unpack = zstandard.ZstdDecompressor().decompress
    return [
        _Row(
            row,
            workspace,
            unpack(bytes(lines)),
            msgspec.json.decode(unpack(bytes(touched)), type=dict[str, tuple[int, list[int]]]),
            length,
            at,
        )
        for row, workspace, lines, touched, length, at in fetched
    ]


def _token(batch: UUID, attempt: str = "") -> str:
    return f"spool:{batch}{attempt}"


def _finish(batch: UUID, rows: Sequence[_Row]) -> None:
    """Complete a batch that somebody else began."""
    _insert(batch, rows)
    lines = {
        found.id: line
        for row in rows
        for line in row.lines.splitlines(keepends=True)
        for found in (_identify(line),)
    }
    spans = [_identify(line) for line in lines.values()]
    by_workspace: dict[int, list[_Identified]] = defaultdict(list)
    for span in spans:
        by_workspace[span.workspace].append(span)
    for each in by_workspace.values():
        _complete(batch, each, lines)
    _cross_off(batch, rows)


class _Identified(msgspec.Struct):
    """What of a line says where in the warehouse it would be."""

    workspace: int
    id: str
    type: str
    ts: datetime | float  # Unix seconds, or as columns write it
    origin: int


def _instant(event: _Identified) -> datetime:
    ts = event.ts
    return ts if isinstance(ts, datetime) else datetime.fromtimestamp(ts, UTC)


_identify: Any = msgspec.json.Decoder(_Identified).decode


def _complete(batch: UUID, events: Sequence[_Identified], lines: Mapping[str, bytes]) -> None:
    """Add the events of one workspace that one of the two tables lacks."""
    where = {
        "workspace": events[0].workspace,
        "ids": [event.id for event in events],
        "types": sorted({event.type for event in events}),
        "origins": sorted({event.origin for event in events}),
        "oldest": min(map(_instant, events)),
        "newest": max(map(_instant, events)),
    }
    counted = {str(id_) for (id_,) in warehouse().rows(SQL["in_events"], where, lane="background")}
    shown = {str(id_) for (id_,) in warehouse().rows(SQL["in_timeline"], where, lane="background")}
    half = (counted ^ shown) & lines.keys()
    if half:
        # In one table only: taken out of both, so that one insert feeds both alike.
        for table in ("events", "timeline"):
            warehouse().command(
                SQL[f"take_out_of_{table}"],
                where | {"ids": sorted(half)},
                settings={"mutations_sync": 2},
            )
    missing = [event.id for event in events if event.id not in counted or event.id in half]
    if missing:
        # A token that no insert had: see above. Nobody else completes this batch at the same time.
        warehouse().insert_lines(
            "events",
            b"".join(lines[each] for each in missing),
            token=_token(batch, f":{time_ordered_id()}"),
        )


@transaction.atomic
def _cross_off(batch: UUID, rows: Sequence[_Row]) -> None:
    """Delete the batch from the spool, announce what arrived, count it in the catalogue."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM events_spool WHERE batch = %s", [batch])
        if cursor.rowcount == 0:
            return  # a second drain was faster
    touched: dict[tuple[int, str], set[int]] = defaultdict(set)
    counts: Counter[tuple[int, str]] = Counter()
    for row in rows:
        for type_name, (count, whom) in row.touched.items():
            touched[row.workspace, type_name].update(whom)
            counts[row.workspace, type_name] += count
    for (workspace, type_name), customers in sorted(touched.items()):
        announce(workspace, type_name, customers)
    count_types(counts, seen_at=max(row.received_at for row in rows))
