"""Events that somebody above waits for: kept beside the spool, in the transaction that records them.

    events.hear(workspace, "journey:7", {"order", "pay"}, now=now)     # from now on
    with transaction.atomic():
        for heard in events.heard(5_000): …
        events.cross_off_heard(…)

Reading the warehouse every second for what happened would cost as much when nothing did; and what is kept
here neither runs ahead of its event nor is lost behind it. Who records looks up at most twice a second what
is waited for, so that an event recorded `HEARD_AFTER` after somebody began to listen is heard for certain.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import msgspec
from django.db import connection, transaction

from yutang.engines import bound
from yutang.events.models import Heard as HeardRow
from yutang.events.models import Listening
from yutang.kit.late import late
from yutang.kit.pulse import wake
from yutang.workspaces.models import Workspace

if TYPE_CHECKING:
    import polars as pl
else:
    pl = late("polars")


__all__ = [
    "HEARD_AFTER",
    "Heard",
    "Said",
    "cross_off_heard",
    "forget_heard",
    "hear",
    "heard",
    "heard_of",
    "keep_columns",
    "keep_heard",
    "listened_to",
]

HEARD_AFTER = timedelta(seconds=1)
KEPT_SEEN = timedelta(hours=1)
HEARD_FOR = timedelta(days=30)  # what is older when it is recorded is history
_FRESH_FOR = 0.5
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_held: dict[int, tuple[float, frozenset[str]]] = {}


class Said(msgspec.Struct, gc=False):
    """What a heard event said, in the shape of the warehouse."""

    amount: int = 0
    staff: int = 0
    store: int = 0
    group: int = 0
    content: str = ""
    campaign: str = ""
    source: str = ""
    texts: dict[str, str] = {}
    numbers: dict[str, float] = {}
    lists: dict[str, list[str]] = {}

    def of(self, name: str) -> Any:
        """Return what is said under a name, or None."""
        for found in (self.texts.get(name), self.numbers.get(name), self.lists.get(name)):
            if found is not None:
                return found
        return getattr(self, name, None) or None if name in _WELL_KNOWN else None


_WELL_KNOWN = frozenset({"amount", "staff", "store", "group", "content", "campaign", "source"})


@dataclass(frozen=True, slots=True)
class Heard:
    """One event somebody waits for; `number` orders them, `id` is the event's."""

    number: int
    workspace_id: int
    id: str
    type: str
    customer: int
    occurred_at: datetime
    said: Said


@transaction.atomic
def hear(workspace: Workspace, listener: str, types: Iterable[str]) -> None:
    """Keep events of these types for whoever this is, and of no others; none: stop.

    Every event recorded `HEARD_AFTER` the commit or later is kept.
    """
    mine = Listening.objects.within(workspace).filter(listener=listener)
    wanted = set(types)
    mine.exclude(type__in=wanted).delete()
    Listening.objects.bulk_create(
        (Listening(workspace=workspace, listener=listener, type=each) for each in sorted(wanted)),
        ignore_conflicts=True,
    )
    _held.pop(workspace.pk, None)
    transaction.on_commit(lambda: _held.pop(workspace.pk, None))


def listened_to(workspace: Workspace) -> frozenset[str]:
    """Return the types somebody waits for, as they were half a second ago at most."""
    held = _held.get(workspace.pk)
    if held is None or held[0] < time.monotonic():
        rows = Listening.objects.within(workspace).values_list("type", flat=True)
        held = _held[workspace.pk] = (time.monotonic() + _FRESH_FOR, frozenset(rows))
    return held[1]


def keep_heard(
    workspace: Workspace,
    given: Iterable[tuple[str, str, int, int, bytes]],
    *,
    now: datetime,
) -> None:
    """Keep events as (id, type, customer, Unix ms, what they say as JSON); in the recording transaction."""
    oldest = (now - HEARD_FOR - _EPOCH) // timedelta(milliseconds=1)
    rows = [each for each in given if each[3] >= oldest]
    if not rows:
        return
    ids, types, customers, stamps, said = zip(*rows, strict=True)
    bound(
        _KEEP,
        {
            "workspace": workspace.pk,
            "ids": list(ids),
            "types": list(types),
            "customers": list(customers),
            "stamps": list(stamps),
            "said": [each.decode() for each in said],
        },
    )
    transaction.on_commit(_tell)


