"""How tests of one value are worded: what comes after “城市”, “points”, “首次下单”."""

from typing import Any

from yutang.audiences.condition.nodes import (
    Anniversary,
    Between,
    Calendar,
    Comparison,
    Holds,
    InPeriod,
    Inside,
    Kind,
    Known,
    LessThanAgo,
    MoreThanAgo,
    OneOf,
    TextMatch,
    WithinNext,
)
from yutang.audiences.condition.sentence.forms import Form, Found, alternatives
from yutang.audiences.condition.sentence.slots import (
    Count,
    Days,
    Listed,
    Money,
    Names,
    Number,
    Point,
    Spans,
    Words,
)
from yutang.audiences.condition.vocabulary import Vocabulary
from yutang.kit.i18n import Text

__all__ = ["CALENDAR", "RELATIVE", "ValueSlot", "value_test"]

_ORDERED = (Kind.NUMBER, Kind.MONEY, Kind.DATE, Kind.TIME)
_DATED = (Kind.DATE, Kind.TIME)
_STRINGS = (Kind.TEXT, Kind.CHOICE, Kind.STAFF, Kind.STORE, Kind.GROUP)
_LISTS = (Kind.MULTI_CHOICE, Kind.LIST)


def _choices(words: Vocabulary, found: Found) -> dict[Any, Text]:
    field = found["field"]
    people = {Kind.STAFF: words.staff, Kind.STORE: words.stores, Kind.GROUP: words.groups}
    if field.kind in people:
        return {each: Text(name, name) for each, name in people[field.kind].items()}
    attribute = words.attributes.get(field.name) if found.get("choices") else None
    return dict(attribute.choices) if attribute else {}


class ValueSlot:
    """A value of the kind of the field the test is about."""

    _BY_KIND = {Kind.NUMBER: Number(), Kind.MONEY: Money(), Kind.DATE: Days(), Kind.TIME: Point()}
    _names = Names(_choices, Text("选项", "a choice"))

    def _slot(self, words: Vocabulary, found: Found) -> Any:
        kind = found["field"].kind
        if kind in (Kind.STAFF, Kind.STORE, Kind.GROUP) or _choices(words, found):
            return self._names
        return self._BY_KIND.get(kind, Words())

    def say(self, value: Any, voice: Any, found: Found) -> str:
        return str(self._slot(voice.words, found).say(value, voice, found))

    def read(self, scanner: Any, at: int, found: Found) -> Any:
        return self._slot(scanner.words, found).read(scanner, at, found)


_V, _VS, _SPAN, _TEXT = ValueSlot(), Listed(ValueSlot()), Spans(), Words()
_COUNT = Count()


def calendar_form(zh: tuple[str, ...], en: tuple[str, ...], period: str, unit: str) -> Form:
    value = Calendar(period, unit)  # type: ignore[arg-type]
    return Form(zh, en, take=lambda each: {} if each == value else None, build=lambda found: value)


def _past(unit: str, zh: tuple[str, ...], en: str) -> Form:
    return Form(
        zh=zh,
        en=(f"the past {{n}} full [{en}s|{en}]", f"past {{n}} full [{en}s|{en}]"),
        slots={"n": _COUNT},
        take=lambda each: {"n": each.count} if (each.period, each.unit) == ("past", unit) else None,
        build=lambda found: Calendar("past", unit, found["n"]) if 1 <= found["n"] <= 400 else None,  # type: ignore[arg-type]
    )


