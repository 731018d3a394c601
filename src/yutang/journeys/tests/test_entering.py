"""Who enters, how often and how many; by what they do, by audiences, by the clock, by hand."""

from datetime import timedelta

from yutang.audiences import service as audiences
from yutang.audiences.tests.builders import a_live, did, favourites, known
from yutang.customers import service as customers
from yutang.events import service as events
from yutang.events.service import NewEvent
from yutang.journeys import service as journeys
from yutang.journeys.models import Entering, Journey, Run
from yutang.journeys.service import Candidate
from yutang.journeys.tests.builders import (
    DAY,
    HOUR,
    MINUTE,
    NOON,
    a_journey,
    a_member,
    a_workspace,
    advance,
    at,
    days,
    done_to,
    enter,
    event,
    minutes,
    note,
    some_people,
    wait,
    where,
)
from yutang.workspaces.service import Member

AGAIN = {"again": True, "one_at_a_time": False}
HELLO = {"n1": note("hello")}
STAYING = {"n1": wait(30)}


def test_somebody_enters_once_however_often_she_does_it(owner: Member) -> None:
    (mei,) = some_people(owner)
    a_journey(owner, HELLO, entry={"kind": "event", **event("order")})

    for hours in (1, 2, 3):
        events.record(
            owner.workspace, [NewEvent(type="order", customer=mei)], now=NOON + hours * HOUR
        )
    advance(NOON + 4 * HOUR)

    assert done_to(owner.workspace) == [(mei, "hello")]


def test_the_same_event_sent_twice_enters_once_and_another_one_again(owner: Member) -> None:
    (mei,) = some_people(owner)
    a_journey(owner, HELLO, entry={"kind": "event", **event("order")}, reentry=AGAIN)
    one = "0198c0de-0000-7000-8000-000000000001"

    for id_ in (one, one, ""):
        events.record(
            owner.workspace, [NewEvent(type="order", customer=mei, id=id_)], now=NOON + HOUR
        )
        advance(NOON + HOUR)

    assert done_to(owner.workspace) == [(mei, "hello")] * 2


def test_nobody_enters_again_while_she_is_inside_or_too_soon_after(owner: Member) -> None:
    (mei,) = some_people(owner)
    reentry = {"again": True, "after": days(7), "one_at_a_time": True}
    journey = a_journey(owner, {"n1": wait(1)}, reentry=reentry)

    assert enter(journey, mei).entered == 1
    assert enter(journey, mei, now=NOON + HOUR).before == 1
    advance()
    advance(NOON + DAY)
    assert enter(journey, mei, now=NOON + 3 * DAY).before == 1
    assert enter(journey, mei, now=NOON + 7 * DAY).entered == 1


def test_a_cap_lets_in_so_many_and_begins_anew_when_its_time_is_over(owner: Member) -> None:
    people = some_people(owner, 7)
    journey = a_journey(owner, STAYING, entry_cap={"most": 3, "per": days(1)})

    first = enter(journey, *people[:2])
    second = enter(journey, *people[:6], now=NOON + HOUR)
    third = enter(journey, *people[3:], now=NOON + DAY)

    assert (first.entered, second.entered, second.capped, second.before) == (2, 1, 3, 2)
    assert third.entered == 3


def test_an_event_that_is_old_when_it_is_recorded_brings_nobody(owner: Member) -> None:
    mei, lan = some_people(owner, 2)
    entry = {"kind": "event", **event("order"), "max_age": {"amount": 2, "unit": "hour"}}
    journey = a_journey(owner, HELLO, entry=entry)
    now = NOON + DAY

    events.record(
        owner.workspace,
        [
            NewEvent(type="order", customer=mei, occurred_at=now - 3 * HOUR),
            NewEvent(type="order", customer=lan, occurred_at=now - HOUR),
        ],
        now=now,
    )
    advance(now)

    assert where(journey) == {lan: "done"}


def test_what_happened_before_it_was_activated_brings_nobody(owner: Member) -> None:
    (mei,) = some_people(owner)
    journey = a_journey(owner, HELLO, entry={"kind": "event", **event("order")}, now=NOON)

    events.record(
        owner.workspace,
        [NewEvent(type="order", customer=mei, occurred_at=NOON - MINUTE)],
        now=NOON + MINUTE,
    )
    advance(NOON + MINUTE)

    assert where(journey) == {}


def test_those_held_out_of_an_entry_with_a_condition_met_it_like_the_others(owner: Member) -> None:
    people = some_people(owner, 16)
    for each in people[:12]:
        customers.change(owner, each, {"city": "北京"}, now=NOON)
    while customers.mirror():
        pass
    in_beijing = {"kind": "attribute", "attribute": "city", "op": "eq", "value": "北京"}
    entry = {"kind": "event", **event("order"), "condition": in_beijing}
    journey = a_journey(owner, HELLO, entry=entry, holdout_percent=50)

    given = [NewEvent(type="order", customer=each) for each in people]
    events.record(owner.workspace, given, now=NOON + HOUR)
    events.drain()
    advance(NOON + HOUR)

    outcomes = where(journey)
    assert sorted(outcomes) == people[:12]
    held_out = [each for each in people[:12] if journeys.is_held_out(journey, each)]
    assert sorted(who for who, place in outcomes.items() if place == "held_out") == held_out


