"""How windows and events are worded: “近30天收藏（价格≥100）≥3次”."""

from typing import Any

from yutang.audiences.condition.nodes import (
    EVER,
    Absolute,
    Around,
    Between,
    Calendar,
    Comparison,
    Events,
    EventTest,
    Ever,
    Field,
    Kind,
    Measure,
    MomentTest,
    PropertyTest,
    Rolling,
    Sequence,
    Span,
    Without,
)
from yutang.audiences.condition.sentence.forms import Form, Found, alternatives, remembered
from yutang.audiences.condition.sentence.slots import (
    Count,
    Listed,
    Names,
    Point,
    Spans,
)
from yutang.audiences.condition.sentence.values import CALENDAR, value_test
from yutang.audiences.condition.vocabulary import Vocabulary
from yutang.kit.i18n import Text

__all__ = ["COUNTED", "EVENT_FORMS", "SOME_EVENTS", "WINDOW", "WINDOW_OR_EVER"]

_SPAN, _POINT, _COUNT = Spans(), Point(), Count()


def _rolling(zh: tuple[str, ...], en: tuple[str, ...]) -> Form:
    return Form(
        zh,
        en,
        {"span": _SPAN},
        take=lambda window: {"span": window.span} if isinstance(window, Rolling) else None,
        build=lambda found: Rolling(found["span"]),
    )


def _absolute(zh: tuple[str, ...], en: tuple[str, ...], *, start: bool, end: bool) -> Form:
    def take(window: Any) -> Found | None:
        if not isinstance(window, Absolute):
            return None
        if (window.start is not None, window.end is not None) != (start, end):
            return None
        return {"a": window.start, "b": window.end}

    return Form(
        zh,
        en,
        {"a": _POINT, "b": _POINT},
        take=take,
        build=lambda found: Absolute(found.get("a"), found.get("b")),
    )


def _around(found: Found) -> Around | None:
    fits = 1 <= found["y"] <= 50 and found["x"] <= 180 and found["z"] <= 180
    return Around(found["y"], found["x"], found["z"]) if fits else None


_WINDOWS = alternatives(
    (
        _rolling(
            ("近{span}[|内]", "[最近|过去]{span}[内|]", "{span}内"),
            ("in the last {span}", "[in|within|during] [the|] [last|past] {span}", "within {span}"),
        ),
        Form(
            ("{calendar}",),
            ("{calendar}", "[in|during] {calendar}"),
            {"calendar": CALENDAR},
            take=lambda window: {"calendar": window} if isinstance(window, Calendar) else None,
            build=lambda found: found["calendar"],
        ),
        _absolute(
            ("{a}至{b}", "[从|]{a}[到|至|~]{b}[之间|期间|]"),
            ("between {a} and {b}", "from {a} [to|until] {b}"),
            start=True,
            end=True,
        ),
        _absolute(
            ("{a}起", "[自|从]{a}[起|以来|]", "{a}以来"),
            ("since {a}", "from {a}"),
            start=True,
            end=False,
        ),
        _absolute(
            ("{b}前", "{b}[止|之前|以前]"), ("until {b}", "before {b}"), start=False, end=True
        ),
        Form(
            ("{y}年前今天的前{x}天到后{z}天",),
            (
                "around today {y} [years|year] ago from {x} [days|day] before to {z} [days|day] after",
            ),
            {"y": _COUNT, "x": _COUNT, "z": _COUNT},
            take=lambda window: (
                {"y": window.years, "x": window.before, "z": window.after}
                if isinstance(window, Around)
                else None
            ),
            build=_around,
        ),
    )
)

WINDOW = remembered(_WINDOWS)

_EVER = Form(
    ("曾", "[曾经|历史|累计|一共|总共|]"),
    ("ever", "[at any time|]"),
    take=lambda window: {} if isinstance(window, Ever) else None,
    build=lambda found: EVER,
)
WINDOW_OR_EVER = remembered(alternatives((*_WINDOWS.forms, _EVER)))


