"""Reading what a sender posts: one event, a JSON array, {"events": […]}, or one JSON object a line.

The common case, all well, is a single typed decoding of the whole body. Where something is not as
expected, each event is read by itself, so that only those at fault are refused, each with its field.
"""

import re
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from yutang.events.service import shown, wrong
from yutang.kit.errors import DomainError, FieldProblem
from yutang.kit.i18n import Text
from yutang.kit.json_place import broken_at
from yutang.tracking._accepting import IncomingEvent

__all__ = [
    "BodyNotEvents",
    "BodyNotGzip",
    "BodyUnpacksTooLarge",
    "EncodingUnknown",
    "Read",
    "TooManyEvents",
    "read_events",
    "unpacked",
]

MOST_EVENTS = 10_000


class BodyNotEvents(DomainError):
    """The body is not JSON, or JSON of another shape."""

    status = 400
    zh = "请求体读不出事件：{reason}。应为一个事件、事件数组、带 events 的对象，或每行一个 JSON 的 NDJSON。"
    en = (
        "No events can be read from the body: {reason}. Send one event, an array of events,"
        " an object with events, or NDJSON with one object a line."
    )


class TooManyEvents(DomainError):
    """More events than one request may carry."""

    status = 413
    zh = "一次最多 {most} 个事件，这次有 {count} 个。请分成几次发送。"
    en = "One request takes {most} events; this one has {count}. Send them in several requests."


class EncodingUnknown(DomainError):
    """A Content-Encoding we do not unpack."""

    status = 415
    zh = "不支持 Content-Encoding: {encoding}。请用 gzip，或不压缩。"
    en = "Content-Encoding {encoding} is not supported. Use gzip, or send it as it is."


class BodyNotGzip(DomainError):
    """Said to be gzip, but is not, or is cut short."""

    status = 400
    zh = "请求体标为 gzip，但解不开，可能不完整。请重新压缩后发送。"
    en = "The body is said to be gzip but does not unpack; it may be cut short. Compress it again."


class BodyUnpacksTooLarge(DomainError):
    """A small body that would become a huge one."""

    status = 413
    zh = "请求体解压后超过 {megabytes} MB。请分成几次发送。"
    en = "The body unpacks to more than {megabytes} MB. Send it in several parts."


def unpacked(body: bytes, encoding: str, *, megabytes: int) -> bytes:
    """Return the body without its compression; never more than `megabytes` of it.

    :raises EncodingUnknown, BodyNotGzip, BodyUnpacksTooLarge:
    """
    if encoding in {"", "identity"}:
        return body
    if encoding not in {"gzip", "x-gzip"}:
        raise EncodingUnknown(encoding=encoding[:40])
    most = megabytes * 1024 * 1024
    unpacking = zlib.decompressobj(wbits=31)
    try:
        plain = unpacking.decompress(body, most)
    except zlib.error:
        raise BodyNotGzip from None
    if unpacking.unconsumed_tail:
        raise BodyUnpacksTooLarge(megabytes=megabytes)
    if not unpacking.eof or unpacking.unused_data:
        raise BodyNotGzip
    return plain


@dataclass(frozen=True)
class Read:
    """The events of a body by their place, and what is wrong with those that are not there."""

    events: Mapping[int, IncomingEvent]
    refusals: Mapping[int, list[FieldProblem]]
    count: int
    is_single: bool = False


class _Outer(msgspec.Struct):
    """What tells one event from an object that holds many."""

    events: msgspec.Raw = msgspec.Raw(b"")


_one = msgspec.json.Decoder(IncomingEvent)
_many = msgspec.json.Decoder(list[IncomingEvent])
_raws = msgspec.json.Decoder(list[msgspec.Raw])
_outer = msgspec.json.Decoder(_Outer)


