"""The door callbacks come to: opened, kept in one transaction with others that came meanwhile, answered.

An answer of 200 means kept on disk. Who comes while a batch is being written waits for the next; the first
of those writes it for all of them. So a thousand callbacks a second cost a few hundred commits.
"""

import hashlib
import threading
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import structlog

from yutang.kit.errors import DomainError
from yutang.kit.metrics import counter
from yutang.kit.pulse import wake
from yutang.wecom._rows import run
from yutang.wecom.callbacks.doors import Door, door_of, note_refused, note_verified
from yutang.wecom.callbacks.envelope import CallbackForged, CallbackUnreadable
from yutang.wecom.callbacks.handlers import handlers_of, is_known
from yutang.wecom.callbacks.reading import Fields, read, text_of
from yutang.wecom.callbacks.rush import kept

__all__ = ["LOOK", "REPEATS_WITHIN", "CallbackTooOld", "receive", "verify"]

log = structlog.get_logger(__name__)

# A callback that is older is not a repeat but a replay; what was told is remembered for longer.
REPEATS_WITHIN = timedelta(days=7)
_TOLD = counter("yutang_wecom_callbacks", "Callbacks of the platform.", "outcome")
_MOST_AT_ONCE = 500
_KEPT = _TOLD.labels("kept")
# In a query: it is ourselves who look whether the address answers.
LOOK = "look"


class CallbackTooOld(DomainError):
    """It was signed long ago: somebody repeats what they once heard."""

    status = 401
    zh = "这条回调是很久以前签的，不再接收。请核对服务器的时钟。"
    en = "This callback was signed long ago and is not taken any more. Check the server’s clock."


def _taken() -> threading.Lock:
    """Return a lock to wait at: a quarter of an `Event`, and there are thousands a second."""
    lock = threading.Lock()
    lock.acquire()
    return lock


@dataclass
class _Waiting:
    """A callback whose sender waits for our answer."""

    row: dict[str, Any]
    key: tuple[int, str]
    is_urgent: bool
    turn: threading.Lock = field(
        default_factory=_taken
    )  # released once it is over, or ours to lead
    leads: bool = False
    problem: BaseException | None = None


class _GroupCommit:
    """Writes what several threads bring in one transaction."""

    def __init__(self, write: Callable[[Sequence[_Waiting]], None]) -> None:
        self._write = write
        self._lock = threading.Lock()
        self._waiting: list[_Waiting] = []
        self._is_led = False

    def keep(self, one: _Waiting) -> None:
        """Return when it is on disk."""
        with self._lock:
            self._waiting.append(one)
            leads, self._is_led = not self._is_led, True
        if not leads:
            one.turn.acquire()
            leads = one.leads
        if leads:
            self._lead()
        if one.problem:
            raise one.problem

    def _lead(self) -> None:
        with self._lock:
            batch = self._waiting[:_MOST_AT_ONCE]
            del self._waiting[:_MOST_AT_ONCE]
        problem: BaseException | None = None
        try:
            self._write(batch)
        except BaseException as reason:  # noqa: BLE001  each of those who wait raises it
            problem = reason
        with self._lock:
            heir = self._waiting[0] if self._waiting else None
            self._is_led = heir is not None
        for each in batch:
            each.problem = problem
            each.turn.release()
        if heir:
            heir.leads = True
            heir.turn.release()


def verify(door_id: object, query: Mapping[str, str], *, now: datetime) -> str:
    """Return what the platform wants to hear when the address is saved.

    :raises NoSuchDoor, CallbackForged, CallbackUnreadable, CallbackForAnother:
    """
    door = door_of(door_id, now=now)
    echo = query.get("echostr", "").replace(" ", "+")  # a plus sign that was not escaped
    try:
        said = door.envelope.open(*_signed(query), echo)
    except DomainError as refused:
        _refused(door, refused, now)
        raise
    if LOOK not in query:
        note_verified(door, now=now)
    return said


