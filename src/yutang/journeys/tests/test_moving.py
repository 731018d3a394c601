"""Whoever is due is moved as far as nobody has to wait, and what is done to her is done once."""

import pytest

from yutang.audiences import service as audiences
from yutang.audiences.models import Audience
from yutang.audiences.tests.builders import a_live
from yutang.customers import service as customers
from yutang.journeys import service as journeys
from yutang.journeys.models import Journey, NodeTally, Run
from yutang.journeys.tests.builders import (
    DAY,
    HOUR,
    MINUTE,
    NOON,
    a_journey,
    advance,
    at,
    days,
    did,
    done_to,
    enter,
    event,
    fails,
    minutes,
    note,
    path,
    some_people,
    until,
    wait,
    where,
)
from yutang.loop import Undone
from yutang.workspaces.service import Member


def test_somebody_waits_her_time_and_what_follows_is_done_once(owner: Member) -> None:
    (mei,) = some_people(owner)
    journey = a_journey(
        owner, {"n1": note("hello", "n2"), "n2": wait(2, "n3"), "n3": note("again")}
    )

    enter(journey, mei)
    advance()
    advance(NOON + 2 * DAY - MINUTE)

    assert where(journey) == {mei: "n2"}
    assert done_to(owner.workspace) == [(mei, "hello")]

    advance(NOON + 2 * DAY)
    advance(NOON + 9 * DAY)

    assert where(journey) == {mei: "done"}
    assert done_to(owner.workspace) == [(mei, "again"), (mei, "hello")]
    assert path(journey, mei) == [("n1", "next"), ("n2", "next"), ("n3", "next")]


def test_an_awaited_event_ends_the_wait_and_time_ends_it_otherwise(owner: Member) -> None:
    mei, lan = some_people(owner, 2)
    journey = a_journey(
        owner, {"n1": until("pay", to="n2", late="n3"), "n2": note("thanks"), "n3": note("remind")}
    )

    enter(journey, mei, lan)
    advance()
    did(owner.workspace, mei, "pay", now=NOON + HOUR)
    advance(NOON + HOUR)

    assert where(journey) == {mei: "done", lan: "n1"}

    advance(NOON + DAY)

    assert done_to(owner.workspace) == sorted([(mei, "thanks"), (lan, "remind")])
    assert path(journey, lan)[0] == ("n1", "timeout")


def test_an_event_before_the_wait_does_not_end_it(owner: Member) -> None:
    (mei,) = some_people(owner)
    journey = a_journey(owner, {"n1": wait(1, "n2"), "n2": until("pay", to=None, late=None)})

    enter(journey, mei)
    advance()
    did(owner.workspace, mei, "pay", now=NOON + HOUR)
    advance(NOON + HOUR)
    advance(NOON + DAY)

    assert where(journey) == {mei: "n2"}


def test_an_event_right_after_entering_counts_though_we_come_to_the_wait_later(
    owner: Member,
) -> None:
    """She orders and pays within a second; the order brings her in, the payment must not be asked for."""
    (mei,) = some_people(owner)
    journey = a_journey(
        owner,
        {"n1": until("pay", to="n2", late="n3"), "n2": note("thanks"), "n3": note("remind")},
        entry={"kind": "event", **event("order")},
    )

    did(owner.workspace, mei, "order", now=NOON + MINUTE)
    did(owner.workspace, mei, "pay", now=NOON + MINUTE + MINUTE / 600)
    while journeys.listen(now=NOON + 2 * MINUTE):
        pass
    journeys.advance(lambda: NOON + 2 * MINUTE)

    assert done_to(owner.workspace) == [(mei, "thanks")]
    assert where(journey) == {mei: "done"}


def test_branches_ask_the_warehouse_when_it_shows_what_led_there(owner: Member) -> None:
    mei, lan = some_people(owner, 2)
    condition = {
        "kind": "event", "types": ["order"], "window": {"kind": "rolling", "amount": 7, "unit": "day"},
        "op": "ge", "value": 1,
    }  # fmt: skip
    journey = a_journey(
        owner,
        {
            "n1": wait(1, "n2"),
            "n2": {
                "kind": "branch",
                "arms": [{"when": condition, "next": "n3"}],
                "otherwise": "n4",
            },
            "n3": note("buyer"),
            "n4": note("visitor"),
        },
    )
    while customers.mirror():
        pass
    enter(journey, mei, lan)
    advance()
    did(owner.workspace, mei, "order", now=NOON + HOUR)
    advance(NOON + DAY)

    assert done_to(owner.workspace) == sorted([(mei, "buyer"), (lan, "visitor")])


