"""A condition as JSON: the inverse of `from_json`, with nothing left to be guessed."""

from collections.abc import Mapping
from datetime import UTC, date, datetime

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
    Known,
    LessThanAgo,
    MomentTest,
    MoreThanAgo,
    Not,
    OneOf,
    RandomShare,
    ReferredBy,
    RelationTest,
    Rolling,
    Sequence,
    Span,
    TagGroupTest,
    TagTest,
    Test,
    TextMatch,
    Value,
    Window,
    WithinNext,
)

__all__ = ["to_json"]

Json = dict[str, object]


def to_json(condition: Condition) -> Json:
    """Return the JSON tree of a condition: `from_json(to_json(c), …) == c`."""
    match condition:
        case All(of=children):
            return {"kind": "all", "of": [to_json(child) for child in children]}
        case Any(of=children):
            return {"kind": "any", "of": [to_json(child) for child in children]}
        case Not(of=child):
            return {"kind": "not", "of": to_json(child)}
    return _without_nothing(_leaf(condition))


def _without_nothing(tree: Mapping[str, object]) -> Json:
    return {key: value for key, value in tree.items() if value is not None}


def _leaf(node: Condition) -> Json:
    match node:
        case AttributeTest(field=field, test=test):
            return {"kind": "attribute", "attribute": field.name, **_test(test)}
        case TagTest(quantifier=quantifier, tagged=tagged):
            return {
                "kind": "tag",
                "op": quantifier,
                "tags": [*node.tags],
                "tagged": _window(tagged),
            }
        case TagGroupTest(has=has, groups=groups):
            return {"kind": "tag_group", "op": "any" if has else "none", "groups": [*groups]}
        case EventTest():
            return _event(node)
        case MomentTest(which=which, events=events, test=test):
            return {"kind": "moment", "which": which, **_events(events), **_test(test)}
        case Sequence():
            return _sequence(node)
        case RelationTest(to=to, op=op, ids=ids, statuses=statuses, since=since):
            return {
                "kind": "relation",
                "to": to,
                "op": op,
                "ids": [*ids] or None,
                "statuses": [*statuses] or None,
                "since": _window(since),
            }
        case HasReferred(test=test, since=since):
            return {"kind": "has_referred", **_test(test), "since": _window(since)}
        case ReferredBy(customers=customers):
            return {"kind": "referred_by", "customers": [*customers] or None}
        case Dependant(who=who, gender=gender, months=months, stage=stage):
            ages = None if stage or months is None else [*months]
            return {
                "kind": "dependant",
                "who": who,
                "gender": gender,
                "age_months": ages,
                "stage": stage,
            }
        case AudienceTest(inside=inside, audiences=audiences):
            return {
                "kind": "audience",
                "op": "in" if inside else "not_in",
                "audiences": [*audiences],
            }
        case RandomShare(salt=salt, low=low, high=high):
            return {"kind": "random", "salt": salt, "from": low / 100, "to": high / 100}
    raise TypeError(node)


def _events(events: Events) -> Json:
    where = [{"property": each.field.name, **_test(each.test)} for each in events.where]
    return _without_nothing({"types": [*events.types] or None, "where": where or None})


def _event(node: EventTest) -> Json:
    measure = node.measure
    return {
        "kind": "event",
        **_events(node.events),
        "window": _window(node.window),
        "measure": None if measure.of == "count" else measure.of,
        "property": measure.field and measure.field.name,
        **_test(node.test),
    }


def _sequence(node: Sequence) -> Json:
    without = node.without
    return {
        "kind": "sequence",
        "steps": [_events(step) for step in node.steps],
        "within": node.within and _span(node.within),
        "window": _window(node.window),
        "without": without and {**_events(without.events), "within": _span(without.span)},
    }


def _span(span: Span) -> Json:
    return {"amount": span.amount, "unit": span.unit}


def _calendar(calendar: Calendar) -> Json:
    count = calendar.count if calendar.period == "past" else None
    return _without_nothing({"period": calendar.period, "unit": calendar.unit, "count": count})


def _window(window: Window) -> Json | None:
    match window:
        case Ever():
            return None
        case Rolling(span=span):
            return {"kind": "rolling", **_span(span)}
        case Absolute(start=start, end=end):
            points = {"from": start and _value(start), "to": end and _value(end)}
            return {"kind": "absolute", **_without_nothing(points)}
        case Calendar():
            return {"kind": "calendar", **_calendar(window)}
        case Around(years=years, before=before, after=after):
            return {"kind": "anniversary", "years": years, "before": before, "after": after}


def _value(value: Value) -> object:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    return value.isoformat() if isinstance(value, date) else value


def _test(test: Test) -> Json:
    match test:
        case Comparison(op=op, value=value):
            return {"op": op, "value": _value(value)}
        case Between(low=low, high=high):
            return {"op": "between", "value": [_value(low), _value(high)]}
        case OneOf(values=values, negated=negated):
            return {"op": "not_in" if negated else "in", "value": [*values]}
        case TextMatch(op=op, value=value):
            return {"op": op, "value": value}
        case Known(known=known):
            return {"op": "known" if known else "unknown"}
        case MoreThanAgo(span=span):
            return {"op": "more_than_ago", "value": _span(span)}
        case LessThanAgo(span=span):
            return {"op": "less_than_ago", "value": _span(span)}
        case WithinNext(span=span):
            return {"op": "within_next", "value": _span(span)}
        case InPeriod(calendar=calendar):
            return {"op": "in_period", "value": _calendar(calendar)}
        case Anniversary(days=days):
            return {
                "op": "anniversary",
                "value": {"this": "month"} if days is None else {"within_days": days},
            }
        case Holds(quantifier=quantifier, values=values):
            return {"op": f"has_{quantifier}", "value": [*values]}
        case Inside(regions=regions, negated=negated):
            return {"op": "not_within" if negated else "within", "value": [*regions]}
