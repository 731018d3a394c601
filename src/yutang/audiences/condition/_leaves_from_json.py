"""The leaves of a condition from JSON, one function for each kind of node."""

from collections.abc import Callable, Mapping

from yutang.audiences.condition._tests_from_json import MOST_FEN, ordered, span, value_test
from yutang.audiences.condition._windows_from_json import moving_window, window
from yutang.audiences.condition.nodes import (
    AttributeTest,
    AudienceTest,
    Comparison,
    Condition,
    Dependant,
    Events,
    EventTest,
    Field,
    HasReferred,
    Kind,
    Measure,
    MomentTest,
    PropertyTest,
    RandomShare,
    ReferredBy,
    RelationTest,
    TagGroupTest,
    TagTest,
    Without,
)
from yutang.audiences.condition.nodes import (
    Sequence as SequenceNode,
)
from yutang.audiences.condition.vocabulary import Vocabulary
from yutang.kit.i18n import Text
from yutang.kit.tree import Mistake, Place, suggestion

__all__ = ["LEAVES"]

_COMPARISONS = ("eq", "ne", "lt", "le", "gt", "ge", "between")
_MEASURES = ("count", "sum", "avg", "min", "max", "days", "distinct")
_MOST_EVENTS = 1_000_000_000


def _attribute(place: Place, vocabulary: Vocabulary) -> Condition:
    place.only("kind", "attribute", "op", "value")
    name = place["attribute"].known(tuple(vocabulary.attributes), Text("客户属性", "attribute"))
    field = vocabulary.attribute(name)
    assert field is not None
    return AttributeTest(
        field, value_test(place, field, vocabulary, vocabulary.attributes[name].choices)
    )


def _tag(place: Place, vocabulary: Vocabulary) -> Condition:
    place.only("kind", "op", "tags", "tagged")
    quantifier = place["op"].one_of("any", "all", "none", "by_group")
    tags = _ids(place["tags"], vocabulary.tags, Text("标签", "tag"))
    groups: dict[int, list[int]] = {}
    for tag in tags:
        groups.setdefault(vocabulary.tags[tag].group if quantifier == "by_group" else 0, []).append(
            tag
        )
    return TagTest(
        quantifier,  # type: ignore[arg-type]
        tuple(tuple(each) for each in groups.values()),
        moving_window(place["tagged"]),
    )


def _tag_group(place: Place, vocabulary: Vocabulary) -> Condition:
    place.only("kind", "op", "groups")
    groups = _ids(place["groups"], vocabulary.tag_groups, Text("标签组", "tag group"))
    tags = tuple(sorted(tag for tag, each in vocabulary.tags.items() if each.group in groups))
    return TagGroupTest(place["op"].one_of("any", "none") == "any", groups, tags)


def _event(place: Place, vocabulary: Vocabulary) -> Condition:
    place.only("kind", "types", "where", "window", "measure", "property", "op", "value", "did")
    events = _events(place, vocabulary)
    during = window(place["window"])
    if place.has("did"):
        did = place["did"].boolean()
        return EventTest(
            events, during, Measure(), Comparison("ge", 1) if did else Comparison("eq", 0)
        )
    measure = _measure(place, events, vocabulary)
    if not place.has("op"):
        if measure.of != "count":
            place["op"].one_of(*_COMPARISONS)
        return EventTest(events, during, measure)
    op = place["op"].one_of(*_COMPARISONS)
    found = ordered(place, op, _number_of(measure), Kind.NUMBER)
    return EventTest(events, during, measure, found)


def _number_of(measure: Measure) -> Callable[[Place], float]:
    if (
        measure.field is not None
        and measure.field.kind is Kind.MONEY
        and measure.of not in ("avg", "distinct")
    ):
        return lambda place: place.integer(-MOST_FEN, MOST_FEN)
    if measure.of in ("count", "days", "distinct"):
        return lambda place: place.integer(0, _MOST_EVENTS)
    return Place.number


def _measure(place: Place, events: Events, vocabulary: Vocabulary) -> Measure:
    of = place["measure"].one_of(*_MEASURES) if place.has("measure") else "count"
    if of in ("count", "days"):
        if place.has("property"):
            raise place["property"].mistake(
                f"空的：{of} 不看属性", f"absent: {of} looks at no property"
            )
        return Measure(of)  # type: ignore[arg-type]
    field = _property(place["property"], events.types, vocabulary)
    if of != "distinct" and field.kind not in (Kind.NUMBER, Kind.MONEY):
        raise place["property"].mistake("数字或金额属性", "a property that is a number or money")
    if of == "distinct" and field.kind is Kind.LIST:
        raise place["property"].mistake("单值属性，不是列表", "a property of one value, not a list")
    return Measure(of, field)  # type: ignore[arg-type]


def _events(place: Place, vocabulary: Vocabulary) -> Events:
    types: tuple[str, ...] = ()
    if place.has("types"):
        kinds = tuple(vocabulary.event_types)
        what = Text("事件类型", "event type")
        types = _distinct(
            each.known(kinds, what) for each in place["types"].items(least=0, most=200)
        )
    where = place["where"].items(least=0, most=20) if place.has("where") else ()
    return Events(types, tuple(_where(each, types, vocabulary) for each in where))


def _where(place: Place, types: tuple[str, ...], vocabulary: Vocabulary) -> PropertyTest:
    place.only("property", "op", "value")
    field = _property(place["property"], types, vocabulary)
    return PropertyTest(field, value_test(place, field, vocabulary))


