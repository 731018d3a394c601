"""Conditions made by Hypothesis: every kind of node, around the edges of the worlds they are asked of."""

from functools import cache

from hypothesis import strategies as st

from yutang.audiences.condition.nodes import (
    Absolute,
    All,
    Anniversary,
    Any,
    Around,
    AttributeTest,
    AudienceTest,
    Between,
    Calendar,
    Comparison,
    Dependant,
    Events,
    EventTest,
    Ever,
    HasReferred,
    Holds,
    InPeriod,
    Inside,
    Kind,
    Known,
    LessThanAgo,
    Measure,
    MomentTest,
    MoreThanAgo,
    Not,
    OneOf,
    PropertyTest,
    RandomShare,
    ReferredBy,
    RelationTest,
    Rolling,
    Sequence,
    TagGroupTest,
    TagTest,
    TextMatch,
    WithinNext,
    Without,
)
from yutang.audiences.condition.person import Look
from yutang.audiences.tests.condition.teahouse import field
from yutang.audiences.tests.condition.worlds import (
    EXACT,
    HERE,
    REGIONS,
    SPANS,
    TEXTS,
    TYPES,
    days,
    instants,
)


@cache
def windows(look: Look) -> st.SearchStrategy[object]:
    around = st.builds(Around, st.integers(1, 2), st.integers(0, 3), st.integers(0, 3))
    return moving(look) | around


@cache
def moving(look: Look) -> st.SearchStrategy[object]:
    points = days(look) | instants(look, future=False)
    return st.one_of(
        st.just(Ever()),
        st.sampled_from(SPANS).map(Rolling),
        st.builds(Absolute, points, st.none()),
        st.builds(Absolute, st.none(), points),
        st.builds(_in_order, points, points),
        calendars(),
    )


def _in_order(start: object, end: object) -> Absolute:
    return (
        Absolute(end, start) if type(start) is type(end) and start > end else Absolute(start, end)
    )


@cache
def calendars() -> st.SearchStrategy[Calendar]:
    unit = st.sampled_from(("day", "week", "month", "quarter", "year"))
    return st.one_of(
        st.builds(Calendar, st.sampled_from(("this", "last")), unit),
        st.builds(Calendar, st.just("past"), unit, st.integers(1, 3)),
    )


ORDERS = ("eq", "ne", "lt", "le", "gt", "ge")


