"""What went wrong in other systems, each a sentence that must not come true here."""

import threading
from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction

from yutang.events import service as events
from yutang.events.service import NewEvent
from yutang.journeys import service as journeys
from yutang.journeys.engine import locks
from yutang.journeys.engine.writing import Fenced, claim
from yutang.journeys.models import Journey, Run, RunStep
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
    did,
    done_to,
    enter,
    event,
    fails,
    note,
    path,
    some_people,
    until,
    wait,
    where,
)
from yutang.loop import Undone
from yutang.workspaces.service import Member


def in_threads(count: int, work: Any) -> None:
    """Do the same in several threads at once, each with a connection of its own."""
    stumbled: list[BaseException] = []

    def working(number: int) -> None:
        try:
            work(number)
        except BaseException as why:  # noqa: BLE001  told below
            stumbled.append(why)
        finally:
            connection.close()

    threads = [threading.Thread(target=working, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert stumbled == []


@pytest.fixture
def many(transactional_db: None, open_warehouse: object) -> Member:
    """阿华 again, where several connections see what one committed."""
    return a_member(a_workspace())


def test_fifty_workers_do_to_each_person_once_what_one_would(many: Member) -> None:
    """Mautic #1737, #11763: the same message up to six times."""
    people = some_people(many, 60)
    done_to(many.workspace)
    journey = a_journey(many, {"n1": note("one", "n2"), "n2": note("two")})
    enter(journey, *people)

    in_threads(50, lambda _: journeys.advance(lambda: NOON, at_most=3))
    advance()

    assert Counter(done_to(many.workspace)) == Counter(
        (who, what) for who in people for what in ("one", "two")
    )


def test_an_event_recorded_while_she_comes_to_the_wait_ends_it(many: Member) -> None:
    """PostHog's matcher that starts at the latest event: the wake-up that nobody hears."""
    people = some_people(many, 40)
    done_to(many.workspace)
    journey = a_journey(many, {"n1": wait(1, "n2"), "n2": until("pay", to="n3", late="n4"),
                               "n3": note("thanks"), "n4": note("remind")})  # fmt: skip
    enter(journey, *people)
    advance()
    later = NOON + DAY
    moving = threading.Event()

    def work(number: int) -> None:
        if number:
            moving.set()
            while journeys.advance(lambda: later, at_most=3):
                pass
            return
        moving.wait()
        for who in people:
            just = later + timedelta(microseconds=who)
            events.record(many.workspace, [NewEvent(type="pay", customer=who)], now=just + MINUTE)
            journeys.listen(now=just + MINUTE)

    in_threads(3, work)
    advance(later + 2 * MINUTE)
    advance(later + 3 * DAY)

    assert Counter(done_to(many.workspace)) == Counter((who, "thanks") for who in people)


def test_nobody_tells_while_somebody_moves_and_nobody_moves_while_somebody_tells(
    many: Member,
) -> None:
    (mei,) = some_people(many)
    journey = a_journey(many, {"n1": wait(1)})
    enter(journey, mei)
    order: list[str] = []
    holding = threading.Event()

    def work(number: int) -> None:
        if number == 0:
            with transaction.atomic():
                locks.hold_up([journey.pk])
                holding.set()
                threading.Event().wait(0.4)
                order.append("told")
        else:
            holding.wait()
            journeys.advance(lambda: NOON)
            order.append("moved")

    in_threads(2, work)

    assert order == ["told", "moved"]


def test_the_same_entry_from_many_sides_at_once_counts_once(many: Member) -> None:
    """Parcelvoy #462: a user enters four times."""
    (mei,) = some_people(many)
    journey = a_journey(many, {"n1": wait(1)}, reentry={"again": True, "one_at_a_time": False})

    in_threads(8, lambda _: journeys.enter(journey.pk, [Candidate(mei, "order:1", NOON)], now=NOON))

    assert Run.objects.filter(journey=journey).count() == 1


def test_a_cap_of_one_lets_one_in_however_many_ask_at_once(many: Member) -> None:
    people = some_people(many, 20)
    journey = a_journey(many, {"n1": wait(1)}, entry_cap={"most": 1})

    in_threads(
        20,
        lambda number: journeys.enter(journey.pk, [Candidate(people[number], "a", NOON)], now=NOON),
    )

    assert Run.objects.filter(journey=journey).count() == 1


def test_arms_are_drawn_from_who_somebody_is_not_from_where_she_stands_in_a_batch(
    owner: Member,
) -> None:
    """Mautic #14774: a test of halves became quarters when the list was longer than the batch."""
    people = some_people(owner, 120)
    ways = [{"name": "A", "weight": 1, "next": "n2"}, {"name": "B", "weight": 1, "next": "n3"}]
    nodes = {"n1": {"kind": "split", "arms": ways, "salt": "s"}, "n2": wait(9), "n3": wait(9)}
    found = []
    for batch in (1, 7, 1000):
        journey = a_journey(owner, nodes, name=f"每批 {batch}")
        enter(journey, *people)
        advance(at_most=batch)
        found.append(at(journey, "n2"))

    assert found[0] == found[1] == found[2]
    assert 40 < len(found[0]) < 80


def test_a_claim_that_somebody_else_overtook_writes_nothing(owner: Member) -> None:
    """Fencing: whoever changes a run says which state he saw."""
    (mei,) = some_people(owner)
    journey = a_journey(owner, {"n1": note("hello")})
    enter(journey, mei)
    claimed = claim(journey, NOON, 10)
    Run.objects.filter(journey=journey).update(rev=7)

    from yutang.journeys._versions import graphs_of
    from yutang.journeys.engine.trip import Trip
    from yutang.journeys.engine.writing import write

    trip = Trip(journey, graphs_of([claimed[0].version]), claimed, NOON)
    with pytest.raises(Fenced):
        write(trip)


def test_one_address_that_fails_for_ever_does_not_send_the_whole_batch_again(
    owner: Member,
) -> None:
    """Mautic #7226: SMTP 554 for one address, and the batch was sent again for ever."""
    people = some_people(owner, 30)
    journey = a_journey(owner, {"n1": note("hello", tries=3)})
    fails(people[3], Undone("refused", again=True))
    enter(journey, *people)

    for hours in range(12):
        advance(NOON + hours * HOUR)
    fails(people[3], None)

    assert len(done_to(owner.workspace)) == 29
    assert at(journey, "!n1") == [people[3]]


def test_a_poison_run_does_not_stall_those_behind_it(owner: Member) -> None:
    """Mautic #7953, #6613: one duplicate key stalls the whole trigger."""
    people = some_people(owner, 50)
    journey = a_journey(owner, {"n1": note("hello")})
    for place in (0, 17, 49):
        fails(people[place], ValueError("poison"))
    enter(journey, *people)

    advance(at_most=10)
    for place in (0, 17, 49):
        fails(people[place], None)

    assert at(journey, "!n1") == [people[0], people[17], people[49]]
    assert len(done_to(owner.workspace)) == 47
    assert Journey.objects.get(pk=journey.pk).trouble == "stumbled"


def test_an_action_that_stumbles_for_everybody_holds_few_and_puts_the_others_off(
    owner: Member,
) -> None:
    people = some_people(owner, 300)
    journey = a_journey(owner, {"n1": note("hello")})
    for each in people:
        fails(each, ValueError("all of them"))
    enter(journey, *people)

    journeys.advance(lambda: NOON)
    held = len(at(journey, "!n1"))
    for each in people:
        fails(each, None)
    advance(NOON + 2 * MINUTE)

    assert held < 50
    assert len(done_to(owner.workspace)) == 300 - held


def test_held_people_go_on_when_somebody_lets_them(owner: Member) -> None:
    """Mautic's campaigns:resume-stuck had to be documented; here it is a button."""
    mei, lan = some_people(owner, 2)
    journey = a_journey(owner, {"n1": note("hello", "n2", on_error="hold"), "n2": wait(1)})
    for each in (mei, lan):
        fails(each, Undone("no_channel"))
    enter(journey, mei, lan)
    advance()
    assert at(journey, "!n1") == [mei, lan]

    fails(mei, None)
    assert journeys.release(owner, journey.pk, node="n1", now=NOON + HOUR) == 2
    advance(NOON + HOUR)
    assert where(journey) == {mei: "n2", lan: "!n1"}

    fails(lan, None)
    journeys.release(owner, journey.pk, skip=True, now=NOON + 2 * HOUR)
    advance(NOON + 2 * HOUR)
    assert done_to(owner.workspace) == [(mei, "hello")]
    assert path(journey, lan) == [("n1", "skipped:released")]


def test_pausing_and_going_on_starts_nothing_again(owner: Member) -> None:
    """listmonk #2070, #2313: after pause and resume a third got none, others three."""
    people = some_people(owner, 25)
    journey = a_journey(owner, {"n1": note("hello", "n2"), "n2": wait(1, "n3"), "n3": note("bye")})
    enter(journey, *people)
    for hours in range(6):
        journeys.advance(lambda: NOON, at_most=5)
        journeys.pause(owner, journey.pk, now=NOON + hours * HOUR)
        journeys.advance(lambda: NOON, at_most=5)
        journeys.resume(owner, journey.pk, now=NOON + hours * HOUR)
    advance(NOON + 2 * DAY)
    advance(NOON + 4 * DAY)

    assert Counter(done_to(owner.workspace)) == Counter(
        (who, what) for who in people for what in ("hello", "bye")
    )


def test_a_clock_that_jumps_does_nothing_twice_and_loses_nobody(owner: Member) -> None:
    people = some_people(owner, 10)
    journey = a_journey(
        owner,
        {"n1": note("one", "n2"), "n2": wait(2, "n3"), "n3": note("two", "n4"), "n4": wait(1)},
    )
    enter(journey, *people)
    for now in (NOON, NOON + 30 * DAY, NOON - DAY, NOON + HOUR, NOON + 31 * DAY, NOON):
        advance(now)
    advance(NOON + 40 * DAY)

    assert where(journey) == dict.fromkeys(people, "done")
    assert len(done_to(owner.workspace)) == 20


def test_a_later_version_strands_nobody_who_is_inside(owner: Member) -> None:
    """Mautic #2004: scheduled steps vanish when a campaign is saved."""
    mei, lan = some_people(owner, 2)
    journey = a_journey(owner, {"n1": wait(1, "n2"), "n2": note("old")})
    enter(journey, mei)
    advance()

    from yutang.journeys.service import JourneyDraft
    from yutang.journeys.tests.builders import graph

    new = JourneyDraft(graph=graph({"m1": note("new")}))
    journeys.change(owner, journey.pk, new, now=NOON + HOUR)
    journeys.activate(owner, journey.pk, now=NOON + HOUR)
    enter(journey, lan, now=NOON + HOUR)
    advance(NOON + HOUR)
    advance(NOON + DAY)

    assert done_to(owner.workspace) == sorted([(mei, "old"), (lan, "new")])


def test_waiting_people_of_an_old_version_still_hear_what_only_it_waits_for(owner: Member) -> None:
    (mei,) = some_people(owner)
    journey = a_journey(owner, {"n1": until("review", to="n2"), "n2": note("thanks")})
    enter(journey, mei)
    advance()

    from yutang.journeys.service import JourneyDraft
    from yutang.journeys.tests.builders import graph

    new = JourneyDraft(graph=graph({"m1": wait(1)}))
    journeys.change(owner, journey.pk, new, now=NOON)
    journeys.activate(owner, journey.pk, now=NOON)
    did(owner.workspace, mei, "review", now=NOON + HOUR)
    advance(NOON + HOUR)

    assert done_to(owner.workspace) == [(mei, "thanks")]


def test_steps_are_logged_once_each_though_a_batch_stumbles_and_is_done_again(
    owner: Member,
) -> None:
    people = some_people(owner, 8)
    journey = a_journey(owner, {"n1": note("hello", "n2"), "n2": wait(1)})
    fails(people[2], ValueError("poison"))
    enter(journey, *people)
    advance()
    fails(people[2], None)
    journeys.release(owner, journey.pk, now=NOON)
    advance()

    assert RunStep.objects.filter(workspace=owner.workspace).count() == 8
    counted = {each.node: each for each in journeys.counts(journey)}
    assert (counted["n2"].came, counted["n2"].here, counted["n1"].left) == (8, 8, {"next": 8})


def test_tallies_summed_up_say_the_same(owner: Member) -> None:
    people = some_people(owner, 30)
    journey = a_journey(owner, {"n1": note("hello", "n2"), "n2": wait(1)})
    enter(journey, *people)
    advance(at_most=1)
    before = journeys.counts(journey)

    assert journeys.sum_up(now=NOON)
    assert not journeys.sum_up(now=NOON)
    assert journeys.counts(journey) == before


def test_a_split_that_learns_sends_more_people_the_better_way_and_nobody_the_other_way_again(
    owner: Member,
) -> None:
    people = some_people(owner, 60)
    ways = [{"name": "A", "weight": 1, "next": "n2"}, {"name": "B", "weight": 1, "next": "n3"}]
    journey = a_journey(
        owner,
        {"n1": {"kind": "split", "arms": ways, "best": True}, "n2": wait(9), "n3": wait(9)},
        goal={"event": event("pay"), "within": days(7), "ends": False},
    )
    enter(journey, *people[:40])
    advance()
    before = at(journey, "n2")
    for each in before:
        did(owner.workspace, each, "pay", now=NOON + HOUR)
    advance(NOON + HOUR)

    assert journeys.learn(now=NOON + HOUR) == 1
    enter(journey, *people[40:], now=NOON + 2 * HOUR)
    advance(NOON + 2 * HOUR)

    assert set(before) <= set(at(journey, "n2"))
    assert len(set(at(journey, "n2")) & set(people[40:])) >= 18