def _types(words: Vocabulary, found: Found) -> dict[str, Text]:
    return {name: each.label for name, each in words.event_types.items()}


_TYPES = Listed(Names(_types, Text("事件", "an event")))
_SOME = Form(
    ("{types}",),
    ("{types}",),
    {"types": _TYPES},
    take=lambda types: {"types": types} if types else None,
    build=lambda found: found["types"],
)
_ACTIVE = Form(
    ("活跃", "有[任意|任何|]行为"),
    ("active",),
    take=lambda types: None if types else {},
    build=lambda found: (),
)


class _Property:
    """A property of the events named before it."""

    what = Text("事件属性", "a property of the event")

    def say(self, value: Field, voice: Any, found: Found) -> str:
        names = self._names(voice.words, found["types"])
        return names.say(value.name, voice, found)

    def read(self, scanner: Any, at: int, found: Found) -> Any:
        types = found["types"]
        key = ("properties", types)
        if key not in scanner.memory:
            scanner.memory[key] = self._names(scanner.words, types), scanner.words.properties(types)
        names, properties = scanner.memory[key]
        for name, end in names.read(scanner, at, found):
            yield properties[name][0], end

    def _names(self, words: Vocabulary, types: tuple[str, ...]) -> Names:
        table = {field.name: label for field, label in words.properties(types).values()}
        return Names(lambda words, found: table, self.what)


_PROPERTY = _Property()


class _Filter:
    """One test of a property."""

    form = Form(
        ("{field}{test}", "{field}[的|]{test}"),
        ("{field} {test}",),
        {"field": _PROPERTY, "test": value_test()},
        take=lambda each: {"field": each.field, "test": each.test},
        build=lambda found: PropertyTest(found["field"], found["test"]),
    )

    def say(self, value: PropertyTest, voice: Any, found: Found) -> str:
        return self.form.say(value, voice, {"types": found["types"]}) or ""

    def read(self, scanner: Any, at: int, found: Found) -> Any:
        return self.form.read(scanner, at, {"types": found["types"]})


class _Filters(Listed):
    """Several tests of properties, between semicolons."""

    def say(self, value: Any, voice: Any, found: Found) -> str:
        between = "；" if voice.language == "zh" else "; "
        return between.join(self.of.say(each, voice, found) for each in value)

    def read(self, scanner: Any, at: int, found: Found) -> Any:
        for first, end in self.of.read(scanner, at, found):
            yield from self._more((first,), scanner, end, found, (";", ",", "、", "且", "and"))

    def _more(self, so_far: Any, scanner: Any, at: int, found: Found, separators: Any) -> Any:
        for separator in separators:
            after = scanner.literal(at, separator)
            if after is not None:
                for value, end in self.of.read(scanner, after, found):
                    yield from self._more((*so_far, value), scanner, end, found, separators)
        yield so_far, at


_WHERE = alternatives(
    (
        Form(
            ("（{filters}）",),
            (" ({filters})",),
            {"filters": _Filters(_Filter())},
            take=lambda where: {"filters": where} if where else None,
            build=lambda found: found["filters"],
        ),
        Form(("",), ("",), take=lambda where: None if where else {}, build=lambda found: ()),
    )
)


class _Events:
    """Events, and the tests of their properties."""

    form = Form(
        ("{types}{where}",),
        ("{types}{where}",),
        {"types": alternatives((_SOME, _ACTIVE)), "where": _WHERE},
        take=lambda events: {"types": events.types, "where": events.where},
        build=lambda found: Events(found["types"], found["where"]),
    )

    def say(self, value: Events, voice: Any, found: Found) -> str:
        return self.form.say(value, voice, {}) or ""

    def read(self, scanner: Any, at: int, found: Found) -> Any:
        return self.form.read(scanner, at, {})


SOME_EVENTS = remembered(_Events())