CALENDAR = alternatives(
    (
        calendar_form(("今天", "今日", "当天"), ("today",), "this", "day"),
        calendar_form(("昨天", "昨日"), ("yesterday",), "last", "day"),
        calendar_form(("本周", "这周", "这个星期"), ("this week",), "this", "week"),
        calendar_form(("上周", "上个星期"), ("last week",), "last", "week"),
        calendar_form(("本月", "这个月", "当月"), ("this month",), "this", "month"),
        calendar_form(("上月", "上个月"), ("last month",), "last", "month"),
        calendar_form(("本季度", "这个季度"), ("this quarter",), "this", "quarter"),
        calendar_form(("上季度", "上个季度"), ("last quarter",), "last", "quarter"),
        calendar_form(("今年", "本年"), ("this year",), "this", "year"),
        calendar_form(("去年", "上年"), ("last year",), "last", "year"),
        _past("day", ("前{n}个整天", "过去{n}个整天", "最近{n}个整天", "最近{n}个完整天"), "day"),
        _past("week", ("前{n}个整周", "过去{n}个整周", "最近{n}个整周"), "week"),
        _past("month", ("前{n}个整月", "过去{n}个整月", "最近{n}个整月"), "month"),
        _past("quarter", ("前{n}个整季度", "过去{n}个整季度", "最近{n}个整季度"), "quarter"),
        _past("year", ("前{n}个整年", "过去{n}个整年", "最近{n}个整年"), "year"),
    )
)


def _comparison(op: str, zh: tuple[str, ...], en: tuple[str, ...]) -> Form:
    return Form(
        zh=zh,
        en=en,
        slots={"v": _V},
        take=lambda test: (
            {"v": test.value}
            if isinstance(test, Comparison) and test.op == op and not isinstance(test.value, bool)
            else None
        ),
        build=lambda found: Comparison(op, found["v"]),  # type: ignore[arg-type]
    )


_EQUAL = _comparison("eq", ("=[|=]{v}", "[等于|是|为|:]{v}"), ("is {v}", "[=|==|equals]{v}"))
_UNEQUAL = _comparison(
    "ne", ("≠{v}", "[!=|<>|不等于|不是|不为]{v}"), ("is not {v}", "[≠|!=|<>]{v}")
)
_LESS = _comparison(
    "lt", ("<{v}", "[小于|少于|低于|早于]{v}"), ("is less than {v}", "[is below|is before|<]{v}")
)
_AT_MOST = _comparison(
    "le",
    ("≤{v}", "[<=|小于等于|小于或等于|至多|最多|不超过|不多于|不大于|不晚于]{v}"),
    ("is at most {v}", "[≤|<=|is on or before|is up to]{v}"),
)
_MORE = _comparison(
    "gt",
    (">{v}", "[大于|多于|超过|高于|晚于]{v}"),
    ("is more than {v}", "[is above|is after|>]{v}"),
)
_AT_LEAST = _comparison(
    "ge",
    ("≥{v}", "[>=|大于等于|大于或等于|至少|最少|不少于|不低于|不小于|不早于]{v}"),
    ("is at least {v}", "[≥|>=|is on or after|is from]{v}"),
)
_ORDERINGS = (_AT_MOST, _AT_LEAST, _LESS, _MORE)

_BETWEEN = Form(
    zh=("在{low}到{high}之间", "[在|介于|]{low}[到|至|-|~]{high}[之间|]"),
    en=("is between {low} and {high}", "[is|] [between|from] {low} [and|to] {high}"),
    slots={"low": _V, "high": _V},
    take=lambda test: {"low": test.low, "high": test.high} if isinstance(test, Between) else None,
    build=lambda found: Between(found["low"], found["high"]),
)


def _bool(value: bool, zh: tuple[str, ...], en: tuple[str, ...]) -> Form:
    test = Comparison("eq", value)
    return Form(
        zh,
        en,
        take=lambda each: {} if isinstance(each, Comparison) and each.value is value else None,
        build=lambda found: test,
    )


_YES = _bool(True, ("=是", "[=|为|:][是|有|真|true]"), ("is yes", "[is|=] [yes|true]"))
_NO = _bool(
    False, ("=否", "[=|为|:|][不是|否|无|没有|假|false]"), ("is no", "[is|=] [no|false]", "is not")
)


