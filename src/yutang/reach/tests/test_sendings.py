"""A sending from its first verdict to what is told of it: paused, cancelled, counted, followed."""

from datetime import timedelta

import pytest

from yutang.customers import service as customers
from yutang.events import service as events
from yutang.loop import Doing
from yutang.reach import service as reach
from yutang.reach.models import (
    Delivery,
    DeliveryChange,
    DeliveryState,
    Sending,
    SendingState,
    Suppression,
)
from yutang.reach.policy import Cap
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
from yutang.workspaces.service import Member
from yutang.workspaces.tests.builders import a_member, a_workspace, as_member

pytestmark = pytest.mark.usefixtures("db", "open_warehouse")
DAY = timedelta(days=1)


@pytest.fixture
def owner() -> Member:
    return a_member(a_workspace())


def test_what_is_cancelled_never_leaves_and_gives_its_room_back(owner: Member) -> None:
    under(owner, caps=(Cap(1),))
    sending, other = a_sending(owner.workspace), a_sending(owner.workspace)
    people = guests(owner.workspace, 3)
    send(sending, people)
    Delivery.objects.within(owner.workspace).filter(customer=people[0]).update(
        state=DeliveryState.SENT
    )

    cancelled, waiting = reach.cancel_sending(owner, sending.pk, now=NOON)
    send(other, people)

    assert (cancelled.state, waiting) == (SendingState.CANCELLED, 2)
    assert reasons(sending) == {people[0]: "", people[1]: "cancelled", people[2]: "cancelled"}
    assert reasons(other) == {people[0]: "capped", people[1]: "", people[2]: ""}


def test_a_cancelled_sending_is_not_resumed(owner: Member) -> None:
    sending = a_sending(owner.workspace)
    reach.cancel_sending(owner, sending.pk, now=NOON)

    with pytest.raises(reach.AlreadyCancelled):
        reach.resume_sending(owner, sending.pk, now=NOON)


def test_a_send_node_has_one_sending_however_often_it_sends(owner: Member) -> None:
    under(owner)
    template = a_sending(owner.workspace)
    parameters = {
        "message": template.version.message_id,
        "account": template.account_id,
        "@journey": 7,
        "@node": "n2",
    }
    people = guests(owner.workspace, 3)
    for person in people:
        reach.send_to_those(
            owner.workspace.pk, [Doing(person, f"run:{person}")], parameters, now=NOON
        )

    (sending,) = Sending.objects.within(owner.workspace).filter(journey=7)
    assert (sending.node, set(reasons(sending))) == ("n2", set(people))


def test_a_send_node_whose_sending_was_cancelled_sends_no_more(owner: Member) -> None:
    under(owner)
    template = a_sending(owner.workspace)
    parameters = {
        "message": template.version.message_id,
        "account": template.account_id,
        "@journey": 7,
        "@node": "n2",
    }
    early, late = guests(owner.workspace, 2)
    reach.send_to_those(owner.workspace.pk, [Doing(early, "a")], parameters, now=NOON)
    (sending,) = Sending.objects.within(owner.workspace).filter(journey=7)
    reach.cancel_sending(owner, sending.pk, now=NOON)

    undone = reach.send_to_those(owner.workspace.pk, [Doing(late, "b")], parameters, now=NOON)

    assert undone["b"].reason == "cancelled"
    assert reasons(sending) == {early: "cancelled"}
    assert Sending.objects.within(owner.workspace).filter(journey=7).count() == 1


def test_a_send_node_tells_who_was_held_back_and_why(owner: Member) -> None:
    under(owner)
    template = a_sending(owner.workspace)
    heard, silent = guests(owner.workspace, 2)
    suppress(owner, silent)
    parameters = {"message": template.version.message_id, "account": template.account_id}

    undone = reach.send_to_those(
        owner.workspace.pk, [Doing(heard, "a"), Doing(silent, "b")], parameters, now=NOON
    )

    assert {key: each.reason for key, each in undone.items()} == {"b": "suppressed"}


def test_a_send_node_whose_message_is_gone_is_found_before_it_runs(owner: Member) -> None:
    template = a_sending(owner.workspace)
    elsewhere = a_sending(a_workspace("Coffee House"))
    sound = {"message": template.version.message_id, "account": template.account_id}

    def wrong(**changed: object) -> set[str]:
        return set(reach.check_sending(owner.workspace.pk, {**sound, **changed}))

    assert wrong() == set()
    assert wrong(message=elsewhere.version.message_id) == {"message"}
    assert wrong(account=None) == {"account"}
    assert wrong(account=a_sending(owner.workspace, "email").account_id) == {"message"}