def test_an_entry_may_ask_for_a_condition_and_forgets_whom_it_does_not_hold_for(
    owner: Member,
) -> None:
    mei, lan = some_people(owner, 2)
    customers.change(owner, mei, {"city": "北京"}, now=NOON)
    while customers.mirror():
        pass
    in_beijing = {"kind": "attribute", "attribute": "city", "op": "eq", "value": "北京"}
    journey = a_journey(
        owner, HELLO, entry={"kind": "event", **event("order"), "condition": in_beijing}
    )

    given = [NewEvent(type="order", customer=each) for each in (mei, lan)]
    events.record(owner.workspace, given, now=NOON + HOUR)
    events.drain()
    advance(NOON + HOUR)

    assert where(journey) == {mei: "done"}
    (count,) = [each for each in journeys.counts(journey) if not each.node]
    assert count.came == 1


def test_those_held_out_are_a_stable_share_and_nothing_is_done_to_them(owner: Member) -> None:
    people = some_people(owner, 80)
    journey = a_journey(owner, HELLO, holdout_percent=25)

    outcome = enter(journey, *people)
    advance()

    held_out = [each for each in people if journeys.is_held_out(journey, each)]
    assert outcome.held_out == len(held_out)
    assert 8 < len(held_out) < 34
    assert at(journey, "held_out") == held_out
    assert sorted(who for who, _ in done_to(owner.workspace)) == sorted(set(people) - set(held_out))


def test_whoever_enters_an_audience_enters_the_journey_and_those_inside_if_meant(
    owner: Member,
) -> None:
    mei, lan, hua = some_people(owner, 3)
    known(owner.workspace, mei, lan, hua)
    did(owner.workspace, mei, at=NOON - DAY)
    audience = a_live(owner.workspace, favourites())
    entry = {"kind": "audience", "audience": audience.pk}
    new = a_journey(owner, HELLO, entry=entry, name="新进")
    everybody = a_journey(owner, HELLO, entry=entry | {"existing": True}, name="全部")

    did(owner.workspace, lan, at=NOON + HOUR)
    audiences.refresh(owner.workspace, audience.pk, now=NOON + 2 * HOUR)
    for _ in range(2):
        journeys.follow_audiences(now=NOON + 2 * HOUR)
        journeys.enter_many(now=NOON + 2 * HOUR)
        advance(NOON + 2 * HOUR)

    assert where(new) == {lan: "done"}
    assert where(everybody) == {mei: "done", lan: "done"}
    assert Entering.objects.count() == 0


def test_whoever_leaves_an_audience_enters_what_waits_for_that(owner: Member) -> None:
    (mei,) = some_people(owner)
    known(owner.workspace, mei)
    did(owner.workspace, mei, at=NOON - DAY)
    audience = a_live(owner.workspace, favourites())
    entry = {"kind": "audience", "audience": audience.pk, "on": "left"}
    journey = a_journey(owner, HELLO, entry=entry)

    later = NOON + 40 * DAY
    audiences.refresh(owner.workspace, audience.pk, now=later)
    journeys.follow_audiences(now=later)
    advance(later)

    assert where(journey) == {mei: "done"}


def test_waiting_for_an_audience_ends_when_she_enters_it(owner: Member) -> None:
    mei, lan = some_people(owner, 2)
    known(owner.workspace, mei, lan)
    while customers.mirror():
        pass
    audience = a_live(owner.workspace, favourites())
    nodes = {
        "n1": {"kind": "until_audience", "audience": audience.pk, "timeout": days(3), "next": "n2",
               "on_timeout": "n3"},
        "n2": note("in"),
        "n3": note("late"),
    }  # fmt: skip
    journey = a_journey(owner, nodes)
    enter(journey, mei, lan)
    advance()

    did(owner.workspace, mei, at=NOON + HOUR)
    audiences.refresh(owner.workspace, audience.pk, now=NOON + 2 * HOUR)
    journeys.follow_audiences(now=NOON + 2 * HOUR)
    advance(NOON + 2 * HOUR)
    advance(NOON + 3 * DAY)

    assert done_to(owner.workspace) == sorted([(mei, "in"), (lan, "late")])


def test_a_schedule_brings_everybody_once_at_each_of_its_instants(owner: Member) -> None:
    people = some_people(owner, 3)
    while customers.mirror():
        pass
    everybody = {"kind": "attribute", "attribute": "created_at", "op": "known"}
    entry = {"kind": "schedule", "condition": everybody, "cron": "0 14 * * *"}
    journey = a_journey(owner, HELLO, entry=entry, reentry=AGAIN)
    assert Journey.objects.get(pk=journey.pk).next_entry_at == NOON + 2 * HOUR

    for now in (NOON + HOUR, NOON + 2 * HOUR, NOON + 2 * HOUR, NOON + DAY + 2 * HOUR):
        journeys.begin_schedules(now=now)
        journeys.enter_many(now=now)
        advance(now)

    assert done_to(owner.workspace) == sorted([(each, "hello") for each in people] * 2)


