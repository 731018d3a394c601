"""A campaign through the whole product, held against what it truly changed, which only the sandbox knows.

The people are the sandbox's. They are synced, some are held out, the gate judges, staff confirm what WeCom made of it, and
who reads it lives on. What Yutang says of it from its holdout must hold the truth, and it is told no other way than
as it always is.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from yutang.customers import service as customers
from yutang.events import service as events
from yutang.events.service import NewEvent
from yutang.journeys import service as journeys
from yutang.journeys.models import Journey
from yutang.journeys.tests.builders import advance
from yutang.kit import clock
from yutang.reach import messages
from yutang.reach import service as reach
from yutang.reach.models import Delivery
from yutang.reach.tests.builders import under
from yutang.wecom import service as wecom
from yutang.wecom.models import FollowRelation, MassTask
from yutang.wecom.tests.house import House, a_house
from yutang.workspaces.tests.builders import as_member

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("open_warehouse")]
PEOPLE, HOURS, WORDS = 1_500, 72, "老客回馈：今天起全店 5 折，三天有效。"


@pytest.fixture
def house() -> Iterator[House]:
    """Let people exist who are about to need something, friends of two guides who are synced."""
    with a_house(staff=2, customers=PEOPLE, relations=1) as it:
        it.sync()
        while customers.mirror():
            pass
        under(it.owner, approval_over=PEOPLE)
        _live(it, seed=11, inflow=0, outflow=0)
        every = {"cycle_days": [28] * PEOPLE, "ago_days": [28] * PEOPLE, "taste": [-1] * PEOPLE}
        _live(it, "/recalls", first=0, **every)
        yield it


def _live(house: House, what: str = "", **given: Any) -> Any:
    return house.sandbox.post(f"/corps/{house.there.id}/population{what}", **given)


def _send(house: House) -> Journey:
    """Send a campaign to everybody but those held out, and have it confirmed on the phones of the guides."""
    now = clock.now()
    account = house.account()
    reach.change_account(house.owner, account.pk, rate=100_000, burst=1_000_000, now=now)
    message = messages.create_message(
        house.owner,
        name="老客回馈",
        channel="wecom",
        purpose="marketing",
        parts=[{"kind": "text", "text": WORDS}],
        now=now,
    )
    campaign = {
        "condition": {"kind": "attribute", "attribute": "created_at", "op": "known"},
        "variants": [{"message": message.pk}],
        "account": account.pk,
        "goal": {"types": ["pay"], "days": 3},
    }
    asked = {"name": "老客回馈", "campaign": campaign, "holdout_percent": 40}
    made = as_member(house.owner).post("/journeys/campaigns", asked)
    assert made.status_code == 201, made.json()
    later = clock.now() + timedelta(seconds=5)
    journeys.begin_schedules(now=later)
    while journeys.enter_many(now=later):
        pass
    advance(later)
    while reach.dispatch_as_of(account, later + timedelta(seconds=5)):
        pass
    while wecom.make_due(now=later + timedelta(minutes=1)):
        pass
    for task in MassTask.objects.all():
        for member, _ in wecom.confirming(house.fetch(task)):
            given = {"staff": member.userid, "msgid": task.msgid}
            house.sandbox.act(house.there, "staff.confirms", **given)
        house.fetch(task)
    return journeys.found(house.owner.workspace, made.json()["id"])


def _take_orders(house: House) -> int:
    """Record what was bought; return how much that is."""
    sold = house.sandbox.get(f"/corps/{house.there.id}/population/orders")["orders"]
    whose = dict(FollowRelation.objects.values_list("external", "home"))
    paid = [
        NewEvent(
            type="pay",
            customer=whose[each["external_userid"]],
            occurred_at=datetime.fromtimestamp(each["at"], UTC),
            amount=each["amount_fen"],
        )
        for each in sold
    ]
    events.record(house.owner.workspace, paid, now=clock.now() + timedelta(days=4))
    events.drain()
    return len(paid)


def test_what_a_campaign_is_said_to_change_is_what_it_changes(house: House) -> None:
    truth = _live(house, "/truth", text=WORDS, hours=HOURS)["lift"]

    campaign = _send(house)
    _live(house, "/run", hours=HOURS)
    bought = _take_orders(house)
    later = clock.now() + timedelta(days=10)
    advance(later, at_most=PEOPLE)
    found = journeys.effect_of(campaign, now=later)

    assert found.entered == FollowRelation.objects.count() == PEOPLE
    states = Counter(Delivery.objects.values_list("state", "reason"))
    assert states.keys() == {("sent", ""), ("converted", "")}
    assert states.total() == found.treated.over
    assert states["converted", ""] == found.treated.reached
    assert found.treated.over > found.held_out.over > 0.35 * PEOPLE
    assert found.treated.reached + found.held_out.reached <= bought
    assert truth > 0.05
    assert found.comparison is not None
    low, high = found.comparison.interval.low, found.comparison.interval.high
    assert high - low < 0.3
    # One interval in twenty misses; of twice the width, one in ten thousand.
    assert low - (high - low) / 2 <= truth <= high + (high - low) / 2