def _counted(op: str, zh: str, en: str) -> Form:
    return Form(
        (zh,),
        tuple(en.split("\n")),
        {"v": _COUNT},
        take=lambda test: (
            {"v": test.value} if isinstance(test, Comparison) and test.op == op else None
        ),
        build=lambda found: Comparison(op, found["v"]),  # type: ignore[arg-type]
    )


COUNTED = alternatives(
    (
        Form(
            ("{a}到{b}", "[在|]{a}[到|至|-|~]{b}[之间|]"),
            ("between {a} and {b}", "{a} to {b}"),
            {"a": _COUNT, "b": _COUNT},
            take=lambda test: (
                {"a": test.low, "b": test.high} if isinstance(test, Between) else None
            ),
            build=lambda found: (
                Between(found["a"], found["b"]) if found["a"] <= found["b"] else None
            ),
        ),
        _counted(
            "ge",
            "[≥|>=|大于等于|大于或等于|至少|最少|不少于|不低于|满]{v}",
            "at least {v}\n[≥|>=]{v}",
        ),
        _counted(
            "le", "[≤|<=|小于等于|小于或等于|至多|最多|不超过|不多于]{v}", "at most {v}\n[≤|<=]{v}"
        ),
        _counted("gt", "[>|大于|多于|超过]{v}", "more than {v}\n>{v}"),
        _counted("lt", "[<|小于|少于|不到|不足]{v}", "less than {v}\n[fewer than|<]{v}"),
        _counted("ne", "[≠|!=|不等于]{v}", "not exactly {v}\n[≠|!=]{v}"),
        _counted("eq", "[=|等于|正好|恰好|]{v}", "exactly {v}\n[=|]{v}"),
    )
)


class _Plural:
    """An English word that goes with `found["n"]`."""

    def __init__(self, word: str) -> None:
        self.word = word

    def say(self, value: Any, voice: Any, found: Found) -> str:
        test = found["n"]
        single = isinstance(test, Comparison) and test.value == 1
        return self.word if single else f"{self.word}s"

    def read(self, scanner: Any, at: int, found: Found) -> Any:
        for written in (f"{self.word}s", self.word):
            if (end := scanner.literal(at, written)) is not None:
                yield None, end
        scanner.wants(at, Text(self.word, self.word))


_BASE = {
    "window": WINDOW_OR_EVER,
    "events": SOME_EVENTS,
    "n": COUNTED,
    "times": _Plural("time"),
    "days": _Plural("day"),
}
_ONCE = Comparison("ge", 1)
_NEVER = Comparison("eq", 0)


def _count_of(node: Any) -> Any:
    return node.test if isinstance(node, EventTest) and node.measure == Measure() else None


def _take(node: Any, fits: bool) -> Found | None:
    if not fits:
        return None
    return {
        "window": node.window,
        "events": node.events,
        "n": node.test,
        "times": None,
        "days": None,
    }


_MEASURES = {
    "sum": (("合计", "总和", "总计", "之和"), "total"),
    "avg": (("平均", "均值"), "average"),
    "min": (("最小", "最低"), "smallest"),
    "max": (("最大", "最高"), "largest"),
    "distinct": (("种数", "去重数", "种类数"), "number of different"),
}


class _Amount:
    """What a measure of `found["property"]` is compared with."""

    def _field(self, found: Found) -> Found:
        of, field = found["of"], found["property"]
        kind = Kind.NUMBER
        if of != "distinct" and field.kind is Kind.MONEY and of != "avg":
            kind = Kind.MONEY
        return {"field": Field(field.name, kind), "of": of}

    def say(self, value: Any, voice: Any, found: Found) -> str:
        return value_test.say(value, voice, self._field(found))

    def read(self, scanner: Any, at: int, found: Found) -> Any:
        for test, end in value_test.read(scanner, at, self._field(found)):
            if isinstance(test, Comparison | Between):
                yield (_whole(test) if found["of"] == "distinct" else test), end


