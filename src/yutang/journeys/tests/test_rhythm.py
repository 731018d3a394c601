"""Whoever does something again and again is waited for by her own rhythm; the others by the usual time."""

from datetime import datetime, timedelta

from yutang.customers import service as customers
from yutang.journeys import service as journeys
from yutang.journeys.dry_run.running import Plan, run
from yutang.journeys.graph import from_json
from yutang.journeys.models import Journey, Run
from yutang.journeys.tests.builders import (
    DAY,
    HOUR,
    NOON,
    a_journey,
    advance,
    days,
    did,
    event,
    note,
    some_people,
)
from yutang.workspaces.service import Member

CYCLE = {
    "cycle": {"kind": "wait", "for": days(30), "rhythm": ["pay"], "next": "low"},
    "low": note("running low"),
}


def pays(member: Member, customer: int, *at: datetime) -> None:
    for each in at:
        did(member.workspace, customer, "pay", now=each)


def enters(now: datetime) -> None:
    """Let the warehouse show all there is, and the engine do what it has to."""
    while customers.mirror():
        pass
    advance(now)


def waits(journey: Journey) -> dict[int, timedelta]:
    rows = Run.objects.filter(journey=journey, node="cycle").values_list("subject", "due_at")
    return {who: due_at - NOON for who, due_at in rows}


def test_the_wait_is_the_median_of_her_own_gaps_and_the_usual_one_before_she_has_a_habit(
    owner: Member,
) -> None:
    habit, new, twice_a_day = some_people(owner, 3)
    pays(owner, habit, NOON - 41 * DAY, NOON - 31 * DAY, NOON - 20 * DAY, NOON - 7 * DAY)
    pays(owner, new, NOON - 9 * DAY)
    pays(owner, twice_a_day, NOON - 4 * DAY, NOON - 4 * DAY + HOUR, NOON - 4 * DAY + 2 * HOUR)
    journey = a_journey(owner, CYCLE, entry={"kind": "event", **event("pay")})

    for each in (habit, new, twice_a_day):
        pays(owner, each, NOON)
    enters(NOON)

    # 10, 11, 13 and, with today, 7 days lie between: 10 is the lower one in the middle.
    assert waits(journey) == {habit: 10 * DAY, new: 30 * DAY, twice_a_day: 30 * DAY}


def test_what_a_merged_customer_bought_before_counts(owner: Member) -> None:
    mei, same = some_people(owner, 2)
    pays(owner, same, NOON - 14 * DAY)
    pays(owner, mei, NOON - 7 * DAY)
    customers.merge(owner, mei, same, now=NOON - HOUR)
    journey = a_journey(owner, CYCLE, entry={"kind": "event", **event("pay")})

    pays(owner, mei, NOON)
    enters(NOON)

    assert waits(journey) == {mei: 7 * DAY}


def test_a_dry_run_waits_as_long(owner: Member) -> None:
    (habit,) = some_people(owner)
    pays(owner, habit, *(NOON + each * DAY for each in (0, 5, 10)))
    graph = from_json(
        {"entry": {"kind": "event", **event("pay")}, "start": "cycle", "nodes": CYCLE}
    )
    plan = Plan(owner.workspace, graph, "customer", "salt")

    tried = run(plan, days=13, now=NOON + 12 * DAY)

    assert tried.counts["cycle", "next"] == 1


def test_a_wait_has_one_length_of_its_own_at_most(owner: Member) -> None:
    both = {"n1": CYCLE["cycle"] | {"attribute": "age", "next": None}}
    made = journeys.make(
        owner,
        journeys.JourneyDraft(
            name="两种", graph={"entry": {"kind": "manual"}, "start": "n1", "nodes": both}
        ),
        now=NOON,
    )

    (problem,) = journeys.validate(owner.workspace, made.pk, now=NOON)

    assert problem.field == "nodes.n1"
