"""The nodes of a condition: what can be said of a customer, as frozen values.

A node holds everything its meaning needs (the kind and the place of an attribute, the tags of a
group), so that compiling, evaluating and explaining it ask nobody. `from_json` makes nodes from the
JSON people store and refuses what does not fit; `to_json` is its inverse.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from yutang.audiences.condition.values import (
    AT_LEAST_ONCE,
    EVER,
    Absolute,
    Anniversary,
    Around,
    Between,
    Calendar,
    CalendarUnit,
    Comparison,
    Ever,
    Field,
    Holds,
    InPeriod,
    Inside,
    Kind,
    Known,
    LessThanAgo,
    MoreThanAgo,
    OneOf,
    Order,
    Rolling,
    Span,
    Test,
    TextMatch,
    Unit,
    Value,
    Window,
    WithinNext,
)

__all__ = [
    "AT_LEAST_ONCE",
    "COUNT",
    "EVER",
    "Absolute",
    "All",
    "Anniversary",
    "Any",
    "Around",
    "AttributeTest",
    "AudienceTest",
    "Between",
    "Calendar",
    "CalendarUnit",
    "Comparison",
    "Condition",
    "Dependant",
    "EventTest",
    "Events",
    "Ever",
    "Field",
    "HasReferred",
    "Holds",
    "InPeriod",
    "Inside",
    "Kind",
    "Known",
    "LessThanAgo",
    "Measure",
    "MomentTest",
    "MoreThanAgo",
    "Not",
    "OneOf",
    "Order",
    "PropertyTest",
    "RandomShare",
    "ReferredBy",
    "RelationTest",
    "Rolling",
    "Sequence",
    "Span",
    "TagGroupTest",
    "TagTest",
    "Test",
    "TextMatch",
    "Unit",
    "Value",
    "Window",
    "WithinNext",
    "Without",
    "walk",
]


@dataclass(frozen=True)
class AttributeTest:
    field: Field
    test: Test


@dataclass(frozen=True)
class TagTest:
    """`groups` holds the tags as they stand together in tag groups; only `by_group` looks at it.

    by_group: any tag within a group, and that for every group named.
    """

    quantifier: Literal["any", "all", "none", "by_group"]
    groups: tuple[tuple[int, ...], ...]
    tagged: Window = EVER

    @property
    def tags(self) -> tuple[int, ...]:
        """Return every tag named."""
        return tuple(tag for group in self.groups for tag in group)


@dataclass(frozen=True)
class TagGroupTest:
    """Any tag, or none, of these groups. `tags` are the groups' tags at the time of reading."""

    has: bool
    groups: tuple[int, ...]
    tags: tuple[int, ...]


@dataclass(frozen=True)
class PropertyTest:
    field: Field
    test: Test


@dataclass(frozen=True)
class Events:
    """Events of these types (none named: any activity) that pass every property test."""

    types: tuple[str, ...] = ()
    where: tuple[PropertyTest, ...] = ()


@dataclass(frozen=True)
class Measure:
    """What is computed over the matching events.

    Count, days and the sum of nothing are 0; avg, min and max of nothing are unknown.
    """

    of: Literal["count", "sum", "avg", "min", "max", "days", "distinct"] = "count"
    field: Field | None = None


COUNT = Measure()


@dataclass(frozen=True)
class EventTest:
    """Did (≥ 1 time) or did not (= 0 times); how often, how much."""

    events: Events
    window: Window = EVER
    measure: Measure = COUNT
    test: Comparison | Between = AT_LEAST_ONCE


@dataclass(frozen=True)
class MomentTest:
    """When it happened for the first or the last time; unknown if it never did."""

    which: Literal["first", "last"]
    events: Events
    test: Test


@dataclass(frozen=True)
class Without:
    """These events did not follow within the span, and the span is over."""

    events: Events
    span: Span


@dataclass(frozen=True)
class Sequence:
    """One step after the other, each strictly later; `within` limits each gap."""

    steps: tuple[Events, ...]
    within: Span | None = None
    window: Window = EVER
    without: Without | None = None


@dataclass(frozen=True)
class RelationTest:
    """Tied to staff, stores or groups; `mine` is the reader's own."""

    to: Literal["staff", "store", "group"]
    op: Literal["any", "in", "none", "mine"]
    ids: tuple[int, ...] = ()
    statuses: tuple[str, ...] = ()
    since: Window = EVER


@dataclass(frozen=True)
class HasReferred:
    """How many customers came through this one."""

    test: Comparison | Between
    since: Window = EVER


@dataclass(frozen=True)
class ReferredBy:
    """Came through one of these customers; none named: through anyone."""

    customers: tuple[int, ...] = ()


@dataclass(frozen=True)
class Dependant:
    """Has someone of this kind whose age in whole months is in `[months[0], months[1])`."""

    who: str = "child"
    gender: str | None = None
    months: tuple[int, int] | None = None
    stage: str | None = None


@dataclass(frozen=True)
class AudienceTest:
    inside: bool
    audiences: tuple[int, ...]


@dataclass(frozen=True)
class RandomShare:
    """A stable share: buckets `[low, high)` of 10,000 by hash of salt and customer."""

    salt: str
    low: int
    high: int


@dataclass(frozen=True)
class All:
    """Every one of these; of nothing: every customer."""

    of: "tuple[Condition, ...]" = ()


@dataclass(frozen=True)
class Any:
    """At least one of these."""

    of: "tuple[Condition, ...]"


@dataclass(frozen=True)
class Not:
    of: "Condition"


Condition: TypeAlias = (
    All
    | Any
    | Not
    | AttributeTest
    | TagTest
    | TagGroupTest
    | EventTest
    | MomentTest
    | Sequence
    | RelationTest
    | HasReferred
    | ReferredBy
    | Dependant
    | AudienceTest
    | RandomShare
)


def walk(condition: Condition) -> Iterator[Condition]:
    """Yield a condition and every condition inside it, parents first."""
    yield condition
    match condition:
        case All(of=children) | Any(of=children):
            for child in children:
                yield from walk(child)
        case Not(of=child):
            yield from walk(child)
