"""How tests of attributes are worded: “城市=北京”, “入会满1年”."""

from typing import Any

from yutang.audiences.condition.nodes import (
    Anniversary,
    AttributeTest,
    Field,
    Kind,
)
from yutang.audiences.condition.sentence.forms import Form, Found
from yutang.audiences.condition.sentence.slots import Count, Names
from yutang.audiences.condition.sentence.values import value_test
from yutang.audiences.condition.vocabulary import Vocabulary
from yutang.kit.i18n import Text

__all__ = ["ATTRIBUTE_FORMS"]

_COUNT = Count()
_DATED = (Kind.DATE, Kind.TIME)


def _attributes(words: Vocabulary, found: Found) -> dict[str, Text]:
    return {name: each.label for name, each in words.attributes.items()}


def _short(words: Vocabulary, found: Found) -> dict[str, str]:
    """Return what “入会时间” is called before “满1年”: 入会; only where nothing else has that name."""
    taken = {label for each in words.attributes.values() for label in each.label}
    shorts: dict[str, str] = {}
    for name, each in words.attributes.items():
        short = each.label.zh.removesuffix("时间").removesuffix("日期")
        if each.kind in ("date", "time") and short and short not in taken:
            if short in shorts:
                taken.add(short)
                del shorts[short]
            elif short != each.label.zh:
                shorts[short] = name
    return shorts


class _Attribute:
    """An attribute, by its label."""

    names = Names(_attributes, Text("客户属性", "an attribute"), also=_short)

    def say(self, value: Field, voice: Any, found: Found) -> str:
        return self.names.say(value.name, voice, found)

    def read(self, scanner: Any, at: int, found: Found) -> Any:
        for name, end in self.names.read(scanner, at, found):
            yield scanner.words.attribute(name), end


class _ShortAttribute(_Attribute):
    """An attribute by its short name; forms that use it come first and fail where there is none."""

    def say(self, value: Field, voice: Any, found: Found) -> str:
        short = {name: each for each, name in _short(voice.words, found).items()}
        return short[value.name]


def _attribute(found: Found) -> AttributeTest:
    return AttributeTest(found["field"], found["test"])


class _ShortForm(Form):
    """“入会满1年”."""

    def say(self, value: Any, voice: Any, found: Found) -> str | None:
        if voice.language != "zh" or not isinstance(value, AttributeTest):
            return None
        shorts = set(_short(voice.words, found).values())
        relative = type(value.test).__name__ in ("MoreThanAgo", "LessThanAgo")
        return super().say(value, voice, found) if relative and value.field.name in shorts else None


def _take_attribute(node: Any) -> Found | None:
    if not isinstance(node, AttributeTest):
        return None
    return {"field": node.field, "test": node.test, "choices": True}


class _Test(value_test):
    """The test of an attribute, whose choices have names."""

    @staticmethod
    def read(scanner: Any, at: int, found: Found) -> Any:
        return value_test.read(scanner, at, {**found, "choices": True})


def _birthday(zh: tuple[str, ...], days: int | None) -> Form:
    """“本月生日”: read, not said."""

    def build(found: Found) -> AttributeTest | None:
        within = found.get("n", days)
        fits = found["field"].kind in _DATED and (within is None or within <= 365)
        return AttributeTest(found["field"], Anniversary(within)) if fits else None

    return Form(zh, (), {"field": _Attribute(), "n": _COUNT}, build=build, said=False)


ATTRIBUTE_FORMS = (
    _ShortForm(
        ("{field}{test}",),
        ("{field} {test}",),
        {"field": _ShortAttribute(), "test": _Test()},
        _take_attribute,
        _attribute,
    ),
    Form(
        ("{field}{test}",),
        ("{field} {test}",),
        {"field": _Attribute(), "test": _Test()},
        _take_attribute,
        _attribute,
    ),
    _birthday(("[今天|今日]{field}", "{field}[是|在|为|=]今天"), 0),
    _birthday(("[本月|这个月|当月]{field}", "{field}[是|在|为|=]本月"), None),
    _birthday(("[未来|今后|]{n}天内{field}",), 0),
)