def read_events(body: bytes, *, lines: bool) -> Read:
    """Return the events of a body; `lines` says that it is NDJSON.

    :raises BodyNotEvents, TooManyEvents:
    """
    try:
        return _lines(body) if lines else _json(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise BodyNotEvents(reason=broken_at(body).said()) from None


def _json(body: bytes) -> Read:
    begin = body.lstrip(b" \t\r\n")[:1]
    if begin == b"{":
        events = bytes(_outer.decode(body).events)
        if not events:
            return _each([body], is_single=True)
        body = events
    elif begin != b"[":
        raise BodyNotEvents(reason=_EMPTY.said() if not begin else _NOT_OBJECT.said())
    try:
        return _all_well(_many.decode(body))
    except msgspec.ValidationError:
        return _each(_raws.decode(body))


def _lines(body: bytes) -> Read:
    try:
        return _all_well(_one.decode_lines(body))
    except (msgspec.DecodeError, UnicodeDecodeError):
        return _each([line for line in body.splitlines() if line.strip()])


_EMPTY = Text("请求体是空的", "the body is empty")
_NOT_OBJECT = Text("开头既不是 {{ 也不是 [", "it begins with neither {{ nor [")


def _all_well(events: Sequence[IncomingEvent]) -> Read:
    _count(events)
    return Read(dict(enumerate(events)), {}, len(events))


def _count(events: Sequence[object]) -> None:
    if len(events) > MOST_EVENTS:
        raise TooManyEvents(most=MOST_EVENTS, count=len(events))


def _each(raws: Sequence[bytes | msgspec.Raw], *, is_single: bool = False) -> Read:
    """Read each event by itself. A single one that is no JSON at all refuses the whole."""
    _count(raws)
    events: dict[int, IncomingEvent] = {}
    refusals: dict[int, list[FieldProblem]] = {}
    for n, raw in enumerate(raws):
        try:
            events[n] = _one.decode(raw)
        except msgspec.ValidationError as reason:
            refusals[n] = [_told(str(reason), raw)]
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            if is_single:
                raise
            refusals[n] = [wrong("", _NOT_JSON, shown(bytes(raw).decode("utf-8", "replace")))]
    return Read(events, refusals, len(raws), is_single)


_MISSING = re.compile(r"missing required field `(\w+)`")
_UNKNOWN = re.compile(r"unknown field `(.*?)`")
_PLACE = re.compile(r" - at `\$\.?(.*?)`$")
_NOT_JSON = Text("这一行不是 JSON", "this line is not JSON")
_LACKING = Text("缺少这个字段", "this field is missing")
_NO_FIELD = Text(
    "没有这个字段，自定义内容请放在 properties 里",
    "there is no such field; put your own into properties",
)
_SHOULD: Mapping[str, Text] = {
    "": Text("事件应为对象", "an event is an object"),
    "id": Text("应为 UUID 文字", "expected a UUID as text"),
    "type": Text("应为文字，如 favorite", "expected text, such as favorite"),
    "customer": Text(
        '应为身份，如 {"phone": "13800138000"}',
        'expected identities, such as {"phone": "13800138000"}',
    ),
    "occurred_at": Text(
        "应为带时区的时间，如 2026-05-01T10:00:00+08:00，或毫秒时间戳",
        "expected an instant with its UTC offset, such as 2026-05-01T10:00:00+08:00, or Unix milliseconds",
    ),
    "amount": Text("应为以分为单位的整数", "expected an amount in whole fen"),
    "staff": Text("应为整数", "expected a whole number"),
    "store": Text("应为整数", "expected a whole number"),
    "group": Text("应为整数", "expected a whole number"),
    "properties": Text("应为对象", "expected an object"),
}
_SHOULD_BE_TEXT = Text("应为文字", "expected text")


def _told(reason: str, raw: bytes | msgspec.Raw) -> FieldProblem:
    """Say in the reader's language what the decoder found."""
    if lacking := _MISSING.search(reason):
        return wrong(lacking[1], _LACKING)
    if unknown := _UNKNOWN.search(reason):
        return wrong(unknown[1][:100], _NO_FIELD)
    place = _PLACE.search(reason)
    name = re.split(r"[.\[]", place[1])[0] if place else ""
    came: Any = msgspec.json.decode(raw)
    held = came.get(name) if name else came
    if name == "customer" and isinstance(held, dict):
        for kind, value in held.items():
            if not isinstance(value, str) and (
                isinstance(value, bool) or not isinstance(value, int)
            ):
                return wrong(f"customer.{kind}"[:120], _SHOULD_BE_TEXT, shown(value))
    return wrong(name, _SHOULD.get(name, _SHOULD_BE_TEXT), shown(held))