def keep_columns(
    workspace: Workspace, part: pl.DataFrame, lines: Sequence[str], *, now: datetime
) -> None:
    """Keep those of a frame of events that somebody waits for; `lines` are the whole events as JSON."""
    listened = listened_to(workspace)
    if not listened or not part["type"].is_in(list(listened)).any():
        return
    ahead = (now - _EPOCH) // timedelta(milliseconds=1)
    found = part.with_row_index("line").filter(pl.col("type").is_in(list(listened)))
    keep_heard(
        workspace,
        (
            (id_, type_, customer, min(ts, ahead), lines[line].encode())
            for line, id_, type_, customer, ts in found.select(
                "line", "id", "type", "customer", "ts"
            ).iter_rows()
        ),
        now=now,
    )


def _tell() -> None:
    wake("journeys.listen")


def heard(at_most: int) -> list[Heard]:
    """Return the oldest events that are kept, of all workspaces, locked until they are crossed off."""
    return list(_read(_OLDEST, {"at_most": at_most}))


def heard_of(workspace: Workspace, types: Iterable[str], customers: Sequence[int]) -> list[Heard]:
    """Return what is kept of these types and customers, seen to or not."""
    asked = {"workspace": workspace.pk, "types": list(types), "customers": list(customers)}
    return list(_read(_OF_SOME, asked))


def _read(statement: str, asked: dict[str, Any]) -> Iterator[Heard]:
    decode = msgspec.json.Decoder(Said).decode
    for number, at_workspace, id_, type_, customer, occurred_at, said in bound(statement, asked):
        yield Heard(number, at_workspace, id_, type_, customer, occurred_at, decode(said))


def cross_off_heard(numbers: Sequence[int], *, keeping: Iterable[int] = (), now: datetime) -> None:
    """Have done with events that were seen to; in the transaction that keeps what followed from them.

    Those in `keeping` can be asked for by `heard_of` an hour longer.
    """
    kept = set(keeping)
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM events_heard WHERE id = ANY(%s::bigint[])",
            [_array(each for each in numbers if each not in kept)],
        )
        cursor.execute(
            "UPDATE events_heard SET seen_at = %s WHERE id = ANY(%s::bigint[])",
            [now, _array(kept)],
        )
        cursor.execute("DELETE FROM events_heard WHERE seen_at < %s", [now - KEPT_SEEN])


def _array(numbers: Iterable[int]) -> str:
    return "{" + ",".join(map(str, numbers)) + "}"


def forget_heard(workspace: Workspace, customers: Sequence[int]) -> int:
    """Forget what is kept of these customers; return how many events that were."""
    gone, _ = HeardRow.objects.within(workspace).filter(customer__in=customers).delete()
    return gone


_KEEP = """
    INSERT INTO events_heard (workspace_id, event, type, customer, occurred_at, said)
    SELECT %(workspace)s, id::uuid, type, customer, to_timestamp(stamp / 1000.0), said
    FROM unnest(
        %(ids)s::text[], %(types)s::text[], %(customers)s::bigint[], %(stamps)s::bigint[], %(said)s::text[]
    ) AS given (id, type, customer, stamp, said)
"""
_OLDEST = """
    SELECT id, workspace_id, event::text, type, customer, occurred_at, said
    FROM events_heard WHERE seen_at IS NULL
    ORDER BY id LIMIT %(at_most)s FOR UPDATE SKIP LOCKED
"""
_OF_SOME = """
    SELECT id, workspace_id, event::text, type, customer, occurred_at, said
    FROM events_heard
    WHERE workspace_id = %(workspace)s AND type = ANY(%(types)s::text[])
        AND customer = ANY(%(customers)s::bigint[])
"""
