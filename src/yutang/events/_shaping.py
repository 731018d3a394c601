"""Properties of an event, by kind, in the warehouse's three maps.

    {"sku": "A1", "price": 12.5, "gift": true, "size": {"cm": 30}, "colours": ["red"]}
    → texts {"sku": "A1", "gift": "true"}, numbers {"price": 12.5, "size.cm": 30}, lists {"colours": ["red"]}

Text, yes/no, dates and instants are kept in `texts`; numbers and money (whole fen) in `numbers`; lists of
plain values in `lists`. Nested objects are flattened with dots; a list that holds objects becomes
JSON text. Null and the empty string mean unknown and are left out.
"""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from typing import Any, NamedTuple

import msgspec

from yutang.kit.errors import FieldProblem
from yutang.kit.i18n import Text
from yutang.loop import PropertyKind

__all__ = [
    "KIND_LABELS",
    "STORED_IN",
    "Shape",
    "inferred",
    "is_name",
    "plain_shape",
    "shape",
    "shown",
    "wrong",
]

TEXT, NUMBER, MONEY = PropertyKind.TEXT, PropertyKind.NUMBER, PropertyKind.MONEY
BOOL, DATE, TIME, LIST = (
    PropertyKind.BOOL,
    PropertyKind.DATE,
    PropertyKind.TIME,
    PropertyKind.LIST,
)
STORED_IN: Mapping[PropertyKind, str] = {
    TEXT: "texts",
    BOOL: "texts",
    DATE: "texts",
    TIME: "texts",
    NUMBER: "numbers",
    MONEY: "numbers",
    LIST: "lists",
}
KIND_LABELS: Mapping[PropertyKind, Text] = {
    TEXT: Text("文字", "text"),
    NUMBER: Text("数字", "a number"),
    MONEY: Text("以分为单位的整数金额", "an amount in whole fen"),
    BOOL: Text("true 或 false", "true or false"),
    DATE: Text("日期，如 2026-05-01", "a date such as 2026-05-01"),
    TIME: Text(
        "带时区的时间，如 2026-05-01T10:00:00+08:00",
        "an instant with its UTC offset, such as 2026-05-01T10:00:00+08:00",
    ),
    LIST: Text('列表，如 ["红", "蓝"]', 'a list such as ["red", "blue"]'),
}
LONGEST_TEXT = 8_000
LONGEST_NAME = 100
LONGEST_LIST = 500
MOST_PROPERTIES = 200
DEEPEST = 8
LARGEST_NUMBER = 2**53  # beyond it a double no longer tells neighbours apart

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


def wrong(field: str, what: Text, came: str | None = None) -> FieldProblem:
    """Return one thing that is not as it should be, in the reader's language."""
    return FieldProblem(field=field, message=what.said(), came=came)


class Shape(msgspec.Struct, gc=False):
    """The properties of one event, by where they are stored."""

    texts: dict[str, str]
    numbers: dict[str, float]
    lists: dict[str, list[str]]


def shape(
    properties: Mapping[str, Any],
    kinds: Mapping[str, PropertyKind],
    found: dict[str, PropertyKind],
    wrongs: list[FieldProblem],
) -> Shape:
    """Sort properties into the maps. What has no kind yet is put into `found` with an inferred one;
    what contradicts its kind, into `wrongs`.
    """
    shaped = Shape({}, {}, {})
    sorting = _Sorting(shaped, kinds, found, wrongs)
    for name, value in properties.items():
        sorting.place(name, value, 0)
    held = max(len(properties), len(shaped.texts) + len(shaped.numbers))
    if held > MOST_PROPERTIES:
        wrongs.append(wrong("properties", _TOO_MANY_PROPERTIES, str(held)))
    return shaped


def plain_shape(properties: Mapping[str, Any], kinds: Mapping[str, PropertyKind]) -> Shape | None:
    """Return what `shape` returns where every property is plainly of its kind, as nearly always; or None."""
    texts: dict[str, str] = {}
    numbers: dict[str, float] = {}
    for name, value in properties.items():
        kind = kinds.get(name)
        if kind is TEXT and value.__class__ is str:
            if not value or len(value) > LONGEST_TEXT or "\x00" in value:
                return None
            texts[name] = value
        elif (kind is NUMBER and value.__class__ in _NUMBERS) or (
            kind is MONEY and value.__class__ is int
        ):
            if not -LARGEST_NUMBER <= value <= LARGEST_NUMBER:
                return None
            numbers[name] = value
        elif kind is BOOL and value.__class__ is bool:
            texts[name] = "true" if value else "false"
        else:
            return None
    return Shape(texts, numbers, {}) if len(properties) <= MOST_PROPERTIES else None


_NUMBERS = (int, float)
_TOO_MANY_PROPERTIES = Text(
    f"一个事件最多 {MOST_PROPERTIES} 个属性", f"at most {MOST_PROPERTIES} properties an event"
)


