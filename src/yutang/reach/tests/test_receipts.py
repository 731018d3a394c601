"""What channels tell afterwards: in any order, any number of times, and only by who may."""

import json
from datetime import timedelta
from itertools import permutations
from typing import Any

import pytest
from django.test import Client

from yutang.customers import service as customers
from yutang.customers.tests.builders import who
from yutang.reach import service as reach
from yutang.reach.channels._signing import signed
from yutang.reach.channels.interface import Receipt, ReceiptState
from yutang.reach.models import ChannelAccount, Delivery, DeliveryChange, Suppression
from yutang.reach.tests.sending import (
    NOON,
    SECRET,
    a_member,
    a_sending,
    a_workspace,
    an_account,
    beat,
    later,
    opened_to_this_machine,
    queued,
    states,
)
from yutang.workspaces.service import Member

__all__ = ["opened_to_this_machine"]
PHONE = "+8613800000001"


@pytest.fixture
def owner(db: None) -> Member:
    return a_member(a_workspace())


@pytest.fixture
def account(owner: Member) -> ChannelAccount:
    return an_account(owner)


def sent_to(account: ChannelAccount, customer: int, **more: Any) -> Delivery:
    sending = a_sending(account)
    queued(sending, [customer])
    beat()
    delivery = Delivery.objects.get(sending=sending)
    Delivery.objects.filter(pk=delivery.pk).update(**more)
    delivery.refresh_from_db()
    return delivery


def told(delivery: Delivery, state: ReceiptState, minutes: float = 1, **more: Any) -> Receipt:
    return Receipt(state, later(minutes=minutes), token=delivery.token, **more)


def take(account: ChannelAccount, *receipts: Receipt) -> None:
    reach.take_receipts(account, receipts, now=later(days=1))


def changes(delivery: Delivery) -> list[str]:
    rows = DeliveryChange.objects.filter(delivery=delivery.pk).order_by("pk")
    return list(rows.values_list("state", flat=True))


def test_a_delivery_gets_further_and_each_step_is_noted_once(account: ChannelAccount) -> None:
    delivery = sent_to(account, 1)
    for state in (ReceiptState.DELIVERED, ReceiptState.OPENED, ReceiptState.OPENED):
        take(account, told(delivery, state))
        take(account, told(delivery, state))

    assert changes(delivery) == ["sent", "delivered", "opened"]


@pytest.mark.parametrize(
    "order",
    list(permutations([ReceiptState.DELIVERED, ReceiptState.OPENED, ReceiptState.CLICKED])),
    ids=lambda order: "-".join(each.value for each in order),
)
def test_in_whatever_order_they_come_it_ends_where_it_got_to(
    account: ChannelAccount, order: tuple[ReceiptState, ...]
) -> None:
    delivery = sent_to(account, 1)
    for n, state in enumerate(order):
        take(account, told(delivery, state, minutes=n))

    delivery.refresh_from_db()
    assert delivery.state == "clicked"


def test_that_it_failed_counts_until_it_is_known_to_have_arrived(account: ChannelAccount) -> None:
    lost, arrived, late = (sent_to(account, each) for each in (1, 2, 3))
    take(account, told(lost, ReceiptState.FAILED, reason="not_delivered"))
    take(account, told(arrived, ReceiptState.DELIVERED))
    take(account, told(arrived, ReceiptState.FAILED))
    take(account, told(late, ReceiptState.FAILED))
    take(account, told(late, ReceiptState.DELIVERED))

    for each in (lost, arrived, late):
        each.refresh_from_db()
    assert [lost.state, arrived.state, late.state] == ["failed", "delivered", "delivered"]
    assert (lost.counts_at, bool(late.counts_at)) == (None, True)


def test_a_receipt_finds_its_message_by_reference_or_by_attempt_and_address(
    owner: Member, account: ChannelAccount
) -> None:
    guest = who(owner.workspace, phone=PHONE)
    by_ref = sent_to(account, 7, provider_ref="biz/1")
    unknown = a_sending(account)
    (waiting,) = queued(unknown, [guest])
    lease = waiting.token
    Delivery.objects.filter(pk=waiting.pk).update(state="unknown", lease=lease)

    take(account, Receipt(ReceiptState.DELIVERED, NOON, provider_ref="biz/1"))
    take(
        account,
        Receipt(ReceiptState.DELIVERED, NOON, attempt=lease, provider_ref="biz/2", address=PHONE),
    )

    by_ref.refresh_from_db()
    waiting.refresh_from_db()
    assert (by_ref.state, waiting.state, waiting.provider_ref) == (
        "delivered",
        "delivered",
        "biz/2",
    )


def test_a_receipt_that_is_faster_than_the_answer_is_kept_and_nothing_is_sent_twice(
    owner: Member, account: ChannelAccount, monkeypatch: pytest.MonkeyPatch
) -> None:
    from yutang.reach.channels.registry import channel_named

    paper: Any = channel_named("paper")
    sends = paper.send

    def told_at_once(seen: Any, batch: Any) -> Any:
        outcomes = sends(seen, batch)
        take(account, *(Receipt(ReceiptState.DELIVERED, NOON, token=each.token) for each in batch))
        return outcomes

    monkeypatch.setattr(paper, "send", told_at_once)
    delivery = sent_to(account, 1)

    assert (delivery.state, delivery.lease) == ("delivered", None)
    assert delivery.provider_ref.startswith("paper:")


def test_another_accounts_channel_tells_nothing_of_it(
    owner: Member, account: ChannelAccount
) -> None:
    delivery = sent_to(account, 1)
    take(an_account(owner), told(delivery, ReceiptState.OPENED))
    take(an_account(a_member(a_workspace("Coffee House"))), told(delivery, ReceiptState.OPENED))

    assert states(delivery.sending) == ["sent"]


