"""A friend is counted once: whoever tells, in whatever order, however often, in the same second as others."""

import random
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction

from yutang.acquisition import service as acquisition
from yutang.acquisition._rules import MemberRule, Rules, Welcome
from yutang.acquisition.models import CodeFriend, LiveCode
from yutang.acquisition.service import Came
from yutang.acquisition.tests.builders import NOON, a_code, a_corp, a_staff, came, friends
from yutang.customers import service as customers
from yutang.customers.models import Identity
from yutang.customers.tests.builders import who
from yutang.kit.week import Window
from yutang.wecom import service as wecom
from yutang.wecom.models import Corp
from yutang.workspaces.service import Member
from yutang.workspaces.tests.builders import a_member, a_workspace, at_once


@pytest.fixture
def member(db: None, open_warehouse: object) -> Member:
    return a_member(a_workspace())


@pytest.fixture
def corp(member: Member) -> Corp:
    return a_corp(member)


def test_a_friend_told_twice_and_backwards_is_one_friend(member: Member, corp: Corp) -> None:
    lin = a_staff(corp, "LinYue")
    code = a_code(member, lin)
    earlier = NOON - timedelta(minutes=5)

    came(corp, code, "linyue", "wm1")
    came(corp, code, "LinYue", "wm1", at=earlier, is_half=True)
    came(corp, code, "LinYue", "wm1")

    (friend,) = friends(code)
    assert (friend.staff, friend.added_at, friend.is_half) == (lin, earlier, False)


def test_states_of_others_pass_by_and_members_we_do_not_know_yet_are_waited_for(
    member: Member, corp: Corp
) -> None:
    code = a_code(member, a_staff(corp, "LinYue"))
    told = [
        Came(1, "somebody-elses", "LinYue", "wm1", NOON),
        Came(2, code.key, "NewHere", "wm2", NOON),
    ]

    refused = acquisition.attribute(corp, told, now=NOON)

    assert list(refused) == [2]
    assert friends(code) == []


def test_a_friend_whose_callback_was_lost_is_found_by_the_sync_and_counted_once(
    member: Member, corp: Corp
) -> None:
    lin = a_staff(corp, "LinYue")
    code = a_code(member, lin)
    came(corp, code, "LinYue", "wm1")
    (first,) = friends(code)
    other = who(member.workspace, external_userid="wm2")
    arrived = [
        wecom.Arrived("somebody-elses", "linyue", "wm3", lin, other, NOON),
        wecom.Arrived(code.key, "linyue", "wm1", lin, first.customer, NOON - timedelta(seconds=3)),
        wecom.Arrived(code.key, "linyue", "wm2", lin, other, NOON),
    ]

    with transaction.atomic():
        said = wecom.what_states_say(corp, arrived, now=NOON)

    assert said == {1: {"code": "抖音"}, 2: {"code": "抖音"}}
    assert [each.customer for each in friends(code)] == [first.customer, other]


def test_another_workspace_learns_nothing_of_a_code(member: Member, corp: Corp) -> None:
    code = a_code(member, a_staff(corp, "LinYue"))
    rival = a_member(a_workspace("Coffee House"))
    theirs = a_corp(rival)
    a_staff(theirs, "LinYue")

    came(theirs, code, "LinYue", "wm1")

    assert friends(code) == []
    with pytest.raises(acquisition.NoSuchCode):
        acquisition.code_of(rival.workspace, code.pk)


def test_who_is_erased_stays_counted_and_is_named_no_more(member: Member, corp: Corp) -> None:
    code = a_code(member, a_staff(corp, "LinYue"))
    came(corp, code, "LinYue", "wm1")
    (her,) = friends(code)

    assert acquisition.export_person(member.workspace, [her.customer])["live_codes"]
    customers.erase(member, her.customer, reason="", now=NOON)
    acquisition.erase_person(member.workspace, [her.customer])

    (left,) = friends(code)
    assert (left.customer, left.external) == (None, "")


@pytest.mark.django_db(transaction=True)
def test_nobody_is_lost_or_doubled_when_many_scan_in_the_same_second(
    open_warehouse: object,
) -> None:
    member = a_member(a_workspace())
    corp = a_corp(member)
    staff = ["LinYue", "ChenBo"]
    codes = [a_code(member, *(a_staff(corp, f"{each}{n}") for each in staff)) for n in range(2)]
    told = [
        Came(n, codes[n % 2].key, f"{staff[n // 2 % 2]}{n % 2}", f"wm{n // 3}", NOON, n % 5 == 0)
        for n in range(60)
    ] * 2
    dice = random.Random(7)
    dice.shuffle(told)

    def take(some: list[Came]) -> None:
        for begin in range(0, len(some), 7):
            assert acquisition.attribute(corp, some[begin : begin + 7], now=NOON) == {}

    at_once(*(lambda n=n: take(told[n::4]) for n in range(4)))

    wanted = {(each.key, each.userid.lower(), each.external) for each in told}
    by_pk = {code.pk: code.key for code in LiveCode.objects.filter(corp=corp)}
    known = dict(
        Identity.objects.within(member.workspace)
        .filter(name="external_userid")
        .values_list("home_id", "value")
    )
    kept = [
        (by_pk[row.code_id], row.userid.lower(), known[row.customer])
        for row in CodeFriend.objects.filter(code__corp=corp)
    ]
    assert len(kept) == len(set(kept)) == len(wanted)
    assert set(kept) == wanted


def test_a_new_friend_hears_what_the_code_says_at_that_hour(member: Member, corp: Corp) -> None:
    by_day = Welcome("白天好", [Window([1, 2, 3, 4, 5, 6, 7], "09:00", "18:00")])
    lin = a_staff(corp, "LinYue")
    code = a_code(member, lin, rules=Rules([MemberRule(lin)], welcomes=[by_day, Welcome("晚上好")]))
    plain = a_code(member, lin, name="小红书")

    def hears(state: str, hour: int) -> list[str] | None:
        at = datetime(2026, 3, 2, hour, tzinfo=ZoneInfo(member.workspace.time_zone))
        parts = acquisition.greeting_of(wecom.Arrival(corp, lin, state, at))
        return None if parts is None else [each["text"] for each in parts]

    assert hears(code.key, 10) == ["白天好"]
    assert hears(code.key, 22) == ["晚上好"]
    assert hears(plain.key, 10) is None, "the corp's own words hold"
    assert hears("somebody-elses", 10) is None