def test_a_branch_may_ask_what_somebody_was_entered_with(owner: Member) -> None:
    mei, lan = some_people(owner, 2)
    large = [{"property": "amount", "op": "ge", "value": 10_000}]
    a_journey(
        owner,
        {
            "n1": {"kind": "branch", "arms": [{"where": large, "next": "n2"}], "otherwise": None},
            "n2": note("large"),
        },
        entry={"kind": "event", **event("order")},
    )

    did(owner.workspace, mei, "order", now=NOON + MINUTE, amount=12_800)
    did(owner.workspace, lan, "order", now=NOON + MINUTE, amount=800)
    advance(NOON + 2 * MINUTE)

    assert done_to(owner.workspace) == [(mei, "large")]


def test_a_split_sends_the_same_person_the_same_way_whatever_the_batch(owner: Member) -> None:
    people = some_people(owner, 60)
    ways = [{"name": "A", "weight": 1, "next": "n2"}, {"name": "B", "weight": 1, "next": "n3"}]
    nodes = {
        "n1": {"kind": "split", "arms": ways, "salt": "tea"}, "n2": wait(9), "n3": wait(9),
    }  # fmt: skip
    one, other = (a_journey(owner, nodes, name=name) for name in ("一", "二"))

    enter(one, *people)
    enter(other, *reversed(people))
    advance(at_most=1000)
    advance(at_most=7)

    assert at(one, "n2") == at(other, "n2")
    assert 15 < len(at(one, "n2")) < 45


def test_the_goal_ends_the_journey_before_the_next_effect(owner: Member) -> None:
    mei, lan = some_people(owner, 2)
    journey = a_journey(
        owner,
        {"n1": wait(1, "n2"), "n2": note("remind")},
        goal={"event": event("pay"), "within": days(7)},
    )

    enter(journey, mei, lan)
    advance()
    did(owner.workspace, mei, "pay", now=NOON + HOUR)
    advance(NOON + DAY)

    assert where(journey) == {mei: "goal", lan: "done"}
    assert done_to(owner.workspace) == [(lan, "remind")]
    assert Run.objects.get(journey=journey, subject=mei).goal_at == NOON + HOUR


def test_an_exit_is_judged_before_every_effect_though_nobody_has_told_yet(owner: Member) -> None:
    (mei,) = some_people(owner)
    journey = a_journey(
        owner,
        {"n1": wait(1, "n2"), "n2": note("remind")},
        exits=[{"event": event("complaint")}],
    )

    enter(journey, mei)
    advance()
    did(owner.workspace, mei, "complaint", now=NOON + DAY)
    journeys.advance(lambda: NOON + DAY)  # nobody has listened meanwhile

    assert where(journey) == {mei: "exit:0"}
    assert done_to(owner.workspace) == []


def test_whoever_meets_an_exit_condition_leaves_before_the_effect(owner: Member) -> None:
    mei, lan = some_people(owner, 2)
    customers.change(owner, mei, {"city": "北京"}, now=NOON)
    while customers.mirror():
        pass
    in_beijing = {"kind": "attribute", "attribute": "city", "op": "eq", "value": "北京"}
    journey = a_journey(owner, {"n1": note("hello")}, exits=[{"when": in_beijing}])

    enter(journey, mei, lan)
    advance()

    assert where(journey) == {mei: "exit:0", lan: "done"}
    assert done_to(owner.workspace) == [(lan, "hello")]


def test_what_was_not_done_is_tried_again_and_then_follows_the_nodes_policy(owner: Member) -> None:
    mei, lan, hua = some_people(owner, 3)
    journey = a_journey(
        owner,
        {
            "n1": note("one", "n2", on_error="skip", tries=1),
            "n2": note("two", on_error="retry", tries=2),
        },
    )
    fails(mei, Undone("busy", again=True))

    enter(journey, mei, lan, hua)
    advance()
    assert where(journey) == {mei: "n1", lan: "done", hua: "done"}

    advance(NOON + MINUTE)  # the second and last try of the first node; it is skipped
    advance(NOON + 2 * MINUTE)
    advance(NOON + 4 * MINUTE)
    assert where(journey)[mei] == "!n2"
    assert path(journey, mei) == [("n1", "skipped:busy")]
    journey.refresh_from_db()
    assert journey.trouble == "busy"