def comparisons(values: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    ranges = st.tuples(values, values).map(lambda pair: Between(*sorted(pair)))
    return st.builds(Comparison, st.sampled_from(ORDERS), values) | ranges


def some(values: tuple[object, ...]) -> st.SearchStrategy[tuple[object, ...]]:
    return st.lists(st.sampled_from(values), min_size=1, max_size=2, unique=True).map(tuple)


@cache
def tests(kind: Kind, look: Look, choices: tuple[str, ...] = ()) -> st.SearchStrategy[object]:
    known = st.booleans().map(Known)
    match kind:
        case Kind.TEXT:
            return st.one_of(
                known,
                st.builds(
                    Comparison, st.sampled_from(("eq", "ne")), st.sampled_from((*TEXTS, "北京"))
                ),
                st.builds(OneOf, some((*TEXTS, "北京")), st.booleans()),
                st.builds(
                    TextMatch,
                    st.sampled_from(("contains", "starts", "ends")),
                    st.sampled_from(("茶", "绿", "铺", "a'", "\\", "🍵")),
                ),
                st.sampled_from((".茶", "^绿", r"\d$", "[茶京]", r"a.b\\", "(?:V|v)IP?")).map(
                    lambda each: TextMatch("matches", each)
                ),
            )
        case Kind.CHOICE:
            return st.one_of(
                known,
                st.builds(Comparison, st.sampled_from(("eq", "ne")), st.sampled_from(choices)),
                st.builds(OneOf, some(choices), st.booleans()),
            )
        case Kind.NUMBER | Kind.MONEY:
            values = (
                st.sampled_from((0.0, 1.5, -2.0))
                if kind is Kind.NUMBER
                else st.sampled_from((0, 500, 9900))
            )
            return known | comparisons(values)
        case Kind.BOOL:
            return known | st.booleans().map(lambda value: Comparison("eq", value))
        case Kind.MULTI_CHOICE | Kind.LIST:
            return known | st.builds(
                Holds, st.sampled_from(("any", "all", "none")), some(choices or ("红", "绿"))
            )
        case Kind.REGION:
            return known | st.builds(Inside, some(REGIONS), st.booleans())
        case Kind.STAFF | Kind.STORE | Kind.GROUP:
            return (
                known
                | st.builds(OneOf, some((1, 2)), st.booleans())
                | st.builds(Comparison, st.sampled_from(("eq", "ne")), st.integers(1, 2))
            )
    spans = st.sampled_from(SPANS if kind is Kind.TIME else SPANS[2:])
    values = days(look) | instants(look) if kind is Kind.TIME else days(look)
    return st.one_of(
        known,
        st.builds(Comparison, st.sampled_from(ORDERS), values),
        st.tuples(days(look), days(look)).map(lambda pair: Between(*sorted(pair))),
        spans.map(MoreThanAgo),
        spans.map(MoreThanAgo),
        spans.map(LessThanAgo),
        spans.map(WithinNext),
        calendars().map(InPeriod),
        st.sampled_from((None, 0, 1, 7, 365)).map(Anniversary),
    )


@cache
@st.composite
def attribute_tests(draw: st.DrawFn, look: Look) -> AttributeTest:
    name = draw(st.sampled_from(tuple(HERE.attributes)))
    place = field(name)
    return AttributeTest(place, draw(tests(place.kind, look, tuple(HERE.attributes[name].choices))))


@cache
@st.composite
def events(draw: st.DrawFn, look: Look) -> Events:
    types = draw(st.lists(st.sampled_from(TYPES[:4]), max_size=2, unique=True).map(tuple))
    properties = HERE.properties(types)
    where = []
    for name in draw(st.lists(st.sampled_from(sorted(properties)), max_size=2, unique=True)):
        place = properties[name][0]
        where.append(PropertyTest(place, draw(tests(place.kind, look))))
    return Events(types, tuple(where))


@cache
@st.composite
def event_tests(draw: st.DrawFn, look: Look) -> EventTest:
    found = draw(events(look))
    properties = HERE.properties(found.types)
    numeric = [place for place, _ in properties.values() if place.kind in (Kind.NUMBER, Kind.MONEY)]
    single = [place for place, _ in properties.values() if place.kind is not Kind.LIST]
    measure = draw(
        st.one_of(
            st.just(Measure()),
            st.just(Measure()),
            st.just(Measure("days")),
            st.builds(
                Measure, st.sampled_from(("sum", "avg", "min", "max")), st.sampled_from(numeric)
            ),
            st.builds(Measure, st.just("distinct"), st.sampled_from(single)),
        )
    )
    if measure.of in ("count", "days", "distinct"):
        values: st.SearchStrategy[object] = st.integers(0, 3)
    elif measure.field.kind is Kind.MONEY and measure.of != "avg":
        values = st.sampled_from((0, 500, 9900, -500))
    else:
        values = st.sampled_from((0.0, 1.5, 3.0, 500.0))
    return EventTest(found, draw(windows(look)), measure, draw(comparisons(values)))


@cache
@st.composite
def sequences(draw: st.DrawFn, look: Look) -> Sequence:
    without = draw(st.none() | st.builds(Without, events(look), st.sampled_from(EXACT)))
    steps = draw(st.lists(events(look), min_size=1 if without else 2, max_size=3).map(tuple))
    within = draw(st.none() | st.sampled_from(EXACT)) if len(steps) > 1 else None
    return Sequence(steps, within, draw(windows(look)), without)


@cache
def tag_tests(look: Look) -> st.SearchStrategy[object]:
    tags = some((11, 12, 21, 22))
    return st.one_of(
        st.builds(
            lambda op, found, window: TagTest(op, (found,), window),
            st.sampled_from(("any", "all", "none")),
            tags,
            st.just(Ever()) | moving(look),
        ),
        st.sampled_from((((11, 12), (21,)), ((22,),), ((11,), (21, 22)))).map(
            lambda groups: TagTest("by_group", groups)
        ),
        st.sampled_from(
            (
                TagGroupTest(True, (1,), (11, 12)),
                TagGroupTest(False, (1, 2), (11, 12, 21, 22)),
                TagGroupTest(True, (3,), ()),
            )
        ),
    )


@cache
@st.composite
def relation_tests(draw: st.DrawFn, look: Look) -> RelationTest:
    op = draw(st.sampled_from(("any", "in", "none")))
    return RelationTest(
        draw(st.sampled_from(("staff", "store", "group"))),
        op,
        draw(some((1, 2))) if op == "in" else (),
        draw(st.just(()) | some(("talking", "won"))),
        draw(st.just(Ever()) | moving(look)),
    )


def dependants() -> st.SearchStrategy[Dependant]:
    gender = st.sampled_from((None, "female", "male"))
    return st.one_of(
        st.builds(
            Dependant,
            st.sampled_from(("child", "pet")),
            gender,
            st.sampled_from((None, (0, 12), (11, 13), (12, 300))),
        ),
        st.builds(Dependant, st.just("child"), gender, st.just((12, 36)), st.just("toddler")),
    )


@cache
def leaves(look: Look) -> st.SearchStrategy[object]:
    counts = comparisons(st.integers(0, 2))
    return st.one_of(
        attribute_tests(look),
        attribute_tests(look),
        event_tests(look),
        event_tests(look),
        st.builds(
            MomentTest, st.sampled_from(("first", "last")), events(look), tests(Kind.TIME, look)
        ),
        sequences(look),
        tag_tests(look),
        relation_tests(look),
        st.builds(HasReferred, counts, st.just(Ever()) | moving(look)),
        st.builds(ReferredBy, st.just(()) | some((1, 2, 3))),
        dependants(),
        st.builds(AudienceTest, st.booleans(), some((1, 2))),
        st.builds(
            RandomShare,
            st.sampled_from(("盐", "x")),
            st.sampled_from((0, 2500)),
            st.sampled_from((5000, 10000)),
        ),
    )


@cache
def conditions(
    look: Look, *, of: st.SearchStrategy[object] | None = None
) -> st.SearchStrategy[object]:
    def grown(inner: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
        several = st.lists(inner, min_size=2, max_size=4).map(tuple)
        return st.one_of(several.map(All), several.map(All), several.map(Any), inner.map(Not))

    return st.recursive(of or leaves(look), grown, max_leaves=5)
