"""Journeys of groups and of staff: they enter, wait, are parted and leave as customers do, by what happens to them."""

from datetime import timedelta

import pytest

from yutang.events import service as events
from yutang.events.service import NewEvent
from yutang.journeys import service as journeys
from yutang.journeys.graph import GraphUnreadable
from yutang.journeys.models import Journey, Run
from yutang.journeys.tests.builders import (
    DAY,
    HOUR,
    NOON,
    a_journey,
    advance,
    at,
    days,
    did,
    done_to,
    event,
    minutes,
    note,
    path,
    some_people,
    until,
    wait,
    where,
)
from yutang.journeys.tests.dry_run.agreeing import BEGIN, END, catch_up, same
from yutang.workspaces.service import Member

LIVELY, QUIET, ENDED = 31, 32, 33
WATCHED = {
    "talk": until("message", to="lively", late="quiet"),
    "lively": note("lively"),
    "quiet": note("quiet"),
}
FOUNDED = {"kind": "event", **event("join_group")}


def in_group(owner: Member, who: int, what: str, group: int, now: object) -> None:
    told = [NewEvent(type=what, customer=who, group=group)]
    events.record(owner.workspace, told, now=now)  # type: ignore[arg-type]
    advance(now)  # type: ignore[arg-type]


def test_a_group_waits_for_what_happens_in_it_and_leaves_by_it(owner: Member) -> None:
    mei, lan = some_people(owner, 2)
    journey = a_journey(
        owner, WATCHED, entry=FOUNDED, subject="group", exits=[{"event": event("leave_group")}]
    )
    for group in (LIVELY, QUIET, ENDED):
        in_group(owner, mei, "join_group", group, NOON + HOUR)
    assert at(journey, "talk") == [LIVELY, QUIET, ENDED]

    in_group(owner, lan, "message", LIVELY, NOON + 2 * HOUR)
    in_group(owner, mei, "leave_group", ENDED, NOON + 2 * HOUR)
    advance(NOON + 2 * DAY)

    assert done_to(owner.workspace) == [(LIVELY, "lively"), (QUIET, "quiet")]
    assert where(journey) == {LIVELY: "done", QUIET: "done", ENDED: "exit:0"}


def test_a_group_reaches_a_goal_and_is_parted_the_same_way_again(owner: Member) -> None:
    (mei,) = some_people(owner)
    parted = {
        "part": {
            "kind": "split",
            "arms": [
                {"name": "a", "weight": 1, "next": "a"},
                {"name": "b", "weight": 1, "next": "b"},
            ],
        },
        "a": note("a"),
        "b": note("b"),
    }
    goal = {"event": event("order"), "within": days(7)}
    journey = a_journey(
        owner,
        parted,
        entry=FOUNDED,
        subject="group",
        goal=goal,
        reentry={"again": True, "one_at_a_time": False},
    )

    for hours in (1, 2):
        for group in range(40, 60):
            told = [NewEvent(type="join_group", customer=mei, group=group)]
            events.record(owner.workspace, told, now=NOON + hours * HOUR)
        advance(NOON + hours * HOUR)
    in_group(owner, mei, "order", 41, NOON + 3 * HOUR)

    ways = {
        group: {outcome for node, outcome in path(journey, group) if node == "part"}
        for group in range(40, 60)
    }
    assert all(len(each) == 1 for each in ways.values())
    assert {way for each in ways.values() for way in each} == {"way:a", "way:b"}
    reached = Run.objects.filter(journey=journey).exclude(goal_at=None)
    assert set(reached.values_list("subject", flat=True)) == {41}


def test_staff_enter_by_what_customers_do_to_them(owner: Member) -> None:
    mei, lan = some_people(owner, 2)
    nodes = {"n1": wait(1, to="n2"), "n2": note("talk to her")}
    entry = {"kind": "event", **event("delete_friend")}
    journey = a_journey(
        owner,
        nodes,
        entry=entry,
        subject="staff",
        reentry={"again": True, "after": days(7), "one_at_a_time": True},
    )

    for who, guide, hours in ((mei, 7, 1), (lan, 7, 2), (mei, 8, 3), (mei, 0, 4)):
        told = [NewEvent(type="delete_friend", customer=who, staff=guide)]
        events.record(owner.workspace, told, now=NOON + hours * HOUR)
        advance(NOON + hours * HOUR)
    advance(NOON + 2 * DAY)

    assert done_to(owner.workspace) == [(7, "talk to her"), (8, "talk to her")]
    assert where(journey) == {7: "done", 8: "done"}


def test_what_only_customers_have_is_refused_where_it_stands(owner: Member) -> None:
    nodes = {
        "b": {
            "kind": "branch",
            "arms": [
                {
                    "when": {
                        "kind": "attribute",
                        "attribute": "city",
                        "op": "eq",
                        "value": "北京市",
                    },
                    "next": "t",
                }
            ],
        },
        "t": {"kind": "action", "do": "reach.send", "with": {}},
    }

    with pytest.raises(GraphUnreadable) as refused:
        a_journey(owner, nodes, entry=FOUNDED, subject="group")

    places = [each.field for each in refused.value.errors]
    assert "nodes.b.arms[0].when" in places
    assert "nodes.t.do" in places


def test_a_dry_run_of_groups_says_what_the_engine_does(owner: Member) -> None:
    people = some_people(owner, 3)
    nodes = {
        "talk": until("message", to="lively", late="calm"),
        "lively": note("lively", to="rest"),
        "calm": {"kind": "wait", "for": minutes(30), "next": "rest"},
        "rest": {"kind": "wait_time", "at": "09:00", "next": "again"},
        "again": note("again"),
    }
    journey = a_journey(
        owner,
        nodes,
        entry=FOUNDED,
        subject="group",
        now=BEGIN,
        exits=[{"event": event("leave_group")}],
        reentry={"again": True, "after": days(2), "one_at_a_time": True},
    )
    happenings = [
        (hours, people[n % 3], what, 60 + n % 5)
        for n, (hours, what) in enumerate(
            zip(
                range(3, 180, 9),
                ["join_group", "join_group", "message", "join_group", "leave_group"] * 4,
                strict=True,
            )
        )
    ]
    happenings += [
        (hours + 1, people[0], "join_group", 60 + hours % 5) for hours in range(5, 100, 7)
    ]

    for hours, who, what, group in sorted(happenings):
        instant = BEGIN + timedelta(hours=hours, seconds=17)
        catch_up(journey, instant)
        did(owner.workspace, who, what, now=instant, group=group)
        advance(instant)
    catch_up(journey, END)

    assert Run.objects.filter(journey=journey).count() >= 5
    same(
        journey, sorted(set(Run.objects.filter(journey=journey).values_list("subject", flat=True)))
    )
    assert journeys.counts(Journey.objects.get(pk=journey.pk))