def test_what_became_of_a_message_happens_to_the_customer_once(owner: Member) -> None:
    under(owner)
    heard, silent = guests(owner.workspace, 2)
    suppress(owner, silent)
    send(a_sending(owner.workspace, journey=7), [heard, silent])
    row = Delivery.objects.within(owner.workspace).get(customer=heard)
    for state in (DeliveryState.SENT, DeliveryState.CLICKED):
        DeliveryChange.objects.create(
            workspace=owner.workspace, delivery=row.pk, state=state, at=NOON
        )

    while reach.tell(now=NOON + DAY):
        pass
    events.drain()

    def told(customer: int) -> list[tuple[str, object]]:
        page = events.timeline(owner.workspace, [customer], limit=10)
        return [(each.type.name, each.properties.get("reason")) for each in page.items]

    assert sorted(told(heard)) == [("delivery.clicked", None), ("delivery.sent", None)]
    assert told(silent) == [("delivery.blocked", "suppressed")]
    assert not DeliveryChange.objects.within(owner.workspace).exists()
    assert not reach.tell(now=NOON + DAY)


def test_who_becomes_one_shares_her_caps_and_her_wishes_and_parts_with_them(owner: Member) -> None:
    under(owner, caps=(Cap(1),))
    one, other = guests(owner.workspace, 2)
    send(a_sending(owner.workspace), [other])
    suppress(owner, other, channel="sms")
    merge = customers.merge(owner, one, other, now=NOON)
    after = a_sending(owner.workspace)
    send(after, [one])
    wish = Suppression.objects.within(owner.workspace).filter(customer=one)

    assert reasons(after) == {one: "capped"}
    assert wish.count() == 1

    customers.undo_merge(owner, merge.pk, now=NOON)
    parted = a_sending(owner.workspace)
    send(parted, [one, other])
    assert reasons(parted) == {one: "", other: "capped"}
    assert wish.count() == 0


def test_whoever_is_erased_leaves_a_count_and_nothing_else(owner: Member) -> None:
    under(owner)
    sending, person = a_sending(owner.workspace), a_guest(owner.workspace)
    send(sending, [person])
    suppress(owner, person)

    customers.erase(owner, person, reason="", now=NOON)

    row = Delivery.objects.within(owner.workspace).get()
    assert (row.customer, row.origin, row.state) == (0, 0, DeliveryState.BLOCKED)
    assert row.key == f"erased:{row.token}"
    assert not Suppression.objects.within(owner.workspace).exists()


def test_reach_rates_leave_the_holdout_out_and_count_people_once(owner: Member) -> None:
    under(owner)
    people = guests(owner.workspace, 4)
    suppress(owner, people[3])
    for _ in range(2):
        send(a_sending(owner.workspace, journey=7), people)
    rows = Delivery.objects.within(owner.workspace)
    rows.filter(customer=people[2]).update(state=DeliveryState.BLOCKED, reason="holdout")
    rows.filter(customer__in=people[:1]).update(state=DeliveryState.SENT, sent_at=NOON)

    (rate,) = reach.rates(owner.workspace, since=NOON - DAY, until=NOON + DAY, by="journey")

    assert (rate.part, rate.meant, rate.reached, rate.sent) == ("7", 3, 1, 2)
    assert (round(rate.rate, 3), round(rate.exposure, 3)) == (0.333, 0.667)

    week = {"since": rate.week, "until": rate.week + 7 * DAY}
    assert reach.deliveries_of(owner, **week).count() == rate.messages
    assert not reach.deliveries_of(owner, since=rate.week + 7 * DAY).exists()

    asked = {"since": NOON - DAY, "until": NOON + DAY, "customer_id": people[0]}
    (hers,) = as_member(owner).get("/reach/rates", asked).json()
    assert (hers["part"], hers["meant"], hers["reached"], hers["sent"]) == ("paper", 1, 1, 2)
    assert as_member(owner).get("/reach/rates", asked | {"journey": 8}).json() == []
    stranger = as_member(owner).get("/reach/rates", asked | {"customer_id": 999_999})
    assert stranger.json()["code"] == "customers.not_found"


def test_over_http_a_sending_is_found_paused_resumed_and_cancelled(owner: Member) -> None:
    under(owner)
    sending = a_sending(owner.workspace)
    send(sending, guests(owner.workspace, 2))
    ask = as_member(owner)

    paused = ask.post(f"/reach/sendings/{sending.pk}/pause", {}).json()
    resumed = ask.post(f"/reach/sendings/{sending.pk}/resume", {}).json()
    cancelled = ask.post(f"/reach/sendings/{sending.pk}/cancel", {}).json()

    assert [each["state"] for each in (paused, resumed, cancelled)] == [
        "paused",
        "running",
        "cancelled",
    ]
    (count,) = cancelled["counts"]
    assert (count["reason"], count["sentence"], count["count"]) == ("cancelled", "发送被取消", 2)
    (first, _) = ask.get(f"/reach/deliveries?sending_id={sending.pk}").json()["items"]
    assert first["why"] == "发送被取消"


def test_a_guide_sees_the_deliveries_of_her_own_customers(owner: Member) -> None:
    from yutang.customers.tests.builders import a_guide

    under(owner)
    send(a_sending(owner.workspace), guests(owner.workspace, 2))

    assert reach.deliveries_of(owner).count() == 2
    assert reach.deliveries_of(a_guide(owner.workspace)).count() == 0
