"""However time passes and whatever arrives, the members kept step by step are those a fresh look finds."""

import random
from datetime import datetime, timedelta
from typing import Any

import pytest

from yutang.audiences import _conditions
from yutang.audiences import service as audiences
from yutang.audiences.models import Audience, AudienceTouch, MembershipRun
from yutang.audiences.tests.builders import NOON, a_live, customers_in, did, favourites, known
from yutang.audiences.tests.test_horizon import BEIJING, both, either, neither, viewed
from yutang.engines import warehouse
from yutang.events import service as events
from yutang.workspaces.models import Workspace
from yutang.workspaces.tests.builders import a_workspace

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("open_warehouse")]

HOURS = {"kind": "rolling", "amount": 5, "unit": "hour"}
CONDITIONS: dict[str, dict[str, Any]] = {
    "近期收藏": favourites(1),
    "五小时内收藏两次": favourites(1, 2) | {"window": HOURS},
    "收藏了没浏览": both(favourites(1), neither(viewed(1, 1))),
    "五小时没收藏": neither(favourites() | {"window": HOURS}),
    "收藏或常浏览": either(favourites() | {"window": HOURS}, viewed(1, 2)),
    "北京近期收藏": both(favourites(1), BEIJING),
    "外地没收藏": both(neither(favourites() | {"window": HOURS}), neither(BEIJING)),
}
PEOPLE = range(1, 9)


def fresh(audience: Audience, now: datetime) -> list[int]:
    statement = _conditions.members(
        _conditions.kept(audience), _conditions.frame(audience.workspace, now=now)
    )
    return sorted(row[0] for row in warehouse().rows(statement.sql, statement.parameters))


def moves(house: Workspace, customer: int, city: str, *, beat: int) -> None:
    known(house, customer, city=city, version=beat + 2)
    events.announce(house.pk, "@profile", [customer])


def beat(now: datetime) -> None:
    for _ in range(3):  # what one audience's members are may decide about another
        while audiences.refresh_due(now=now):
            pass
        while audiences.consume(now=now):
            pass
        audiences.judge_waiting(now=now, budget=30)


@pytest.mark.parametrize("seed", [7, 19])
@pytest.mark.timeout(600)
def test_step_by_step_is_the_same_as_afresh(seed: int) -> None:
    house: Workspace = a_workspace()
    chance = random.Random(seed)
    known(house, *PEOPLE)
    kept = [a_live(house, condition, name) for name, condition in CONDITIONS.items()]
    inside = {"kind": "audience", "op": "in", "audiences": [kept[0].pk]}
    kept.append(a_live(house, both(neither(inside), viewed(1, 1)), "不在近期收藏里"))
    now = NOON

    for step in range(14):
        now += timedelta(minutes=chance.choice([1, 30, 61, 150, 299, 300, 301]))
        for _ in range(chance.randrange(3)):
            ago = timedelta(minutes=chance.choice([0, 1, 30, 299, 300, 301, 1440]))
            did(house, chance.choice(PEOPLE), chance.choice(["favorite", "view"]), at=now - ago)
        if chance.randrange(2):
            moves(house, chance.choice(PEOPLE), chance.choice(["北京", "上海", ""]), beat=step)
        beat(now)

        for audience in kept:
            assert customers_in(audience) == fresh(audience, now), (audience.name, now)
            audience.refresh_from_db()
            assert audience.count == len(customers_in(audience))

    assert not AudienceTouch.objects.within(house).exists()
    assert not MembershipRun.objects.within(house).exists()