def _whole(test: Any) -> Any:
    def whole(value: float) -> float:
        return int(value) if value == int(value) else value

    if isinstance(test, Between):
        return Between(whole(test.low), whole(test.high))  # type: ignore[arg-type]
    return Comparison(test.op, whole(test.value))


def _measured(of: str, zh: tuple[str, ...], en: str) -> Form:
    class OfEvents(_Property):
        """A property of the events this form is about."""

        def say(self, value: Field, voice: Any, found: Found) -> str:
            return super().say(value, voice, {"types": found["events"].types})

        def read(self, scanner: Any, at: int, found: Found) -> Any:
            return super().read(scanner, at, {"types": found["events"].types})

    class Amount(_Amount):
        def _field(self, found: Found) -> Found:
            return super()._field({**found, "of": of})

        def read(self, scanner: Any, at: int, found: Found) -> Any:
            return super().read(scanner, at, {**found, "of": of})

    return Form(
        (
            f"{{window}}{{events}}的{{property}}[{'|'.join(zh)}]{{amount}}",
            f"{{window}}{{events}}{{property}}[{'|'.join(zh)}]{{amount}}",
        ),
        (f"for {{events}} {{window}} the {en} {{property}} {{amount}}",),
        {
            **_BASE,
            "property": OfEvents(),
            "amount": Amount(),
        },  # type: ignore[arg-type]
        take=lambda node: (
            {
                "window": node.window,
                "events": node.events,
                "property": node.measure.field,
                "amount": node.test,
            }
            if isinstance(node, EventTest) and node.measure.of == of
            else None
        ),
        build=lambda found: _event_of(found, of),
    )


def _event_of(found: Found, of: str) -> EventTest | None:
    field = found["property"]
    if of != "distinct" and field.kind not in (Kind.NUMBER, Kind.MONEY):
        return None
    if of == "distinct" and field.kind is Kind.LIST:
        return None
    return EventTest(found["events"], found["window"], Measure(of, field), found["amount"])  # type: ignore[arg-type]


def _did(found: Found) -> EventTest:
    return EventTest(found["events"], found["window"])


_STEPS = {
    "window": WINDOW_OR_EVER,
    "steps": None,
    "span": _SPAN,
    "last": SOME_EVENTS,
    "within": _SPAN,
}


class _Chain(Listed):
    """Steps one after the other."""

    def say(self, value: Any, voice: Any, found: Found) -> str:
        between = "→" if voice.language == "zh" else " then "
        return between.join(self.of.say(each, voice, found) for each in value)

    def read(self, scanner: Any, at: int, found: Found) -> Any:
        signs = ("→", "->", "再", "然后", "后") if scanner.language == "zh" else ("then", "→", "->")
        for first, end in self.of.read(scanner, at, found):
            yield from self._more((first,), scanner, end, found, signs)

    def _more(self, so_far: Any, scanner: Any, at: int, found: Found, separators: Any) -> Any:
        for separator in separators:
            after = scanner.literal(at, separator)
            if after is not None:
                for value, end in self.of.read(scanner, after, found):
                    yield from self._more((*so_far, value), scanner, end, found, separators)
        yield so_far, at


def _exact(span: Span | None) -> bool:
    return span is None or span.unit not in ("month", "year")


def _sequence(*, within: bool, without: bool) -> Form:
    each_zh = "（每步{within}内）" if within else ""
    each_en = " (each within {within})" if within else ""
    last_zh = "，之后{span}内没有{last}" if without else ""
    last_en = ", then not {last} within {span}" if without else ""

    def take(node: Any) -> Found | None:
        if not isinstance(node, Sequence):
            return None
        if (node.within is not None, node.without is not None) != (within, without):
            return None
        found = {"window": node.window, "steps": node.steps, "within": node.within}
        return found | (
            {"span": node.without.span, "last": node.without.events} if node.without else {}
        )

    def build(found: Found) -> Sequence | None:
        gap, span = found.get("within"), found.get("span")
        if len(found["steps"]) < (1 if without and not within else 2):
            return None
        if not _exact(gap) or not _exact(span) or len(found["steps"]) > 8:
            return None
        rest = Without(found["last"], span) if without and span else None
        return Sequence(found["steps"], gap, found["window"], rest)

    return Form(
        (
            f"{{window}}依次{{steps}}{each_zh}{last_zh}",
            f"{{window}}[先|]{{steps}}{each_zh}{last_zh.replace('，', '[,|]')}",
        ),
        (f"{{window}} in order {{steps}}{each_en}{last_en}",),
        {**_STEPS, "steps": _Chain(SOME_EVENTS)},  # type: ignore[dict-item]
        take=take,
        build=build,
    )


