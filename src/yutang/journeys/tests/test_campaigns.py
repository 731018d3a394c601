"""A campaign: begun in one go, watched on its way, paused and stopped with all that waits to leave."""

from datetime import timedelta
from typing import Any

import pytest

from yutang.customers import service as customers
from yutang.journeys import service as journeys
from yutang.journeys.models import Journey
from yutang.journeys.tests.builders import advance
from yutang.kit import clock
from yutang.reach import messages
from yutang.reach import service as reach
from yutang.reach.models import Delivery, DeliveryState, Sending, SendingState
from yutang.reach.tests.builders import guests, suppress, under
from yutang.workspaces.service import Member
from yutang.workspaces.tests.builders import as_member


@pytest.fixture
def campaign(owner: Member) -> dict[str, Any]:
    """Return what is to be sent to three guests, one of whom wants to be left in peace."""
    under(owner)
    now = clock.now()
    people = guests(owner.workspace, 3)
    suppress(owner, people[2])
    while customers.mirror():
        pass
    everybody = {"kind": "attribute", "attribute": "created_at", "op": "known"}
    account = reach.add_account(
        owner, adapter="paper", name="短信", settings={}, channel="sms", now=now
    )
    message = messages.create_message(
        owner,
        name="上新",
        channel="sms",
        purpose="marketing",
        parts=[{"kind": "template", "code": "SMS_1", "values": {}}],
        now=now,
    )
    return {"condition": everybody, "variants": [{"message": message.pk}], "account": account.pk}


def sent(owner: Member, campaign: dict[str, Any], name: str = "上新") -> Journey:
    """Send it, and let everybody come to the gate."""
    made = as_member(owner).post("/journeys/campaigns", {"name": name, "campaign": campaign})
    assert made.status_code == 201, made.json()
    later = clock.now() + timedelta(seconds=5)
    journeys.begin_schedules(now=later)
    journeys.enter_many(now=later)
    advance(later)
    return journeys.found(owner.workspace, made.json()["id"])


def leave(owner: Member, campaign: dict[str, Any]) -> None:
    """Let all leave that may."""
    account = reach.account_of(owner.workspace, campaign["account"])
    reach.dispatch_as_of(account, clock.now() + timedelta(seconds=10))


def states(owner: Member) -> list[tuple[str, str]]:
    rows = Delivery.objects.within(owner.workspace).order_by("customer")
    return list(rows.values_list("state", "reason"))


def test_it_is_sent_at_once_and_told_step_by_step(owner: Member, campaign: dict[str, Any]) -> None:
    journey = sent(owner, campaign)
    at = f"/journeys/{journey.pk}/progress"

    waiting = as_member(owner).get(at).json()
    leave(owner, campaign)
    told = as_member(owner).get(at).json()

    assert (waiting["entered"], waiting["held_out"], waiting["is_entering"]) == (3, 0, False)
    (before,), (after,) = waiting["outgoing"], told["outgoing"]
    assert {each["state"]: each["count"] for each in before["counts"]} == {
        "queued": 2, "blocked": 1,
    }  # fmt: skip
    assert {each["state"]: each["count"] for each in after["counts"]} == {"sent": 2, "blocked": 1}
    assert [each["sentence"] for each in after["counts"] if each["reason"]] == ["在免打扰名单里"]
    assert after["lately"] == 2


def test_what_is_paused_keeps_back_what_is_queued_and_what_is_ended_takes_it_back(
    owner: Member, campaign: dict[str, Any]
) -> None:
    journey = sent(owner, campaign)

    journeys.pause(owner, journey.pk, now=clock.now())
    leave(owner, campaign)
    paused = states(owner)
    journeys.end(owner, journey.pk, now=clock.now())
    while reach.clear_cancelled(now=clock.now()):
        pass
    leave(owner, campaign)

    assert paused == [("queued", ""), ("queued", ""), ("blocked", "suppressed")]
    assert states(owner) == [("blocked", "cancelled")] * 2 + [("blocked", "suppressed")]


def test_what_goes_on_leaves_but_for_what_somebody_paused_alone(
    owner: Member, campaign: dict[str, Any]
) -> None:
    first, second = sent(owner, campaign), sent(owner, campaign, "再上新")
    journeys.pause(owner, first.pk, now=clock.now())
    journeys.resume(owner, first.pk, now=clock.now())
    (alone,) = Sending.objects.within(owner.workspace).filter(journey=second.pk)
    reach.pause_sending(owner, alone.pk, now=clock.now())
    journeys.pause(owner, second.pk, now=clock.now())
    journeys.resume(owner, second.pk, now=clock.now())

    leave(owner, campaign)

    rows = Delivery.objects.within(owner.workspace).filter(state=DeliveryState.SENT)
    assert set(rows.values_list("journey", flat=True)) == {first.pk}
    alone.refresh_from_db()
    assert alone.state == SendingState.PAUSED


def test_what_is_refused_leaves_nothing_behind(owner: Member, campaign: dict[str, Any]) -> None:
    api = as_member(owner)
    past = campaign | {"at": (clock.now() - timedelta(hours=1)).isoformat()}
    too_late = api.post("/journeys/campaigns", {"name": "上新", "campaign": past})
    nobody = {name: campaign[name] for name in ("variants", "account")} | {"audience": 999_999}
    unreadable = api.post("/journeys/campaigns", {"name": "上新", "campaign": nobody})

    assert too_late.json()["code"] == "journeys.time_passed"
    assert unreadable.json()["code"] == "journeys.graph_unreadable"
    assert not Journey.objects.within(owner.workspace).exists()