class _Sorting(NamedTuple):
    """What is not plainly of its kind, for one event."""

    shaped: Shape
    kinds: Mapping[str, PropertyKind]
    found: dict[str, PropertyKind]
    wrongs: list[FieldProblem]

    def place(self, name: str, value: Any, depth: int) -> None:
        """Put one property where it belongs; of an object, each of its properties."""
        if value is None or value in ("", [], {}):
            return
        if isinstance(value, Mapping):
            self._place_each(name, value, depth + 1)
            return
        if not is_name(name):
            self.wrongs.append(_wrong(name[:LONGEST_NAME], _NAME_RULE, name))
            return
        value = _plain(value)
        kind = self.kinds.get(name) or self.found.get(name)
        kind = kind or self.found.setdefault(name, inferred(value))
        kept, expected = _KEEP[kind](value)
        if expected is not None:
            self.wrongs.append(_wrong(name, expected, value))
        else:
            getattr(self.shaped, STORED_IN[kind])[name] = kept

    def _place_each(self, name: str, values: Mapping[str, Any], depth: int) -> None:
        if depth > DEEPEST:
            self.wrongs.append(_wrong(name, _TOO_DEEP, values))
            return
        for inner, held in values.items():
            self.place(f"{name}.{inner}", held, depth)


def inferred(value: object) -> PropertyKind:
    """Return the kind that a value of an unknown property is taken for. A text stays a text even where
    it reads like a date: what comes next may not; people can sharpen the kind in the catalogue.
    """
    if isinstance(value, bool):
        return BOOL
    if isinstance(value, int | float):
        return NUMBER
    return LIST if isinstance(value, list) else TEXT


def is_name(name: str) -> bool:
    """Return whether a type or property may bear this name: 1–100 characters, none invisible."""
    return 0 < len(name) <= LONGEST_NAME and not _CONTROL.search(name) and name == name.strip()


_NAME_RULE = Text(
    f"属性名应为 1–{LONGEST_NAME} 个可见字符",
    f"a property's name is 1–{LONGEST_NAME} visible characters",
)
_TOO_LONG = Text(f"文字最长 {LONGEST_TEXT} 个字符", f"a text has at most {LONGEST_TEXT} characters")
_TOO_MANY = Text(f"列表最多 {LONGEST_LIST} 项", f"a list has at most {LONGEST_LIST} entries")
_TOO_LARGE = Text(
    "数字超过 2⁵³，会丢失精度，请改用文字", "a number beyond 2⁵³ would lose digits; send it as text"
)
_TOO_DEEP = Text(f"最多嵌套 {DEEPEST} 层", f"nested at most {DEEPEST} deep")
_HAS_NUL = Text("不能含有 NUL 字符", "must not contain a NUL character")


def _plain(value: Any) -> Any:
    """Return lists of objects as JSON text, and instants as Python gives them as ISO text."""
    if isinstance(value, list | tuple):
        if any(isinstance(each, dict | list) for each in value):
            return msgspec.json.encode(value).decode()
        return [each for each in value if each is not None]
    if isinstance(value, datetime | date):
        return value.isoformat()
    return value


Kept = tuple[Any, Text | None]  # what is stored, or what was expected instead


def _bool(value: Any) -> Kept:
    return ("true" if value else "false"), None if isinstance(value, bool) else KIND_LABELS[BOOL]


def _number(value: Any) -> Kept:
    if value.__class__ not in _NUMBERS:
        return None, KIND_LABELS[NUMBER]
    return value, None if abs(value) <= LARGEST_NUMBER else _TOO_LARGE


def _money(value: Any) -> Kept:
    whole = value.__class__ in _NUMBERS and abs(value) <= LARGEST_NUMBER and value == int(value)
    return value, None if whole else KIND_LABELS[MONEY]


def _text(value: Any) -> Kept:
    return value, _text_wrong(value) if isinstance(value, str) else KIND_LABELS[TEXT]


def _list(value: Any) -> Kept:
    if not isinstance(value, list):
        return None, KIND_LABELS[LIST]
    entries = [_entry(each) for each in value]
    if len(entries) > LONGEST_LIST:
        return entries, _TOO_MANY
    return entries, next(filter(None, map(_text_wrong, entries)), None)


def _entry(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def _text_wrong(value: str) -> Text | None:
    if len(value) > LONGEST_TEXT:
        return _TOO_LONG
    return _HAS_NUL if "\x00" in value else None


def _date(value: str) -> tuple[str, Text | None]:
    try:
        return date.fromisoformat(value[:10]).isoformat(), None if len(
            value
        ) == 10 else KIND_LABELS[DATE]
    except ValueError:
        return value, KIND_LABELS[DATE]


def _instant(value: Any) -> Kept:
    try:
        moment = datetime.fromisoformat(value)
    except (TypeError, ValueError):
        return None, KIND_LABELS[TIME]
    if moment.tzinfo is None:
        return None, KIND_LABELS[TIME]
    utc = moment.astimezone(UTC).isoformat(timespec="milliseconds")
    return utc.replace("+00:00", "Z"), None


_KEEP: Mapping[PropertyKind, Callable[[Any], Kept]] = {
    TEXT: _text,
    NUMBER: _number,
    MONEY: _money,
    BOOL: _bool,
    DATE: _date,
    TIME: _instant,
    LIST: _list,
}


def _wrong(name: str, expected: Text, value: object) -> FieldProblem:
    return wrong(
        f"properties.{name}",
        Text(f"应为{expected.zh}", f"expected {expected.en}")
        if expected in KIND_LABELS.values()
        else expected,
        shown(value),
    )


def shown(value: object) -> str:
    """Return what came, short enough to be said."""
    written = value if isinstance(value, str) else msgspec.json.encode(value).decode()
    written = written.replace("\x00", "\\u0000")
    return written if len(written) <= 80 else f"{written[:77]}…"
