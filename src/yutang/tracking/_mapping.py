"""From another system's JSON to events: a mapping says where in the body each field is found.

    {
      "when": {"path": "event", "in": ["order.paid"]},          # leave it out: every body counts
      "each": "data.orders",                                     # one event an entry; left out: the body is one
      "type": {"path": "event", "map": {"order.paid": "pay"}},   # or "pay" itself
      "id": "order_no",
      "occurred_at": {"path": "paid_at", "unit": "s"},           # ISO text, or a number of s or ms
      "customer": {"phone": "buyer.mobile", "openid:wxapp1": "buyer.openid"},
      "amount": {"path": "total", "unit": "yuan"},
      "content": "items[0].sku",
      "properties": {"coupon": "discounts[0].code"}
    }

Paths are dotted, with [n] for places in a list; under `each` they begin at the entry, and with `$.` at
the body again.
"""

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from yutang.events.service import shown, wrong
from yutang.kit.errors import DomainError, FieldProblem
from yutang.kit.i18n import Text
from yutang.kit.money import fen_from_yuan
from yutang.tracking._accepting import IncomingEvent

__all__ = ["Mapped", "MappingNotAsExpected", "checked_mapping", "map_body"]

_NAMESPACE = UUID("6b1a3f0e-7a52-5c0d-9a3e-2f6d6c1b8e41")
_STEP = re.compile(r"([^.\[\]]+)|\[(\d{1,4})\]")
_PATH = re.compile(r"(\$\.)?[^.\[\]\s][^.\[\]]*(\[\d{1,4}\])*(\.[^.\[\]]+(\[\d{1,4}\])*)*")
TEXTS = ("content", "campaign", "source")
NUMBERS = ("staff", "store", "group")
MOST_EVENTS = 1_000


class MappingNotAsExpected(DomainError):
    """A mapping that could not work."""

    status = 422
    zh = "这个映射有 {count} 处不能用，见 errors。"
    en = "The mapping cannot work in {count} places; see errors."


@dataclass(frozen=True)
class Mapped:
    """The events of one body, by their place, and what could not be mapped."""

    events: Mapping[int, IncomingEvent]
    refusals: Mapping[int, list[FieldProblem]]
    is_ignored: bool = False


_A_PATH = Text("应为路径，如 data.items[0].sku", "expected a path, such as data.items[0].sku")
_NO_FIELD = Text("事件没有这个字段", "an event has no such field")
_NEEDED = Text("映射必须说明这一项", "a mapping must say this")
_TYPE = Text(
    '应为事件类型，或 {"path": …, "map": {…}}', 'expected an event type, or {"path": …, "map": {…}}'
)
_WHEN = Text('应为 {"path": …, "in": […]}', 'expected {"path": …, "in": […]}')
_TIME = Text(
    '应为路径，或 {"path": …, "unit": "iso"、"s" 或 "ms"}',
    'expected a path, or {"path": …, "unit": "iso", "s" or "ms"}',
)
_AMOUNT = Text(
    '应为路径，或 {"path": …, "unit": "fen" 或 "yuan"}',
    'expected a path, or {"path": …, "unit": "fen" or "yuan"}',
)
_PATHS = Text("应为对象，值是路径", "expected an object whose values are paths")
_NOT_TIME = Text("读不出时间", "no instant can be read from this")
_NOT_MONEY = Text("读不出金额", "no amount can be read from this")
_NOT_LIST = Text("这里应是列表", "expected a list here")
_NO_TYPE = Text("对应不到事件类型", "corresponds to no event type")
_NOT_WHOLE = Text("应为整数", "expected a whole number")
_TOO_MANY = Text(f"一次最多 {MOST_EVENTS} 个事件", f"at most {MOST_EVENTS} events at once")


def checked_mapping(given: Mapping[str, Any]) -> dict[str, Any]:
    """Return the mapping.

    :raises MappingNotAsExpected:
    """
    errors = list(_wrongs(given))
    if errors:
        raise MappingNotAsExpected(errors=errors, count=len(errors))
    return dict(given)


def _wrongs(given: Mapping[str, Any]) -> Iterator[FieldProblem]:
    for name in ("type", "customer"):
        if not given.get(name):
            yield wrong(name, _NEEDED)
    for name, value in given.items():
        if name not in FIELDS:
            yield wrong(name[:100], _NO_FIELD)
        elif not FIELDS[name][0](value):
            yield wrong(name, FIELDS[name][1], shown(value))


def _is_path(given: object) -> bool:
    return isinstance(given, str) and len(given) <= 200 and bool(_PATH.fullmatch(given))


def _are_paths(given: object) -> bool:
    return isinstance(given, dict) and len(given) <= 200 and all(map(_is_path, given.values()))


def _is_type(given: object) -> bool:
    return isinstance(given, str) or _is_chosen(given, "map", dict)


def _is_chosen(given: object, key: str, kind: type) -> bool:
    return (
        isinstance(given, dict)
        and given.keys() == {"path", key}
        and _is_path(given["path"])
        and isinstance(given[key], kind)
        and all(isinstance(each, str | int | bool) for each in given[key])
        and (kind is list or all(isinstance(each, str) for each in given[key].values()))
    )


def _is_measured(given: object, units: set[str]) -> bool:
    if isinstance(given, str):
        return _is_path(given)
    return (
        isinstance(given, dict)
        and given.keys() <= {"path", "unit"}
        and _is_path(given.get("path"))
        and given.get("unit", next(iter(units))) in units
    )


def _is_when(given: object) -> bool:
    return _is_chosen(given, "in", list)


