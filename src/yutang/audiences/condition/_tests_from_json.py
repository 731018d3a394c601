"""Tests of one value from JSON: which operators fit a kind, and what they take."""

from collections.abc import Callable, Mapping

from yutang.audiences.condition.nodes import (
    Anniversary,
    Between,
    Calendar,
    Comparison,
    Field,
    Holds,
    InPeriod,
    Inside,
    Kind,
    Known,
    LessThanAgo,
    MoreThanAgo,
    OneOf,
    Span,
    Test,
    TextMatch,
    Value,
    WithinNext,
)
from yutang.audiences.condition.patterns import fits
from yutang.audiences.condition.vocabulary import Vocabulary
from yutang.kit.i18n import Text
from yutang.kit.tree import Place

__all__ = ["OPERATORS", "calendar", "ordered", "span", "value_test"]

_ORDER = ("eq", "ne", "lt", "le", "gt", "ge", "between")
_KNOWN = ("known", "unknown")
_RELATIVE = ("more_than_ago", "less_than_ago", "within_next", "in_period", "anniversary")
_TEXT = ("eq", "ne", "in", "not_in", "contains", "starts", "ends", "matches", *_KNOWN)
_LIST = ("has_any", "has_all", "has_none", *_KNOWN)
_CHOICE = ("eq", "ne", "in", "not_in", *_KNOWN)

OPERATORS: Mapping[Kind, tuple[str, ...]] = {
    Kind.TEXT: _TEXT,
    Kind.NUMBER: (*_ORDER, "in", "not_in", *_KNOWN),
    Kind.MONEY: (*_ORDER, *_KNOWN),
    Kind.DATE: (*_ORDER, *_RELATIVE, *_KNOWN),
    Kind.TIME: (*_ORDER, *_RELATIVE, *_KNOWN),
    Kind.BOOL: ("eq", *_KNOWN),
    Kind.CHOICE: _CHOICE,
    Kind.MULTI_CHOICE: _LIST,
    Kind.LIST: _LIST,
    Kind.REGION: ("within", "not_within", *_KNOWN),
    Kind.STAFF: _CHOICE,
    Kind.STORE: _CHOICE,
    Kind.GROUP: _CHOICE,
}

_LONGEST = {
    "minute": 5_256_000,
    "hour": 876_000,
    "day": 36_500,
    "week": 5_200,
    "month": 1_200,
    "year": 100,
}
MOST_FEN = 10**15


def value_test(
    place: Place, field: Field, vocabulary: Vocabulary, choices: Mapping[str, Text] | None = None
) -> Test:
    """Return the test that `op` and `value` of an object describe for a field."""
    op = place["op"].one_of(*OPERATORS[field.kind])
    value = place["value"]
    one = _value_of(field, vocabulary, choices)
    if op in _KNOWN:
        return Known(op == "known")
    if op in _ORDER:
        return ordered(place, op, one, field.kind)
    if op in ("contains", "starts", "ends", "matches"):
        return _match(op, value)
    if op in ("in", "not_in"):
        return OneOf(tuple(one(each) for each in value.items()), op == "not_in")  # type: ignore[misc]
    if op in ("has_any", "has_all", "has_none"):
        return Holds(op[4:], tuple(str(one(each)) for each in value.items()))  # type: ignore[arg-type]
    if op in ("within", "not_within"):
        return Inside(tuple(_region(each) for each in value.items()), op == "not_within")
    return _relative(op, value, field.kind)


def _match(op: str, value: Place) -> TextMatch:
    written = value.text()
    if op == "matches" and not fits(written):
        raise value.mistake(
            "不含环视和反向引用的正则表达式，最长 200 个字符",
            "a regular expression without look-around or back-references, 200 characters at most",
        )
    return TextMatch(op, written)  # type: ignore[arg-type]


def ordered(
    place: Place, op: str, one: "Callable[[Place], Value]", kind: Kind
) -> Comparison | Between:
    """Return a comparison, or both ends of a range in their order."""
    value = place["value"]
    if op != "between":
        return Comparison(op, one(value))  # type: ignore[arg-type]
    low, high = (one(each) for each in value.items(least=2, most=2))
    if kind is not Kind.TIME and low > high:  # type: ignore[operator]
        raise value.mistake("由小到大的两个值", "two values, the smaller one first")
    return Between(low, high)


def _value_of(
    field: Field, vocabulary: Vocabulary, choices: Mapping[str, Text] | None
) -> "Callable[[Place], Value]":
    match field.kind:
        case Kind.NUMBER:
            return Place.number
        case Kind.MONEY:
            return lambda place: place.integer(-MOST_FEN, MOST_FEN)
        case Kind.DATE:
            return Place.day
        case Kind.TIME:
            return Place.moment
        case Kind.BOOL:
            return Place.boolean
        case Kind.STAFF:
            return lambda place: place.known(tuple(vocabulary.staff), Text("员工", "staff"))
        case Kind.STORE:
            return lambda place: place.known(tuple(vocabulary.stores), Text("门店", "store"))
        case Kind.GROUP:
            return lambda place: place.known(tuple(vocabulary.groups), Text("群", "group"))
        case Kind.CHOICE | Kind.MULTI_CHOICE if choices:
            return lambda place: place.known(tuple(choices), Text("选项", "choice"))
    return Place.text


def _region(place: Place) -> str:
    written = place.text()
    parts = written.split("/")
    if len(parts) > 4 or not all(part.strip() == part and part for part in parts):
        raise place.mistake("地区，如 广东/深圳/南山", "a region such as 广东/深圳/南山")
    return written


def _relative(op: str, value: Place, kind: Kind) -> Test:
    match op:
        case "in_period":
            return InPeriod(calendar(value))
        case "anniversary":
            value.only("within_days", "this")
            if value.has("this"):
                value["this"].one_of("month")
                return Anniversary(None)
            return Anniversary(value["within_days"].integer(0, 365))
    length = span(value)
    if kind is Kind.DATE and length.unit in ("minute", "hour"):
        raise value["unit"].mistake(
            " day、week、month、year 之一：日期没有钟点",
            "one of day, week, month, year: a date has no time of day",
        )
    if op == "within_next":
        return WithinNext(length)
    return MoreThanAgo(length) if op == "more_than_ago" else LessThanAgo(length)


def span(place: Place, *, exact: bool = False) -> Span:
    """Return a length of time; `exact` allows no months and years."""
    place.only("amount", "unit")
    units = tuple(_LONGEST)[:4] if exact else tuple(_LONGEST)
    unit = place["unit"].one_of(*units)
    return Span(place["amount"].integer(1, _LONGEST[unit]), unit)  # type: ignore[arg-type]


def calendar(place: Place) -> Calendar:
    """Return a calendar period: this one, the last one, or the past `count` complete ones."""
    place.only("kind", "period", "unit", "count")
    period = place["period"].one_of("this", "last", "past")
    unit = place["unit"].one_of("day", "week", "month", "quarter", "year")
    count = place["count"].integer(1, 400) if period == "past" else 1
    if period != "past" and place.has("count"):
        raise place["count"].mistake("空的：只有 past 才有个数", "absent: only past has a count")
    return Calendar(period, unit, count)  # type: ignore[arg-type]