def _one_of(negated: bool, zh: tuple[str, ...], en: tuple[str, ...]) -> Form:
    return Form(
        zh=zh,
        en=en,
        slots={"vs": _VS},
        take=lambda test: (
            {"vs": test.values} if isinstance(test, OneOf) and test.negated == negated else None
        ),
        build=lambda found: OneOf(found["vs"], negated),
    )


_IN = _one_of(False, ("属于{vs}", "[是|为]{vs}之一", "[∈]{vs}"), ("is one of {vs}", "is in {vs}"))
_NOT_IN = _one_of(
    True,
    ("不属于{vs}", "不是{vs}[之一|中的任何一个]"),
    ("is none of {vs}", "is not [one of|in] {vs}"),
)


def _match(op: str, zh: tuple[str, ...], en: tuple[str, ...]) -> Form:
    return Form(
        zh=zh,
        en=en,
        slots={"v": _TEXT},
        take=lambda test: (
            {"v": test.value} if isinstance(test, TextMatch) and test.op == op else None
        ),
        build=lambda found: TextMatch(op, found["v"]),  # type: ignore[arg-type]
    )


_MATCHES = (
    _match("contains", ("包含{v}", "[含有|含]{v}"), ("contains {v}",)),
    _match("starts", ("开头是{v}", "以{v}开头"), ("starts with {v}",)),
    _match("ends", ("结尾是{v}", "以{v}结尾"), ("ends with {v}",)),
    _match("matches", ("匹配{v}", "[符合正则|匹配正则]{v}"), ("matches {v}",)),
)
_KNOWN = Form(
    ("已知", "[不为空|有值|已填写]"),
    ("is known",),
    take=lambda test: {} if test == Known(known=True) else None,
    build=lambda found: Known(known=True),
)
_UNKNOWN = Form(
    ("未知", "[为空|没有值|未填写]"),
    ("is unknown",),
    take=lambda test: {} if test == Known(known=False) else None,
    build=lambda found: Known(known=False),
)


def _holds(quantifier: str, zh: tuple[str, ...], en: tuple[str, ...]) -> Form:
    return Form(
        zh=zh,
        en=en,
        slots={"vs": _VS},
        take=lambda test: (
            {"vs": test.values}
            if isinstance(test, Holds) and test.quantifier == quantifier
            else None
        ),
        build=lambda found: Holds(quantifier, found["vs"]),  # type: ignore[arg-type]
    )


_HOLDING = (
    _holds("all", ("含全部{vs}", "[包含全部|含有全部|同时含]{vs}"), ("has all of {vs}",)),
    _holds("none", ("不含{vs}", "[不包含|不含有]{vs}"), ("has none of {vs}",)),
    _holds("any", ("含任一{vs}", "[包含任一|含有任一|包含|含有|含]{vs}"), ("has any of {vs}",)),
)


def _inside(negated: bool, zh: tuple[str, ...], en: tuple[str, ...]) -> Form:
    return Form(
        zh=zh,
        en=en,
        slots={"vs": Listed(Words(), ("、",))},
        take=lambda test: (
            {"vs": test.regions} if isinstance(test, Inside) and test.negated == negated else None
        ),
        build=lambda found: Inside(found["vs"], negated),
    )


_INSIDE = (
    _inside(False, ("位于{vs}", "[在|属于|=]{vs}"), ("lies in {vs}", "is in {vs}")),
    _inside(True, ("不位于{vs}", "[不在|不属于]{vs}"), ("does not lie in {vs}", "is not in {vs}")),
)


def _span_form(
    kind: type[LessThanAgo | MoreThanAgo | WithinNext], zh: tuple[str, ...], en: tuple[str, ...]
) -> Form:
    return Form(
        zh=zh,
        en=en,
        slots={"span": _SPAN},
        take=lambda test: {"span": test.span} if isinstance(test, kind) else None,
        build=lambda found: kind(found["span"]) if _fits(found) else None,
    )


def _fits(found: Found) -> bool:
    return found["field"].kind is Kind.TIME or found["span"].unit not in ("minute", "hour")


