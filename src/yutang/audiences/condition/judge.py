"""What conditions mean, in plain Python: one customer, one instant, one answer.

The warehouse's statements are held to these functions by property tests; `explain` uses them to show
why a person is in or out. They are written for their meaning, not for speed: windows by stepping
each instant.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from operator import eq, ge, gt, le, lt, ne
from typing import Any as Anything

from yutang.audiences.condition.calendar import exact, local_day, step, step_day
from yutang.audiences.condition.compile.tables import bucket
from yutang.audiences.condition.mistakes import MineNeedsReader
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
    Condition,
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
    RandomShare,
    ReferredBy,
    RelationTest,
    Rolling,
    Span,
    TagGroupTest,
    TagTest,
    Test,
    TextMatch,
    Window,
    WithinNext,
)
from yutang.audiences.condition.nodes import Sequence as Steps
from yutang.audiences.condition.patterns import compiled
from yutang.audiences.condition.person import Happening, Kin, Look, Person, Tagging, Tie

__all__ = [
    "covers",
    "holds",
    "in_force",
    "matching",
    "measure",
    "moment_of",
    "of_age",
    "passes",
    "taken",
    "ties_of",
]

_SIGNS = {"eq": eq, "ne": ne, "lt": lt, "le": le, "gt": gt, "ge": ge}


def holds(condition: Condition, person: Person, look: Look) -> bool:
    """Say whether a customer meets a condition.

    :raises MineNeedsReader:
    """
    match condition:
        case All(of=children):
            return all(holds(child, person, look) for child in children)
        case Any(of=children):
            return any(holds(child, person, look) for child in children)
        case Not(of=child):
            return not holds(child, person, look)
        case AttributeTest(field=field, test=test):
            return passes(test, field.kind, person.value(field), look)
        case TagTest():
            return _tagged(condition, person, look)
        case TagGroupTest(has=has, tags=tags):
            return has == any(each.tag in tags for each in in_force(person, Ever(), look))
        case EventTest(events=events, window=window, test=test):
            found = measure(condition.measure, matching(events, window, person, look), look)
            return found is not None and _compares(test, found)
        case MomentTest(which=which, events=events, test=test):
            return passes(test, Kind.TIME, moment_of(which, events, person, look), look)
        case Steps():
            return taken(condition, person, look) is not None
        case RelationTest(op=op):
            return (op == "none") != bool(ties_of(condition, person, look))
        case HasReferred(test=test, since=since):
            brought = [each for each in person.referred if _since(since, each, look)]
            return _compares(test, len(brought))
        case ReferredBy(customers=customers):
            return any(
                each.kind == "referrer" and (not customers or each.target in customers)
                for each in person.ties
            )
        case Dependant():
            return any(of_age(condition, kin, look) for kin in person.kin)
        case AudienceTest(inside=inside, audiences=audiences):
            return inside == bool(person.audiences & set(audiences))
        case RandomShare(salt=salt, low=low, high=high):
            return low <= bucket(salt, person.customer) < high


def covers(window: Window, instant: datetime, look: Look) -> bool:
    """Say whether a window covers an instant; nothing after `now` is covered."""
    if instant > look.now:
        return False
    match window:
        case Ever():
            return True
        case Rolling(span=span):
            return look.now < step(instant, span, look.time_zone)
        case Absolute(start=start, end=end):
            return (start is None or not _before(instant, start, look)) and (
                end is None or _upto(instant, end, look)
            )
        case Calendar():
            return _in_calendar(window, local_day(instant, look.time_zone), look)
        case Around(years=years, before=before, after=after):
            middle = step_day(local_day(look.now, look.time_zone), Span(years, "year"), -1)
            return -before <= (local_day(instant, look.time_zone) - middle).days <= after


def _before(instant: datetime, point: date | datetime, look: Look) -> bool:
    if isinstance(point, datetime):
        return instant < point
    return local_day(instant, look.time_zone) < point


def _upto(instant: datetime, point: date | datetime, look: Look) -> bool:
    if isinstance(point, datetime):
        return instant < point
    return local_day(instant, look.time_zone) <= point


def _in_calendar(calendar: Calendar, day: date, look: Look) -> bool:
    back = _number(calendar, local_day(look.now, look.time_zone)) - _number(calendar, day)
    if calendar.period == "past":
        return 1 <= back <= calendar.count
    return back == (0 if calendar.period == "this" else 1)


def _number(calendar: Calendar, day: date) -> int:
    match calendar.unit:
        case "day":
            return day.toordinal()
        case "week":
            return (day.toordinal() - 1) // 7  # 1 January of year 1 was a Monday
        case "month":
            return day.year * 12 + day.month
        case "quarter":
            return day.year * 4 + (day.month - 1) // 3
        case "year":
            return day.year


def passes(test: Test, kind: Kind, value: Anything, look: Look) -> bool:
    """Say whether a value passes a test; an unknown one (None) passes only “is unknown”."""
    if isinstance(test, Known):
        return test.known == (value is not None)
    if value is None:
        return False
    match test:
        case TextMatch():
            return _matches(test, value)
        case OneOf(values=values, negated=negated):
            return (value in values) != negated
        case Holds(quantifier=quantifier, values=values):
            common = set(value) & set(values)
            return {"any": bool(common), "all": common == set(values), "none": not common}[
                quantifier
            ]
        case Inside(regions=regions, negated=negated):
            return negated != any(value == each or value.startswith(each + "/") for each in regions)
        case Anniversary():
            day = local_day(value, look.time_zone) if kind is Kind.TIME else value
            return _comes_round(test, day, local_day(look.now, look.time_zone))
        case MoreThanAgo() | LessThanAgo() | WithinNext() | InPeriod():
            return _relative(test, kind, value, look)
    if kind is Kind.TIME:
        return _compares_time(test, value, look)
    return _compares(test, value)


def _compares(test: Comparison | Between, value: Anything) -> bool:
    if isinstance(test, Between):
        return bool(test.low <= value <= test.high)
    return bool(_SIGNS[test.op](value, test.value))


def _compares_time(test: Comparison | Between, value: datetime, look: Look) -> bool:
    def beside(point: Anything) -> int:
        """Return −1, 0 or 1: the value is before, at or after a point (a day or an instant)."""
        mine = value if isinstance(point, datetime) else local_day(value, look.time_zone)
        return int(mine > point) - int(mine < point)

    if isinstance(test, Between):
        return beside(test.low) >= 0 >= beside(test.high)
    return bool(_SIGNS[test.op](beside(test.value), 0))


def _matches(test: TextMatch, value: str) -> bool:
    match test.op:
        case "contains":
            return test.value in value
        case "starts":
            return value.startswith(test.value)
        case "ends":
            return value.endswith(test.value)
        case "matches":
            return compiled(test.value).search(value) is not None


def _relative(
    test: MoreThanAgo | LessThanAgo | WithinNext | InPeriod, kind: Kind, value: Anything, look: Look
) -> bool:
    today = local_day(look.now, look.time_zone)
    if isinstance(test, InPeriod):
        day = local_day(value, look.time_zone) if kind is Kind.TIME else value
        return _in_calendar(test.calendar, day, look)
    if kind is Kind.TIME:
        if isinstance(test, WithinNext):
            return bool(look.now < value <= step(look.now, test.span, look.time_zone))
        over = step(value, test.span, look.time_zone) <= look.now
        return over if isinstance(test, MoreThanAgo) else value <= look.now and not over
    if isinstance(test, WithinNext):
        return bool(today <= value <= step_day(today, test.span))
    over = step_day(value, test.span) <= today
    return over if isinstance(test, MoreThanAgo) else value <= today and not over


def _comes_round(test: Anniversary, day: date, today: date) -> bool:
    first = today.replace(day=1) if test.days is None else today
    length = 31 if test.days is None else test.days + 1
    shown = [first + timedelta(days=each) for each in range(length)]
    if test.days is None:
        shown = [each for each in shown if each.month == today.month]
    return day < first and any(_is_anniversary(day, each) for each in shown)


def _is_anniversary(day: date, shown: date) -> bool:
    if (day.month, day.day) == (2, 29) and (shown + timedelta(days=1)).month == 3:
        return shown.month == 2
    return (day.month, day.day) == (shown.month, shown.day)


def in_force(person: Person, within: Window, look: Look) -> list[Tagging]:
    """Return the tags a customer has now, given within a window."""
    return [
        each for each in person.tags if each.expires_at > look.now and covers(within, each.at, look)
    ]


def _tagged(node: TagTest, person: Person, look: Look) -> bool:
    has = {each.tag for each in in_force(person, node.tagged, look)}
    match node.quantifier:
        case "any":
            return bool(has & set(node.tags))
        case "none":
            return not has & set(node.tags)
        case "all":
            return has >= set(node.tags)
        case "by_group":
            return all(has & set(group) for group in node.groups)


def matching(events: Events, window: Window, person: Person, look: Look) -> list[Happening]:
    """Return the events that match, in the order they happened."""
    return [
        each
        for each in person.events
        if (each.type in events.types if events.types else each.type not in look.quiet_types)
        and covers(window, each.at, look)
        and all(
            passes(test.test, test.field.kind, each.value(test.field), look)
            for test in events.where
        )
    ]


def measure(of: Measure, found: Sequence[Happening], look: Look) -> float | None:
    """Return a measure of events; None is unknown (the mean, least or most of nothing)."""
    if of.of == "count":
        return len(found)
    if of.of == "days":
        return len({local_day(each.at, look.time_zone) for each in found})
    assert of.field is not None
    values: list[Anything] = [
        value for each in found if (value := each.value(of.field)) is not None
    ]
    match of.of:
        case "distinct":
            return len(set(values))
        case "sum":
            total: float = sum(values)
            return total
        case "avg":
            return float(sum(values) / len(values)) if values else None
        case "min":
            return min(values, default=None)
        case "max":
            return max(values, default=None)


def moment_of(which: str, events: Events, person: Person, look: Look) -> datetime | None:
    """Return when it happened for the first or the last time."""
    found = matching(events, Ever(), person, look)
    return (found[0] if which == "first" else found[-1]).at if found else None


def taken(node: Steps, person: Person, look: Look) -> tuple[Happening, ...] | None:
    """Return one way the customer took the steps, or None.

    Of the ways to come to an event only the one whose step before was latest matters: if that one is
    too long ago, so are the others.
    """
    limit = exact(node.within) if node.within else None
    steps = [matching(each, node.window, person, look) for each in node.steps]
    ways = [(each,) for each in steps[0]]
    for events in steps[1:]:
        longer: list[tuple[Happening, ...]] = []
        before = 0
        for each in events:
            while before < len(ways) and ways[before][-1].at < each.at:
                before += 1
            if before and (limit is None or each.at - ways[before - 1][-1].at <= limit):
                longer.append((*ways[before - 1], each))
        ways = longer  # type: ignore[assignment]
    for way in reversed(ways):
        if node.without is None or _nothing_followed(node, way[-1], person, look):
            return way
    return None


def _nothing_followed(node: Steps, last: Happening, person: Person, look: Look) -> bool:
    assert node.without is not None
    until = step(last.at, node.without.span, look.time_zone)
    followed = matching(node.without.events, Ever(), person, look)
    return until <= look.now and not any(last.at < each.at <= until for each in followed)


def ties_of(node: RelationTest, person: Person, look: Look) -> list[Tie]:
    """Return the relations a test looks at.

    :raises MineNeedsReader:
    """
    ids: tuple[int, ...] | None = node.ids if node.op == "in" else None
    if node.op == "mine":
        if look.mine is None:
            raise MineNeedsReader
        ids = look.mine.staff if node.to == "staff" else look.mine.stores
    return [
        each
        for each in person.ties
        if each.kind == node.to
        and (ids is None or each.target in ids)
        and (not node.statuses or each.status in node.statuses)
        and _since(node.since, each.since, look)
    ]


def _since(window: Window, instant: datetime, look: Look) -> bool:
    return isinstance(window, Ever) or covers(window, instant, look)


def of_age(node: Dependant, kin: Kin, look: Look) -> bool:
    """Say whether a dependant is of the kind, sex and age."""
    if kin.who != node.who or (node.gender is not None and kin.gender != node.gender):
        return False
    if node.months is None:
        return True
    if kin.birthday is None:
        return False
    today = local_day(look.now, look.time_zone)
    youngest, oldest = (step_day(kin.birthday, Span(each, "month")) for each in node.months)
    return youngest <= today < oldest