def test_a_poison_run_is_held_and_the_others_go_on(owner: Member) -> None:
    people = some_people(owner, 20)
    journey = a_journey(owner, {"n1": note("hello")})
    fails(people[13], RuntimeError("poison"))

    enter(journey, *people)
    advance()
    fails(people[13], None)

    assert at(journey, "!n1") == [people[13]]
    assert len(done_to(owner.workspace)) == 19


def test_a_rate_limit_lets_people_through_evenly(owner: Member) -> None:
    people = some_people(owner, 6)
    rate = {"kind": "rate", "most": 2, "per": minutes(1), "next": "n2"}
    journey = a_journey(owner, {"n1": rate, "n2": note("hello")})

    enter(journey, *people)
    advance()
    assert len(done_to(owner.workspace)) == 1
    advance(NOON + MINUTE)
    assert len(done_to(owner.workspace)) == 3
    advance(NOON + 5 * MINUTE / 2)

    assert len(done_to(owner.workspace)) == 6


def test_tallies_say_who_came_and_who_left(owner: Member) -> None:
    people = some_people(owner, 4)
    journey = a_journey(owner, {"n1": note("hello", "n2"), "n2": wait(1)})

    enter(journey, *people)
    advance()
    rows = NodeTally.objects.filter(journey=journey)
    counted = {(each.node, each.what): each.count for each in rows if each.count}

    assert counted == {
        ("", "entered"): 4, ("n1", "in"): 4, ("n1", "next"): 4, ("n2", "in"): 4,
    }  # fmt: skip


def test_a_paused_journey_moves_nobody_and_goes_on_where_it_was(owner: Member) -> None:
    people = some_people(owner, 5)
    journey = a_journey(owner, {"n1": note("one", "n2"), "n2": wait(1, "n3"), "n3": note("two")})
    enter(journey, *people)
    advance()

    journeys.pause(owner, journey.pk, now=NOON + HOUR)
    advance(NOON + 2 * DAY)
    assert where(journey) == dict.fromkeys(people, "n2")
    assert enter(journey, *people, key="again").entered == 0

    journeys.resume(owner, journey.pk, now=NOON + 3 * DAY)
    advance(NOON + 3 * DAY)

    assert where(journey) == dict.fromkeys(people, "done")
    assert len(done_to(owner.workspace)) == 10


def test_an_ended_journey_takes_everybody_out(owner: Member) -> None:
    people = some_people(owner, 3)
    journey = a_journey(owner, {"n1": wait(1, "n2"), "n2": note("never")})
    enter(journey, *people)
    advance()

    journeys.end(owner, journey.pk, now=NOON + HOUR)
    while journeys.take_out_ended(now=NOON + HOUR):
        pass
    advance(NOON + 9 * DAY)

    assert where(journey) == dict.fromkeys(people, "ended")
    assert done_to(owner.workspace) == []
    with pytest.raises(journeys.HasEnded):
        journeys.activate(owner, journey.pk, now=NOON + DAY)


def test_an_audience_asked_about_stays_and_one_that_is_gone_holds_people_where_they_stand_and_says_so(
    owner: Member,
) -> None:
    audience = a_live(owner.workspace, refreshed=False)
    inside = {"kind": "audience", "op": "in", "audiences": [audience.pk]}
    (mei,) = some_people(owner)
    journey = a_journey(
        owner,
        {
            "n1": {"kind": "branch", "arms": [{"when": inside, "next": "n2"}], "otherwise": "n2"},
            "n2": note("hello"),
        },
    )
    while customers.mirror():
        pass
    with pytest.raises(audiences.InUse) as refused:
        audiences.archive(owner.workspace, audience.pk, actor="user:1", now=NOON)
    assert "新客关怀" in refused.value.sentence("zh")
    Audience.objects.filter(pk=audience.pk).update(archived_at=NOON)  # as a restored backup might

    enter(journey, mei)
    advance(NOON + MINUTE)

    assert where(journey) == {mei: "!n1"}
    assert Journey.objects.get(pk=journey.pk).trouble == "condition_unreadable"