RELATIVE = (
    _span_form(
        LessThanAgo,
        ("不满{span}", "[未满|不足|不到]{span}", "[在|]近{span}[内|]", "[在|]最近{span}[内|]"),
        ("is less than {span} ago", "is within the last {span}"),
    ),
    _span_form(
        MoreThanAgo,
        ("满{span}", "[已满|超过]{span}[前|]", "{span}以上", "[≥|>=|至少]{span}[前|]"),
        ("is at least {span} ago", "[is more than|is over] {span} ago"),
    ),
    _span_form(
        WithinNext, ("在未来{span}内", "[未来|今后]{span}[内|]"), ("is within the next {span}",)
    ),
    Form(
        ("在{calendar}", "{calendar}"),
        ("is {calendar}", "is [in|during] {calendar}"),
        {"calendar": CALENDAR},
        take=lambda test: {"calendar": test.calendar} if isinstance(test, InPeriod) else None,
        build=lambda found: InPeriod(found["calendar"]),
    ),
    Form(
        ("周年在今天", "周年[是|为]今天"),
        ("has its anniversary today",),
        take=lambda test: {} if test == Anniversary(0) else None,
        build=lambda found: Anniversary(0),
    ),
    Form(
        ("周年在本月",),
        ("has its anniversary this month",),
        take=lambda test: {} if test == Anniversary(None) else None,
        build=lambda found: Anniversary(None),
    ),
    Form(
        ("周年在未来{n}天内", "周年在{n}天内"),
        (
            "has its anniversary within the next {n} [days|day]",
            "has its anniversary within {n} [days|day]",
        ),
        {"n": _COUNT},
        take=lambda test: {"n": test.days} if isinstance(test, Anniversary) and test.days else None,
        build=lambda found: Anniversary(found["n"]) if found["n"] <= 365 else None,
    ),
)

_BY_KIND: dict[Kind, tuple[Form, ...]] = {
    Kind.TEXT: (_NOT_IN, _IN, *_MATCHES, _KNOWN, _UNKNOWN, _UNEQUAL, _EQUAL),
    Kind.NUMBER: (_BETWEEN, _NOT_IN, _IN, *_ORDERINGS, _KNOWN, _UNKNOWN, _UNEQUAL, _EQUAL),
    Kind.MONEY: (_BETWEEN, *_ORDERINGS, _KNOWN, _UNKNOWN, _UNEQUAL, _EQUAL),
    Kind.DATE: (*RELATIVE, _BETWEEN, *_ORDERINGS, _KNOWN, _UNKNOWN, _UNEQUAL, _EQUAL),
    Kind.TIME: (*RELATIVE, _BETWEEN, *_ORDERINGS, _KNOWN, _UNKNOWN, _UNEQUAL, _EQUAL),
    Kind.BOOL: (_KNOWN, _UNKNOWN, _YES, _NO),
    Kind.CHOICE: (_NOT_IN, _IN, _KNOWN, _UNKNOWN, _UNEQUAL, _EQUAL),
    Kind.MULTI_CHOICE: (*_HOLDING, _KNOWN, _UNKNOWN),
    Kind.LIST: (*_HOLDING, _KNOWN, _UNKNOWN),
    Kind.REGION: (*_INSIDE, _KNOWN, _UNKNOWN),
}
_BY_KIND |= dict.fromkeys((Kind.STAFF, Kind.STORE, Kind.GROUP), _BY_KIND[Kind.CHOICE])


class value_test:  # noqa: N801 — a slot, used like the others
    """The test that fits the kind of `found["field"]`."""

    @staticmethod
    def say(test: Any, voice: Any, found: Found) -> str:
        return alternatives(_BY_KIND[found["field"].kind]).say(test, voice, found)

    @staticmethod
    def read(scanner: Any, at: int, found: Found) -> Any:
        return alternatives(_BY_KIND[found["field"].kind]).read(scanner, at, found)
