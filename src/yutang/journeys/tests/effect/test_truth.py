"""What a journey says it changed, held against what it truly changed, which only a sandbox can know."""

import numpy as np
import pytest

from yutang.customers.models import Customer
from yutang.events import service as events
from yutang.events.service import NewEvent
from yutang.journeys import service as journeys
from yutang.journeys.effect.comparing import Comparison, Verdict
from yutang.journeys.tests.builders import (
    DAY,
    HOUR,
    NOON,
    a_journey,
    advance,
    days,
    enter,
    event,
    note,
)
from yutang.workspaces.service import Member
from yutang_sandbox.population.mind import HOURS, Mind, Offer
from yutang_sandbox.population.truth import effect_of, play

GOAL = {"event": event("pay"), "within": days(3)}
PEOPLE, WINDOW = 1_500, 72
OFFER = Offer(worth=1.0)


@pytest.fixture(scope="module")
def mind() -> Mind:
    """People who have lived for three weeks."""
    made = Mind(11)
    made.grow(20_000)
    made.alive[:] = True
    for _ in range(21 * HOURS):
        made.live()
    return made


@pytest.fixture
def in_need(mind: Mind) -> np.ndarray:
    """Return those who are about to need something: whom a good journey would choose."""
    everyone = np.arange(len(mind))
    return everyone[mind.need(everyone) > 0.35][:PEOPLE]


def estimated(owner: Member, mind: Mind, chosen: np.ndarray, *, offer: Offer | None) -> Comparison:
    """Run a journey with a holdout among these people; return what it says it changed."""
    rows = [
        Customer(pk=900_000 + one, workspace=owner.workspace, current_id=900_000 + one, created_at=NOON, updated_at=NOON)
        for one in chosen.tolist()
    ]  # fmt: skip
    Customer.objects.bulk_create(rows)
    journey = a_journey(owner, {"n1": note("offer")}, goal=GOAL, holdout_percent=40)
    enter(journey, *(row.pk for row in rows))
    kept_out = np.array([journeys.is_held_out(journey, row.pk) for row in rows])
    told = chosen[~kept_out] if offer else chosen[:0]
    bought = chosen[play(mind, chosen, WINDOW, told, offer or OFFER).bought]
    paid = [
        NewEvent(type="pay", customer=900_000 + one, occurred_at=NOON + HOUR, amount=12_800)
        for one in bought.tolist()
    ]
    events.record(owner.workspace, paid, now=NOON + HOUR)
    events.drain()
    advance(NOON + 10 * DAY, at_most=PEOPLE)
    found = journeys.effect_of(journey, now=NOON + 10 * DAY).comparison
    assert found is not None
    return found


def test_the_estimate_of_an_offer_holds_its_true_effect(
    owner: Member, mind: Mind, in_need: np.ndarray
) -> None:
    truth = effect_of(mind, in_need, WINDOW, OFFER).lift

    found = estimated(owner, mind, in_need, offer=OFFER)

    assert truth > 0.1
    assert found.interval.low <= truth <= found.interval.high
    assert found.interval.low > 0
    assert found.verdict is Verdict.MORE


def test_a_journey_that_changes_nothing_is_not_praised(
    owner: Member, mind: Mind, in_need: np.ndarray
) -> None:
    found = estimated(owner, mind, in_need, offer=None)

    assert found.interval.low <= 0 <= found.interval.high
    assert found.verdict is not Verdict.MORE
