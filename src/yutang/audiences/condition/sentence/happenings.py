"""How events, the tests of their properties and their number are worded: “收藏（价格≥100）”, “≥3”."""

from typing import Any

from yutang.audiences.condition.nodes import (
    Between,
    Comparison,
    Events,
    Field,
    PropertyTest,
)
from yutang.audiences.condition.sentence.forms import Form, Found, alternatives, remembered
from yutang.audiences.condition.sentence.slots import (
    Count,
    Listed,
    Names,
)
from yutang.audiences.condition.sentence.values import value_test
from yutang.audiences.condition.vocabulary import Vocabulary
from yutang.kit.i18n import Text

__all__ = ["COUNTED", "SOME_EVENTS", "PropertyOf"]

_COUNT = Count()


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


class PropertyOf:
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


_PROPERTY = PropertyOf()


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
