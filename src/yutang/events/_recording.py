"""Accepting events: the ledger of ids, and the spool, in one transaction of PostgreSQL.

An id that comes again with the same content is a harmless duplicate; with other content it is refused:
one of the two would be lost. Events without an id get one here, which nobody can send again, and
need no receipt.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from hashlib import blake2b
from typing import Any

import msgspec
import zstandard
from django.db import connection, transaction
from psycopg.errors import UniqueViolation

from yutang.engines import bound
from yutang.events._catalogue import shape_all
from yutang.events._hearing import keep_heard, listened_to
from yutang.kit.ids import time_ordered_texts
from yutang.kit.pulse import wake
from yutang.workspaces.models import Workspace

__all__ = [
    "AgainstItsDeclaration",
    "MostlyAhead",
    "NewEvent",
    "Recorded",
    "forget_receipts",
    "milliseconds",
    "record",
]

# A clock may run ahead by this much; such events are taken as of now. Further ahead is refused at the door.
MostlyAhead = timedelta(minutes=5)
LINES_AT_ONCE = 20_000


class AgainstItsDeclaration(ValueError):
    """A module recorded a property that its own loop.py declares otherwise."""


class NewEvent(msgspec.Struct, gc=False):
    """One event to record.

    `origin` is the customer that the identity was born with (default: the customer). `properties` are
    sorted by the catalogue; whoever has done so already gives `texts`, `numbers` and `lists`. `who`
    is what the sender called the customer, part of the content that an id stands for.
    `amount` is in fen; `occurred_at` may be Unix milliseconds.
    """

    type: str
    customer: int
    origin: int = 0
    id: str = ""
    occurred_at: datetime | int | None = None
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
    properties: dict[str, Any] | None = None
    who: Any = None


class _Said(msgspec.Struct, gc=False, omit_defaults=True):
    """What an event says, as the warehouse reads it; what is left out is empty there too."""

    type: str
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


@dataclass(frozen=True)
class Recorded:
    """What became of the events: how many are new; which (by place) were known; which contradict."""

    accepted: int
    duplicates: Sequence[int] = ()
    conflicts: Sequence[int] = ()


_DRAIN = partial(wake, "events.drain")
_encode = msgspec.json.Encoder(order="deterministic").encode
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)


def record(
    workspace: Workspace, events: Sequence[NewEvent], *, now: datetime, heard: bool = True
) -> Recorded:
    """Accept events; call it inside the transaction of what caused them, and they stand or fall with it.

    They reach the warehouse within a second of the commit. Instants ahead of `now` become `now`. Not
    `heard`, nobody who waits for such events is told: they are history that only now came to be known.

    :raises AgainstItsDeclaration:
    """
    if not events:
        return Recorded(0)
    _shape_ours(workspace, events, now)
    said = [_said(event) for event in events]
    with transaction.atomic(savepoint=False):
        fresh, duplicates, conflicts = _receipted(workspace, events, said, now)
        for begin in range(0, len(fresh), LINES_AT_ONCE):
            some = fresh[begin : begin + LINES_AT_ONCE]
            _spool(workspace, [events[n] for n in some], [said[n] for n in some], now, heard)
    return Recorded(len(fresh), duplicates, conflicts)


def _shape_ours(workspace: Workspace, events: Sequence[NewEvent], now: datetime) -> None:
    raw = [event for event in events if event.properties]
    if not raw:
        return
    given = [(event.type, event.properties or {}) for event in raw]
    for event, judged in zip(
        raw, shape_all(workspace, given, now=now, from_outside=False), strict=True
    ):
        if isinstance(judged, list):
            said = "; ".join(f"{each.field}: {each.message}" for each in judged)
            raise AgainstItsDeclaration(f"{event.type}: {said}")
        event.texts, event.numbers, event.lists = judged.texts, judged.numbers, judged.lists
        event.properties = None


def _said(event: NewEvent) -> bytes:
    return _encode(
        _Said(
            event.type,
            event.amount,
            event.staff,
            event.store,
            event.group,
            event.content,
            event.campaign,
            event.source,
            event.texts,
            event.numbers,
            event.lists,
        )
    )


def _receipted(
    workspace: Workspace, events: Sequence[NewEvent], said: Sequence[bytes], now: datetime
) -> tuple[list[int], list[int], list[int]]:
    """Write receipts; return the places of new, of known and of contradicting events."""
    digests: dict[str, int] = {}
    place: dict[str, int] = {}
    again: list[tuple[int, str, int]] = []
    fresh: list[int] = []
    for n, event in enumerate(events):
        if not event.id:
            fresh.append(n)
            continue
        digest = _digest(event, said[n])
        if event.id in digests:
            again.append((n, event.id, digest))
        else:
            digests[event.id] = digest
            place[event.id] = n
    if digests:
        new = _write_receipts(workspace, digests, now)
        if len(new) < len(digests):
            again += [(place[each], each, digests[each]) for each in digests if each not in new]
            digests |= _read_receipts(workspace, [each for each in digests if each not in new])
        fresh += [place[each] for each in new] if fresh else map(place.__getitem__, new)
        fresh.sort()
    duplicates = sorted(n for n, id_, digest in again if digests[id_] == digest)
    conflicts = sorted(n for n, id_, digest in again if digests[id_] != digest)
    return fresh, duplicates, conflicts


def _digest(event: NewEvent, said: bytes) -> int:
    """Return 64 bits of what the sender said; nothing of what we made of it."""
    at = event.occurred_at
    who = event.who if event.who is not None else event.origin or event.customer
    beside = _encode((None if at is None else milliseconds(at), who))
    return int.from_bytes(blake2b(said + beside, digest_size=8).digest(), "big", signed=True)


def milliseconds(at: datetime | int) -> int:
    """Return an instant as Unix milliseconds; those stay what they are."""
    return at if at.__class__ is int else (at - _EPOCH) // _MILLISECOND  # type: ignore[operator]


_ALL_NEW = """
    INSERT INTO events_receipt (workspace_id, id, digest, received_on)
    SELECT %(workspace)s, given.id, given.digest, %(day)s
    FROM unnest(%(ids)s::text::uuid[], %(digests)s::text::bigint[]) AS given (id, digest)
    ORDER BY given.id
