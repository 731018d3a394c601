"""The effect of a journey, read from what really happened in it."""

from datetime import timedelta

import pytest

from yutang.journeys import service as journeys
from yutang.journeys.effect.comparing import Verdict
from yutang.journeys.tests.builders import (
    DAY,
    HOUR,
    NOON,
    a_journey,
    advance,
    days,
    did,
    enter,
    event,
    note,
    some_people,
)
from yutang.workspaces.service import Member
from yutang.workspaces.tests.builders import as_member

GOAL = {"event": event("pay"), "within": days(3)}
LATER = NOON + 10 * DAY


def test_people_are_compared_once_their_time_for_the_goal_is_over(owner: Member) -> None:
    people = some_people(owner, 40)
    journey = a_journey(owner, {"n1": note("hello")}, goal=GOAL, holdout_percent=30)
    enter(journey, *people[:30])
    enter(journey, *people[30:], now=LATER - DAY, key="later")
    held_out = {each for each in people if journeys.is_held_out(journey, each)}
    payers = [each for each in people[:30] if each not in held_out][:9]
    payers += sorted(held_out & set(people[:30]))[:2]
    for each in payers:
        did(owner.workspace, each, "pay", now=NOON + HOUR, amount=5_000)
    did(owner.workspace, people[0], "pay", now=NOON + 5 * DAY, amount=99_900)
    advance(LATER)

    found = journeys.effect_of(journey, now=LATER)

    early_out = len(held_out & set(people[:30]))
    assert (found.treated.over, found.held_out.over) == (30 - early_out, early_out)
    assert found.waiting == 10
    assert (found.treated.reached, found.held_out.reached) == (9, 2)
    assert (found.treated.amount, found.held_out.amount) == (45_000, 10_000)
    assert found.comparison is not None
    assert found.comparison.difference == pytest.approx(9 / (30 - early_out) - 2 / early_out)
    assert found.comparison.verdict is Verdict.NOT_ENOUGH
    assert (found.comparison.needed or 0) > 100
    assert (found.entered, found.kept_out) == (40, len(held_out))
    # The first ones are known after three days; the ones of the ninth day not yet.
    assert [each.day.day for each in found.days] == [5, 6, 7, 8, 9, 10, 11, 12]
    assert {each.people for each in found.days} == {30}
    assert found.days[-1].interval == found.comparison.interval
    assert found.ratio is not None
    assert not found.ratio.wrong


def test_what_people_did_before_narrows_the_comparison(owner: Member) -> None:
    people = some_people(owner, 30)
    regulars = people[::2]
    for each in regulars:
        did(owner.workspace, each, "pay", now=NOON - 5 * DAY)
    journey = a_journey(owner, {"n1": note("hello")}, goal=GOAL, holdout_percent=40)
    enter(journey, *people)
    for each in regulars:
        did(owner.workspace, each, "pay", now=NOON + HOUR)
    advance(LATER)

    found = journeys.effect_of(journey, now=LATER)

    assert found.comparison is not None
    assert found.comparison.reduction > 0.9
    assert found.comparison.difference == pytest.approx(0, abs=0.05)


def test_ways_of_a_split_are_compared_with_the_first(owner: Member) -> None:
    people = some_people(owner, 40)
    arms = [{"name": each, "weight": 1, "next": None} for each in ("甲", "乙")]
    journey = a_journey(owner, {"n1": {"kind": "split", "salt": "x", "arms": arms}}, goal=GOAL)
    enter(journey, *people)
    advance(NOON)
    for each in people[:10]:
        did(owner.workspace, each, "pay", now=NOON + HOUR)
    advance(LATER)

    (split,) = journeys.effect_of(journey, now=LATER).splits

    first, second = split.ways
    assert first.comparison is None
    assert second.comparison is not None
    assert first.arm.over + second.arm.over == 40
    assert first.arm.reached + second.arm.reached == 10
    assert first.best + second.best == pytest.approx(1)


def test_without_a_goal_nothing_is_compared(owner: Member) -> None:
    journey = a_journey(owner, {"n1": note("hello")}, holdout_percent=30)
    enter(journey, *some_people(owner, 3))

    found = journeys.effect_of(journey, now=NOON + timedelta(days=1))

    assert not found.has_goal
    assert found.entered == 3
    assert found.comparison is None


def test_it_is_said_over_http(owner: Member) -> None:
    journey = a_journey(owner, {"n1": note("hello")}, goal=GOAL, holdout_percent=10)
    enter(journey, *some_people(owner, 3))

    answer = as_member(owner).get(f"/journeys/{journey.pk}/effect")

    assert answer.status_code == 200
    assert answer.json()["comparison"]["verdict"] == "not_enough"
    assert answer.json()["reached"] == {
        "sent": 0, "opened": 0, "clicked": 0, "replied": 0, "blocked": 0,
    }  # fmt: skip
