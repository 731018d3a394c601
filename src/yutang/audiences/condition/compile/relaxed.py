"""Who could meet a condition, now or later, if nothing happened but time: a wider condition.

`next_changes` looks only at these customers. Everybody outside is out, and stays out until
something is recorded of them.
"""

from yutang.audiences.condition.calendar import local_day, period_start
from yutang.audiences.condition.compile.tables import holds_at_zero
from yutang.audiences.condition.frame import Frame
from yutang.audiences.condition.nodes import (
    AT_LEAST_ONCE,
    EVER,
    Absolute,
    All,
    Anniversary,
    Any,
    Around,
    AttributeTest,
    Calendar,
    Comparison,
    Condition,
    Dependant,
    Events,
    EventTest,
    HasReferred,
    InPeriod,
    Kind,
    Known,
    LessThanAgo,
    MomentTest,
    MoreThanAgo,
    Not,
    PropertyTest,
    RelationTest,
    Rolling,
    Sequence,
    TagGroupTest,
    TagTest,
    Test,
    Window,
    WithinNext,
)
from yutang.audiences.condition.windows import stretches

__all__ = ["moving_tests", "relaxed", "steady"]

EVERYONE = All()
NOBODY = Not(EVERYONE)
_MOVING = (Rolling, Calendar, Around)
_RELATIVE = (MoreThanAgo, LessThanAgo, WithinNext, InPeriod, Anniversary)
_KNOWN_OF_NOTHING = ("count", "sum", "days", "distinct")


def relaxed(node: Condition, frame: Frame, *, inside: bool = True) -> Condition:
    """Return a condition met by whoever meets `node` now or may later (`inside=False`: fails it)."""
    match node:
        case All(of=children) | Any(of=children):
            wider = tuple(relaxed(child, frame, inside=inside) for child in children)
            return _all(wider) if isinstance(node, All) == inside else _any(wider)
        case Not(of=child):
            return relaxed(child, frame, inside=not inside)
    return _entering(node, frame) if inside else _leaving(node, frame)


def moving_tests(events: Events) -> tuple[PropertyTest, ...]:
    """Return the tests of properties that depend on what day it is."""
    return tuple(each for each in events.where if isinstance(each.test, _RELATIVE))


def steady(events: Events) -> Events:
    """Return the events without those tests."""
    moving = moving_tests(events)
    return Events(events.types, tuple(each for each in events.where if each not in moving))


def _moves(node: EventTest) -> bool:
    return isinstance(node.window, _MOVING) or bool(moving_tests(node.events))


def _all(wider: tuple[Condition, ...]) -> Condition:
    rest = tuple(each for each in wider if each != EVERYONE)
    return NOBODY if NOBODY in rest else All(rest)


def _any(wider: tuple[Condition, ...]) -> Condition:
    rest = tuple(each for each in wider if each != NOBODY)
    return EVERYONE if EVERYONE in rest else (Any(rest) if rest else NOBODY)


def _entering(node: Condition, frame: Frame) -> Condition:
    match node:
        case AttributeTest(field=field, test=test):
            return AttributeTest(field, _entering_value(test, field.kind, frame))
        case MomentTest(events=events) if moving_tests(events):
            return EventTest(steady(events))
        case MomentTest(which=which, events=events, test=LessThanAgo() as test):
            return MomentTest(which, events, test)
        case MomentTest(which=which, events=events, test=test):
            return MomentTest(which, events, _entering_value(test, Kind.TIME, frame))
        case EventTest(events=events, window=window, test=test) if _moves(node):
            if node.measure.of in _KNOWN_OF_NOTHING and holds_at_zero(test):
                return EVERYONE
            least = AT_LEAST_ONCE if moving_tests(events) else _as_many(node)
            return EventTest(steady(events), _widened(window, frame), test=least)
        case TagTest(quantifier="none"):
            return EVERYONE
        case TagTest(quantifier=quantifier, groups=groups):
            return TagTest(quantifier, groups)
        case TagGroupTest(has=False):
            return EVERYONE
        case Sequence(window=window):
            steps = tuple(steady(step) for step in node.steps)
            if len(steps) == 1:
                return EventTest(steps[0], _widened(window, frame))
            return Sequence(steps, node.within, _widened(window, frame))
        case RelationTest(op="none", since=since) if isinstance(since, _MOVING):
            return EVERYONE
        case RelationTest(to=to, op=op, ids=ids, statuses=statuses, since=since):
            return RelationTest(
                to, op, ids, statuses, EVER if isinstance(since, _MOVING) else since
            )
        case HasReferred(test=test, since=since) if isinstance(since, _MOVING):
            return EVERYONE if holds_at_zero(test) else HasReferred(Comparison("ge", 1))
        case Dependant(who=who, gender=gender):
            return Dependant(who, gender)
    return node


def _leaving(node: Condition, frame: Frame) -> Condition:
    """Return who fails a leaf now or may later."""
    match node:
        case MomentTest(events=events) if moving_tests(events):
            return EVERYONE
        case AttributeTest(test=test) | MomentTest(test=test):
            if isinstance(test, LessThanAgo | WithinNext | InPeriod | Anniversary):
                return EVERYONE
        case EventTest(events=events, window=window, test=test) if _moves(node):
            if node.measure.of in _KNOWN_OF_NOTHING and holds_at_zero(test):
                return EventTest(steady(events), _widened(window, frame))
            return EVERYONE
        case TagTest(quantifier="none", groups=groups):
            return TagTest("any", groups)
        case TagGroupTest(has=False):
            return Not(node)
        case TagTest() | TagGroupTest() | Sequence():
            return EVERYONE
        case RelationTest(since=since) | HasReferred(since=since) if isinstance(since, _MOVING):
            return EVERYONE
        case Dependant(months=tuple()):
            return EVERYONE
    return Not(node)


def _entering_value(test: Test, kind: Kind, frame: Frame) -> Test:
    today = local_day(frame.now, frame.time_zone)
    match test:
        case MoreThanAgo() | LessThanAgo() | Anniversary():
            return Known(known=True)
        case WithinNext():
            return Comparison("ge", today)
        case InPeriod(calendar=calendar):
            oldest = calendar.count if calendar.period == "past" else int(calendar.period == "last")
            return Comparison("ge", period_start(today, calendar.unit, oldest))
    return test


def _widened(window: Window, frame: Frame) -> Window:
    """Return everything from a window's beginning to now: it only moves forward."""
    if not isinstance(window, Calendar | Around):
        return window
    found = stretches(window, frame.now, frame.time_zone)
    return Absolute(found[0].start if found else frame.now, None)


def _as_many(node: EventTest) -> Comparison:
    """Return a test of the count that a later window can only meet if it is met now."""
    test = node.test
    if node.measure.of == "count" and isinstance(test, Comparison) and test.op in ("ge", "gt"):
        return test
    return Comparison("ge", 1)