"""
_SOME_KNOWN = f"{_ALL_NEW} ON CONFLICT DO NOTHING RETURNING id::text"


def _write_receipts(
    workspace: Workspace, digests: Mapping[str, int], now: datetime
) -> AbstractSet[str]:
    """Write a receipt for each id that has none; return those ids.

    As if all were new, which nearly always they are: rows that may be known already cost half as much
    again. Sorted, so that two senders of the same ids wait for each other instead of locking up.
    """
    given = {
        "workspace": workspace.pk,
        "day": now.date(),
        "ids": "{" + ",".join(digests) + "}",
        "digests": "{" + ",".join(map(str, digests.values())) + "}",
    }
    try:
        with transaction.atomic():
            bound(_ALL_NEW, given)
    except UniqueViolation:
        return {id_ for (id_,) in bound(_SOME_KNOWN, given)}
    return digests.keys()


def _read_receipts(workspace: Workspace, ids: Sequence[str]) -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id::text, digest FROM events_receipt WHERE workspace_id = %s AND id = ANY(%s::uuid[])",
            [workspace.pk, "{" + ",".join(ids) + "}"],
        )
        return dict(cursor.fetchall())


def _spool(
    workspace: Workspace,
    events: Sequence[NewEvent],
    said: Sequence[bytes],
    now: datetime,
    is_heard: bool,
) -> None:
    own_ids = time_ordered_texts(sum(1 for event in events if not event.id), now)
    touched: dict[str, list[int]] = defaultdict(list)
    lines: list[bytes] = []
    listened = listened_to(workspace) if is_heard else frozenset()
    heard: list[tuple[str, str, int, int, bytes]] = []
    received = milliseconds(now)
    begin = f'{{"workspace":{workspace.pk},"received_at":{_seconds(received)},'.encode()
    for event, rest in zip(events, said, strict=True):
        customer, at = event.customer, event.occurred_at
        touched[event.type].append(customer)
        stamp = received if at is None else min(milliseconds(at), received)
        id_ = event.id or next(own_ids)
        if event.type in listened:
            heard.append((id_, event.type, customer, stamp, rest))
        ours = (
            f'"ts":{_seconds(stamp)},"id":"{id_}",'
            f'"customer":{customer},"origin":{event.origin or customer},'
        )
        lines += (begin, ours.encode(), rest[1:], b"\n")
    named = {each: (len(who), list(set(who))) for each, who in touched.items()}
    put_into_spool(workspace, b"".join(lines), named, length=len(events), now=now)
    keep_heard(workspace, heard, now=now)


def put_into_spool(
    workspace: Workspace,
    lines: bytes,
    touched: Mapping[str, tuple[int, Sequence[int]]],
    *,
    length: int,
    now: datetime,
) -> None:
    """Put lines of the warehouse's own shape into the spool, and wake the drain once they are in.

    `touched` says of each type how many events there are, and of which customers.
    """
    packer = zstandard.ZstdCompressor(level=1)
    row = {
        "workspace": workspace.pk,
        "lines": packer.compress(lines),
        "touched": packer.compress(_encode(touched)),
        "length": length,
        "received_at": now,
    }
    bound(_SPOOL, row)
    transaction.on_commit(_DRAIN)


_SPOOL = """
    INSERT INTO events_spool (workspace_id, lines, touched, length, received_at)
    VALUES (%(workspace)s, %(lines)s, %(touched)s, %(length)s, %(received_at)s)
"""


def _seconds(stamp: int) -> str:
    """Return milliseconds as the warehouse reads instants that are numbers."""
    return f"{stamp // 1000}.{stamp % 1000:03d}"


def forget_receipts(before: datetime, *, at_most: int = 50_000) -> int:
    """Forget receipts of days before this one, a bounded number at a time; return how many.

    After that, an event sent again under such an id counts as new.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM events_receipt WHERE ctid IN"
            " (SELECT ctid FROM events_receipt WHERE received_on < %s LIMIT %s)",
            [before.date(), at_most],
        )
        return int(cursor.rowcount)
