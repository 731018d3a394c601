"""An audience that is made with a past is as if it had been there: who came, who went, and when."""

from datetime import timedelta

import pytest

from yutang.audiences import _runs
from yutang.audiences import service as audiences
from yutang.audiences.models import Audience
from yutang.audiences.tests.builders import NOON, customers_in, did, favourites, known, told
from yutang.workspaces.models import User, Workspace
from yutang.workspaces.tests.builders import a_user, a_workspace

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("open_warehouse")]
DAY = timedelta(days=1)
INSTANTS = [NOON - 20 * DAY, NOON - 10 * DAY, NOON - DAY]
DRAFT = audiences.Draft("近期收藏", favourites(days=7))


@pytest.fixture
def house() -> Workspace:
    """1 favourited three weeks ago, 2 before ten days, 3 yesterday, and nobody has a favourite of today."""
    workspace = a_workspace()
    known(workspace, 1, 2, 3)
    for customer, days in ((1, 21), (2, 11), (3, 2)):
        did(workspace, customer, at=NOON - days * DAY)
    return workspace


def a_past(house: Workspace, owner: User) -> Audience:
    return audiences.make_with_past(
        house, DRAFT, INSTANTS, owner=owner, actor="system:test", now=NOON
    )


def test_everybody_enters_and_leaves_when_she_would_have(house: Workspace) -> None:
    audience = a_past(house, a_user())

    assert told(audience) == [
        ("audience.entered", 1, INSTANTS[0]),
        ("audience.left", 1, INSTANTS[1]),
        ("audience.entered", 2, INSTANTS[1]),
        ("audience.left", 2, INSTANTS[2]),
        ("audience.entered", 3, INSTANTS[2]),
    ]
    assert customers_in(audience) == [3]


def test_from_now_on_it_is_kept_as_any_other(house: Workspace) -> None:
    audience = a_past(house, a_user())

    assert (audience.created_at, audience.schedule) == (INSTANTS[0], "on_time")
    assert audiences.refresh_due(now=NOON)
    audience.refresh_from_db()
    assert (audience.refreshed_at, audience.count) == (NOON, 1)


@pytest.mark.parametrize("place", ["settle", "finish"])
def test_nothing_else_judges_it_meanwhile_and_a_killed_one_goes_on(
    house: Workspace, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    owner = a_user()

    def killed(*_: object, **__: object) -> None:
        assert not audiences.refresh_due(now=NOON)
        raise KeyboardInterrupt

    with monkeypatch.context() as cut:
        cut.setattr(_runs, place, killed)
        with pytest.raises(KeyboardInterrupt):
            a_past(house, owner)
    begun = audiences.listed(house).get()
    assert not audiences.refresh_due(now=NOON)
    audiences.recover(now=NOON)

    audience = a_past(house, owner)

    assert audience.pk == begun.pk
    assert len(told(audience)) == 5
    assert a_past(house, owner).pk == audience.pk
    assert len(told(audience)) == 5


def test_who_came_back_was_in_twice(house: Workspace) -> None:
    did(house, 1, at=NOON - 2 * DAY)
    audience = a_past(house, a_user())

    assert audiences.stays(audience, 1) == [
        audiences.Stay(INSTANTS[0], INSTANTS[1]),
        audiences.Stay(INSTANTS[2], None),
    ]
    assert customers_in(audience) == [1, 3]
    assert [what for what, customer, _ in told(audience) if customer == 1] == [
        "audience.entered",
        "audience.left",
        "audience.entered",
    ]


def test_another_audience_of_that_name_stays_what_it_is(house: Workspace) -> None:
    owner = a_user()
    audiences.make(house, DRAFT, owner=owner, actor="system:test", now=NOON)

    with pytest.raises(audiences.NameTaken):
        a_past(house, owner)
