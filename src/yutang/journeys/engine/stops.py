"""Nodes where people wait: each begins the wait, or ends it."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date, datetime
from zoneinfo import ZoneInfo

from yutang.customers import service as customers
from yutang.events import service as events
from yutang.journeys.engine.asking import held_for, ready, rhythms_of
from yutang.journeys.engine.trip import Traveller, Trip, instant, micros
from yutang.journeys.graph.nodes import (
    RateNode,
    UntilAudienceNode,
    UntilEventNode,
    WaitDateNode,
    WaitForNode,
    WaitTimeNode,
)
from yutang.journeys.graph.spans import Span
from yutang.journeys.matching import matches
from yutang.journeys.models import JourneySubject, Pace
from yutang.journeys.timing import next_date, next_time

__all__ = ["rate", "until_audience", "until_event", "wait_date", "wait_for", "wait_time"]

_LONGEST = 400  # of whatever unit an attribute counts in


def _begun(trip: Trip, group: Sequence[Traveller], to: str | None) -> list[Traveller]:
    """Let those go on whose wait is over; return those who begin it."""
    over = [each for each in group if each.sign]
    beginning = [each for each in group if not each.sign]
    trip.leave_all(over, "next", to)
    return beginning


def wait_for(trip: Trip, node: WaitForNode, group: Sequence[Traveller]) -> None:
    beginning = _begun(trip, group, node.next)
    if node.rhythm and beginning:
        beginning = ready(trip, beginning)
    if not beginning:
        return
    usual = micros(node.span.after(trip.now, trip.zone))
    own = _own_rhythms(trip, node, beginning) if node.rhythm else _own_spans(trip, node, beginning)
    if own is None:
        return
    for each in beginning:
        trip.park(each, own.get(each.subject, usual))


def _own_spans(trip: Trip, node: WaitForNode, group: Sequence[Traveller]) -> dict[int, int]:
    """Return until when those wait who have a length of time of their own."""
    if node.attribute is None:
        return {}
    found: dict[int, int] = {}
    for subject, said in _values(trip, group, node.attribute).items():
        with suppress(ValueError, OverflowError):
            amount = min(max(round(float(said)), 0), _LONGEST)
            found[subject] = micros(Span(amount, node.span.unit).after(trip.now, trip.zone))
    return found


def _own_rhythms(
    trip: Trip, node: WaitForNode, group: Sequence[Traveller]
) -> dict[int, int] | None:
    """Return until when those wait who have a habit; None: it could not be asked, and they come again."""
    found = rhythms_of(trip, node.rhythm, group)
    if found is None:
        return None
    return {
        subject: micros(Span(min(days, _LONGEST), "day").after(trip.now, trip.zone))
        for subject, days in found.items()
    }


def _values(trip: Trip, group: Sequence[Traveller], attribute: str) -> dict[int, str]:
    if trip.journey.subject != JourneySubject.CUSTOMER:
        return {}
    subjects = [each.subject for each in group]
    known = customers.values_of(trip.workspace, subjects, [attribute])
    return {
        subject: str(values[attribute]) for subject, values in known.items() if attribute in values
    }


def _zones(trip: Trip, group: Sequence[Traveller]) -> dict[int, ZoneInfo]:
    """Return the zones of those who said they live in another than the workspace's."""
    if trip.journey.subject != JourneySubject.CUSTOMER:
        return {}
    found: dict[int, ZoneInfo] = {}
    own = customers.own_zones(trip.workspace, [each.subject for each in group])
    for subject, name in own.items():
        if name:
            with suppress(KeyError, ValueError, OSError):
                found[subject] = ZoneInfo(name)
    return found


def wait_time(trip: Trip, node: WaitTimeNode, group: Sequence[Traveller]) -> None:
    beginning = _begun(trip, group, node.next)
    if not beginning:
        return

    def due(zone: ZoneInfo) -> datetime | None:
        return next_time(
            trip.now, node.at, zone, weekdays=node.weekdays, days=node.days, after=node.after
        )

    _park_by_zone(trip, beginning, due)


def _park_by_zone(
    trip: Trip, group: Sequence[Traveller], due: Callable[[ZoneInfo], datetime | None]
) -> None:
    zones = _zones(trip, group)
    known: dict[str, datetime | None] = {}
    for each in group:
        zone = zones.get(each.subject, trip.zone)
        if zone.key not in known:
            known[zone.key] = due(zone)
        at = known[zone.key]
        if at is None:
            trip.hold(each, "no_such_time")
        else:
            trip.park(each, micros(at))


