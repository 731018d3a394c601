"""The platform shows who is to be added now: told of differences only, and again when it would not listen."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from yutang.acquisition import service as acquisition
from yutang.acquisition.models import AccountStanding, LiveCode
from yutang.acquisition.service import CodeSpec, Cover, GroupRule, MemberRule, Rules
from yutang.acquisition.tests.builders import NOON, Town, a_code, a_town, friends
from yutang.kit import clock
from yutang.kit.week import Window
from yutang.tags.models import Tagging
from yutang.tags.tests.builders import a_tag
from yutang.wecom import service as wecom
from yutang_sandbox.testing import Running, running

DAY = timedelta(days=1)


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Running]:
    with running() as handle:
        yield handle


@pytest.fixture
def town(sandbox: Running, db: None, open_warehouse: object) -> Iterator[Town]:
    with a_town(sandbox) as made:
        yield made


def look(code: LiveCode, *, at: object = NOON) -> LiveCode:
    """Let the pulse look at a code at an instant."""
    fresh = LiveCode.objects.select_related("workspace", "corp").get(pk=code.pk)
    acquisition.keep_one_in_step(fresh, call=acquisition.calling(fresh.corp), now=at)
    return LiveCode.objects.select_related("workspace", "corp").get(pk=code.pk)


def test_a_code_is_made_follows_its_shifts_and_ends(town: Town) -> None:
    one, two, three = town.staff
    mornings = Window([1, 2, 3, 4, 5], "09:00", "14:00")
    afternoons = Window([1, 2, 3, 4, 5], "14:00", "18:00")
    rules = Rules(
        [MemberRule(town.staff[one], [mornings]), MemberRule(town.staff[two], [afternoons])],
        backups=[town.staff[three]],
        skip="hours",
        skip_windows=[mornings],
    )
    code = look(a_code(town.member, rules=rules, expires_at=NOON + 7 * DAY))

    assert code.picture.startswith("https://")
    assert code.due_at == NOON + timedelta(minutes=5)
    way = town.way(code)
    assert (way["user"], way["skip_verify"], way["state"]) == ([one], True, code.key)

    code = look(code, at=NOON + timedelta(hours=2))
    assert (town.way(code)["user"], town.way(code)["skip_verify"]) == ([two], False)

    code = look(code, at=NOON + timedelta(hours=7))
    assert (town.way(code)["user"], code.cover) == ([three], Cover.BACKUPS)

    over = look(code, at=NOON + 7 * DAY)
    assert (over.config, over.due_at) == ("", None)
    found = town.sandbox.call(
        town.theirs, "externalcontact/get_contact_way", {"config_id": code.config}
    )
    assert found["errcode"] == 41044
    assert acquisition.landing(code.key, now=NOON + 7 * DAY).is_over


def test_nothing_is_told_that_the_platform_shows_already(town: Town) -> None:
    code = look(a_code(town.member, *town.staff.values()))
    town.sandbox.fault(
        town.theirs, calls=[{"api": "externalcontact/update_contact_way", "code": 48002}]
    )

    again = look(code, at=NOON + timedelta(minutes=5))
    changed = Rules([MemberRule(next(iter(town.staff.values())))])
    acquisition.replace_code(town.member, code.pk, CodeSpec("抖音", changed), now=NOON)
    refused = look(code)
    town.sandbox.fault(town.theirs, calls=[])
    told = look(code)

    assert again.attempts == 0
    assert (refused.attempts, refused.shown) == (1, code.shown)
    assert refused.trouble_zh
    assert refused.trouble_en
    assert refused.due_at == NOON + timedelta(seconds=10)
    assert (told.attempts, told.trouble_zh) == (0, "")
    assert len(town.way(told)["user"]) == 1


def test_an_account_the_platform_would_not_have_is_left_out_and_the_others_are_shown(
    town: Town,
) -> None:
    first, *others = town.staff
    town.sandbox.act(town.theirs, "corp.changes_staff", staff=first, contact=False)
    code = look(a_code(town.member, *town.staff.values()))

    assert town.way(code)["user"] == sorted(others)
    row = AccountStanding.objects.get(workspace=town.member.workspace)
    assert (row.staff_id, row.restricted_until > NOON) == (town.staff[first], True)
    assert look(code).whys[str(town.staff[first])] == "restricted"


def test_a_contact_way_deleted_behind_our_back_is_made_anew(town: Town) -> None:
    one, two, _ = town.staff
    code = look(a_code(town.member, town.staff[one]))
    town.sandbox.call(town.theirs, "externalcontact/del_contact_way", {"config_id": code.config})
    spec = CodeSpec("抖音", Rules([MemberRule(town.staff[two])]))
    acquisition.replace_code(town.member, code.pk, spec, now=NOON)

    anew = look(code)

    assert anew.config != code.config
    assert town.way(anew)["user"] == [two]


def test_a_scan_is_counted_tagged_and_named_and_a_full_account_makes_room(town: Town) -> None:
    one, two, _ = town.staff
    tag = a_tag(town.member)
    rules = Rules(
        [MemberRule(town.staff[one], cap=1)],
        backups=[town.staff[two]],
        tags=[tag.pk],
        remark="{name}·抖音",
    )
    now = clock.now()
    code = look(a_code(town.member, rules=rules), at=now)
    someone = town.sandbox.person(town.theirs, name="小满")
    town.sandbox.act(town.theirs, "customer.scans", customer=someone, config_id=code.config)

    town.told(at=now)
    while wecom.handle_due(urgent=True):
        pass
    acquisition.follow_up(acquisition.calling, now=clock.now())

    (friend,) = friends(code)
    assert (friend.staff, friend.due_at, friend.trouble_zh) == (town.staff[one], None, "")
    assert Tagging.objects.filter(tag=tag, customer=friend.customer).count() == 1
    told = town.sandbox.call(town.theirs, "externalcontact/get", external_userid=someone)
    assert told["follow_user"][0]["remark"] == "小满·抖音"
    assert look(code, at=clock.now()).cover == Cover.BACKUPS
    assert town.way(code)["user"] == [two]


def test_a_group_code_leads_to_the_groups_with_room(town: Town) -> None:
    owner = next(iter(town.staff))
    chats = [
        town.sandbox.act(town.theirs, "staff.founds", staff=owner, name=f"福利{n}群")["chat_id"]
        for n in range(3)
    ]
    rules = Rules(groups=[GroupRule(chats[0], cap=1), GroupRule(chats[1]), GroupRule(chats[2])])
    code = look(a_code(town.member, rules=rules, kind="group"))

    told = town.sandbox.call(
        town.theirs, "externalcontact/groupchat/get_join_way", {"config_id": code.config}
    )
    assert told["join_way"]["chat_id_list"] == chats[1:]
    assert told["join_way"]["state"] == code.key
    assert code.picture
