"""Leaves that are read from `events` (or, for a few customers, from `timeline`)."""

from yutang.audiences.condition.calendar import exact
from yutang.audiences.condition.compile.binder import Binder
from yutang.audiences.condition.compile.pieces import Absent, Members, Operand, Piece
from yutang.audiences.condition.compile.tables import holds_at_zero
from yutang.audiences.condition.compile.tests_of import during, ordered, passes
from yutang.audiences.condition.nodes import (
    Absolute,
    Comparison,
    Events,
    EventTest,
    Ever,
    Field,
    Kind,
    Known,
    Measure,
    MomentTest,
    Sequence,
    Span,
    Window,
)
from yutang.audiences.condition.windows import stretches

__all__ = ["events", "measured", "moment", "reading", "sequence", "source", "value"]


def source(binder: Binder) -> tuple[str, str, str]:
    """Return the table events are read from, who is meant by a row, and the rows of the workspace.

    Pending merges are applied here: the origin of an event decides whose it is today.
    """
    frame = binder.frame
    if frame.only is not None:
        origins = tuple(frame.only.origins)
        owners = tuple(frame.only.origins.values())
        who = f"transform(origin, {binder.ids(origins)}, {binder.ids(owners)}, toUInt32(0))"
        return (
            "timeline",
            who,
            f"workspace = {binder.workspace} AND origin IN {binder.ids(origins)}",
        )
    if frame.overrides:
        origins, owners = tuple(frame.overrides), tuple(frame.overrides.values())
        who = f"transform(origin, {binder.ids(origins)}, {binder.ids(owners)}, customer)"
        return "events", who, f"workspace = {binder.workspace}"
    return "events", "customer", f"workspace = {binder.workspace}"


def reading(
    found: Events, window: Window, binder: Binder, among: Operand, columns: str = ""
) -> str:
    """Return the selection of matching events: `who`, and other columns if named."""
    table, who, where = source(binder)
    tests = [where, *_where(found, window, binder)]
    if among:
        tests.append(f"{who} IN {among}")
    return f"SELECT {who} AS who{columns} FROM {table} WHERE {' AND '.join(tests)}"


def _where(found: Events, window: Window, binder: Binder) -> list[str]:
    tests = []
    if len(found.types) == 1:
        tests.append(f"type = {binder.text(found.types[0])}")
    elif found.types:
        tests.append(f"type IN {binder.texts(found.types)}")
    elif binder.frame.quiet_types:
        tests.append(f"type NOT IN {binder.texts(binder.frame.quiet_types)}")
    now, zone = binder.frame.now, binder.frame.time_zone
    tests.append(during("ts", stretches(window, now, zone), binder))
    tests.extend(_property(each.field, each.test, binder) for each in found.where)
    return tests


def _property(field: Field, test: object, binder: Binder) -> str:
    return passes(test, field.kind, value(field, binder), binder)  # type: ignore[arg-type]


def value(field: Field, binder: Binder) -> str:
    """Return a property of an event as a value of its kind, NULL or empty where it is unknown."""
    if field.column is not None:
        return f"`{field.column}`"
    name = binder.text(field.name)
    match field.kind:
        case Kind.NUMBER | Kind.MONEY:
            return f"if(mapContains(numbers, {name}), numbers[{name}], NULL)"
        case Kind.LIST | Kind.MULTI_CHOICE:
            return f"lists[{name}]"
        case Kind.BOOL:
            return f"transform(texts[{name}], ['true', 'false'], [1, 0], NULL)"
        case Kind.DATE:
            return f"toDate32OrNull(texts[{name}])"
        case Kind.TIME:
            return f"parseDateTime64BestEffortOrNull(texts[{name}], 3, 'UTC')"
    return f"texts[{name}]"