def receive(door_id: object, query: Mapping[str, str], body: bytes, *, now: datetime) -> None:
    """Keep what the platform told; it may be told that it was heard when this returns.

    :raises NoSuchDoor, CallbackForged, CallbackUnreadable, CallbackForAnother, CallbackTooOld:
    """
    door = door_of(door_id, now=now)
    try:
        one = _opened(door, query, body, now)
    except DomainError as refused:
        _refused(door, refused, now)
        raise
    _inbox.keep(one)


def _opened(door: Door, query: Mapping[str, str], body: bytes, now: datetime) -> _Waiting:
    signature, timestamp, nonce = _signed(query)
    outer = read(_decoded(body))
    encrypted = text_of(outer, "Encrypt", "encrypt", most=2 << 20)
    if not encrypted:
        raise CallbackUnreadable(why="Encrypt")
    said = door.envelope.open(signature, timestamp, nonce, encrypted)
    _refuse_replays(timestamp, now)
    return _as_row(door, said, now)


def _signed(query: Mapping[str, str]) -> tuple[str, str, str]:
    signature, *rest = (query.get(name, "") for name in ("msg_signature", "timestamp", "nonce"))
    if not signature:
        raise CallbackForged
    return signature, rest[0], rest[1]


def _decoded(body: bytes) -> str:
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise CallbackUnreadable(why="UTF-8") from None


def _refuse_replays(timestamp: str, now: datetime) -> None:
    try:
        signed_at = int(timestamp)
    except ValueError:
        raise CallbackUnreadable(why="timestamp") from None
    if signed_at < (now - REPEATS_WITHIN).timestamp():
        raise CallbackTooOld


def _as_row(door: Door, said: str, now: datetime) -> _Waiting:
    """Return what is kept; what was told and makes no sense is kept as well, as unknown."""
    if "\0" in said:
        raise CallbackUnreadable(why="NUL")
    try:
        fields: Fields = read(said)
    except CallbackUnreadable:
        fields = {}
    event = text_of(fields, "Event", "InfoType", "MsgType") if fields else "unreadable"
    if text_of(fields, "MsgType") not in {"", "event"}:
        event = text_of(fields, "MsgType")
    change_type = text_of(fields, "ChangeType")
    digest = hashlib.sha256(said.encode()).hexdigest()
    found = handlers_of(event, change_type)
    known = is_known(event, change_type)
    if not known:
        log.warning("unknown callback", corp=door.corp, event_name=event, change_type=change_type)
        _TOLD.labels("unknown").inc()
    row = {
        "workspace": door.workspace,
        "corp": door.corp,
        "digest": digest,
        "event": event,
        "change_type": change_type,
        "about": text_of(fields, "ExternalUserID"),
        "body": said,
        "is_known": known,
        "happened_at": _instant(fields, now).isoformat(),
        "handlers": [each.name for each in found],
    }
    return _Waiting(row, (door.corp, digest), any(each.urgent for each in found))


def _instant(fields: Fields, now: datetime) -> datetime:
    try:
        told = datetime.fromtimestamp(int(text_of(fields, "CreateTime", "TimeStamp")), UTC)
    except (ValueError, OverflowError, OSError):
        return now
    return min(told, now)


def _write(batch: Sequence[_Waiting]) -> None:
    from yutang.kit.clock import now

    copies = Counter(each.key for each in batch)
    once = {each.key: each.row for each in batch}
    rows = [once[key] | {"n": n, "copies": copies[key]} for n, key in enumerate(sorted(once))]
    # One statement, which commits by itself: a transaction around it would be two more ways to PostgreSQL.
    told = {"told": msgspec.json.encode(rows).decode(), "now": now()}
    run("callbacks", "keep", told, prepared=True)
    kept(len(batch))
    _KEPT.inc(len(batch))
    if any(each.is_urgent for each in batch):
        wake("wecom.urgent")
    if any(each.row["handlers"] for each in batch):
        wake("wecom.callbacks")


def _refused(door: Door, refused: DomainError, now: datetime) -> None:
    code = refused.code().partition(".")[2]
    log.warning("callback refused", corp=door.corp, why=code)
    _TOLD.labels(code).inc()
    note_refused(door, code, now=now)


_inbox = _GroupCommit(_write)
