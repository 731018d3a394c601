"""The gate: who may be reached, in which order that is decided, and what is kept of it."""

from datetime import timedelta

import pytest

from yutang.customers import service as customers
from yutang.customers.models import ConsentState
from yutang.reach import service as reach
from yutang.reach.models import Delivery, DeliveryState, Suppression
from yutang.reach.policy import Cap, Quiet, SenderBudget, WarmUp
from yutang.reach.service import Candidate
from yutang.reach.tests.builders import (
    NOON,
    a_guest,
    a_sending,
    guests,
    reasons,
    send,
    suppress,
    under,
)
from yutang.workspaces import service as workspaces
from yutang.workspaces.models import Staff
from yutang.workspaces.service import Member
from yutang.workspaces.tests.builders import a_member, a_workspace

pytestmark = pytest.mark.usefixtures("db", "open_warehouse")
DAY = timedelta(days=1)


@pytest.fixture
def owner() -> Member:
    return a_member(a_workspace())


def says(owner: Member, customer: int, state: ConsentState, channel: str = "sms") -> None:
    customers.record_consent(
        owner, customer, purpose="marketing", channel=channel, state=state, now=NOON
    )


def test_whoever_nothing_speaks_against_is_queued(owner: Member) -> None:
    under(owner)
    sending = a_sending(owner.workspace)
    people = guests(owner.workspace, 3)

    planned = send(sending, people)

    assert planned.queued == 3
    assert not planned.blocked
    rows = Delivery.objects.within(owner.workspace)
    assert {row.state for row in rows} == {DeliveryState.QUEUED}
    assert {row.not_before for row in rows} == {NOON}
    assert {row.counts_at for row in rows} == {NOON}


def test_the_same_occasion_never_plans_twice(owner: Member) -> None:
    under(owner)
    sending, person = a_sending(owner.workspace), a_guest(owner.workspace)

    send(sending, [person], key="welcome")
    again = send(sending, [person, person], key="welcome")

    assert again.queued == 0
    assert Delivery.objects.within(owner.workspace).count() == 1


def test_two_of_one_key_in_one_batch_are_one(owner: Member) -> None:
    under(owner)
    sending, person = a_sending(owner.workspace), a_guest(owner.workspace)

    send(sending, [person, person], key="welcome")

    assert Delivery.objects.within(owner.workspace).count() == 1


def test_a_no_holds_and_marketing_by_sms_needs_a_yes(owner: Member) -> None:
    under(owner, opt_in=(("sms", "marketing"),))
    yes, no, silent, never = guests(owner.workspace, 4)
    says(owner, yes, ConsentState.GRANTED)
    says(owner, no, ConsentState.WITHDRAWN)
    says(owner, never, ConsentState.WITHDRAWN, "any")
    sending = a_sending(owner.workspace, "sms")

    planned = send(sending, [yes, no, silent, never])

    assert reasons(sending) == {yes: "", no: "withdrawn", silent: "no_consent", never: "withdrawn"}
    assert planned.blocked == {"withdrawn": 2, "no_consent": 1}


def test_a_notice_needs_no_yes_only_that_there_was_no_no(owner: Member) -> None:
    under(owner, opt_in=(("sms", "marketing"),))
    sending = a_sending(owner.workspace, "sms", purpose="service")

    assert send(sending, [a_guest(owner.workspace)]).queued == 1


def test_suppressions_hold_on_their_channel_and_until_their_day(owner: Member) -> None:
    under(owner)
    by_sms, anywhere, elsewhere, over = guests(owner.workspace, 4)
    suppress(owner, by_sms, channel="sms")
    suppress(owner, anywhere)
    suppress(owner, elsewhere, channel="email")
    suppress(owner, over, until=NOON)
    sending = a_sending(owner.workspace, "sms")

    send(sending, [by_sms, anywhere, elsewhere, over])

    assert reasons(sending) == {
        by_sms: "suppressed",
        anywhere: "suppressed",
        elsewhere: "",
        over: "",
    }


def test_an_address_nobody_was_known_by_is_kept_from_being_written_to(owner: Member) -> None:
    under(owner)
    person = a_guest(owner.workspace)
    (address,) = customers.addresses(owner.workspace, [person], kind="phone").values()
    Suppression.objects.create(
        workspace=owner.workspace,
        digest=reach.digest_of(owner.workspace, address),
        reason="bounce",
        added_by="user:1",
        added_at=NOON,
    )
    sending = a_sending(owner.workspace, "sms")

    send(sending, [person])

    assert reasons(sending) == {person: "suppressed"}


def test_whoever_has_no_address_there_is_not_reached(owner: Member) -> None:
    under(owner)
    sending, person = a_sending(owner.workspace, "email"), a_guest(owner.workspace)

    send(sending, [person])

    assert reasons(sending) == {person: "no_address"}


