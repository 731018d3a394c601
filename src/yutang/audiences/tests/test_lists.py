"""A static list holds who was put on it, through merges and their undoing, until taken off."""

import pytest

from yutang.audiences import service as audiences
from yutang.audiences.models import Audience
from yutang.audiences.tests.builders import (
    NOON,
    SECOND,
    a_live,
    customers_in,
    favourites,
    happened,
    known,
    told,
)
from yutang.customers.tests.builders import who
from yutang.workspaces.service import Member, Scope, ScopeKind
from yutang.workspaces.tests.builders import a_member, a_workspace

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("open_warehouse")]


@pytest.fixture
def hua() -> Member:
    return a_member(a_workspace())


def a_list(member: Member, name: str = "线下活动名单") -> Audience:
    draft = audiences.Draft(name=name)
    return audiences.make(member.workspace, draft, owner=None, actor=member.actor, now=NOON)


def people(member: Member, count: int) -> list[int]:
    found = [who(member.workspace, phone=f"1380013800{each}") for each in range(count)]
    known(member.workspace, *found)
    return found


def test_putting_on_and_taking_off_is_recorded(hua: Member) -> None:
    guests = a_list(hua)
    first, second, third = people(hua, 3)

    put = audiences.put_on(hua, guests.pk, [first, second, 4_000_000_000], now=NOON)
    again = audiences.put_on(hua, guests.pk, [second, third], now=NOON + SECOND)
    taken = audiences.take_off(hua, guests.pk, [first, third, first], now=NOON + 2 * SECOND)

    assert put == audiences.ListChange(changed=2, unchanged=0, unknown=1, count=2)
    assert again == audiences.ListChange(changed=1, unchanged=1, unknown=0, count=3)
    assert taken == audiences.ListChange(changed=2, unchanged=0, unknown=0, count=1)
    assert customers_in(guests) == [second]
    assert [(kind, customer) for kind, customer, _ in told(guests)] == [
        ("audience.entered", first),
        ("audience.entered", second),
        ("audience.entered", third),
        ("audience.left", first),
        ("audience.left", third),
    ]


def test_the_members_of_a_live_audience_are_not_put_on_by_hand(hua: Member) -> None:
    (first,) = people(hua, 1)
    live = a_live(hua.workspace)

    with pytest.raises(audiences.NotStatic):
        audiences.put_on(hua, live.pk, [first], now=NOON)

    assert customers_in(live) == []


def test_a_snapshot_holds_who_matched_at_that_instant(hua: Member) -> None:
    first, second = people(hua, 2)
    happened(hua.workspace, first, at=NOON)
    guests = a_list(hua)

    audiences.snapshot(hua, guests.pk, favourites(), now=NOON)
    happened(hua.workspace, second, at=NOON + SECOND)

    assert customers_in(guests) == [first]


def test_a_member_puts_on_only_whom_she_may_see(hua: Member) -> None:
    (first,) = people(hua, 1)
    guests = a_list(hua)
    guide = a_member(hua.workspace, scope=Scope(ScopeKind.OWN, frozenset([99])), name="小林")

    put = audiences.put_on(guide, guests.pk, [first], now=NOON)

    assert (put.changed, put.unknown) == (0, 1)
    assert customers_in(guests) == []


def test_the_winner_of_a_merge_takes_the_losers_place_and_gives_it_back(hua: Member) -> None:
    winner, loser = people(hua, 2)
    guests = a_list(hua)
    audiences.put_on(hua, guests.pk, [loser], now=NOON)

    audiences.note_merges(hua.workspace, [(winner, loser)], now=NOON)
    audiences.follow_merges(now=NOON + SECOND)
    assert customers_in(guests) == [winner]

    audiences.note_undone(hua.workspace, [(winner, loser)], now=NOON)
    audiences.follow_merges(now=NOON + 2 * SECOND)
    assert customers_in(guests) == [loser]


def test_an_erased_person_leaves_no_trace(hua: Member) -> None:
    first, second = people(hua, 2)
    guests = a_list(hua)
    audiences.put_on(hua, guests.pk, [first, second], now=NOON)
    assert audiences.export_person(hua.workspace, [first]) == {
        "audiences": [{"name": "线下活动名单", "entered_at": NOON, "left_at": None}]
    }

    gone = audiences.erase_person(hua.workspace, [first])

    assert gone == {"members": 1, "member_changes": 1}
    assert audiences.export_person(hua.workspace, [first]) == {"audiences": []}
    assert customers_in(guests) == [second]
    guests.refresh_from_db()
    assert guests.count == 1


def test_a_rivals_list_is_not_there(hua: Member) -> None:
    guests = a_list(hua)
    rival = a_member(a_workspace("Coffee House"))

    with pytest.raises(audiences.NotFound):
        audiences.put_on(rival, guests.pk, [1], now=NOON)
