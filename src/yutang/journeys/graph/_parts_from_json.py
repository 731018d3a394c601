"""The parts of a graph that are not nodes, from JSON: spans, patterns, the entry, exits, the goal."""

from datetime import UTC, datetime, time
from typing import Any, cast

from yutang.journeys.graph.cron import CronUnreadable, read_cron
from yutang.journeys.graph.nodes import (
    ApiEntry,
    AudienceEntry,
    Cap,
    Condition,
    Days,
    Entry,
    EventEntry,
    Exit,
    Goal,
    ManualEntry,
    Pattern,
    PropertyCheck,
    Reentry,
    ScheduleEntry,
)
from yutang.journeys.graph.spans import UNITS, Span
from yutang.kit.tree import Place

__all__ = ["LONGEST", "cap", "checks", "condition", "entry", "exit_", "goal", "pattern", "reentry"]

LONGEST = 400 * 86_400  # seconds: a year and some more
_OPS = (
    "eq", "ne", "lt", "le", "gt", "ge", "between", "in", "not_in", "contains", "has_any", "known",
    "unknown",
)  # fmt: skip
_A_DAY = Span(24, "hour")
_MOST = 1_000_000_000


def span(place: Place, *, least: int = 1, longest: int = LONGEST) -> Span:
    """Return a length of time; `least` below nothing lets it lie before something."""
    place.only("amount", "unit")
    unit = place["unit"].one_of(*UNITS)
    amount = place["amount"].integer(-100_000 if least < 0 else 0, 100_000)
    found = Span(amount, cast("Any", unit))
    if not (least <= found.seconds if least >= 0 else -longest <= found.seconds):
        raise place.mistake("一段时间，至少 1 秒", "a length of time, a second at least")
    if found.seconds > longest:
        days = longest // 86_400
        raise place.mistake(f"不超过 {days} 天的时间", f"a time of {days} days at most")
    return found


def optional_span(place: Place, **limits: int) -> Span | None:
    return None if place.value in (None, ...) else span(place, **limits)


def condition(place: Place) -> Condition:
    """Return an audience condition as it came; `audiences` reads it when the graph is checked."""
    return place.object()


def checks(place: Place) -> tuple[PropertyCheck, ...]:
    if place.value in (None, ...):
        return ()
    return tuple(_check(each) for each in place.items(least=0, most=20))


def _check(place: Place) -> PropertyCheck:
    place.only("property", "op", "value")
    op = place["op"].one_of(*_OPS)
    value = place["value"]
    if op in ("known", "unknown"):
        return PropertyCheck(place["property"].text(), cast("Any", op))
    if op in ("in", "not_in", "has_any"):
        found: Any = tuple(_value(each) for each in value.items(most=500))
    elif op == "between":
        found = tuple(each.number() for each in value.items(least=2, most=2))
    elif op in ("lt", "le", "gt", "ge"):
        found = value.number() if not isinstance(value.value, str) else value.text()
    else:
        found = value.text() if op == "contains" else _value(value)
    return PropertyCheck(place["property"].text(), cast("Any", op), found)


def _value(place: Place) -> object:
    if isinstance(place.value, bool):
        return str(place.value).lower()
    return place.text() if isinstance(place.value, str) else place.number()


def pattern(place: Place) -> Pattern:
    place.only("types", "where")
    types = tuple(dict.fromkeys(each.text() for each in place["types"].items(most=50)))
    return Pattern(types, checks(place["where"]))


def entry(place: Place) -> Entry:
    kind = place["kind"].one_of("event", "audience", "schedule", "api", "manual")
    match kind:
        case "event":
            place.only("kind", "types", "where", "max_age", "condition", "next")
            return EventEntry(
                pattern(Place({k: place.object().get(k) for k in ("types", "where")}, place.path)),
                optional_span(place["max_age"], longest=30 * 86_400) or _A_DAY,
                condition(place["condition"]) if place.has("condition") else None,
            )
        case "audience":
            place.only("kind", "audience", "on", "existing", "next")
            return AudienceEntry(
                place["audience"].integer(1, 2**32 - 1),
                cast(
                    "Any", place["on"].one_of("entered", "left") if place.has("on") else "entered"
                ),
                place["existing"].boolean() if place.has("existing") else False,
            )
        case "schedule":
            return _schedule(place)
    place.only("kind", "next")
    return ApiEntry() if kind == "api" else ManualEntry()


