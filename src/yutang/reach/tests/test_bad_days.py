"""Channels on a bad day: limits, faults, silence, leases that run out."""

from datetime import timedelta
from typing import Any

import pytest

from yutang.reach import service as reach
from yutang.reach.channels.interface import Answer, Outcome
from yutang.reach.channels.registry import channel_named
from yutang.reach.models import (
    ChannelAccount,
    Delivery,
    DeliveryChange,
    DeliveryState,
    PaperMessage,
)
from yutang.reach.tests.sending import (
    NOON,
    a_member,
    a_sending,
    a_workspace,
    an_account,
    ask_again,
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


def test_a_limit_is_never_a_failure_however_often_it_comes(owner: Member) -> None:
    account = an_account(owner, acts="limited")
    sending = a_sending(account)
    queued(sending, [1])

    for hour in range(20):
        beat(later(hours=hour))

    delivery = Delivery.objects.get(sending=sending)
    account.refresh_from_db()
    assert (delivery.state, delivery.attempts) == (DeliveryState.QUEUED, 0)
    assert account.trouble == "limited"
    assert account.rests_until == later(hours=19, seconds=30)


def test_an_account_that_rests_is_left_alone_until_then(owner: Member) -> None:
    account = an_account(owner, acts="limited")
    sending = a_sending(account)
    queued(sending, range(1, 4))
    beat()
    reach.change_account(owner, account.pk, settings={"acts": ""}, now=NOON)
    ChannelAccount.objects.filter(pk=account.pk).update(rests_until=later(minutes=5))

    beat(later(minutes=4))
    resting = states(sending)
    beat(later(minutes=6))

    assert set(resting) == {"queued:limited"}
    assert set(states(sending)) == {"sent"}


def test_their_faults_are_tried_again_ever_later_and_given_up_at_last(owner: Member) -> None:
    sending = a_sending(an_account(owner, acts="later"))
    queued(sending, [1])
    waits: list[timedelta] = []
    at = NOON

    for _ in range(12):
        beat(at)
        delivery = Delivery.objects.get(sending=sending)
        if delivery.state != DeliveryState.QUEUED:
            break
        assert delivery.not_before
        waits.append(delivery.not_before - at)
        at = delivery.not_before

    assert states(sending) == ["failed:gave_up"]
    assert len(waits) == 7
    assert all(timedelta(seconds=30 * 2**n) <= each for n, each in enumerate(waits))
    assert max(waits) <= timedelta(hours=1.25)
    assert changes(owner) == ["failed"]


def test_silence_is_unknown_and_never_just_told_again(owner: Member) -> None:
    sending = a_sending(an_account(owner, acts="silent"))
    queued(sending, [1, 2])

    for hour in range(5):
        beat(later(hours=hour))

    assert states(sending) == ["unknown:no_answer"] * 2
    assert written(owner) == [1, 2]
    assert changes(owner) == ["unknown"] * 2


def test_what_is_unknown_is_asked_about_and_found_to_have_arrived(owner: Member) -> None:
    sending = a_sending(an_account(owner, acts="silent"))
    queued(sending, [1, 2])
    beat()

    ask_again(later(seconds=11))

    assert states(sending) == ["sent"] * 2
    assert changes(owner) == ["unknown"] * 2 + ["sent"] * 2


def test_what_never_came_is_sent_again(owner: Member) -> None:
    account = an_account(owner, acts="lost")
    sending = a_sending(account)
    queued(sending, [1])
    beat()
    reach.change_account(owner, account.pk, settings={"acts": ""}, now=NOON)

    ask_again(later(seconds=11))
    beat(later(seconds=12))

    assert states(sending) == ["sent"]
    assert written(owner) == [1]


@pytest.mark.parametrize(
    ("rather_two", "becomes"), [(False, "unknown:no_answer"), (True, "queued:sent_again")]
)
def test_where_nobody_can_be_asked_the_wish_for_the_purpose_decides(
    owner: Member, monkeypatch: pytest.MonkeyPatch, rather_two: bool, becomes: str
) -> None:
    sending = a_sending(an_account(owner, acts="silent"))
    queued(sending, [1])
    monkeypatch.setattr(channel_named("paper"), "can_look_up", False)
    beat()

    ask_again(later(seconds=30), may_repeat=lambda *_: rather_two)
    soon = states(sending)
    ask_again(later(minutes=10), may_repeat=lambda *_: rather_two)

    assert soon == ["unknown:no_answer"]
    assert states(sending) == [becomes]


def test_a_lease_that_ran_out_is_unknown_and_its_late_answer_still_counts(
    owner: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    sending = a_sending(an_account(owner))
    queued(sending, [1, 2])
    paper: Any = channel_named("paper")
    sends = paper.send

    def slowly(*given: Any) -> Any:
        monkeypatch.setattr(paper, "can_look_up", False)
        ask_again(later(hours=1))
        assert states(sending) == ["unknown:lease_ran_out"] * 2
        return sends(*given)

    monkeypatch.setattr(paper, "send", slowly)
    beat(times=1)

    assert states(sending) == ["sent"] * 2


def test_whoever_lost_the_lease_changes_nothing(
    owner: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    sending = a_sending(an_account(owner))
    queued(sending, [1])
    paper: Any = channel_named("paper")

    def too_slowly(account: Any, batch: Any) -> Any:
        ask_again(later(hours=1))
        assert states(sending) == ["queued:sent_again"]
        return [Outcome(each.token, Answer.FAILED, reason="late") for each in batch]

    monkeypatch.setattr(paper, "send", too_slowly)
    beat(times=1)

    assert states(sending) == ["queued:sent_again"]


def test_an_adapter_that_raises_or_forgets_one_leaves_them_unknown(
    owner: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    account = an_account(owner)
    raising, forgetting = a_sending(account), a_sending(account)
    paper: Any = channel_named("paper")

    def raises(*_: Any) -> Any:
        raise RuntimeError

    monkeypatch.setattr(paper, "send", raises)
    queued(raising, [1])
    beat(times=1)
    monkeypatch.setattr(paper, "send", lambda *_: [])
    queued(forgetting, [2])
    beat(times=1)

    assert states(raising) == states(forgetting) == ["unknown:not_understood"]


def test_what_cannot_even_be_prepared_goes_back_and_is_not_unknown(owner: Member) -> None:
    sending = a_sending(an_account(owner))
    queued(sending, [1, 2])

    def broken(*_: Any) -> Any:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        beat(times=1, recheck=broken)
    meanwhile = states(sending)
    beat(later(minutes=1))

    assert meanwhile == ["queued:not_begun"] * 2
    assert states(sending) == ["sent"] * 2
