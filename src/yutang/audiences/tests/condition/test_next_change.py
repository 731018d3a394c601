"""Until the instant the warehouse names, nothing changes by time alone."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import count
from random import Random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from yutang.audiences.condition import next_changes, next_changes_of_members, select_each
from yutang.audiences.condition.calendar import day_start, local_day, step, step_day
from yutang.audiences.condition.frame import Only
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
AUDIENCES = count(4_100_000_000)
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

    only = Only({person.customer: person.customer for person in people})
    kept, outlooks = {}, []
    for condition in asked:
        known = changes(open_warehouse, next_changes(condition, frame(workspace, look)))
        few = changes(open_warehouse, next_changes(condition, frame(workspace, look, only=only)))
        assert few == known, condition
        inside = [each for each in known if known[each][0]]
        kept[members(open_warehouse, workspace, inside)] = condition
        outlooks.append(known)
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
    seen = frame(workspace, look)
    judged = rows_of(open_warehouse, select_each(kept, seen))
    soon = look.now + timedelta(days=1)
    today = rows_of(open_warehouse, next_changes_of_members(kept, seen, horizon=soon))
    for (audience, condition), known in zip(kept.items(), outlooks, strict=True):
        inside = {each for each, (is_in, _) in known.items() if is_in}
        assert {row[1] for row in judged if row[0] == audience} == inside, condition
        coming = {each: row for each, row in known.items() if row[1] and row[1] <= soon}
        assert as_known(row[1:] for row in today if row[0] == audience and row[3]) == coming, (
            condition
        )


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


def members(warehouse, workspace: int, customers: list[int]) -> int:
    """Return an audience of exactly these customers."""
    audience = next(AUDIENCES)
    sql = (
        "INSERT INTO members (workspace, audience, customer, since, version)"
        " SELECT {workspace:UInt32}, {audience:UInt32}, arrayJoin({customers:Array(UInt32)}), 0, 1"
    )
    bound = {"workspace": workspace, "audience": audience, "customers": customers}
    warehouse.command(sql, bound)
    return audience


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
    return as_known(rows_of(warehouse, statement))


def rows_of(warehouse, statement):
    return warehouse.rows(statement.sql, statement.parameters)


def as_known(rows) -> dict[int, tuple[int, datetime | None]]:
    return {
        customer: (inside, until and until.replace(tzinfo=UTC)) for customer, inside, until in rows
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
