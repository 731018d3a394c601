"""Accepting events from outside: judged by the catalogue, customers resolved, recorded. All at once.

Each event stands by itself: those that are not as expected are refused with their fields named, the
others are in.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, cast
from uuid import UUID

import msgspec
from django.db import transaction

from yutang.customers import service as customers
from yutang.events import service as events
from yutang.events.service import NewEvent, Shape, milliseconds, shown, wrong
from yutang.kit.deadlocks import survives_deadlocks
from yutang.kit.errors import FieldProblem
from yutang.kit.i18n import Text
from yutang.workspaces.models import Workspace

__all__ = ["Accepted", "IncomingEvent", "accept"]


class IncomingEvent(msgspec.Struct, kw_only=True, gc=False, forbid_unknown_fields=True):
    """One event as its sender knows it.

    `customer` names a person by identities (kind → value). `amount` is in fen. `id` is a UUID of the
    sender's: the same id never counts twice. `occurred_at` may be Unix milliseconds.
    """

    type: str
    customer: dict[str, str | int]
    id: str = ""
    occurred_at: datetime | int | None = None
    amount: int = 0
    staff: int = 0
    store: int = 0
    group: int = 0
    content: str = ""
    campaign: str = ""
    source: str = ""
    properties: dict[str, Any] = {}
    proof: str = ""  # of the identities, where a page sends them: see _sites


@dataclass(frozen=True)
class Accepted:
    """What became of the items, by their place: how many are new, which were known, what was refused."""

    accepted: int
    duplicates: Sequence[int] = ()
    refusals: Mapping[int, list[FieldProblem]] = field(default_factory=dict)


_FAR = 10**14  # milliseconds; what lies beyond is refused like this, and fits a datetime
_CANONICAL = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
LARGEST_REFERENCE = 2**32 - 1
LARGEST_AMOUNT = 2**53
# The columns an event has beside its properties; a sender may give them among these too.
NUMBERS = frozenset({"amount", "staff", "store", "group"})
TEXTS = frozenset({"content", "campaign", "source"})
COLUMNS = NUMBERS | TEXTS
LONGEST_COLUMN = 500

_CONFLICT = Text(
    "这个 id 已经用在另一个内容不同的事件上。重发请保持内容不变，新事件请换一个 id",
    "this id was used for an event with other content; repeat an event unchanged, or give a new one a new id",
)
_NOT_UUID = Text("应为 UUID", "expected a UUID")
_AHEAD = Text(
    "比现在晚 5 分钟以上，请检查发送方的时钟", "more than 5 minutes ahead; check the sender's clock"
)
_NO_ZONE = Text(
    "应带时区，如 2026-05-01T10:00:00+08:00",
    "expected a UTC offset, such as 2026-05-01T10:00:00+08:00",
)
_TOO_OLD = Text("应在 1970 年之后", "expected an instant after 1970")
_NOT_A_NUMBER = Text("应为 0 到 4294967295 的整数", "expected a whole number from 0 to 4294967295")
_NOT_FEN = Text("应为以分为单位的整数", "expected an amount in whole fen")
_NOT_TEXT = Text(
    f"应为最长 {LONGEST_COLUMN} 个字符的文字",
    f"expected text of at most {LONGEST_COLUMN} characters",
)
_ERASED = Text(
    "此人的数据已按要求删除，不再记录",
    "this person's data was erased on request and is not recorded again",
)
_HAS_NUL = Text("不能含有 NUL 字符", "must not contain a NUL character")


def accept(
    workspace: Workspace, items: Sequence[IncomingEvent], *, source: str, now: datetime
) -> Accepted:
    """Record events from outside, durably once the surrounding transaction (or this call) commits.

    `source` says by which way they came (`http`, `import:7`, `hook:3`), and stands on events that do
    not name a source of their own.
    """
    refusals: dict[int, list[FieldProblem]] = {}
    sound = _sound(items, refusals, now)
    shapes = events.shape_all(
        workspace, [(items[n].type, items[n].properties) for n in sound], now=now
    )
    shaped: list[tuple[int, Shape]] = []
    for n, judged in zip(sound, shapes, strict=True):
        if isinstance(judged, list):
            refusals[n] = judged
        else:
            shaped.append((n, judged))
    return _recorded(workspace, items, shaped, refusals, source=source, now=now)


@survives_deadlocks
@transaction.atomic
def _recorded(
    workspace: Workspace,
    items: Sequence[IncomingEvent],
    shaped: Sequence[tuple[int, Shape]],
    refused: Mapping[int, list[FieldProblem]],
    *,
    source: str,
    now: datetime,
) -> Accepted:
    """Resolve whose these events are and record them."""
    refusals = dict(refused)
    people = cast("list[Mapping[str, str]]", [items[n].customer for n, _ in shaped])
    who = customers.resolve(workspace, people, source=source, now=now)
    places: list[int] = []
    new: list[NewEvent] = []
    for (n, shape), (customer, origin, problem) in zip(shaped, who, strict=True):
        if customer:
            places.append(n)
            new.append(_event(items[n], shape, customer, origin, source))
        else:
            refusals[n] = [problem or wrong("customer", _ERASED)]
    recorded = events.record(workspace, new, now=now)
    for place in recorded.conflicts:
        refusals[places[place]] = [wrong("id", _CONFLICT, new[place].id)]
    return Accepted(recorded.accepted, [places[place] for place in recorded.duplicates], refusals)


def _event(item: IncomingEvent, shape: Shape, customer: int, origin: int, source: str) -> NewEvent:
    return NewEvent(  # in the order of its fields: names would cost as much as the rest
        item.type,
        customer,
        origin,
        item.id,
        cast("int | None", item.occurred_at),
        item.amount,
        item.staff,
        item.store,
        item.group,
        item.content,
        item.campaign,
        item.source or source,
        shape.texts,
        shape.numbers,
        shape.lists,
        None,
        item.customer,
    )


def _sound(
    items: Sequence[IncomingEvent], refusals: dict[int, list[FieldProblem]], now: datetime
) -> list[int]:
    """Return the places of items whose own fields are as expected; lift columns out of properties.

    Bring ids and instants into the one form that the ledger knows them by: canonical, milliseconds.
    """
    latest = milliseconds(now + events.MostlyAhead)
    disjoint, canonical = COLUMNS.isdisjoint, _CANONICAL.fullmatch
    sound = []
    for n, item in enumerate(items):
        found: list[FieldProblem] = []
        if not disjoint(item.properties):
            _lift(item)
        at = item.occurred_at
        if at is not None and not (at.__class__ is int and 0 <= at <= latest):
            _check_instant(item, latest, found)
        if item.id and not canonical(item.id):
            _canonical_id(item, found)
        if item.amount or item.staff or item.store or item.group:
            _check_numbers(item, found)
        if item.campaign or item.source or not _is_column_text(item.content):
            _check_texts(item, found)
        if found:
            refusals[n] = found
        else:
            sound.append(n)
    return sound


def _is_column_text(value: object) -> bool:
    return value.__class__ is str and len(value) <= LONGEST_COLUMN and "\x00" not in value


def _lift(item: IncomingEvent) -> None:
    rest = item.properties  # read from a body or made by a mapping: nobody else's
    for name in COLUMNS & rest.keys():
        value = rest.pop(name)
        if value is not None and not getattr(item, name):
            setattr(item, name, value)


def _check_instant(item: IncomingEvent, latest: int, found: list[FieldProblem]) -> None:
    """Turn an instant into milliseconds."""
    at = item.occurred_at
    if isinstance(at, datetime):
        if at.tzinfo is None:
            found.append(wrong("occurred_at", _NO_ZONE, at.isoformat()))
            return
        stamp = milliseconds(at)
    else:
        stamp = cast("int", at)
    item.occurred_at = stamp
    if stamp > latest:
        found.append(wrong("occurred_at", _AHEAD, _as_instant(stamp)))
    elif stamp < 0:
        found.append(wrong("occurred_at", _TOO_OLD, _as_instant(stamp)))


def _as_instant(stamp: int) -> str:
    return datetime.fromtimestamp(max(min(stamp, _FAR), -_FAR // 10) / 1000, UTC).isoformat()


def _canonical_id(item: IncomingEvent, found: list[FieldProblem]) -> None:
    try:
        item.id = str(UUID(item.id))
    except (ValueError, AttributeError, TypeError):
        found.append(wrong("id", _NOT_UUID, shown(item.id)))


def _check_numbers(item: IncomingEvent, found: list[FieldProblem]) -> None:
    for name in ("staff", "store", "group"):
        value = getattr(item, name)
        if value and (value.__class__ is not int or not 0 <= value <= LARGEST_REFERENCE):
            found.append(wrong(name, _NOT_A_NUMBER, shown(value)))
    amount: object = item.amount
    if isinstance(amount, float) and amount.is_integer():
        item.amount = amount = int(amount)
    if amount.__class__ is not int or not -LARGEST_AMOUNT <= item.amount <= LARGEST_AMOUNT:
        found.append(wrong("amount", _NOT_FEN, shown(amount)))


def _check_texts(item: IncomingEvent, found: list[FieldProblem]) -> None:
    for name in ("content", "campaign", "source"):
        value = getattr(item, name)
        if _is_column_text(value):
            continue
        has_nul = value.__class__ is str and len(value) <= LONGEST_COLUMN
        found.append(wrong(name, _HAS_NUL if has_nul else _NOT_TEXT, shown(value)))
