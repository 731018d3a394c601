"""When a leaf may change by time alone: selections of `who` and `until` (Unix milliseconds).

Whoever has no row, or no row later than `now`, keeps the leaf's value until something is recorded of
them. The earliest row counts.
"""

from collections.abc import Iterator
from datetime import datetime

from yutang.audiences.condition.calendar import TICK, exact
from yutang.audiences.condition.compile import history, tables
from yutang.audiences.condition.compile.binder import Binder
from yutang.audiences.condition.compile.moments import (
    Clock,
    after,
    first_of,
    until_date,
    until_time,
)
from yutang.audiences.condition.compile.pieces import Operand
from yutang.audiences.condition.compile.relaxed import moving_tests, steady
from yutang.audiences.condition.nodes import (
    EVER,
    Absolute,
    Around,
    AttributeTest,
    Between,
    Calendar,
    Comparison,
    Condition,
    Dependant,
    Events,
    EventTest,
    HasReferred,
    Kind,
    MomentTest,
    RelationTest,
    Rolling,
    Sequence,
    Span,
    TagGroupTest,
    TagTest,
    Window,
)
from yutang.audiences.condition.windows import next_cut, stretches

__all__ = ["untils"]

_SLICES = 2  # a window this many times longer than the time to the horizon is worth a slice


def untils(
    node: Condition, binder: Binder, among: Operand, horizon: datetime | None = None
) -> Iterator[str]:
    """Yield the selections that say when a leaf may change.

    With a `horizon`, rows later than it may be left out.
    """
    clock = Clock(binder)
    yield from _moving_properties(node, clock, among)
    match node:
        case AttributeTest():
            yield from _attribute(node, clock, among)
        case EventTest(events=events, window=window):
            yield from _events(
                node, window, clock, _leaving_soon(events, window, clock, among, horizon)
            )
        case MomentTest(events=events, test=test):
            ends = "min(ts)" if node.which == "first" else "max(ts)"
            if (until := until_time(test, ends, clock)) is not None:
                rows = history.reading(events, EVER, binder, among)
                yield f"SELECT who, until FROM ({_with(rows, until)} GROUP BY who)"
        case TagTest() | TagGroupTest():
            yield from _tags(node, clock, among)
        case Sequence():
            yield from _sequence(node, clock, among)
        case RelationTest():
            yield from _relation(node, clock, among)
        case HasReferred():
            yield from _referred(node, clock, among)
        case Dependant(months=tuple()):
            yield _dependant(node, clock, among)


def _with(rows: str, until: str, name: str = "until") -> str:
    """Return a selection of `who` with one more column."""
    head, rest = rows.split(" AS who", 1)
    return f"{head} AS who, {until} AS {name}{rest}"


def _attribute(node: AttributeTest, clock: Clock, among: Operand) -> Iterator[str]:
    field, binder = node.field, clock.binder
    column = field.column or tables.field_column(field)
    if field.kind is Kind.DATE:
        until = until_date(node.test, column, clock)
    else:
        until = until_time(node.test, column, clock) if field.kind is Kind.TIME else None
    if until is None:
        return
    where = (
        f"workspace = {binder.workspace}" if field.column else tables.fields_where(field, binder)
    )
    among_them = f" AND customer IN {among}" if among else ""
    yield (
        f"SELECT customer AS who, assumeNotNull({until}) AS until"
        f" FROM {'profiles' if field.column else 'fields'} FINAL"
        f" WHERE {where} AND isNotNull({column}){among_them}"
    )


def _events(node: EventTest, window: Window, clock: Clock, among: Operand) -> Iterator[str]:
    binder, events = clock.binder, node.events
    if isinstance(window, Calendar | Around):
        yield _cut(events, window, clock, among)
    elif isinstance(window, Rolling):
        rows = history.reading(events, window, binder, among)
        leaving = clock.leaving("ts", window.span)
        until = (
            _counted(node.test, leaving, clock) if node.measure.of == "count" else f"min({leaving})"
        )
        yield f"{_with(rows, until)} GROUP BY who"


def _leaving_soon(
    events: Events, window: Window, clock: Clock, among: Operand, horizon: datetime | None
) -> Operand:
    """Return those of whom an event leaves a long window until the horizon: nobody else changes.

    It is a thin slice at the window's old end, which spares grouping all that lies in it.
    """
    length = exact(window.span) if isinstance(window, Rolling) else None
    now = clock.binder.frame.now
    if horizon is None or length is None or length < _SLICES * (horizon - now):
        return among
    slice_ = Absolute(now - length + TICK, horizon - length + TICK)
    return f"({history.reading(events, slice_, clock.binder, among)})"


def _moving_properties(node: Condition, clock: Clock, among: Operand) -> Iterator[str]:
    """Yield when events may come to match, or cease to, as days pass: “wanted within 3 days”."""
    found: list[tuple[Events, Window]] = []
    match node:
        case EventTest(events=events, window=window):
            found = [(events, window)]
        case MomentTest(events=events):
            found = [(events, EVER)]
        case Sequence(steps=steps, window=window, without=without):
            found = [(step, window) for step in steps]
            found += [(without.events, EVER)] if without else []
    for events, window in found:
        for each in moving_tests(events):
            value = history.value(each.field, clock.binder)
            of = until_date if each.field.kind is Kind.DATE else until_time
            rows = history.reading(steady(events), _begun(window, clock), clock.binder, among)
            changing = _with(rows, of(each.test, value, clock) or clock.never)
            yield f"SELECT who, assumeNotNull(until) AS until FROM ({changing}) WHERE isNotNull(until)"


