"""Who was in at an instant, when one person was, and how an audience grew by local days."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from yutang.audiences import service as audiences
from yutang.audiences.models import Audience
from yutang.audiences.service import Sighting
from yutang.audiences.tests.builders import NOON, SECOND, a_live, did, favourites, known
from yutang.engines import warehouse
from yutang.kit.pages import CursorUnknown, PageIn, PageOf
from yutang.workspaces.service import Member, Scope, ScopeKind
from yutang.workspaces.tests.builders import a_member, a_workspace

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("open_warehouse")]
DAY = timedelta(days=1)
LATER = NOON + 40 * DAY


@pytest.fixture
def hua() -> Member:
    return a_member(a_workspace())


@pytest.fixture
def kept(hua: Member) -> Audience:
    """1 and 2 are in from the beginning; a day later 1 has left and 3 has come; then 1 again."""
    house = hua.workspace
    known(house, 1, 2, 3)
    did(house, 1, at=NOON - 29 * DAY - 1 * SECOND)
    did(house, 2, at=NOON - DAY)
    audience = a_live(house)
    did(house, 3, at=NOON + DAY)
    audiences.refresh(house, audience.pk, now=NOON + DAY)
    did(house, 1, at=NOON + 2 * DAY)
    audiences.refresh(house, audience.pk, now=NOON + 2 * DAY)
    audience.refresh_from_db()
    return audience


def in_at(member: Member, audience: Audience, instant: datetime) -> list[int]:
    found = audiences.members_at(member, audience, PageIn(), at=instant, now=LATER)
    return [each.customer_id for each in found.items]


def test_members_are_known_as_of_every_instant(hua: Member, kept: Audience) -> None:
    def at(instant: datetime) -> list[int]:
        found = in_at(hua, kept, instant)
        assert audiences.count_at(hua, kept, at=instant, now=LATER) == len(found)
        return found

    assert at(NOON) == [1, 2]
    assert at(NOON + DAY - SECOND) == [1, 2]
    assert at(NOON + DAY) == [2, 3]
    assert at(NOON + 2 * DAY) == [1, 2, 3]
    shanghai = (NOON + DAY - SECOND).astimezone(ZoneInfo("Asia/Shanghai"))
    assert at(shanghai) == [1, 2]  # an instant is what it is, on whatever clock it is told


def test_of_everybody_then_it_is_told_since_when_and_who_has_left_since(
    hua: Member, kept: Audience
) -> None:
    then = audiences.members_at(hua, kept, PageIn(), at=NOON + SECOND, now=LATER).items
    afterwards = audiences.members_at(hua, kept, PageIn(), at=NOON + 2 * DAY, now=LATER).items

    assert then == [Sighting(1, NOON, NOON + DAY), Sighting(2, NOON)]
    assert afterwards[0] == Sighting(1, NOON + 2 * DAY)


def test_before_the_first_refresh_nothing_is_known_and_that_is_said(
    hua: Member, kept: Audience
) -> None:
    early = NOON - SECOND
    with pytest.raises(audiences.NotKeptYet) as refused:
        audiences.count_at(hua, kept, at=early, now=LATER)
    with pytest.raises(audiences.NotKeptYet):
        audiences.members_at(hua, kept, PageIn(), at=early, now=LATER)

    assert "从 2026-11-01 12:00:00 起" in str(refused.value)


def test_an_audience_nobody_ever_entered_was_empty_from_its_beginning(hua: Member) -> None:
    empty = a_live(hua.workspace, favourites(least=99), "没有人")
    guests = audiences.make(
        hua.workspace, audiences.Draft("名单"), owner=None, actor="user:1", now=NOON
    )

    for each in (empty, guests):
        assert in_at(hua, each, NOON + SECOND) == []
        with pytest.raises(audiences.NotKeptYet):
            in_at(hua, each, NOON - SECOND)


def test_what_is_still_to_come_is_refused(hua: Member, kept: Audience) -> None:
    ahead = LATER + SECOND
    with pytest.raises(audiences.InstantAhead):
        audiences.count_at(hua, kept, at=ahead, now=LATER)
    with pytest.raises(audiences.InstantAhead):
        in_at(hua, kept, ahead)


def test_members_as_of_an_instant_come_in_pages(hua: Member, kept: Audience) -> None:
    def page(cursor: str | None, at: datetime = NOON + 2 * DAY) -> PageOf[Sighting]:
        return audiences.members_at(hua, kept, PageIn(cursor=cursor, limit=2), at=at, now=LATER)

    first = page(None)
    rest = page(first.next)

    assert [each.customer_id for each in [*first.items, *rest.items]] == [1, 2, 3]
    assert rest.next is None
    with pytest.raises(CursorUnknown):  # a page of one instant does not go on at another
        page(first.next, NOON + DAY)


def test_a_persons_stays_are_told_with_their_ends(kept: Audience) -> None:
    assert audiences.stays(kept, 1) == [
        audiences.Stay(NOON, NOON + DAY),
        audiences.Stay(NOON + 2 * DAY, None),
    ]
    assert audiences.stays(kept, 4) == []


def test_growth_is_told_by_local_days(kept: Audience) -> None:
    days = audiences.growth(kept, first=date(2026, 10, 31), last=date(2026, 11, 3))

    assert days == [
        audiences.Day(date(2026, 10, 31), 0, 0, 0),
        audiences.Day(date(2026, 11, 1), 2, 0, 2),
        audiences.Day(date(2026, 11, 2), 1, 1, 2),
        audiences.Day(date(2026, 11, 3), 1, 0, 3),
    ]
    with pytest.raises(audiences.TooManyDays):
        audiences.growth(kept, first=date(2026, 11, 2), last=date(2026, 11, 1))


def test_a_run_that_is_not_finished_is_not_history(hua: Member, kept: Audience) -> None:
    line = (
        f'{{"workspace":{kept.workspace_id},"audience":{kept.pk},"at":"2026-11-03 05:00:00",'
        f'"customer":9,"step":1,"version":{kept.version + 1}}}\n'
    )
    warehouse().insert_lines("member_changes", line.encode(), token=f"half:{kept.pk}")

    assert in_at(hua, kept, NOON + 30 * DAY) == [1, 2, 3]


def test_a_condition_is_previewed_as_of_an_earlier_instant(hua: Member, kept: Audience) -> None:
    def count(at: object) -> int:
        return audiences.preview(hua, favourites(), at=at, now=NOON + 2 * DAY).count

    assert [count(NOON), count(NOON + DAY), count(None)] == [2, 2, 3]
    with pytest.raises(audiences.InstantAhead):
        count(NOON + 3 * DAY)


def test_a_guide_sees_only_her_own_customers_of_it(hua: Member, kept: Audience) -> None:
    row = (
        f'{{"workspace":{kept.workspace_id},"kind":"staff","target":5,"customer":2,'
        '"since":"2026-01-01 00:00:00","version":1}\n'
    )
    warehouse().insert_lines("relations", row.encode(), token=f"relation:{kept.pk}")
    guide = a_member(hua.workspace, scope=Scope(ScopeKind.OWN, frozenset([5])), name="小林")

    seen = audiences.page(guide, kept, PageIn()).items

    assert [each.customer_id for each in seen] == [2]
    assert audiences.count(guide, kept) == 1
    assert in_at(guide, kept, NOON) == [2]
    assert audiences.preview(guide, favourites(), now=NOON + 2 * DAY).sample == [2]