def test_a_schedule_missed_for_days_comes_once(owner: Member) -> None:
    """listmonk #1801: a stale campaign fires. Ours brings one entry, and says when the next is."""
    some_people(owner, 2)
    while customers.mirror():
        pass
    everybody = {"kind": "attribute", "attribute": "created_at", "op": "known"}
    entry = {"kind": "schedule", "condition": everybody, "cron": "0 14 * * *"}
    journey = a_journey(owner, HELLO, entry=entry, reentry=AGAIN)

    late = NOON + 5 * DAY
    assert journeys.begin_schedules(now=late) == 1
    assert journeys.begin_schedules(now=late) == 0
    journeys.enter_many(now=late)

    assert Run.objects.filter(journey=journey).count() == 2
    assert Journey.objects.get(pk=journey.pk).next_entry_at == late + 2 * HOUR


def test_a_paused_schedule_does_not_come_after_all_when_it_goes_on(owner: Member) -> None:
    some_people(owner)
    while customers.mirror():
        pass
    everybody = {"kind": "attribute", "attribute": "created_at", "op": "known"}
    entry = {"kind": "schedule", "condition": everybody, "cron": "0 14 * * *"}
    journey = a_journey(owner, HELLO, entry=entry)

    journeys.pause(owner, journey.pk, now=NOON)
    assert journeys.begin_schedules(now=NOON + 3 * HOUR) == 0
    journeys.resume(owner, journey.pk, now=NOON + 3 * HOUR)

    assert Journey.objects.get(pk=journey.pk).next_entry_at == NOON + DAY + 2 * HOUR


def test_another_journey_is_entered_by_its_own_rules(owner: Member) -> None:
    mei, lan = some_people(owner, 2)
    second = a_journey(owner, HELLO, name="第二")
    enter(second, mei)
    first = a_journey(
        owner,
        {"n1": {"kind": "action", "do": "journeys.enter", "with": {"journey": second.pk}}},
        name="第一",
    )

    enter(first, mei, lan)
    advance()

    assert done_to(owner.workspace) == sorted([(mei, "hello"), (lan, "hello")])


def test_a_merged_customer_goes_on_as_who_she_is_today_and_once(owner: Member) -> None:
    mei, twin, lan = some_people(owner, 3)
    journey = a_journey(owner, {"n1": wait(1, "n2"), "n2": note("hello")})
    enter(journey, mei, twin, lan)
    advance()

    customers.merge(owner, mei, twin, now=NOON + HOUR)
    advance(NOON + DAY)

    assert done_to(owner.workspace) == sorted([(mei, "hello"), (lan, "hello")])
    assert enter(journey, twin, now=NOON + 2 * DAY).before == 1


def test_an_erased_customer_is_in_no_journey_any_more(owner: Member) -> None:
    mei, lan = some_people(owner, 2)
    journey = a_journey(owner, {"n1": wait(1, "n2"), "n2": note("hello")})
    enter(journey, mei, lan)
    advance()

    customers.erase(owner, mei, reason="", now=NOON + HOUR)
    advance(NOON + DAY)

    assert where(journey) == {lan: "done"}
    assert done_to(owner.workspace) == [(lan, "hello")]
    assert enter(journey, mei, now=NOON + 2 * DAY).unknown == 1
    here = {each.node: each.here for each in journeys.counts(journey)}
    assert here["n1"] == 0


def test_a_rival_can_neither_see_nor_enter_our_journey(owner: Member) -> None:
    rival = a_member(a_workspace("Coffee House"))
    journey = a_journey(owner, HELLO)
    (theirs,) = some_people(rival)

    assert enter(journey, theirs).unknown == 1
    assert list(journeys.listed(rival.workspace)) == []


def test_groups_enter_by_what_happens_in_them(owner: Member) -> None:
    (mei,) = some_people(owner)
    entry = {"kind": "event", **event("join_group")}
    journey = a_journey(owner, {"n1": wait(1)}, entry=entry, subject="group")

    given = [NewEvent(type="join_group", customer=mei, group=31)]
    events.record(owner.workspace, given, now=NOON + HOUR)
    advance(NOON + HOUR)

    assert where(journey) == {31: "n1"}


def test_entries_one_by_one_keep_the_cap(owner: Member) -> None:
    people = some_people(owner, 10)
    journey = a_journey(owner, STAYING, entry_cap={"most": 4, "per": minutes(5)})
    later = NOON + timedelta(seconds=1)

    for each in people:
        journeys.enter(journey.pk, [Candidate(each, "a", later)], now=later)

    assert Run.objects.filter(journey=journey).count() == 4
