"""How the other leaves are worded: relations, referrals, families, audiences, chance."""

from typing import Any

from yutang.audiences.condition.nodes import (
    EVER,
    AudienceTest,
    Dependant,
    HasReferred,
    RandomShare,
    ReferredBy,
    RelationTest,
)
from yutang.audiences.condition.sentence.attributes import ATTRIBUTE_FORMS
from yutang.audiences.condition.sentence.forms import Form, Found, alternatives
from yutang.audiences.condition.sentence.happenings import COUNTED
from yutang.audiences.condition.sentence.slots import Count, Listed, Names, Number, Words
from yutang.audiences.condition.sentence.tags import TAG_FORMS, named
from yutang.audiences.condition.sentence.windows import WINDOW, WINDOW_OR_EVER
from yutang.kit.i18n import Text

__all__ = ["LEAF_FORMS"]

_COUNT = Count()

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
            {"ids": named(table, what), "extra": _relation_extra()},
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
        {"ids": named("audiences", Text("人群", "an audience"))},
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
    *ATTRIBUTE_FORMS,
    *TAG_FORMS,
    *_relations("staff"),
    *_relations("store"),
    *_relations("group"),
    *_REFERRALS,
    *_DEPENDANTS,
    *_OTHERS,
)
