"""What arrives is judged at once, for exactly the customers it touches, in the audiences that ask."""

from datetime import timedelta

import pytest

from yutang.audiences import service as audiences
from yutang.audiences.models import Audience, AudienceTouch
from yutang.audiences.tests.builders import (
    NOON,
    SECOND,
    a_live,
    customers_in,
    did,
    favourites,
    happened,
    known,
    told,
)
from yutang.audiences.tests.test_horizon import BEIJING, both
from yutang.events import service as events
from yutang.workspaces.models import Workspace
from yutang.workspaces.tests.builders import a_workspace

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("open_warehouse")]


@pytest.fixture
def house() -> Workspace:
    workspace = a_workspace()
    known(workspace, 1, 2, 3)
    happened(workspace, 1, at=NOON - timedelta(days=5))
    return workspace


def beat(now: object) -> None:
    while audiences.consume(now=now):
        pass
    audiences.judge_waiting(now=now, budget=5)


def test_whoever_does_it_is_in_within_the_next_beat(house: Workspace) -> None:
    audience = a_live(house)
    later = NOON + SECOND
    did(house, 2, at=later)

    beat(later)

    assert customers_in(audience) == [1, 2]
    assert told(audience)[1:] == [("audience.entered", 2, later)]
    audience.refresh_from_db()
    assert (audience.count, audience.busy) == (2, None)
    assert not AudienceTouch.objects.within(house).exists()


def touched(audience: Audience) -> list[int]:
    rows = AudienceTouch.objects.within(audience.workspace_id).filter(audience=audience)
    return [customer for row in rows for customer in row.customers]


def test_whoever_lives_elsewhere_is_not_judged_for_an_event(house: Workspace) -> None:
    known(house, 2, city="北京", version=2)
    known(house, 3, city="上海", version=2)
    audience = a_live(house, both(favourites(), BEIJING))
    for customer in (2, 3):
        did(house, customer, at=NOON + SECOND)

    audiences.consume(now=NOON + SECOND)

    assert touched(audience) == [2]


def test_whoever_moves_is_judged_in_any_case(house: Workspace) -> None:
    known(house, 2, city="北京", version=2)
    known(house, 3, city="上海", version=2)
    audience = a_live(house, both(favourites(), BEIJING))
    for customer in (2, 3):
        did(house, customer, at=NOON + SECOND)
    beat(NOON + SECOND)
    assert customers_in(audience) == [2]

    for customer, city in ((2, "上海"), (3, "北京")):
        known(house, customer, city=city, version=3)
        did(house, customer, at=NOON + 2 * SECOND)
        events.announce(house.pk, "@profile", [customer])
    beat(NOON + 2 * SECOND)

    assert customers_in(audience) == [3]


def test_a_changed_condition_lets_others_through(house: Workspace) -> None:
    known(house, 3, city="上海", version=2)
    audience = a_live(house, both(favourites(), BEIJING))
    did(house, 3, at=NOON)
    beat(NOON)
    elsewhere = both(favourites(), BEIJING | {"value": "上海"})
    audiences.change(house, audience.pk, {"condition": elsewhere}, actor="user:1", now=NOON)
    did(house, 3, at=NOON + SECOND)

    audiences.consume(now=NOON + SECOND)

    assert touched(audience) == [3]


def test_what_nobody_asks_about_touches_nobody(house: Workspace) -> None:
    a_live(house)
    did(house, 2, "view", at=NOON + SECOND)

    audiences.consume(now=NOON + SECOND)

    assert not AudienceTouch.objects.within(house).exists()
    assert not [each for each in events.arrivals() if each.workspace_id == house.pk]


def test_any_activity_is_asked_about_by_its_star(house: Workspace) -> None:
    active = {"kind": "event", "window": {"kind": "rolling", "amount": 7, "unit": "day"}}
    audience = a_live(house, active | {"op": "ge", "value": 1}, "近7天活跃")
    did(house, 3, "click", at=NOON + SECOND)

    beat(NOON + SECOND)

    assert customers_in(audience) == [1, 3]


def test_members_of_one_audience_decide_about_another(house: Workspace) -> None:
    inner = a_live(house)
    outside = {"kind": "not", "of": {"kind": "audience", "op": "in", "audiences": [inner.pk]}}
    outer = a_live(house, outside, "没有收藏的人")
    assert customers_in(outer) == [2, 3]
    later = NOON + SECOND
    did(house, 2, at=later)

    beat(later)
    beat(later)

    assert customers_in(inner) == [1, 2]
    assert customers_in(outer) == [3]


def test_many_arrivals_make_one_refresh_due(house: Workspace) -> None:
    audience = a_live(house)
    did(house, 2, at=NOON + SECOND)
    events.announce(house.pk, "favorite", None)

    audiences.consume(now=NOON + SECOND)

    due = Audience.objects.get(pk=audience.pk).next_refresh_at
    assert NOON + SECOND <= due <= NOON + 60 * SECOND
    assert not AudienceTouch.objects.within(house).exists()
    assert audiences.refresh_due(now=due)
    assert customers_in(audience) == [1, 2]


def test_a_large_part_of_a_brand_makes_one_refresh_due(house: Workspace, monkeypatch) -> None:
    monkeypatch.setattr("yutang.audiences._arrivals._FEW", 2)
    audience = a_live(house)
    for customer in (2, 3):
        did(house, customer, at=NOON + SECOND)
    audiences.consume(now=NOON + SECOND)
    assert AudienceTouch.objects.within(house).exists()

    for customer in (1, 2, 3):
        did(house, customer, at=NOON + 2 * SECOND)
    audiences.consume(now=NOON + 2 * SECOND)

    due = Audience.objects.get(pk=audience.pk).next_refresh_at
    assert due >= NOON + 2 * SECOND
    assert not AudienceTouch.objects.within(house).exists()
    assert audiences.refresh_due(now=due)
    assert customers_in(audience) == [1, 2, 3]


def test_a_scheduled_audience_does_not_listen(house: Workspace) -> None:
    audience = a_live(house, schedule="daily")
    did(house, 2, at=NOON + SECOND)

    beat(NOON + SECOND)

    assert customers_in(audience) == [1]
    # 03:00 in Shanghai
    assert audience.next_refresh_at == NOON.replace(hour=19)


def test_an_audience_that_is_being_refreshed_keeps_its_touched_until_it_is_free(
    house: Workspace,
) -> None:
    audience = a_live(house)
    Audience.objects.filter(pk=audience.pk).update(busy=7)
    did(house, 2, at=NOON + SECOND)
    beat(NOON + SECOND)
    assert customers_in(audience) == [1]

    Audience.objects.filter(pk=audience.pk).update(busy=None)
    beat(NOON + 2 * SECOND)

    assert customers_in(audience) == [1, 2]


def test_what_arrives_in_another_workspace_touches_nobody_here(house: Workspace) -> None:
    a_live(house)
    rival = a_workspace("Coffee House")
    did(rival, 1, at=NOON + SECOND)

    audiences.consume(now=NOON + SECOND)

    assert not AudienceTouch.objects.exists()
    assert favourites()["types"] == ["favorite"]
