"""Up to a horizon, the outlook of everybody and of those who may change until then is the same."""

import itertools
from datetime import timedelta
from typing import Any

import pytest

from yutang.audiences import _conditions
from yutang.audiences.tests.builders import NOON, favourites, happened, known
from yutang.engines import warehouse
from yutang.workspaces.models import Workspace
from yutang.workspaces.tests.builders import a_workspace

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("open_warehouse")]
DAY = timedelta(days=1)
HOUR = timedelta(hours=1)


def viewed(days: int, least: int) -> dict[str, Any]:
    return favourites(days, least) | {"types": ["view"]}


def neither(of: dict[str, Any]) -> dict[str, Any]:
    return {"kind": "not", "of": of}


def both(*of: dict[str, Any]) -> dict[str, Any]:
    return {"kind": "all", "of": list(of)}


def either(*of: dict[str, Any]) -> dict[str, Any]:
    return {"kind": "any", "of": list(of)}


MEMBER = {"kind": "attribute", "attribute": "joined_at", "op": "more_than_ago"} | {
    "value": {"amount": 1, "unit": "year"}
}
TODAY = {"window": {"kind": "calendar", "period": "this", "unit": "day"}}
BEIJING = {"kind": "attribute", "attribute": "city", "op": "eq", "value": "北京"}
CONDITIONS = {
    "one window": favourites(),
    "an absence": neither(favourites()),
    "two windows": both(favourites(), viewed(7, 1)),
    "either window": either(favourites(), viewed(7, 2)),
    "a window and none": both(viewed(7, 1), neither(favourites())),
    "an anniversary": both(MEMBER, either(favourites(), neither(viewed(7, 1)))),
    "a calendar": both(favourites() | TODAY, neither(viewed(7, 1))),
    "no time at all": BEIJING,
    "everybody": both(),
    "a window in a town": both(favourites(), BEIJING),
    "twice within a window": both(favourites(least=2), either(BEIJING, MEMBER)),
    "one of two towns": both(favourites(), either(BEIJING, neither(BEIJING))),
}


@pytest.fixture(scope="module")
def house(django_db_setup: None, django_db_blocker: Any, open_warehouse: object) -> Workspace:
    with django_db_blocker.unblock():
        workspace = a_workspace()
        for each in range(1, 31):
            joined = NOON - timedelta(days=365 if each % 2 else 366) + each * HOUR
            columns = {
                "city": "北京" if each % 3 else "",
                "joined_at": f"{joined:%Y-%m-%d %H:%M:%S}",
            }
            known(workspace, each, **columns)
            if each % 5:
                happened(workspace, each, at=NOON - 30 * DAY + (each - 8) * 4 * HOUR)
            if each % 4:
                happened(workspace, each, "view", at=NOON - 7 * DAY + (each - 3) * 3 * HOUR)
            if each % 12 == 0:
                happened(workspace, each, at=NOON - HOUR)
            if each % 7 == 0:
                happened(workspace, each, "view", at=NOON - each * HOUR)
        return workspace


NUMBERS = itertools.count(4_100_000_000)


def members_of(workspace: Workspace, condition: Any) -> int:
    """Return an audience that holds exactly who meets the condition now."""
    audience = next(NUMBERS)
    inside = _conditions.members(condition, _conditions.frame(workspace, now=NOON))
    warehouse().command(
        "INSERT INTO members (workspace, audience, customer, since, version)"
        " SELECT {workspace:UInt32}, {audience:UInt32}, customer, {now:DateTime64(3, 'UTC')}, 1"
        f" FROM ({inside.sql})",
        inside.parameters | {"audience": audience},
    )
    return audience


@pytest.mark.parametrize("name", CONDITIONS)
@pytest.mark.parametrize("hours", [1, 30])
def test_nothing_before_the_horizon_is_missed_or_made_up(
    house: Workspace, name: str, hours: int
) -> None:
    condition = _conditions.read(house, CONDITIONS[name])
    framed = _conditions.frame(house, now=NOON)
    horizon = NOON + hours * HOUR

    audience = members_of(house, condition)

    whole = _conditions.outlook(condition, framed)
    near = _conditions.coming({audience: condition}, framed, horizon=horizon)

    expected = {
        row
        for row in map(tuple, warehouse().rows(whole.sql, whole.parameters))
        if row[2] is not None and row[2] <= horizon.replace(tzinfo=None)
    }
    rows = warehouse().rows(near.sql, near.parameters)
    assert {each[0] for each in rows} <= {audience}
    assert {tuple(row[1:]) for row in rows if row[3] is not None} == expected
    if hours == 30:
        assert bool(expected) == (name not in ("no time at all", "everybody"))