def _property(place: Place, types: tuple[str, ...], vocabulary: Vocabulary) -> Field:
    properties = vocabulary.properties(types)
    if not isinstance(place.value, str) or place.value not in properties:
        near = suggestion(str(place.value), list(properties))
        raise Mistake(
            place.path,
            place.value,
            Text(f"这些事件没有这个属性{near.zh}", f"these events have no such property{near.en}"),
        )
    return properties[place.value][0]


def _moment(place: Place, vocabulary: Vocabulary) -> Condition:
    place.only("kind", "which", "types", "where", "op", "value")
    which = place["which"].one_of("first", "last")
    events = _events(place, vocabulary)
    return MomentTest(which, events, value_test(place, Field("ts", Kind.TIME), vocabulary))  # type: ignore[arg-type]


def _sequence(place: Place, vocabulary: Vocabulary) -> Condition:
    place.only("kind", "steps", "within", "window", "without")
    without = None
    if place.has("without"):
        last = place["without"]
        last.only("types", "where", "within")
        without = Without(_events(last, vocabulary), span(last["within"], exact=True))
    steps = []
    for each in place["steps"].items(least=1 if without else 2, most=8):
        each.only("types", "where")
        steps.append(_events(each, vocabulary))
    within = span(place["within"], exact=True) if place.has("within") else None
    if within is not None and len(steps) < 2:
        raise place["within"].mistake("空的：只有一步", "absent: there is only one step")
    return SequenceNode(tuple(steps), within, window(place["window"]), without)


def _relation(place: Place, vocabulary: Vocabulary) -> Condition:
    place.only("kind", "to", "op", "ids", "statuses", "since")
    to = place["to"].one_of("staff", "store", "group")
    known, what = {
        "staff": (vocabulary.staff, Text("员工", "staff")),
        "store": (vocabulary.stores, Text("门店", "store")),
        "group": (vocabulary.groups, Text("群", "group")),
    }[to]
    op = place["op"].one_of("any", "in", "none", *(("mine",) if to != "group" else ()))
    ids = _ids(place["ids"], known, what) if op == "in" else ()
    if op != "in" and place.has("ids"):
        raise place["ids"].mistake(f"空的：{op} 不指定是谁", f"absent: {op} names nobody")
    statuses: tuple[str, ...] = ()
    if place.has("statuses"):
        codes = tuple(vocabulary.statuses)
        status = Text("跟进状态", "follow-up status")
        statuses = _distinct(each.known(codes, status) for each in place["statuses"].items())
    return RelationTest(to, op, ids, statuses, moving_window(place["since"]))  # type: ignore[arg-type]


def _has_referred(place: Place, vocabulary: Vocabulary) -> Condition:
    place.only("kind", "op", "value", "since")
    op = place["op"].one_of(*_COMPARISONS)
    found = ordered(place, op, lambda each: each.integer(0, _MOST_EVENTS), Kind.NUMBER)
    return HasReferred(found, moving_window(place["since"]))


def _referred_by(place: Place, vocabulary: Vocabulary) -> Condition:
    place.only("kind", "customers")
    if not place.has("customers"):
        return ReferredBy()
    return ReferredBy(
        _distinct(each.integer(1, 2**32 - 1) for each in place["customers"].items(least=0))
    )


def _dependant(place: Place, vocabulary: Vocabulary) -> Condition:
    place.only("kind", "who", "gender", "age_months", "stage")
    who = "child"
    if place.has("who"):
        who = place["who"].known(tuple(vocabulary.dependants), Text("家人", "kind of dependant"))
    gender = place["gender"].one_of("female", "male") if place.has("gender") else None
    if place.has("stage"):
        name = place["stage"].known(tuple(vocabulary.stages), Text("成长阶段", "stage"))
        if place.has("age_months"):
            raise place["age_months"].mistake(
                "空的：stage 已经定了年龄", "absent: stage says the age"
            )
        stage = vocabulary.stages[name]
        return Dependant(who, gender, (stage.from_month, stage.to_month), name)
    months = None
    if place.has("age_months"):
        low, high = (each.integer(0, 1_800) for each in place["age_months"].items(least=2, most=2))
        if low >= high:
            raise place["age_months"].mistake(
                "由小到大的两个月龄", "two ages in months, the smaller first"
            )
        months = (low, high)
    return Dependant(who, gender, months)


def _audience(place: Place, vocabulary: Vocabulary) -> Condition:
    place.only("kind", "op", "audiences")
    inside = place["op"].one_of("in", "not_in") == "in"
    return AudienceTest(
        inside, _ids(place["audiences"], vocabulary.audiences, Text("人群", "audience"))
    )


def _random(place: Place, vocabulary: Vocabulary) -> Condition:
    place.only("kind", "salt", "from", "to")
    low = round((place["from"].number() if place.has("from") else 0) * 100)
    high = round(place["to"].number() * 100)
    if not 0 <= low < high <= 10_000:
        raise place["to"].mistake(
            " from 到 100 的百分数，最多两位小数", "a percentage above `from`, 100 at most"
        )
    return RandomShare(place["salt"].text(), low, high)


def _ids(place: Place, known: Mapping[int, object], what: Text) -> tuple[int, ...]:
    ids = tuple(known)
    return _distinct(each.known(ids, what) for each in place.items())


def _distinct(found: "object") -> tuple:  # type: ignore[type-arg]
    return tuple(dict.fromkeys(found))  # type: ignore[call-overload]


LEAVES: Mapping[str, Callable[[Place, Vocabulary], Condition]] = {
    "attribute": _attribute,
    "tag": _tag,
    "tag_group": _tag_group,
    "event": _event,
    "moment": _moment,
    "sequence": _sequence,
    "relation": _relation,
    "has_referred": _has_referred,
    "referred_by": _referred_by,
    "dependant": _dependant,
    "audience": _audience,
    "random": _random,
}
