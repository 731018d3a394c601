"""How tests of events are worded: “近30天收藏（价格≥100）≥3次”, “首次下单满30天”."""

from collections.abc import Mapping
from typing import Any

from yutang.audiences.condition.nodes import (
    EVER,
    Between,
    Comparison,
    EventTest,
    Field,
    Kind,
    Measure,
    MomentTest,
    Sequence,
    Span,
    Without,
)
from yutang.audiences.condition.sentence.forms import Form, Found, Slot
from yutang.audiences.condition.sentence.happenings import COUNTED, SOME_EVENTS, PropertyOf
from yutang.audiences.condition.sentence.slots import (
    Count,
    Listed,
    Spans,
)
from yutang.audiences.condition.sentence.values import value_test
from yutang.audiences.condition.sentence.windows import WINDOW_OR_EVER
from yutang.kit.i18n import Text

__all__ = ["EVENT_FORMS"]

_SPAN, _COUNT = Spans(), Count()


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


_BASE: Mapping[str, Slot] = {
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
    class OfEvents(PropertyOf):
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
        },
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


_STEPS: dict[str, Slot] = {
    "window": WINDOW_OR_EVER,
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
        {**_STEPS, "steps": _Chain(SOME_EVENTS)},
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
