"""People leave when their window ends and enter when their time has come, though nothing happens."""

from datetime import UTC, datetime, timedelta

import pytest

from yutang.audiences import _timers
from yutang.audiences import service as audiences
from yutang.audiences.models import Audience, AudienceTimer
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
from yutang.workspaces.models import Workspace
from yutang.workspaces.tests.builders import a_workspace

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("open_warehouse")]
MONTH = timedelta(days=30)
MILLISECOND = timedelta(milliseconds=1)


@pytest.fixture
def house() -> Workspace:
    """1 leaves in ten seconds, 2 in five days."""
    workspace = a_workspace()
    known(workspace, 1, 2)
    happened(workspace, 1, at=NOON - MONTH + 10 * SECOND)
    happened(workspace, 2, at=NOON - MONTH + timedelta(days=5))
    return workspace


def beat(now: datetime) -> None:
    while audiences.consume(now=now):
        pass
    audiences.judge_waiting(now=now, budget=5)


def test_a_person_leaves_at_the_very_instant_her_window_ends(house: Workspace) -> None:
    audience = a_live(house)
    ends = NOON + 10 * SECOND
    assert audience.next_change_at == ends

    beat(ends - MILLISECOND)
    assert customers_in(audience) == [1, 2]
    beat(ends + 2 * SECOND)

    assert customers_in(audience) == [2]
    assert told(audience)[2:] == [("audience.left", 1, ends)]
    audience.refresh_from_db()
    assert (audience.count, audience.next_change_at) == (1, None)


def test_timers_a_moment_apart_wait_for_one_another(house: Workspace) -> None:
    known(house, 3)
    happened(house, 3, at=NOON - MONTH + 11 * SECOND)
    audience, patience = a_live(house), 2 * SECOND

    audiences.judge_waiting(now=NOON + 11 * SECOND, budget=5, patience=patience)
    assert customers_in(audience) == [1, 2, 3]
    audiences.judge_waiting(now=NOON + 12 * SECOND, budget=5, patience=patience)

    assert customers_in(audience) == [2]
    left = [("audience.left", 1, NOON + 10 * SECOND), ("audience.left", 3, NOON + 11 * SECOND)]
    assert told(audience)[3:] == left


def test_whoever_does_it_again_stays(house: Workspace) -> None:
    audience = a_live(house)
    did(house, 1, at=NOON + 5 * SECOND)
    beat(NOON + 5 * SECOND)

    beat(NOON + 11 * SECOND)

    assert customers_in(audience) == [1, 2]
    assert not AudienceTimer.objects.within(house).exists()


def test_a_person_enters_an_absence_when_its_time_has_come(house: Workspace) -> None:
    quiet = {"kind": "not", "of": favourites()}
    audience = a_live(house, quiet, "30 天没收藏")
    assert customers_in(audience) == []

    beat(NOON + 12 * SECOND)

    assert customers_in(audience) == [1]
    assert told(audience) == [("audience.entered", 1, NOON + 10 * SECOND)]


def test_only_what_falls_before_the_horizon_is_kept(house: Workspace) -> None:
    audience = a_live(house)

    assert list(AudienceTimer.objects.within(house).values_list("customer", flat=True)) == [1]
    assert audience.next_refresh_at == NOON + _timers.HORIZON


def test_more_changes_than_are_kept_end_the_horizon_earlier(
    house: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    known(house, 3)
    happened(house, 3, at=NOON - MONTH + 20 * SECOND)
    monkeypatch.setattr(_timers, "_KEPT_AT_LEAST", 1)
    monkeypatch.setattr(_timers, "_KEPT_AT_MOST", 1)

    audience = a_live(house)

    assert (audience.next_change_at, audience.next_refresh_at) == (
        NOON + 10 * SECOND,
        NOON + 20 * SECOND,
    )
    beat(NOON + 21 * SECOND)
    assert audiences.refresh_due(now=NOON + 21 * SECOND)
    assert customers_in(audience) == [2]


def test_a_brand_that_flips_at_midnight_is_one_refresh(
    house: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_timers, "_KEPT_AT_LEAST", 1)
    monkeypatch.setattr(_timers, "_KEPT_AT_MOST", 1)
    happened(house, 1, at=NOON)
    happened(house, 2, at=NOON)
    today = favourites() | {"window": {"kind": "calendar", "period": "this", "unit": "day"}}

    audience = a_live(house, today, "今天收藏")

    midnight = datetime(2026, 11, 1, 16, tzinfo=UTC)
    assert customers_in(audience) == [1, 2]
    assert (audience.next_change_at, audience.next_refresh_at) == (None, midnight)
    audiences.refresh_due(now=midnight)
    assert customers_in(audience) == []


def test_an_audience_on_a_schedule_has_no_timers(house: Workspace) -> None:
    audience = a_live(house, schedule="hourly")

    assert not AudienceTimer.objects.within(house).exists()
    assert audience.next_refresh_at == NOON + timedelta(hours=1)


def test_a_refresh_asked_for_meanwhile_is_not_forgotten(house: Workspace) -> None:
    audience = a_live(house)
    soon = NOON + SECOND
    Audience.objects.filter(pk=audience.pk).ask_refresh(at=soon, covering=soon)

    assert audiences.refresh_due(now=soon)

    audience.refresh_from_db()
    assert audience.next_refresh_at == soon + _timers.HORIZON


def test_a_refresh_asked_for_after_its_instant_is_done_again(house: Workspace) -> None:
    audience = a_live(house, refreshed=False)
    known(house, 3)
    later = NOON + 2 * SECOND
    happened(house, 3, at=later)
    # What arrives between the beat's looking at the clock and its claim is asked for before the claim.
    Audience.objects.filter(pk=audience.pk).ask_refresh(at=later, covering=later)

    assert audiences.refresh_due(now=NOON + SECOND)
    audience.refresh_from_db()
    assert (customers_in(audience), audience.next_refresh_at) == ([1, 2], later)

    assert audiences.refresh_due(now=later)
    audience.refresh_from_db()
    assert customers_in(audience) == [1, 2, 3]
    assert audience.next_refresh_at == later + _timers.HORIZON