def test_who_answers_td_gets_no_more_marketing_and_is_not_asked_twice(
    owner: Member, account: ChannelAccount
) -> None:
    guest = who(owner.workspace, phone=PHONE)
    delivery = sent_to(account, guest)
    reply = Receipt(ReceiptState.OPTED_OUT, later(minutes=2), address=PHONE, said="TD")
    take(account, reply, reply)
    take(account, reply)

    asked = {"workspace": owner.workspace, "customer_ids": [guest], "channel": "sms"}
    assert customers.consent_now(**asked, purpose="marketing") == {guest: False}
    assert customers.consent_now(**asked, purpose="service") == {}
    assert customers.consent_history(owner, guest).count() == 1
    delivery.refresh_from_db()
    assert delivery.state == "replied"


def test_an_address_nobody_is_known_by_is_kept_from_being_written_to(
    owner: Member, account: ChannelAccount
) -> None:
    take(account, Receipt(ReceiptState.OPTED_OUT, NOON, address="+8613900000009", said="TD"))
    take(account, Receipt(ReceiptState.OPTED_OUT, NOON, address="+8613900000009", said="TD"))

    (row,) = Suppression.objects.within(owner.workspace)
    assert (row.reason, row.customer) == ("opt_out", None)
    assert bytes(row.digest or b"") == reach.digest_of(owner.workspace, "+8613900000009")


def test_a_complaint_and_a_dead_address_are_suppressed(
    owner: Member, account: ChannelAccount
) -> None:
    guest = who(owner.workspace, phone=PHONE)
    delivery = sent_to(account, guest)
    take(account, told(delivery, ReceiptState.COMPLAINED))
    take(account, told(delivery, ReceiptState.FAILED, address=PHONE, address_is_dead=True))

    reasons = Suppression.objects.within(owner.workspace).values_list("reason", flat=True)
    assert sorted(reasons) == ["bounce", "complaint"]


def test_what_she_wrote_back_is_recorded_once(
    owner: Member, account: ChannelAccount, open_warehouse: Any
) -> None:
    from yutang.kit.pulse import beat_all_once

    guest = who(owner.workspace, phone=PHONE)
    reply = Receipt(ReceiptState.REPLIED, later(minutes=2), address=PHONE, said="还有吗")
    take(account, reply)
    take(account, reply)
    beat_all_once("events.drain")

    found = open_warehouse.rows(
        "SELECT customer, content FROM events WHERE workspace = {workspace:UInt32} AND type = 'message'",
        {"workspace": owner.workspace.pk},
    )
    assert [tuple(each) for each in found] == [(guest, "还有吗")]


@pytest.fixture
def hook(owner: Member, opened_to_this_machine: None) -> ChannelAccount:
    return an_account(owner, "webhook", url="http://127.0.0.1:1/", secret=SECRET)


def post(account: ChannelAccount, body: bytes, *, key: str = "", **headers: str) -> Any:
    key = key or reach.receipts_key(account.pk)
    return Client().post(
        f"/api/v1/receipts/{account.pk}/{key}", body, "application/json", headers=headers
    )


def test_receipts_come_in_over_http_by_whoever_may(hook: ChannelAccount) -> None:
    from yutang.kit.clock import now

    sending = a_sending(hook)
    (delivery,) = queued(sending, [1])
    Delivery.objects.filter(pk=delivery.pk).update(state="sent", sent_at=NOON)
    body = json.dumps({"receipts": [{"id": str(delivery.token), "status": "opened"}]}).encode()
    signature = signed([SECRET], "m1", body, at=now())

    good = post(hook, body, **signature)
    again = post(hook, body, **signature)
    forged = post(hook, body + b" ", **signature)
    elsewhere = post(hook, body, key="x" * 24, **signature)
    nonsense = post(hook, b"7", **signed([SECRET], "m1", b"7", at=now()))

    assert [each.status_code for each in (good, again, forged, elsewhere, nonsense)] == [
        200,
        200,
        401,
        404,
        400,
    ]
    assert good.json() == {"ok": True}
    assert states(sending) == ["opened"]
    assert changes(delivery) == ["opened"]


def test_a_channel_that_was_put_away_hears_nothing_more(
    owner: Member, hook: ChannelAccount
) -> None:
    reach.change_account(owner, hook.pk, state="archived", now=NOON)

    assert post(hook, b"{}").status_code == 404


def test_dead_letters_are_sent_again_when_somebody_asks(
    owner: Member, account: ChannelAccount
) -> None:
    reach.change_account(owner, account.pk, settings={"acts": "fails"}, now=NOON)
    guests = [who(owner.workspace, phone=f"+861380000000{n}") for n in range(3)]
    sending = a_sending(account)
    queued(sending, guests)
    beat()
    dead = states(sending)
    reach.change_account(owner, account.pk, settings={"acts": ""}, now=NOON)
    one = Delivery.objects.filter(sending=sending).order_by("pk")[0]

    by_token = reach.resend(owner, tokens=[one.token], now=later(hours=1))
    rival = reach.resend(a_member(a_workspace("Coffee House")), sending_id=sending.pk, now=NOON)
    all_of_it = reach.resend(owner, sending_id=sending.pk, now=later(hours=1))
    beat(later(hours=1) + timedelta(seconds=1))

    assert dead == ["failed:turned_down"] * 3
    assert (by_token, rival, all_of_it) == (1, 0, 2)
    assert states(sending) == ["sent"] * 3
