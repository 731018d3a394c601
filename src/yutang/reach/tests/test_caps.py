"""Caps: how many messages reach one person, over rolling windows and calendars, and who gives way."""

from datetime import timedelta

import pytest

from yutang.customers import service as customers
from yutang.reach import service as reach
from yutang.reach.models import Delivery, DeliveryChange, DeliveryState
from yutang.reach.policy import Cap, Quiet
from yutang.reach.service import Candidate
from yutang.reach.tests.builders import NOON, a_guest, a_sending, reasons, send, suppress, under
from yutang.workspaces.service import Member
from yutang.workspaces.tests.builders import a_member, a_workspace

pytestmark = pytest.mark.usefixtures("db", "open_warehouse")
DAY = timedelta(days=1)


@pytest.fixture
def owner() -> Member:
    return a_member(a_workspace())


def test_a_rolling_cap_gives_its_room_back_to_the_second(owner: Member) -> None:
    under(owner, caps=(Cap(1, days=7),))
    person = a_guest(owner.workspace)
    first, early, late = (a_sending(owner.workspace) for _ in range(3))
    send(first, [person])

    send(early, [person], now=NOON + 7 * DAY - timedelta(microseconds=1))
    send(late, [person], now=NOON + 7 * DAY)

    assert reasons(early) == {person: "capped"}
    assert reasons(late) == {person: ""}


def test_a_rolling_cap_counts_what_waits_for_the_morning(owner: Member) -> None:
    under(owner, caps=(Cap(1, days=1),), quiet=(Quiet("11:00", "18:00"),))
    person = a_guest(owner.workspace)
    later, now = a_sending(owner.workspace), a_sending(owner.workspace, purpose="service")
    under_service = Cap(1, days=1, purposes=("marketing", "service"))
    under(owner, caps=(under_service,), quiet=(Quiet("11:00", "18:00"),))
    send(later, [person])

    send(now, [person])

    assert reasons(now) == {person: "capped"}


def test_a_daily_cap_is_cut_at_midnight_of_her_own_day(owner: Member) -> None:
    under(owner, caps=(Cap(1, per="day"),))
    person = a_guest(owner.workspace)
    before, after = a_sending(owner.workspace), a_sending(owner.workspace)
    send(before, [person], now=NOON + timedelta(hours=11, minutes=59))

    send(after, [person], now=NOON + timedelta(hours=12))

    assert reasons(after) == {person: ""}


def test_several_to_one_person_in_one_batch_share_the_room(owner: Member) -> None:
    under(owner, caps=(Cap(2, days=7),))
    sending, person = a_sending(owner.workspace), a_guest(owner.workspace)

    planned = reach.plan(
        owner.workspace, sending, [Candidate(person, f"k{n}") for n in range(5)], now=NOON
    )

    assert planned.queued == 2
    assert planned.blocked == {"capped": 3}
    assert [planned.by_key[f"k{n}"] for n in range(5)] == ["", "", "capped", "capped", "capped"]


def test_caps_count_by_channel_by_purpose_or_by_journey(owner: Member) -> None:
    under(
        owner,
        caps=(
            Cap(1, channel="sms"),
            Cap(1, counts="same", channel="email"),
            Cap(1, per_journey=True, channel="paper"),
        ),
    )
    person = a_guest(owner.workspace)
    in_one = a_sending(owner.workspace, journey=1)
    in_two = a_sending(owner.workspace, journey=2)
    again = a_sending(owner.workspace, journey=1)
    by_sms = a_sending(owner.workspace, "sms")
    for each in (in_one, in_two, again, by_sms):
        send(each, [person])

    assert [reasons(each)[person] for each in (in_one, in_two, again, by_sms)] == [
        "",
        "",
        "capped",
        "",
    ]


def test_notices_are_free_of_a_cap_on_marketing_but_take_its_room(owner: Member) -> None:
    under(owner, caps=(Cap(1, days=7),))
    person = a_guest(owner.workspace)
    notices = [a_sending(owner.workspace, purpose="service") for _ in range(2)]
    offer = a_sending(owner.workspace)
    for each in (*notices, offer):
        send(each, [person])

    assert [reasons(each)[person] for each in (*notices, offer)] == ["", "", "capped"]


def test_what_failed_or_was_blocked_takes_no_room(owner: Member) -> None:
    under(owner, caps=(Cap(1, days=7),))
    person = a_guest(owner.workspace)
    suppress(owner, person, until=NOON + DAY)
    blocked, next_one = a_sending(owner.workspace), a_sending(owner.workspace)
    send(blocked, [person])

    send(next_one, [person], now=NOON + DAY)

    assert reasons(next_one) == {person: ""}


def test_the_more_important_takes_the_place_of_what_has_not_left(owner: Member) -> None:
    under(owner, caps=(Cap(1, days=7),))
    person = a_guest(owner.workspace)
    offer = a_sending(owner.workspace, priority=10)
    recall = a_sending(owner.workspace, priority=90)
    send(offer, [person])

    send(recall, [person])

    assert reasons(offer) == {person: "displaced"}
    assert reasons(recall) == {person: ""}
    assert DeliveryChange.objects.within(owner.workspace).get().reason == "displaced"


@pytest.mark.parametrize(
    ("priority", "state"), [(50, DeliveryState.QUEUED), (90, DeliveryState.SENT)]
)
def test_what_is_as_important_or_has_left_is_not_displaced(
    owner: Member, priority: int, state: DeliveryState
) -> None:
    under(owner, caps=(Cap(1, days=7),))
    person = a_guest(owner.workspace)
    first, second = a_sending(owner.workspace), a_sending(owner.workspace, priority=priority)
    send(first, [person])
    Delivery.objects.within(owner.workspace).update(state=state)

    send(second, [person])

    assert reasons(second) == {person: "capped"}


def test_a_platforms_own_limit_is_told_apart_from_the_brands(owner: Member) -> None:
    under(owner)
    person = a_guest(owner.workspace)
    customers.add_identity(owner, person, "external_userid", "wm1", now=NOON)
    morning, evening = a_sending(owner.workspace, "wecom"), a_sending(owner.workspace, "wecom")
    send(morning, [person])

    send(evening, [person], now=NOON + timedelta(hours=6))

    assert reasons(evening) == {person: "channel_rule"}
    detail = Delivery.objects.within(owner.workspace).get(sending=evening).detail
    assert detail.endswith(":wecom.mass_day")