def events(node: EventTest, binder: Binder) -> Piece:
    """Who did, or did not: how often, how much."""
    broad = 0 if node.events.types else 4
    measure = node.measure
    if measure.of == "count" and node.test == Comparison("ge", 1):
        return Members(lambda among: reading(node.events, node.window, binder, among), 2 + broad)
    if measure.of == "count" and node.test == Comparison("eq", 0):
        return Absent(
            Members(lambda among: reading(node.events, node.window, binder, among), 2 + broad)
        )
    zero = measure.of not in ("avg", "min", "max") and holds_at_zero(node.test)
    amount, filtered = measured(measure, binder)
    test = ordered(node.test, amount, binder)
    having = f"NOT ({test})" if zero else test

    def select(among: Operand) -> str:
        rows = reading(node.events, node.window, binder, among)
        return f"{rows}{filtered} GROUP BY who HAVING {having}"

    members = Members(select, 3 + broad)
    return Absent(members) if zero else members


def measured(measure: Measure, binder: Binder) -> tuple[str, str]:
    """Return the aggregate of a measure, and a further test of its rows (those that know the value)."""
    if measure.of == "count":
        return "count()", ""
    if measure.of == "days":
        return f"uniqExact(toDate(ts, {binder.text(binder.frame.time_zone)}))", ""
    assert measure.field is not None
    found = value(measure.field, binder)
    filtered = f" AND {passes(Known(known=True), measure.field.kind, found, binder)}"
    if measure.of == "distinct":
        return f"uniqExact({found})", filtered
    return f"{measure.of}(assumeNotNull({found}))", filtered


def moment(node: MomentTest, binder: Binder) -> Piece:
    """When it happened first or last; of those to whom it never happened nothing is known."""
    broad = 0 if node.events.types else 4
    if isinstance(node.test, Known):
        ever = Members(lambda among: reading(node.events, Ever(), binder, among), 3 + broad)
        return ever if node.test.known else Absent(ever)
    ends = "min(ts)" if node.which == "first" else "max(ts)"
    having = passes(node.test, Kind.TIME, ends, binder)

    def select(among: Operand) -> str:
        return f"{reading(node.events, Ever(), binder, among)} GROUP BY who HAVING {having}"

    return Members(select, 3 + broad)


def sequence(node: Sequence, binder: Binder) -> Members:
    """Who took these steps in this order.

    Each step is joined with the nearest completed step before it: if that one is too long ago, every
    earlier one is too.
    """
    return Members(lambda among: _sequence(node, binder, among), 5)


def _begun(window: Window, binder: Binder) -> Window:
    """Return a window without its end: what follows a step need not lie in it, but lies after it."""
    found = stretches(window, binder.frame.now, binder.frame.time_zone)
    return Absolute(found[0].start, None) if found else window


_AT = ", toUnixTimestamp64Milli(ts) AS at"


def _sequence(node: Sequence, binder: Binder, among: Operand) -> str:
    done = reading(node.steps[0], node.window, binder, among, _AT)
    for step in node.steps[1:]:
        later = reading(step, node.window, binder, among, _AT)
        near = f" WHERE b.at - a.at <= {_milliseconds(node.within, binder)}" if node.within else ""
        done = (
            f"SELECT b.who AS who, b.at AS at FROM ({later}) AS b ASOF INNER JOIN ({done}) AS a"
            f" ON a.who = b.who AND a.at < b.at{near}"
        )
    if node.without is None:
        return f"SELECT who FROM ({done})"
    after = reading(node.without.events, _begun(node.window, binder), binder, among, _AT)
    length = _milliseconds(node.without.span, binder)
    return (
        f"SELECT a.who AS who FROM ({done}) AS a ASOF LEFT JOIN ({after}) AS b"
        f" ON a.who = b.who AND a.at < b.at"
        f" WHERE (b.who = 0 OR b.at - a.at > {length})"
        f" AND a.at + {length} <= toUnixTimestamp64Milli({binder.now})"
    )


def _milliseconds(span: Span, binder: Binder) -> str:
    length = exact(span)
    assert length is not None
    return binder.integer(round(length.total_seconds() * 1000))
