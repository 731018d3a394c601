"""A dry run says what the engine does: both are given the same history, and their steps are compared."""

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db.models import Min
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from yutang.customers.tests.builders import a_customer
from yutang.journeys import service as journeys
from yutang.journeys.dry_run.running import DryRun, Plan, run, step_through
from yutang.journeys.graph import from_json
from yutang.journeys.models import Journey, Run, RunStep
from yutang.journeys.tests.builders import (
    DAY,
    a_journey,
    a_member,
    a_workspace,
    advance,
    did,
    event,
    note,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("open_warehouse")]

BEGIN = datetime(2026, 10, 20, 4, tzinfo=UTC)
END = BEGIN + 8 * DAY
Json = dict[str, Any]
Doing = tuple[int, str, datetime, str]  # who, what, when, which content


def live(journey: Journey, happenings: Sequence[Doing], people: Sequence[int]) -> None:
    """Let it all happen, instant by instant: what people do, and whatever was due before."""
    for who, what, at, content in sorted(happenings, key=lambda each: each[2]):
        _catch_up(journey, at)
        more = {"content": content} if content else {}
        did(journey.workspace, people[who], what, now=at, **more)
        advance(at)
    _catch_up(journey, END)


def _catch_up(journey: Journey, until: datetime) -> None:
    while True:
        waiting = Run.objects.filter(journey=journey, state__in=("due", "waiting"))
        due = waiting.aggregate(at=Min("due_at"))["at"]
        begins = Journey.objects.get(pk=journey.pk).next_entry_at
        instants = [each for each in (due, begins) if each is not None and each < until]
        if not instants:
            return
        at = min(instants)
        while journeys.begin_schedules(now=at):
            pass
        while journeys.enter_many(now=at):
            pass
        advance(at)


def said_by_engine(journey: Journey) -> Counter[tuple[str, str]]:
    runs = Run.objects.filter(journey=journey)
    steps = RunStep.objects.filter(run__in=runs.values("pk")).values_list("node", "outcome")
    found = Counter(steps)
    found.update(
        (node, "waiting") for node in runs.exclude(state="done").values_list("node", flat=True)
    )
    done = runs.filter(state="done").exclude(outcome="held_out")
    found.update(("", f"done:{outcome}") for outcome in done.values_list("outcome", flat=True))
    return found


def said_by_dry_run(found: DryRun) -> Counter[tuple[str, str]]:
    return Counter({key: count for key, count in found.counts.items() if key[1] != "in"})


def tried(journey: Journey) -> DryRun:
    graph = from_json(journey.draft)
    return run(Plan.of(journey, graph), days=8, now=END)


def agree(journey: Journey, happenings: Sequence[Doing], people: Sequence[int]) -> None:
    live(journey, happenings, people)
    found = tried(journey)
    runs = Run.objects.filter(journey=journey)

    assert said_by_dry_run(found) == said_by_engine(journey)
    assert (found.entered, found.held_out) == (
        runs.count(),
        runs.filter(outcome="held_out").count(),
    )
    reached = runs.exclude(outcome="held_out").filter(goal_at__lte=END)
    assert found.reached == reached.count()
    if all(node["kind"] != "rate" for node in journey.draft["nodes"].values()):
        _each_alone(journey, people)  # a turn depends on the others


def _each_alone(journey: Journey, people: Sequence[int]) -> None:
    plan = Plan.of(journey, from_json(journey.draft))
    for person in people[:2]:
        runs = Run.objects.filter(journey=journey, subject=person).exclude(outcome="held_out")
        real = [
            list(RunStep.objects.filter(run=each.pk).order_by("seq").values_list("node", "outcome"))
            for each in runs.order_by("entered_at")
        ]
        alone = [
            [(step.node, step.outcome) for step in steps if step.at is not None]
            for _, steps in step_through(plan, person, days=8, now=END)
        ]
        assert alone == real


moments = st.integers(1, 8 * 24 * 60 - 5).map(
    lambda minutes: BEGIN + timedelta(minutes=minutes, seconds=17)
)
happenings = st.lists(
    st.tuples(
        st.integers(0, 3),
        st.sampled_from(["add_friend", "add_friend", "pay", "message", "view"]),
        moments,
        st.sampled_from(["", "茶", "杯"]),
    ),
    max_size=14,
    unique_by=lambda each: (each[0], each[2]),
)


def span(amount: int, unit: str = "hour") -> Json:
    return {"amount": amount, "unit": unit}


