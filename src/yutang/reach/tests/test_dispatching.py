"""Dispatch: what is queued leaves once, within the bucket, and every answer finds its row."""

import json
import threading
from typing import Any

import pytest
from django.db import connection

from yutang.reach import _dispatching
from yutang.reach._claiming import claim, due
from yutang.reach.channels.interface import Rendered
from yutang.reach.channels.registry import channel_named
from yutang.reach.messages import Unrenderable
from yutang.reach.models import (
    AccountState,
    Delivery,
    DeliveryChange,
    PaperMessage,
    SendingState,
)
from yutang.reach.tests.sending import (
    NOON,
    a_member,
    a_sending,
    a_workspace,
    an_account,
    beat,
    later,
    queued,
    states,
)
from yutang.workspaces.service import Member


@pytest.fixture
def owner(db: None) -> Member:
    return a_member(a_workspace())


def written(member: Member) -> list[int]:
    rows = PaperMessage.objects.within(member.workspace).order_by("customer")
    return list(rows.values_list("customer", flat=True))


def changes(member: Member) -> list[str]:
    rows = DeliveryChange.objects.within(member.workspace).order_by("pk")
    return list(rows.values_list("state", flat=True))


def test_what_is_queued_leaves_once_and_each_change_is_noted(owner: Member) -> None:
    sending = a_sending(an_account(owner))
    queued(sending, range(1, 1201))

    beat()
    beat()

    assert written(owner) == list(range(1, 1201))
    assert set(states(sending)) == {"sent"}
    assert changes(owner) == ["sent"] * 1200
    assert not PaperMessage.objects.within(owner.workspace).filter(copies__gt=1).exists()


def test_the_most_urgent_leaves_first_and_what_may_not_leave_yet_waits(owner: Member) -> None:
    account = an_account(owner, rate=1, burst=2)
    calm, urgent = a_sending(account, priority=10), a_sending(account, priority=90)
    queued(calm, [1, 2])
    queued(urgent, [3])
    queued(urgent, [4], at=later(hours=1))

    beat(times=1)

    assert states(urgent) == ["sent", "queued"]
    assert states(calm) == ["sent", "queued"]


def test_a_bucket_holds_no_more_than_its_burst_and_fills_by_its_rate(owner: Member) -> None:
    account = an_account(owner, rate=10, burst=20)
    sending = a_sending(account)
    queued(sending, range(1, 101))

    beat(times=3)
    at_first = states(sending).count("sent")
    beat(later(seconds=1), times=3)
    after_a_second = states(sending).count("sent")
    beat(later(hours=5), times=3)

    assert (at_first, after_a_second, states(sending).count("sent")) == (20, 30, 50)


@pytest.mark.django_db(transaction=True)
def test_many_workers_share_one_bucket() -> None:
    member = a_member(a_workspace())
    account = an_account(member, rate=1, burst=60)
    sending = a_sending(account)
    queued(sending, range(1, 201))

    def work() -> None:
        try:
            beat(times=6)
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(6)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()

    assert states(sending).count("sent") == 60
    assert len(written(member)) == 60
    assert not PaperMessage.objects.within(member.workspace).filter(copies__gt=1).exists()


@pytest.mark.parametrize("pausing", ["sending", "account"])
def test_what_is_paused_stays_and_goes_on_where_it_was(owner: Member, pausing: str) -> None:
    account = an_account(owner, rate=1, burst=3)
    sending = a_sending(account)
    queued(sending, range(1, 6))
    beat(times=1)

    thing: Any = sending if pausing == "sending" else account
    thing.state = SendingState.PAUSED if pausing == "sending" else AccountState.PAUSED
    thing.save(update_fields=["state"])
    beat(later(hours=1))
    meanwhile = states(sending)
    thing.state = SendingState.RUNNING if pausing == "sending" else AccountState.ACTIVE
    thing.save(update_fields=["state"])
    beat(later(hours=2))

    assert meanwhile.count("sent") == 3
    assert set(states(sending)) == {"sent"}
    assert written(owner) == [1, 2, 3, 4, 5]