def _is_instant(given: object) -> bool:
    return _is_measured(given, {"iso", "s", "ms"})


def _is_amount(given: object) -> bool:
    return _is_measured(given, {"fen", "yuan"})


FIELDS: Mapping[str, tuple[Callable[[object], bool], Text]] = {
    "when": (_is_when, _WHEN),
    "type": (_is_type, _TYPE),
    "occurred_at": (_is_instant, _TIME),
    "amount": (_is_amount, _AMOUNT),
    "customer": (_are_paths, _PATHS),
    "properties": (_are_paths, _PATHS),
    **dict.fromkeys(("each", "id", *TEXTS, *NUMBERS), (_is_path, _A_PATH)),
}


def map_body(mapping: Mapping[str, Any], body: Any, *, delivery: str) -> Mapped:
    """Return the events of a body. `delivery` names it, so that the same one gives the same ids."""
    when = mapping.get("when")
    if when and _found(body, body, when["path"]) not in when["in"]:
        return Mapped({}, {}, is_ignored=True)
    entries: Any = [body]
    if "each" in mapping:
        entries = _found(body, body, mapping["each"])
        if not isinstance(entries, list):
            return Mapped({}, {0: [wrong(mapping["each"], _NOT_LIST, shown(entries))]})
        if len(entries) > MOST_EVENTS:
            return Mapped({}, {0: [wrong(mapping["each"], _TOO_MANY, str(len(entries)))]})
    events: dict[int, IncomingEvent] = {}
    refusals: dict[int, list[FieldProblem]] = {}
    for n, entry in enumerate(entries):
        wrongs: list[FieldProblem] = []
        event = _event(mapping, body, entry, f"{delivery}:{n}", wrongs)
        if wrongs:
            refusals[n] = wrongs
        else:
            events[n] = event
    return Mapped(events, refusals)


def _found(body: Any, entry: Any, path: str) -> Any:
    """Return what stands at a path; None where there is nothing."""
    value, rest = (body, path[2:]) if path.startswith("$.") else (entry, path)
    for name, place in _STEP.findall(rest):
        if place:
            at = int(place)
            value = value[at] if isinstance(value, list) and at < len(value) else None
        else:
            value = value.get(name) if isinstance(value, dict) else None
    return value


def _event(
    mapping: Mapping[str, Any],
    body: Any,
    entry: Any,
    fallback_id: str,
    wrongs: list[FieldProblem],
) -> IncomingEvent:
    def at(path: str) -> Any:
        return _found(body, entry, path)

    own_id = at(mapping["id"]) if "id" in mapping else None
    type_name = _type(mapping["type"], at, wrongs)
    said = fallback_id if own_id in {None, ""} else f"{type_name}:{own_id}"
    event = IncomingEvent(
        type=type_name,
        customer={
            kind: value
            for kind, path in mapping["customer"].items()
            if isinstance(value := at(path), str | int) and value != ""
        },
        id=str(_id(said, delivery=fallback_id)),
        occurred_at=_instant(mapping.get("occurred_at"), at, wrongs),
        amount=_amount(mapping.get("amount"), at, wrongs),
        properties={name: at(path) for name, path in mapping.get("properties", {}).items()},
    )
    for name in TEXTS:
        value = at(mapping[name]) if name in mapping else None
        setattr(event, name, "" if value is None else str(value))
    for name in NUMBERS:
        value = at(mapping[name]) if name in mapping else None
        setattr(event, name, _whole(name, value, wrongs))
    return event


def _id(said: str, *, delivery: str) -> UUID:
    """Return the same UUID for the same thing told by the same hook."""
    hook = delivery.partition(":")[0]
    return uuid5(_NAMESPACE, f"{hook}:{hashlib.sha256(said.encode()).hexdigest()}")


def _type(given: Any, at: Any, wrongs: list[FieldProblem]) -> str:
    if isinstance(given, str):
        return given
    came = at(given["path"])
    key = came if isinstance(came, str) else shown(came)
    if key not in given["map"]:
        wrongs.append(wrong(given["path"], _NO_TYPE, key))
        return ""
    return str(given["map"][key])


def _instant(given: Any, at: Any, wrongs: list[FieldProblem]) -> datetime | int | None:
    if given is None:
        return None
    measured = given if isinstance(given, dict) else {"path": given}
    came, unit = at(measured["path"]), measured.get("unit", "iso")
    if came is None:
        return None
    try:
        if unit == "iso":
            return datetime.fromisoformat(came)
        return int(float(came) * (1000 if unit == "s" else 1))
    except (TypeError, ValueError, OverflowError):
        wrongs.append(wrong(measured["path"], _NOT_TIME, shown(came)))
        return None


def _amount(given: Any, at: Any, wrongs: list[FieldProblem]) -> int:
    if given is None:
        return 0
    measured = given if isinstance(given, dict) else {"path": given}
    came = at(measured["path"])
    if came is None:
        return 0
    if measured.get("unit", "fen") == "yuan":
        fen = fen_from_yuan(came) if isinstance(came, str | int | float) else None
    else:
        fen = _whole("amount", came, []) if str(came).lstrip("-").isdigit() else None
    if fen is None:
        wrongs.append(wrong(measured["path"], _NOT_MONEY, shown(came)))
    return fen or 0


def _whole(name: str, came: Any, wrongs: list[FieldProblem]) -> int:
    if came is None or came == "":
        return 0
    try:
        return int(came)
    except (TypeError, ValueError, OverflowError):
        wrongs.append(wrong(name, _NOT_WHOLE, shown(came)))
        return 0
