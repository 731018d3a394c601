"""Until the instant the warehouse names, nothing changes by time alone."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from random import Random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from yutang.audiences.condition import next_changes
from yutang.audiences.condition.calendar import day_start, local_day, step, step_day
from yutang.audiences.condition.judge import holds
from yutang.audiences.condition.nodes import (
    AttributeTest,
    Comparison,
    Events,
    EventTest,
    MoreThanAgo,
    Rolling,
    Span,
)
from yutang.audiences.condition.person import Look, Person
from yutang.audiences.tests.condition import askings, worlds
from yutang.audiences.tests.condition.stores import frame, keep
from yutang.audiences.tests.condition.teahouse import field

TICK = timedelta(milliseconds=1)
DAYS_AHEAD = (*range(1, 9), *range(27, 33), 59, 60, 61, 90, 120, 364, 365, 366, 367, 700)


@settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_nothing_changes_before_the_instant_named(open_warehouse, data) -> None:
    look = data.draw(worlds.looks())
    people = data.draw(worlds.worlds(look, size=4, future=False))
    one = st.lists(askings.leaves(look), min_size=6, max_size=6)
    several = st.lists(askings.conditions(look), min_size=6, max_size=6)
    asked = [*data.draw(one), *data.draw(several)]
    workspace = keep(open_warehouse, people, look)
    chance = data.draw(st.randoms(use_true_random=False))
    later = {person.customer: some_of(instants_after(look, person), chance) for person in people}

    for condition in asked:
        known = changes(open_warehouse, next_changes(condition, frame(workspace, look)))
        soon = look.now + timedelta(days=1)
        today = changes(
            open_warehouse, next_changes(condition, frame(workspace, look), horizon=soon)
        )
        expected = {
            each: known[each] for each in known if known[each][1] and known[each][1] <= soon
        }
        assert {each: found for each, found in today.items() if found[1]} == expected, condition
        for person in people:
            inside, until = known.get(person.customer, (0, None))
            now = holds(condition, person, look)
            assert bool(inside) == now, condition
            assert until is None or until > look.now
            for instant in later[person.customer]:
                if until is not None and instant >= until:
                    break
                at = replace(look, now=instant)
                assert holds(condition, person, at) == now, (condition, person, instant, until)


@settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_the_common_leaves_change_at_exactly_that_instant(open_warehouse, data) -> None:
    look = data.draw(worlds.looks())
    people = data.draw(worlds.worlds(look, size=4, future=False))
    workspace = keep(open_warehouse, people, look)
    for condition in data.draw(st.lists(common_leaves(look), min_size=10, max_size=10)):
        known = changes(open_warehouse, next_changes(condition, frame(workspace, look)))
        for person in people:
            inside, until = known.get(person.customer, (0, None))
            if until is not None:
                at = replace(look, now=until)
                assert holds(condition, person, at) != bool(inside), (condition, person, until)


def common_leaves(look: Look) -> st.SearchStrategy[object]:
    """“At least so often within …”, “more than … ago”."""
    spans = st.sampled_from(worlds.SPANS)
    dated = st.sampled_from(("joined_at", "seen_at", "created_at")).map(field)
    days = st.sampled_from(("birthday", "renewal")).map(field)
    types = st.sampled_from(((), ("view",), ("favorite", "order")))
    return st.one_of(
        st.builds(AttributeTest, dated, spans.map(MoreThanAgo)),
        st.builds(AttributeTest, days, st.sampled_from(worlds.SPANS[2:]).map(MoreThanAgo)),
        st.builds(
            lambda named, span, least: EventTest(
                Events(named), Rolling(span), test=Comparison("ge", least)
            ),
            types,
            spans,
            st.integers(1, 3),
        ),
    )


def some_of(instants: Iterator[datetime], chance: Random) -> list[datetime]:
    found = sorted(set(instants))
    return sorted(chance.sample(found, min(len(found), 70)))


def changes(warehouse, statement) -> dict[int, tuple[int, datetime | None]]:
    return {
        customer: (inside, until and until.replace(tzinfo=UTC))
        for customer, inside, until in warehouse.rows(statement.sql, statement.parameters)
    }


def instants_after(look: Look, person: Person) -> Iterator[datetime]:
    """Yield the instants at which something about a person could turn, and those just before."""
    edges = [look.now, *(each.at for each in person.events), *person.referred]
    edges += [each.at for each in person.tags] + [each.expires_at for each in person.tags]
    edges += [each.since for each in person.ties]
    for value in (
        *person.profile.values(),
        *person.fields.values(),
        *(kin.birthday for kin in person.kin),
    ):
        if isinstance(value, datetime):
            edges.append(value)
        elif isinstance(value, date):
            edges += [
                day_start(step_day(value, Span(months, "month")), look.time_zone)
                for months in (0, 11, 12, 13, 36, 300)
            ]
    for edge in edges:
        for span in worlds.SPANS:
            yield from ahead(
                look, [step(edge, span, look.time_zone, times) for times in (-1, 0, 1)]
            )
    today = local_day(look.now, look.time_zone)
    yield from ahead(
        look, [day_start(today + timedelta(days=each), look.time_zone) for each in DAYS_AHEAD]
    )


def ahead(look: Look, edges: list[datetime]) -> Iterator[datetime]:
    for edge in edges:
        for instant in (edge - TICK, edge, edge + TICK):
            if look.now < instant < datetime(2200, 1, 1, tzinfo=UTC):
                yield instant
