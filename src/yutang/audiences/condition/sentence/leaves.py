"""How the leaves are worded that are not about events."""

from typing import Any

from yutang.audiences.condition.nodes import (
    EVER,
    Anniversary,
    AttributeTest,
    AudienceTest,
    Dependant,
    Field,
    HasReferred,
    Kind,
    RandomShare,
    ReferredBy,
    RelationTest,
    TagGroupTest,
    TagTest,
)
from yutang.audiences.condition.sentence.events import COUNTED, WINDOW, WINDOW_OR_EVER
from yutang.audiences.condition.sentence.forms import Form, Found, Slot, alternatives
from yutang.audiences.condition.sentence.slots import Count, Listed, Names, Number, Words
from yutang.audiences.condition.sentence.values import value_test
from yutang.audiences.condition.vocabulary import Vocabulary
from yutang.kit.i18n import Text

__all__ = ["LEAF_FORMS"]

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


_ATTRIBUTE_FORMS = (
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


def _named(table: str, what: Text) -> Listed:
    def names(words: Vocabulary, found: Found) -> dict[int, Text]:
        return {each: Text(name, name) for each, name in getattr(words, table).items()}

    return Listed(Names(names, what))


def _tag_names(words: Vocabulary, found: Found) -> dict[int, Text]:
    return {each: Text(tag.name, tag.name) for each, tag in words.tags.items()}


_TAGS = Listed(Names(_tag_names, Text("标签", "a tag")))


class _Grouped:
    """Tags, put together by their groups when they are read."""

    def say(self, value: Any, voice: Any, found: Found) -> str:
        return _TAGS.say([tag for group in value for tag in group], voice, found)

    def read(self, scanner: Any, at: int, found: Found) -> Any:
        for tags, end in _TAGS.read(scanner, at, found):
            groups: dict[int, list[int]] = {}
            for tag in tags:
                groups.setdefault(scanner.words.tags[tag].group, []).append(tag)
            yield tuple(tuple(each) for each in groups.values()), end


def _tag_form(quantifier: str, zh: tuple[str, ...], en: tuple[str, ...], *, moving: bool) -> Form:
    by_group = quantifier == "by_group"

    def take(node: Any) -> Found | None:
        if not isinstance(node, TagTest) or node.quantifier != quantifier:
            return None
        if (node.tagged != EVER) != moving:
            return None
        return {"tags": node.groups if by_group else node.tags, "window": node.tagged}

    def build(found: Found) -> TagTest:
        groups = found["tags"] if by_group else (found["tags"],)
        return TagTest(quantifier, groups, found.get("window", EVER))  # type: ignore[arg-type]

    slots: dict[str, Slot] = {"tags": _Grouped() if by_group else _TAGS, "window": WINDOW}
    return Form(zh, en, slots, take, build)


class _TagGroups:
    """Tag groups, with the tags that stand in them."""

    named = _named("tag_groups", Text("标签组", "a tag group"))

    def say(self, value: Any, voice: Any, found: Found) -> str:
        return self.named.say(value[0], voice, found)

    def read(self, scanner: Any, at: int, found: Found) -> Any:
        for groups, end in self.named.read(scanner, at, found):
            tags = (tag for tag, each in scanner.words.tags.items() if each.group in groups)
            yield (groups, tuple(sorted(tags))), end


def _tag_group(has: bool, zh: tuple[str, ...], en: tuple[str, ...]) -> Form:
    return Form(
        zh,
        en,
        {"groups": _TagGroups()},
        take=lambda node: (
            {"groups": (node.groups, node.tags)}
            if isinstance(node, TagGroupTest) and node.has == has
            else None
        ),
        build=lambda found: TagGroupTest(has, *found["groups"]),
    )


_TAG_FORMS = (
    _tag_group(True, ("有标签组{groups}的标签",), ("has a tag of group {groups}",)),
    _tag_group(False, ("没有标签组{groups}的标签",), ("has no tag of group {groups}",)),
    _tag_form(
        "by_group", ("各组都有标签{tags}",), ("has in every group a tag of {tags}",), moving=False
    ),
    _tag_form(
        "by_group",
        ("{window}各组都打上标签{tags}",),
        ("was given {window} in every group a tag of {tags}",),
        moving=True,
    ),
    _tag_form(
        "all",
        ("有全部标签{tags}", "[同时有标签|有所有标签]{tags}"),
        ("has all tags {tags}",),
        moving=False,
    ),
    _tag_form(
        "none",
        ("没有标签{tags}", "[无标签|不带标签|没有任一标签]{tags}"),
        ("has no tag {tags}", "has none of the tags {tags}"),
        moving=False,
    ),
    _tag_form(
        "any",
        ("有任一标签{tags}", "[有|带|含|][标签][是|为|=|:|]{tags}"),
        ("has any tag {tags}", "has [the|] tag {tags}"),
        moving=False,
    ),
    _tag_form(
        "all", ("{window}打上全部标签{tags}",), ("was given {window} all tags {tags}",), moving=True
    ),
    _tag_form(
        "none", ("{window}没有打上标签{tags}",), ("was given {window} no tag {tags}",), moving=True
    ),
    _tag_form(
        "any",
        ("{window}打上任一标签{tags}", "{window}[打上|被打上|打了]标签{tags}"),
        ("was given {window} any tag {tags}",),
        moving=True,
    ),
)

_STATUSES = Listed(
    Names(lambda words, found: dict(words.statuses), Text("跟进状态", "a follow-up status"))
)


def _relation_extra() -> alternatives:
    def form(zh: str, en: str, *, statuses: bool, since: bool) -> Form:
        def take(extra: Any) -> Found | None:
            has = (bool(extra[0]), extra[1] != EVER)
            return {"statuses": extra[0], "since": extra[1]} if has == (statuses, since) else None

        return Form(
            (zh,),
            (en,),
            {"statuses": _STATUSES, "since": WINDOW},
            take,
            build=lambda found: (found.get("statuses", ()), found.get("since", EVER)),
        )

    return alternatives(
        (
            form(
                "（状态是{statuses}；{since}建立）",
                " (status {statuses}; since {since})",
                statuses=True,
                since=True,
            ),
            form("（状态是{statuses}）", " (status {statuses})", statuses=True, since=False),
            form("（{since}建立）", " (since {since})", statuses=False, since=True),
            form("", "", statuses=False, since=False),
        )
    )


_NOUNS = {
    "staff": ("跟进员工", "员工", "staff member", Text("员工", "a staff member"), "staff"),
    "store": ("归属门店", "门店", "store", Text("门店", "a store"), "stores"),
    "group": ("所在群", "群", "group", Text("群", "a group"), "groups"),
}


def _relations(to: str) -> tuple[Form, ...]:
    noun, short, english, what, table = _NOUNS[to]

    def form(op: str, zh: str, en: str) -> Form:
        return Form(
            (f"{zh.format(noun=noun)}{{extra}}", f"{zh.format(noun=short)}{{extra}}"),
            (f"{en.format(noun=english)}{{extra}}",),
            {"ids": _named(table, what), "extra": _relation_extra()},
            take=lambda node: (
                {"ids": node.ids, "extra": (node.statuses, node.since)}
                if isinstance(node, RelationTest) and (node.to, node.op) == (to, op)
                else None
            ),
            build=lambda found: RelationTest(to, op, found.get("ids", ()), *found["extra"]),  # type: ignore[arg-type]
        )

    mine = (form("mine", "{noun}是我的", "{noun} is mine"),) if to != "group" else ()
    return (
        form("none", "没有{noun}", "has no {noun}"),
        form("any", "有{noun}", "has a {noun}"),
        *mine,
        form("in", "{noun}[是|属于|为|=]{{ids}}", "{noun} is {{ids}}"),
    )


class _Customers:
    """Customers by number: `#12`."""

    def say(self, value: int, voice: Any, found: Found) -> str:
        return f"#{value}"

    def read(self, scanner: Any, at: int, found: Found) -> Any:
        at = scanner.literal(at, "#") or at
        for number, end in _COUNT.read(scanner, at, found):
            if 1 <= number < 2**32:
                yield number, end


_REFERRALS = (
    Form(
        ("{window}推荐{n}人", "{window}推荐[过|了]{n}人"),
        ("referred {n} people {window}", "referred {n} person {window}"),
        {"window": WINDOW_OR_EVER, "n": COUNTED},
        take=lambda node: (
            {"window": node.since, "n": node.test} if isinstance(node, HasReferred) else None
        ),
        build=lambda found: HasReferred(found["n"], found["window"]),
    ),
    Form(
        ("由客户{customers}推荐",),
        ("referred by [customers|customer] {customers}",),
        {"customers": Listed(_Customers())},
        take=lambda node: (
            {"customers": node.customers}
            if isinstance(node, ReferredBy) and node.customers
            else None
        ),
        build=lambda found: ReferredBy(found["customers"]),
    ),
    Form(
        ("由他人推荐", "[由人推荐|有推荐人|老客推荐]"),
        ("referred by anyone",),
        take=lambda node: {} if node == ReferredBy() else None,
        build=lambda found: ReferredBy(),
    ),
)

_GENDER = alternatives(
    (
        Form(
            ("女",),
            ("female",),
            take=lambda gender: {} if gender == "female" else None,
            build=lambda found: "female",
        ),
        Form(
            ("男",),
            ("male",),
            take=lambda gender: {} if gender == "male" else None,
            build=lambda found: "male",
        ),
    )
)
_WHO = Names(lambda words, found: dict(words.dependants), Text("家人", "a dependant"))
_STAGE = Names(
    lambda words, found: {name: stage.label for name, stage in words.stages.items()},
    Text("成长阶段", "a stage"),
)


def _dependant(zh: str, en: str, *, gender: bool, age: str) -> Form:
    def take(node: Any) -> Found | None:
        if not isinstance(node, Dependant):
            return None
        kind = "stage" if node.stage else ("months" if node.months else "")
        if (node.gender is not None, kind) != (gender, age):
            return None
        low, high = node.months or (0, 0)
        return {
            "who": node.who,
            "gender": node.gender,
            "low": low,
            "high": high,
            "stage": node.stage,
        }

    return Form(
        (zh,),
        (en,),
        {"who": _WHO, "gender": _GENDER, "low": _COUNT, "high": _COUNT, "stage": _StagedSlot()},
        take,
        _dependant_of,
    )


class _StagedSlot:
    """A stage by its name, with its ages when it is read."""

    def say(self, value: str, voice: Any, found: Found) -> str:
        return _STAGE.say(value, voice, found)

    def read(self, scanner: Any, at: int, found: Found) -> Any:
        for name, end in _STAGE.read(scanner, at, found):
            stage = scanner.words.stages[name]
            yield (name, stage.from_month, stage.to_month), end


def _dependant_of(found: Found) -> Dependant | None:
    who, gender = found["who"], found.get("gender")
    if "stage" in found:
        name, low, high = found["stage"]
        return Dependant(who, gender, (low, high), name)
    if "low" not in found:
        return Dependant(who, gender)
    return (
        Dependant(who, gender, (found["low"], found["high"]))
        if found["low"] < found["high"] <= 1_800
        else None
    )


_AGE_ZH, _AGE_EN = "满{low}个月不满{high}个月", "aged {low} to {high} months"
_DEPENDANTS = (
    _dependant(
        f"有{{who}}（{{gender}}；{_AGE_ZH}）",
        f"has a {{who}} ({{gender}}; {_AGE_EN})",
        gender=True,
        age="months",
    ),
    _dependant(f"有{{who}}（{_AGE_ZH}）", f"has a {{who}} ({_AGE_EN})", gender=False, age="months"),
    _dependant(
        "有{who}（{gender}；处于{stage}）",
        "has a {who} ({gender}; in stage {stage})",
        gender=True,
        age="stage",
    ),
    _dependant(
        "有{who}（处于{stage}）", "has a {who} (in stage {stage})", gender=False, age="stage"
    ),
    _dependant("有{who}（{gender}）", "has a {who} ({gender})", gender=True, age=""),
    _dependant("有{who}", "has a {who}", gender=False, age=""),
)


def _audience(inside: bool, zh: tuple[str, ...], en: tuple[str, ...]) -> Form:
    return Form(
        zh,
        en,
        {"ids": _named("audiences", Text("人群", "an audience"))},
        take=lambda node: (
            {"ids": node.audiences}
            if isinstance(node, AudienceTest) and node.inside == inside
            else None
        ),
        build=lambda found: AudienceTest(inside, found["ids"]),
    )


def _percent(found: Found) -> RandomShare | None:
    low, high = round(found.get("low", 0) * 100), round(found["high"] * 100)
    fits = 0 <= low < high <= 10_000
    return RandomShare(found.get("salt", "random"), low, high) if fits else None


_OTHERS = (
    _audience(False, ("不在人群{ids}", "[不属于人群|排除人群]{ids}"), ("not in audience {ids}",)),
    _audience(True, ("在人群{ids}", "[属于人群|在]{ids}[里|中|]"), ("in audience {ids}",)),
    Form(
        ("随机{low}%到{high}%（盐{salt}）",),
        ("random {low}% to {high}% (salt {salt})",),
        {"low": Number(), "high": Number(), "salt": Words()},
        take=lambda node: (
            {"low": node.low / 100, "high": node.high / 100, "salt": node.salt}
            if isinstance(node, RandomShare)
            else None
        ),
        build=_percent,
    ),
    Form(
        ("[随机|抽样]{high}%",), ("random {high}%",), {"high": Number()}, build=_percent, said=False
    ),
)

LEAF_FORMS: tuple[Form, ...] = (
    *_ATTRIBUTE_FORMS,
    *_TAG_FORMS,
    *_relations("staff"),
    *_relations("store"),
    *_relations("group"),
    *_REFERRALS,
    *_DEPENDANTS,
    *_OTHERS,
)
