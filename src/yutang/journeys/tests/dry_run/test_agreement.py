"""A dry run says what the engine does: both are given the same history, and their steps are compared."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from yutang.customers.tests.builders import a_customer
from yutang.journeys import service as journeys
from yutang.journeys.tests.builders import (
    a_journey,
    a_member,
    a_workspace,
    event,
    note,
)
from yutang.journeys.tests.dry_run.agreeing import (
    BEGIN,
    END,
    Doing,
    agree,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("open_warehouse")]

Json = dict[str, Any]


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
            st.sampled_from(["birthday", "joined_at"]),  # nobody here has joined
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
