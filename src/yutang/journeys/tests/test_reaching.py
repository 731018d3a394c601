"""The loop closes: something happens, a journey answers through the gate, what became of it happened, too."""

from datetime import timedelta

import pytest

from yutang.customers.tests.builders import who
from yutang.events import service as events
from yutang.events.service import NewEvent
from yutang.journeys import service as journeys
from yutang.journeys.models import Journey
from yutang.journeys.tests.builders import NOON, action, advance, event, graph, path, until
from yutang.reach import messages
from yutang.reach import service as reach
from yutang.reach.channels.interface import Receipt, ReceiptState
from yutang.reach.models import Delivery, DeliveryChange, DeliveryState, Sending
from yutang.reach.policy import Cap
from yutang.reach.tests.builders import suppress, under
from yutang.workspaces.service import Member


def a_thank_you(owner: Member, **more: object) -> Journey:
    """Thank whoever pays by SMS, and wait a day for a click."""
    account = reach.add_account(
        owner, adapter="paper", name="短信", settings={}, channel="sms", now=NOON
    )
    message = messages.create_message(
        owner,
        name="谢谢",
        channel="sms",
        purpose="service",
        parts=[{"kind": "template", "code": "SMS_1", "values": {"order": "{{ event.order_no }}"}}],
        now=NOON,
    )
    nodes = {
        "n1": action("reach.send", "n2", message=message.pk, account=account.pk),
        "n2": until("delivery.clicked", to=None, late="n3"),
        "n3": action("reach.send", None, message=message.pk, account=account.pk),
    }
    draft = journeys.JourneyDraft(
        name="谢谢",
        graph=graph(
            nodes,
            entry={"kind": "event", **event("pay")},
            reentry={"again": True, "one_at_a_time": False},
            **more,
        ),
    )
    made = journeys.make(owner, draft, subject="customer", now=NOON)
    return journeys.activate(owner, made.pk, now=NOON)


def pays(owner: Member, customer: int, order_no: str = "A7") -> None:
    paid = NewEvent(
        type="pay", customer=customer, amount=12_800, properties={"order_no": order_no},
        occurred_at=NOON,
    )  # fmt: skip
    events.record(owner.workspace, [paid], now=NOON)


@pytest.fixture
def mei(owner: Member) -> int:
    under(owner)
    return who(owner.workspace, phone="13800138000")


def test_a_payment_is_answered_and_the_click_ends_the_wait(owner: Member, mei: int) -> None:
    journey = a_thank_you(owner)
    pays(owner, mei)

    advance(NOON)
    reach.dispatch_due()
    sent = Delivery.objects.within(owner.workspace).get()

    assert (sent.customer, sent.state, sent.journey) == (mei, DeliveryState.SENT, journey.pk)
    assert sent.data is not None

    DeliveryChange.objects.create(
        workspace=owner.workspace,
        delivery=sent.pk,
        state=DeliveryState.CLICKED,
        at=NOON + timedelta(minutes=5),
    )
    while reach.tell(now=NOON + timedelta(hours=1)):
        pass
    advance(NOON + timedelta(hours=1))

    assert path(journey, mei) == [("n1", "next"), ("n2", "next")]


def test_whom_the_gate_holds_back_goes_on_and_it_is_said(owner: Member, mei: int) -> None:
    journey = a_thank_you(owner)
    suppress(owner, mei)
    pays(owner, mei)

    advance(NOON)

    assert path(journey, mei)[0] == ("n1", "declined:suppressed")
    assert Delivery.objects.within(owner.workspace).get().reason == "suppressed"


def test_every_payment_is_one_occasion_and_a_cap_holds_over_all(owner: Member, mei: int) -> None:
    under(owner, caps=(Cap(1, purposes=("service",)),))
    a_thank_you(owner)
    pays(owner, mei, "A7")
    pays(owner, mei, "A8")

    advance(NOON)
    advance(NOON)

    rows = Delivery.objects.within(owner.workspace)
    assert sorted(rows.values_list("reason", flat=True)) == ["", "capped"]
    assert Sending.objects.within(owner.workspace).count() == 1


def test_the_goal_is_said_of_the_last_message_before_it_and_a_click_after_it_is_still_told(
    owner: Member, mei: int
) -> None:
    goal = {"event": event("review"), "within": {"amount": 7, "unit": "day"}, "ends": False}
    a_thank_you(owner, goal=goal)
    pays(owner, mei)
    advance(NOON)
    reach.dispatch_due()
    sent = Delivery.objects.within(owner.workspace).get()
    Delivery.objects.within(owner.workspace).update(sent_at=NOON)
    later = NOON + timedelta(hours=1)
    reviewed = NewEvent(type="review", customer=mei, occurred_at=later)
    events.record(owner.workspace, [reviewed], now=later)

    journeys.listen(now=later)
    sent.refresh_from_db()
    told = (sent.state, sent.came_to)
    reach.take_receipts(
        sent.account, [Receipt(ReceiptState.CLICKED, later, token=sent.token)], now=later
    )
    sent.refresh_from_db()

    assert told == (DeliveryState.CONVERTED, DeliveryState.SENT)
    assert (sent.state, sent.came_to) == (DeliveryState.CONVERTED, DeliveryState.CLICKED)
    changes = DeliveryChange.objects.within(owner.workspace).order_by("pk")
    assert list(changes.values_list("state", flat=True))[-2:] == ["converted", "clicked"]
    asked = {"since": NOON - timedelta(days=7), "until": NOON + timedelta(days=7)}
    (rate,) = reach.rates(owner.workspace, **asked)
    assert (rate.sent, rate.opened, rate.clicked) == (1, 1, 1)