def test_quiet_hours_defer_on_each_ones_own_clock(owner: Member) -> None:
    under(owner, quiet=(Quiet("21:00", "09:00"),))
    here, there = guests(owner.workspace, 2)
    customers.change(owner, there, {"time_zone": "America/New_York"}, now=NOON)
    sending = a_sending(owner.workspace)

    planned = send(sending, [here, there])  # 23:00 of the day before in New York

    waits = dict(Delivery.objects.within(owner.workspace).values_list("customer", "not_before"))
    assert (planned.queued, planned.deferred) == (2, 1)
    assert waits == {here: NOON, there: NOON + timedelta(hours=10)}


def test_what_is_no_use_later_is_dropped_by_quiet_hours(owner: Member) -> None:
    under(owner, quiet=(Quiet("11:00", "14:00", then="drop"),))
    sending, person = a_sending(owner.workspace), a_guest(owner.workspace)

    send(sending, [person])

    assert reasons(sending) == {person: "quiet_hours"}


def test_what_would_wait_longer_than_it_is_of_use_expires(owner: Member) -> None:
    under(owner, quiet=(Quiet("11:00", "18:00"),))
    sending = a_sending(owner.workspace, expires_after_hours=2)
    person = a_guest(owner.workspace)

    send(sending, [person])

    assert reasons(sending) == {person: "expired"}


def test_a_young_senders_account_sends_little(owner: Member) -> None:
    under(owner, budgets=(SenderBudget("paper", 10, (WarmUp(0, 2), WarmUp(7, 5))),))
    staff = workspaces.create_staff(
        owner.workspace, name="小林", code="G1", actor="user:1", now=NOON
    )
    people = guests(owner.workspace, 8)

    def sent_on(day: int, key: str) -> int:
        Staff.objects.within(owner.workspace).update(created_at=NOON - day * DAY)
        sending = a_sending(owner.workspace)
        candidates = [Candidate(each, f"{key}:{each}", sender=staff.pk) for each in people]
        planned = reach.plan(owner.workspace, sending, candidates, now=NOON)
        assert planned.blocked["sender_budget"] == 8 - planned.queued
        return planned.queued

    assert sent_on(0, "new") == 2
    assert sent_on(7, "a week") == 3  # two of its five are spent today


def test_the_holdout_is_the_same_people_every_time_and_hears_notices(owner: Member) -> None:
    under(owner, holdout_percent=50)
    people = guests(owner.workspace, 60)
    first, second = a_sending(owner.workspace), a_sending(owner.workspace)
    notice = a_sending(owner.workspace, purpose="service")
    for each in (first, second, notice):
        send(each, people)

    held = {person for person, reason in reasons(first).items() if reason == "holdout"}
    assert 15 <= len(held) <= 45
    assert held == {person for person, reason in reasons(second).items() if reason}
    assert set(reasons(notice).values()) == {""}


def test_one_journeys_holdout_is_another_than_the_nexts(owner: Member) -> None:
    under(owner)
    people = guests(owner.workspace, 60)
    sendings = [
        a_sending(owner.workspace, holdout_percent=50, holdout_salt=f"journey:{n}")
        for n in range(2)
    ]
    for each in sendings:
        send(each, people)

    one, other = ({p for p, reason in reasons(s).items() if reason} for s in sendings)
    assert one != other


def test_whoever_went_away_is_not_written_to(owner: Member) -> None:
    under(owner)
    sending, person = a_sending(owner.workspace), a_guest(owner.workspace)
    customers.erase(owner, person, reason="", now=NOON)

    planned = send(sending, [person])

    assert planned.blocked == {"gone": 1}


def test_the_preview_says_what_then_happens_and_keeps_nothing(owner: Member) -> None:
    under(
        owner,
        caps=(Cap(1, days=7),),
        quiet=(Quiet("21:00", "09:00"),),
        holdout_percent=20,
    )
    people = guests(owner.workspace, 50)
    send(a_sending(owner.workspace, priority=10), people[:10])
    send(a_sending(owner.workspace, priority=60), people[10:20])
    for person in people[20:25]:
        suppress(owner, person)
    sending = a_sending(owner.workspace)
    before = Delivery.objects.within(owner.workspace).count()

    said = reach.preview(owner.workspace, sending, people, now=NOON)
    kept = Delivery.objects.within(owner.workspace).count()
    happened = send(sending, people)

    assert kept == before
    assert (said.queued, said.deferred, said.blocked) == (
        happened.queued,
        happened.deferred,
        happened.blocked,
    )
    by_reason = {reason: sorted(some) for reason, some in said.samples.items()}
    assert by_reason["suppressed"] == people[20:25]
    assert len(by_reason[""]) == said.queued
    assert said.queued > 0
    assert {"capped", "suppressed", "holdout"} <= set(said.blocked)


def test_a_rival_has_caps_and_policies_of_its_own(owner: Member) -> None:
    rival = a_member(a_workspace("Coffee House"))
    under(owner, caps=(Cap(0),))
    under(rival)

    assert send(a_sending(rival.workspace), guests(rival.workspace, 2)).queued == 2
    assert send(a_sending(owner.workspace), guests(owner.workspace, 2)).queued == 0
