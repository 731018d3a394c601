"""A refresh judges everybody at one instant and records who entered and who left."""

from datetime import timedelta

import pytest

from yutang.audiences import service as audiences
from yutang.audiences.models import MembershipRun
from yutang.audiences.tests.builders import (
    NOON,
    SECOND,
    a_live,
    customers_in,
    did,
    favourites,
    known,
    told,
)
from yutang.events import service as events
from yutang.events.models import Arrival
from yutang.workspaces.models import Workspace
from yutang.workspaces.tests.builders import a_workspace

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("open_warehouse")]
MONTH = timedelta(days=30)


@pytest.fixture
def house() -> Workspace:
    """小红 favourited five days ago, 小明 will have done so for the last time in 30 days in ten seconds."""
    workspace = a_workspace()
    known(workspace, 1, 2, 3)
    did(workspace, 1, at=NOON - timedelta(days=5))
    did(workspace, 2, at=NOON - MONTH + 10 * SECOND)
    did(workspace, 3, at=NOON - MONTH)
    return workspace


def test_the_first_refresh_lets_everybody_in_who_matches(house: Workspace) -> None:
    audience = a_live(house)

    assert (audience.count, audience.refreshed_at, audience.busy) == (2, NOON, None)
    assert customers_in(audience) == [1, 2]
    assert told(audience) == [("audience.entered", 1, NOON), ("audience.entered", 2, NOON)]


def test_the_timeline_calls_an_audience_by_its_name(house: Workspace) -> None:
    audience = a_live(house)

    newest = events.timeline(house, [1]).items[0]

    assert newest.sentence("zh") == f"进入人群了 {audience.name}"
    assert newest.sentence("en") == f"Entered audience {audience.name}"


def test_coming_into_an_audience_is_no_activity_of_the_customer(house: Workspace) -> None:
    a_live(house)
    anything = favourites(days=1) | {"types": []}

    active = a_live(house, anything, name="近1天活跃", now=NOON + 10 * SECOND)

    assert customers_in(active) == []


def test_the_next_refresh_records_only_the_difference(house: Workspace) -> None:
    audience = a_live(house)
    later = NOON + 10 * SECOND
    did(house, 3, at=later)

    outcome = audiences.refresh(house, audience.pk, now=later)

    assert (outcome.entered, outcome.left, outcome.count) == (1, 1, 2)
    assert customers_in(audience) == [1, 3]
    assert told(audience)[2:] == [("audience.left", 2, later), ("audience.entered", 3, later)]


def test_a_refresh_that_changes_nothing_records_nothing(house: Workspace) -> None:
    audience = a_live(house)

    again = audiences.refresh(house, audience.pk, now=NOON + SECOND)

    assert (again.entered, again.left, again.count) == (0, 0, 2)
    assert len(told(audience)) == 2
    assert not Arrival.objects.within(house).exists()


def test_whoever_listens_to_the_audience_is_told_who_changed(house: Workspace) -> None:
    audience = a_live(house, refreshed=False)
    Arrival.objects.within(house).delete()

    audiences.refresh(house, audience.pk, now=NOON)

    arrived = Arrival.objects.within(house).values_list("what", "customers")
    assert sorted(arrived) == [(f"@members:{audience.pk}", [1, 2]), ("audience.entered", [1, 2])]


def test_a_changed_condition_takes_effect_with_a_refresh_at_once(house: Workspace) -> None:
    audience = a_live(house)

    audiences.change(
        house, audience.pk, {"condition": favourites(days=3)}, actor="user:1", now=NOON
    )
    assert audiences.refresh_due(now=NOON + SECOND)

    assert customers_in(audience) == []


def test_what_is_due_at_once_is_refreshed_in_one_run(house: Workspace) -> None:
    month, week = (
        a_live(house, refreshed=False),
        a_live(house, favourites(7), "本周", refreshed=False),
    )
    hourly = a_live(house, favourites(60), "每小时", refreshed=False, schedule="hourly")
    rivals = a_workspace("Coffee House")
    known(rivals, 1)
    theirs = a_live(rivals, refreshed=False)

    while audiences.refresh_due(now=NOON):
        pass

    for audience, inside in ((month, [1, 2]), (week, [1]), (hourly, [1, 2, 3]), (theirs, [])):
        audience.refresh_from_db()
        assert customers_in(audience) == inside
        assert [customer for _, customer, _ in told(audience)] == inside
        assert (audience.count, audience.refreshed_at, audience.busy) == (len(inside), NOON, None)
    assert month.version == week.version == hourly.version != theirs.version
    assert month.next_change_at == NOON + 10 * SECOND
    assert (week.next_change_at, hourly.next_refresh_at) == (None, NOON + timedelta(hours=1))
    arrived = Arrival.objects.within(house).filter(what__startswith="@members")
    assert {each.what: each.customers for each in arrived} == {
        f"@members:{month.pk}": [1, 2],
        f"@members:{week.pk}": [1],
        f"@members:{hourly.pk}": [1, 2, 3],
    }


def test_one_that_cannot_be_judged_keeps_no_other_waiting(house: Workspace) -> None:
    lost = a_live(house, refreshed=False)
    good = a_live(house, name="好的", refreshed=False)
    lost.condition = {"kind": "tag", "op": "any", "tags": [404]}
    lost.save(update_fields=["condition"])

    while audiences.refresh_due(now=NOON):
        pass

    lost.refresh_from_db()
    assert customers_in(good) == [1, 2]
    assert customers_in(lost) == []
    assert (lost.trouble, lost.busy) == ("audiences.condition_unreadable", None)
    assert lost.next_refresh_at == NOON + timedelta(minutes=10)
    assert not MembershipRun.objects.within(house).exists()


def test_a_refresh_is_refused_while_another_runs_and_changes_nothing(house: Workspace) -> None:
    audience = a_live(house)
    audience.busy = 7
    audience.save(update_fields=["busy"])

    with pytest.raises(audiences.Refreshing):
        audiences.refresh(house, audience.pk, now=NOON + SECOND)

    assert not MembershipRun.objects.within(house).exists()
    assert customers_in(audience) == [1, 2]


def test_a_rivals_audience_is_not_there(house: Workspace) -> None:
    audience = a_live(house)

    with pytest.raises(audiences.NotFound):
        audiences.refresh(a_workspace("Coffee House"), audience.pk, now=NOON)