def test_a_pause_takes_effect_between_batches(
    owner: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    account = an_account(owner)
    sending = a_sending(account)
    queued(sending, range(1, 9))
    paper: Any = channel_named("paper")
    sends = paper.send

    def pausing(*given: Any) -> Any:
        sending.state = SendingState.PAUSED
        sending.save(update_fields=["state"])
        return sends(*given)

    monkeypatch.setattr(paper, "batch", 2)
    monkeypatch.setattr(paper, "send", pausing)
    beat(times=1)

    assert states(sending) == ["sent", "sent"] + ["queued:not_begun"] * 6
    assert set(
        Delivery.objects.filter(sending=sending, state="queued").values_list("attempts", flat=True)
    ) == {0}


def test_one_who_cannot_be_rendered_does_not_hold_up_the_others(owner: Member) -> None:
    sending = a_sending(an_account(owner))
    queued(sending, [1, 2, 3, 4])

    def render(workspace: Any, version: int, data: Any, **_: Any) -> Any:
        if 3 in data:
            raise ZeroDivisionError
        return {
            each: Unrenderable("name") if each == 2 else Rendered([{"kind": "text"}])
            for each in data
        }

    beat(render=render)

    assert states(sending) == ["sent", "blocked:unrenderable", "blocked:unrenderable", "sent"]


def test_one_customer_gets_two_messages_of_one_version_each_with_its_own_data(
    owner: Member,
) -> None:
    sending = a_sending(an_account(owner))
    queued(sending, [7], data={"order": "A"})
    queued(sending, [7], data={"order": "B"})

    beat(
        render=lambda workspace, version, data, **_: {
            who: Rendered([{"kind": "text", "text": each["order"]}]) for who, each in data.items()
        }
    )

    said = PaperMessage.objects.within(owner.workspace).values_list("parts", flat=True)
    assert sorted(each[0]["text"] for each in said) == ["A", "B"]


def test_who_may_no_longer_be_reached_is_blocked_and_what_came_too_late_is_over(
    owner: Member,
) -> None:
    sending = a_sending(an_account(owner))
    queued(sending, [1, 2])
    queued(sending, [3], expires_at=later(minutes=-1))

    beat(
        recheck=lambda account, leaving, now: {
            each.id: "no_consent" for each in leaving if each.customer == 2
        }
    )

    assert states(sending) == ["sent", "blocked:no_consent", "blocked:expired"]
    counting = Delivery.objects.filter(sending=sending, counts_at__isnull=False)
    assert list(counting.values_list("customer", flat=True)) == [1]


def test_a_slow_account_leaves_threads_for_the_others(
    owner: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow, quick = an_account(owner), an_account(owner)
    stuck, free = a_sending(slow), a_sending(quick)
    queued(stuck, [1])
    queued(free, [2])
    monkeypatch.setitem(_dispatching._busy, slow.pk, 3)

    beat()

    assert (states(stuck), states(free)) == (["queued"], ["sent"])


def test_looking_for_work_costs_one_look_for_each_sending_however_many_wait(
    owner: Member,
) -> None:
    account = an_account(owner)
    for _ in range(3):
        queued(a_sending(account), range(1, 2001), at=later(hours=1))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE reach_delivery")
        from yutang.engines import named_sql

        statement = named_sql("yutang.reach", "dispatch")["due"]
        cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {statement}", {"now": NOON})
        (plan,) = cursor.fetchone()

    plan = json.loads(plan) if isinstance(plan, str) else plan
    assert due(NOON) == {}
    assert "Seq Scan on reach_delivery" not in json.dumps(plan)
    assert plan[0]["Execution Time"] < 50


def test_a_claim_is_not_claimed_again(owner: Member) -> None:
    account = an_account(owner)
    sending = a_sending(account)
    queued(sending, range(1, 11))

    first = claim(account, [sending.pk], most=6, seconds=60, now=NOON)
    second = claim(account, [sending.pk], most=6, seconds=60, now=NOON)

    assert (len(first.deliveries), len(second.deliveries)) == (6, 4)
    assert due(NOON) == {}