def _begun(window: Window, clock: Clock) -> Window:
    """Return a window from its beginning to now."""
    if not isinstance(window, Calendar | Around):
        return window
    now = clock.binder.frame.now
    found = stretches(window, now, clock.zone)
    return Absolute(found[0].start if found else now, None)


def _counted(test: Comparison | Between, leaving: str, clock: Clock) -> str:
    """Return when the falling number of rows next crosses what the test compares with."""
    if test == Comparison("ge", 1):
        return f"max({leaving})"
    if isinstance(test, Between):
        bounds = [int(test.low), int(test.high) + 1]  # type: ignore[arg-type]
    else:
        value = int(test.value)  # type: ignore[arg-type]
        bounds = {"ge": [value], "lt": [value], "gt": [value + 1], "le": [value + 1]}.get(
            test.op, [value, value + 1]
        )
    number = clock.binder.integer
    cases = ", ".join(
        f"count() >= {number(bound)}, arrayReverseSort(groupArray({leaving}))[{number(bound)}]"
        for bound in sorted(bounds, reverse=True)
        if bound > 0
    )
    return f"multiIf({cases}, {clock.never})" if cases else clock.never


def _cut(events: Events, window: Calendar | Around, clock: Clock, among: Operand) -> str:
    """Return the selection of those with events since the window's beginning: it moves at the cut."""
    rows = history.reading(events, _begun(window, clock), clock.binder, among)
    return _with(rows, clock.constant(next_cut(window, clock.binder.frame.now, clock.zone)))


def _tags(node: TagTest | TagGroupTest, clock: Clock, among: Operand) -> Iterator[str]:
    binder = clock.binder
    if isinstance(node, TagGroupTest):
        groups: tuple[tuple[int, ...], ...] = (node.tags,)
        window: Window = EVER
    else:
        groups, window = node.groups, node.tagged
        if node.quantifier in ("any", "none"):
            groups = (node.tags,)
        elif node.quantifier == "all":
            groups = tuple((tag,) for tag in node.tags)
    among_them = f" AND customer IN {among}" if among else ""
    ends = "toUnixTimestamp64Milli(expires_at)"
    if isinstance(window, Rolling):
        ends = f"least({ends}, {clock.leaving('tagged_at', window.span)})"
    for group in groups:
        where = tables.tags_where(group, window, binder)
        yield (
            f"SELECT customer AS who, max({ends}) AS until FROM tags FINAL"
            f" WHERE {where}{among_them} GROUP BY customer"
        )
    if isinstance(window, Calendar):
        cut = clock.constant(next_cut(window, binder.frame.now, clock.zone))
        where = tables.tags_where(tuple(node.tags), EVER, binder)
        yield f"SELECT customer AS who, {cut} AS until FROM tags FINAL WHERE {where}{among_them}"


def _sequence(node: Sequence, clock: Clock, among: Operand) -> Iterator[str]:
    binder, window = clock.binder, node.window
    for events in node.steps:
        if isinstance(window, Calendar | Around):
            yield _cut(events, window, clock, among)
        elif isinstance(window, Rolling):
            rows = history.reading(events, window, binder, among)
            first = f"min({clock.leaving('ts', window.span)})"
            yield f"{_with(rows, first)} GROUP BY who"
    if node.without is not None:
        rows = history.reading(node.steps[-1], window, binder, among)
        over = clock.leaving("ts", node.without.span)
        yield (
            f"SELECT who, min(over) AS until FROM ({_with(rows, over, 'over')})"
            f" WHERE over > {clock.now} GROUP BY who"
        )


def _relation(node: RelationTest, clock: Clock, among: Operand) -> Iterator[str]:
    since = node.since
    if not isinstance(since, Rolling | Calendar):
        return
    widest = RelationTest(
        node.to, node.op, node.ids, node.statuses, EVER if isinstance(since, Calendar) else since
    )
    where = tables.relation_where(widest, clock.binder)
    until = (
        f"max({clock.leaving('since', since.span)})"
        if isinstance(since, Rolling)
        else clock.constant(next_cut(since, clock.binder.frame.now, clock.zone))
    )
    among_them = f" AND customer IN {among}" if among else ""
    yield f"SELECT customer AS who, {until} AS until FROM relations FINAL WHERE {where}{among_them} GROUP BY who"


def _referred(node: HasReferred, clock: Clock, among: Operand) -> Iterator[str]:
    since = node.since
    if not isinstance(since, Rolling | Calendar):
        return
    widest = HasReferred(node.test, EVER if isinstance(since, Calendar) else since)
    until = (
        _counted(node.test, clock.leaving("since", since.span), clock)
        if isinstance(since, Rolling)
        else clock.constant(next_cut(since, clock.binder.frame.now, clock.zone))
    )
    among_them = f" AND target IN {among}" if among else ""
    where = tables.referred_where(widest, clock.binder)
    yield f"SELECT target AS who, {until} AS until FROM relations FINAL WHERE {where}{among_them} GROUP BY who"


def _dependant(node: Dependant, clock: Clock, among: Operand) -> str:
    assert node.months is not None
    ages = [clock.day_start(after("birthday", Span(each, "month"), clock)) for each in node.months]
    among_them = f" AND customer IN {among}" if among else ""
    where = tables.dependant_where(Dependant(node.who, node.gender), clock.binder)
    return (
        f"SELECT customer AS who, assumeNotNull({first_of(ages, clock)}) AS until FROM dependants FINAL"
        f" WHERE {where} AND isNotNull(birthday){among_them}"
    )