def wait_date(trip: Trip, node: WaitDateNode, group: Sequence[Traveller]) -> None:
    beginning = _begun(trip, group, node.next)
    if not beginning:
        return
    zones = _zones(trip, beginning)
    days = _days(trip, node, beginning)
    known: dict[tuple[date, str], datetime | None] = {}
    for each in beginning:
        day = days.get(each.id)
        zone = zones.get(each.subject, trip.zone)
        if day is not None and (day, zone.key) not in known:
            known[day, zone.key] = next_date(
                trip.now,
                day,
                node.at,
                zone,
                offset=node.offset,
                every=node.every,
                lunar=node.lunar,
            )
        at = None if day is None else known[day, zone.key]
        if at is None:
            trip.leave(each, "otherwise", node.otherwise)
        else:
            trip.park(each, micros(at))


def _days(trip: Trip, node: WaitDateNode, group: Sequence[Traveller]) -> dict[int, date]:
    """Return run → the date it waits for, of those who have one."""
    if node.of == "entry":
        said = {each.id: each.told().get(node.attribute) for each in group}
        return {run: day for run, text in said.items() if (day := _day(text, trip.zone))}
    if node.of == "child":
        subjects = [each.subject for each in group]
        born = customers.child_birthdays(trip.workspace, subjects)
        return {each.id: born[each.subject] for each in group if each.subject in born}
    values = _values(trip, group, node.attribute)
    return {each.id: day for each in group if (day := _day(values.get(each.subject), trip.zone))}


def _day(said: object, zone: ZoneInfo) -> date | None:
    """Return a date as it stands in text; of an instant the day it is on the local clock."""
    if not isinstance(said, str):
        return None
    with suppress(ValueError, OverflowError):
        if len(said) == 10:
            return date.fromisoformat(said)
        at = datetime.fromisoformat(said)
        return (at.astimezone(zone) if at.tzinfo else at).date()
    return None


def until_event(trip: Trip, node: UntilEventNode, group: Sequence[Traveller]) -> None:
    due = micros(node.timeout.after(trip.now, trip.zone))
    heard = [each for each in group if each.sign == "heard"]
    late = [each for each in group if each.sign and each.sign != "heard"]
    beginning = [each for each in group if not each.sign]
    trip.leave_all(heard, "next", node.next)
    trip.leave_all(late, "timeout", node.on_timeout)
    done = _done_already(trip, node, beginning)
    for each in beginning:
        if each.id in done:
            each.base = done[each.id]
            trip.leave(each, "next", node.next)
        else:
            trip.park(each, due)


def _done_already(trip: Trip, node: UntilEventNode, group: Sequence[Traveller]) -> dict[int, int]:
    """Return when those did it who were faster than we: after they came here, before we noticed.

    Also of those who come this instant: the clock of who recorded it may be ahead of ours.
    """
    if not group or trip.journey.subject != JourneySubject.CUSTOMER:
        return {}
    subjects = [each.subject for each in group]
    heard = [
        (each.customer, micros(each.occurred_at))
        for each in events.heard_of(trip.workspace, node.event.types, subjects)
        if matches(node.event, each)
    ]
    since: dict[int, list[int]] = defaultdict(list)
    for customer, at in heard:
        since[customer].append(at)
    return {
        each.id: min(later)
        for each in group
        if (later := [at for at in since[each.subject] if at > each.arrived])
    }


def until_audience(trip: Trip, node: UntilAudienceNode, group: Sequence[Traveller]) -> None:
    beginning: dict[str, list[Traveller]] = defaultdict(list)
    for each in group:
        beginning[each.sign].append(each)
    trip.leave_all(beginning["heard"], "next", node.next)
    trip.leave_all([*beginning["wait"], *beginning["skip"]], "timeout", node.on_timeout)
    asked = ready(trip, beginning[""]) if beginning[""] else []
    op = "in" if node.inside else "not_in"
    condition = {"kind": "audience", "op": op, "audiences": [node.audience]}
    held = held_for(trip, condition, asked)
    if held is None:
        return
    due = micros(node.timeout.after(trip.now, trip.zone))
    for each in asked:
        if each.subject in held:
            trip.leave(each, "next", node.next)
        else:
            trip.park(each, due)


def rate(trip: Trip, node: RateNode, group: Sequence[Traveller]) -> None:
    """Give everybody a turn of her own; who has it now goes on, the others wait for it."""
    beginning = _begun(trip, group, node.next)
    if not beginning:
        return
    Pace.objects.bulk_create(
        [Pace(workspace=trip.workspace, journey=trip.journey, node=node.id, next_at=trip.now)],
        ignore_conflicts=True,
    )
    pace = Pace.objects.within(trip.workspace).select_for_update()
    row = pace.get(journey=trip.journey, node=node.id)
    apart = (micros(node.per.after(trip.now, trip.zone)) - trip.stamp) / node.most
    turn = max(float(micros(row.next_at)), float(trip.stamp))
    for each in beginning:
        if turn <= trip.stamp:
            trip.leave(each, "next", node.next)
        else:
            trip.park(each, round(turn))
        turn += apart
    row.next_at = instant(round(turn))
    row.save(update_fields=["next_at"])