def _schedule(place: Place) -> ScheduleEntry:
    place.only("kind", "audience", "condition", "at", "cron", "weekdays", "time", "days", "next")
    ways = [each for each in ("at", "cron", "time") if place.has(each)]
    if len(ways) != 1:
        raise place.mistake("at、cron、time 之中恰好一项", "exactly one of at, cron and time")
    if place.has("audience") == place.has("condition"):
        raise place.mistake("人群或条件，二选一", "an audience or a condition, one of the two")
    return ScheduleEntry(
        audience=place["audience"].integer(1, 2**32 - 1) if place.has("audience") else None,
        condition=condition(place["condition"]) if place.has("condition") else None,
        at=_instant(place["at"]) if place.has("at") else None,
        cron=_cron(place["cron"]) if place.has("cron") else None,
        weekdays=weekdays(place["weekdays"]),
        time=time_of_day(place["time"]) if place.has("time") else None,
        days=days(place["days"]),
    )


def _instant(place: Place) -> datetime:
    found = place.moment()
    if not isinstance(found, datetime):
        raise place.mistake(
            "带时差的时刻，如 2026-11-01T08:00:00+08:00",
            "an instant with its offset such as 2026-11-01T08:00:00+08:00",
        )
    return found.astimezone(UTC)


def _cron(place: Place) -> str:
    try:
        read_cron(place.text())
    except CronUnreadable:
        raise place.mistake(
            "五段 cron，如 0 10 * * 1（每周一 10 点）",
            "five fields of cron such as 0 10 * * 1 (Mondays at ten)",
        ) from None
    return place.text()


def weekdays(place: Place) -> tuple[int, ...]:
    if place.value in (None, ...):
        return ()
    return tuple(sorted({each.integer(0, 6) for each in place.items(least=0, most=7)}))


def time_of_day(place: Place) -> time:
    try:
        found = time.fromisoformat(place.text())
    except ValueError:
        found = time(0, tzinfo=UTC)
    if found.tzinfo is not None or found.microsecond:
        raise place.mistake("一天里的时刻，如 20:30", "a time of day such as 20:30")
    return found


def days(place: Place) -> Days:
    if place.value in (None, ...):
        return "any"
    return cast("Days", place.one_of("any", "working", "free"))


def reentry(place: Place) -> Reentry:
    if place.value in (None, ...):
        return Reentry()
    place.only("again", "after", "one_at_a_time")
    return Reentry(
        place["again"].boolean() if place.has("again") else False,
        optional_span(place["after"]),
        place["one_at_a_time"].boolean() if place.has("one_at_a_time") else True,
    )


def cap(place: Place) -> Cap | None:
    if place.value in (None, ...):
        return None
    place.only("most", "per")
    return Cap(place["most"].integer(1, _MOST), optional_span(place["per"]))


def exit_(place: Place) -> Exit:
    place.only("when", "event", "name")
    if place.has("when") == place.has("event"):
        raise place.mistake("when 或 event，二选一", "when or event, one of the two")
    return Exit(
        condition(place["when"]) if place.has("when") else None,
        pattern(place["event"]) if place.has("event") else None,
        named(place),
    )


def goal(place: Place) -> Goal | None:
    if place.value in (None, ...):
        return None
    place.only("event", "within", "ends", "name")
    return Goal(
        pattern(place["event"]),
        optional_span(place["within"]) or Span(7, "day"),
        place["ends"].boolean() if place.has("ends") else True,
        named(place),
    )


def named(place: Place) -> str:
    return place["name"].text()[:60] if place.object().get("name") not in (None, "") else ""