class _Moment:
    """The first or the last time, as something with a test of a time."""

    @staticmethod
    def forms(which: str, zh: tuple[str, ...], en: str) -> Form:
        class Test(value_test):
            @staticmethod
            def say(test: Any, voice: Any, found: Found) -> str:
                return value_test.say(test, voice, {"field": _TS})

            @staticmethod
            def read(scanner: Any, at: int, found: Found) -> Any:
                return value_test.read(scanner, at, {"field": _TS})

        return Form(
            tuple(f"{each}{{events}}{{test}}" for each in zh),
            (f"the {en} {{events}} {{test}}", f"{en} {{events}} {{test}}"),
            {"events": SOME_EVENTS, "test": Test()},
            take=lambda node: (
                {"events": node.events, "test": node.test}
                if isinstance(node, MomentTest) and node.which == which
                else None
            ),
            build=lambda found: MomentTest(which, found["events"], found["test"]),  # type: ignore[arg-type]
        )


_TS = Field("ts", Kind.TIME)

EVENT_FORMS: tuple[Form, ...] = (
    _Moment.forms("first", ("首次", "[第一次|首次|首]"), "first"),
    _Moment.forms("last", ("最近一次", "[距离|距|][最近一次|最后一次|上次|上一次|末次]"), "last"),
    _sequence(within=True, without=True),
    _sequence(within=False, without=True),
    _sequence(within=True, without=False),
    _sequence(within=False, without=False),
    *(_measured(of, zh, en) for of, (zh, en) in _MEASURES.items()),
    Form(
        (
            "{window}{events}的天数{n}天",
            "{window}{events}[的|]天数{n}[天|]",
            "{window}有{n}天{events}",
        ),
        ("{events} on {n} {days} {window}",),
        _BASE,
        take=lambda node: _take(node, isinstance(node, EventTest) and node.measure.of == "days"),
        build=lambda found: EventTest(
            found["events"], found["window"], Measure("days"), found["n"]
        ),
    ),
    # never: said so without a window, and with one
    Form(
        ("从未{events}", "[从未|从来没有|从没|未曾]{events}[过|]"),
        ("never {events}",),
        _BASE,
        take=lambda node: _take(node, _count_of(node) == _NEVER and node.window == EVER),
        build=lambda found: EventTest(found["events"], EVER, Measure(), _NEVER),
    ),
    Form(
        ("{window}没有{events}", "{window}[没有|没|未|不|无]{events}[过|]"),
        ("not {events} {window}", "[no|did not|has not] {events} {window}"),
        _BASE,
        take=lambda node: _take(node, _count_of(node) == _NEVER),
        build=lambda found: EventTest(found["events"], found["window"], Measure(), _NEVER),
    ),
    # active: no number is said
    Form(
        ("{window}{events}", "{window}[有|]{events}[过|]"),
        ("{events} {window}",),
        _BASE,
        take=lambda node: _take(node, _count_of(node) == _ONCE and not node.events.types),
        build=_did,
    ),
    Form(
        ("{window}{events}{n}次", "{window}{events}[过|][次数|]{n}[次|回|]"),
        ("{events} {n} {times} {window}",),
        _BASE,
        take=lambda node: _take(node, _count_of(node) is not None),
        build=lambda found: EventTest(found["events"], found["window"], Measure(), found["n"]),
    ),
)