def choices(after: str | None) -> st.SearchStrategy[Json]:
    """Return a node of any kind that leads on to `after`, by one way or by all."""
    ways = st.sampled_from([after, None])
    return st.one_of(
        st.builds(
            lambda hours: {"kind": "wait", "for": span(hours), "next": after},
            st.sampled_from([1, 5, 24, 50]),
        ),
        st.just({"kind": "wait", "for": span(2, "day"), "next": after}),
        st.builds(
            lambda at, weekdays, days, later: {
                "kind": "wait_time",
                "at": at,
                "weekdays": weekdays,
                "days": days,
                "next": after,
                **({"after": span(later, "day")} if later else {}),
            },
            st.sampled_from(["08:00", "20:30"]),
            st.sampled_from([[], [0, 3]]),
            st.sampled_from(["any", "working"]),
            st.sampled_from([0, 1, 2]),
        ),
        st.builds(
            lambda what, to, late: {
                "kind": "until",
                "event": what,
                "timeout": span(20),
                "next": to,
                "on_timeout": late,
            },
            st.sampled_from(
                [
                    event("message"),
                    event("pay", where=[{"property": "content", "op": "eq", "value": "茶"}]),
                ]
            ),
            ways,
            ways,
        ),
        st.builds(
            lambda to: {
                "kind": "branch",
                "arms": [
                    {"where": [{"property": "content", "op": "eq", "value": "杯"}], "next": to},
                    {"where": [{"property": "content", "op": "known"}], "next": after},
                ],
                "otherwise": after,
            },
            ways,
        ),
        st.builds(
            lambda to: {
                "kind": "split",
                "salt": "s",
                "arms": [
                    {"name": "甲", "weight": 2, "next": to},
                    {"name": "乙", "weight": 1, "next": after},
                ],
            },
            ways,
        ),
        st.just({"kind": "goal", "next": after}),
        st.just({"kind": "merge", "next": after}),
        st.just(note("做", after)),
        st.builds(
            lambda attribute, every, offset: {
                "kind": "wait_date",
                "attribute": attribute,
                "at": "10:00",
                "next": after,
                "otherwise": after,
                **({"every": every} if every else {}),
                **({"offset": span(offset, "day")} if offset else {}),
            },
            st.sampled_from(["birthday", "name"]),
            st.sampled_from([None, "year", "month"]),
            st.sampled_from([0, -3, 2]),
        ),
        st.just({"kind": "rate", "most": 1, "per": span(7), "next": after}),
    )


@st.composite
def graphs(draw: Any) -> Json:
    count = draw(st.integers(1, 6))
    names = [f"n{number}" for number in range(count)]
    nodes = {
        name: draw(choices(names[place + 1] if place + 1 < count else None))
        for place, name in enumerate(names)
    }
    more: Json = {
        "reentry": draw(
            st.sampled_from(
                [
                    {"again": False},
                    {"again": True},
                    {"again": True, "one_at_a_time": False},
                    {"again": True, "after": span(3, "day")},
                ]
            )
        )
    }
    if draw(st.booleans()):
        more["exits"] = [{"event": event("pay")}]
    if draw(st.booleans()):
        more["goal"] = {
            "event": event("pay"),
            "within": span(5, "day"),
            "ends": draw(st.booleans()),
        }
    return {
        "nodes": _reached(nodes),
        "entry": {"kind": "event", **event("add_friend"), "max_age": span(1)},
        **more,
    }


def _reached(nodes: dict[str, Json]) -> dict[str, Json]:
    """Return the nodes some way leads to."""
    kept, waiting = {}, [next(iter(nodes))]
    for name in waiting:
        node = kept[name] = nodes[name]
        ways = [node.get(way) for way in ("next", "on_timeout", "otherwise")]
        ways += [arm["next"] for arm in node.get("arms", [])]
        waiting += [way for way in dict.fromkeys(ways) if way and way not in waiting]
    return kept


@given(graphs(), happenings, st.sampled_from([0, 40]))
@settings(
    max_examples=20,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    print_blob=False,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_small_journeys_end_as_the_engine_ends_them(
    tried_graph: Json, done: list[Doing], percent: int
) -> None:
    member = a_member(a_workspace())
    born = [(END - timedelta(days=3650 + place)).date() for place in range(4)]
    people = [a_customer(member, birthday=each.isoformat()).pk for each in born]
    settings_ = {key: value for key, value in tried_graph.items() if key != "nodes"}
    journey = a_journey(
        member, tried_graph["nodes"], now=BEGIN, holdout_percent=percent, **settings_
    )

    agree(journey, done, people)
    journeys.end(member, journey.pk, now=END)
