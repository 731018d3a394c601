"""Callbacks are hints: in any order, doubled, late or lost, with a sync behind them the truth stands here."""

import random
from datetime import timedelta
from typing import Any

import pytest

from yutang.customers.models import Relation, RelationKind
from yutang.tags.models import Tag
from yutang.tracking.tests.builders import shown_in
from yutang.wecom import service as wecom
from yutang.wecom.models import Corp, FollowRelation, Gap, StaffAccount
from yutang.wecom.sync._hearing import hear_chats, hear_contacts, hear_staff, hear_tags
from yutang.wecom.tests.corps import NOON, Town, a_chat, a_corp, a_friend, seen, sync, tick
from yutang.workspaces.models import Staff

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("open_warehouse")]
_HEARING = {
    "change_external_contact": hear_contacts,
    "change_external_chat": hear_chats,
    "change_external_tag": hear_tags,
    "change_contact": hear_staff,
}


def told(
    change: str, event: str = "change_external_contact", *, at: int = 0, **fields: Any
) -> wecom.Told:
    happened = NOON + timedelta(seconds=at)
    number = random.Random(f"{change}{at}{fields}").randrange(1 << 40)
    return wecom.Told(number, event, change, fields, happened, happened)


def hear(corp: Corp, town: Town, *callbacks: wecom.Told) -> dict[int, str]:
    undone: dict[int, str] = {}
    for each in callbacks:
        undone |= _HEARING[each.event](corp, town, [each], clock=tick)
    return undone


def of(userid: str, external: str) -> dict[str, str]:
    return {"UserID": userid, "ExternalUserID": external}


def test_a_new_friend_is_here_at_once_and_greeted_once() -> None:
    corp, town = a_corp(), Town()
    a_friend(town, "wm1")
    sync(corp, town)
    a_friend(town, "wm2", days=0, state="store_017")

    hello = told("add_external_contact", **of("LinYue", "wm2"))
    hear(corp, town, hello, hello)
    run = sync(corp, town)

    assert [pair[:2] for pair in seen(corp)["friends"]] == [("linyue", "wm1"), ("linyue", "wm2")]
    assert shown_in(corp.workspace, "type, texts['state']") == [
        ("add_friend", ""),
        ("add_friend", "store_017"),
    ]
    assert not Gap.objects.within(corp.workspace_id).filter(run=run).exists()


def test_who_deleted_whom_is_told_apart() -> None:
    corp, town = a_corp(), Town()
    a_friend(town, "wm1")
    a_friend(town, "wm2")
    sync(corp, town)
    del town.friends["LinYue", "wm1"]

    hear(corp, town, told("del_external_contact", **of("linyue", "wm1")))
    hear(corp, town, told("del_follow_user", **of("LinYue", "wm2")))

    (left,) = Relation.objects.within(corp.workspace_id).filter(kind=RelationKind.STAFF)
    assert left.status == "lost"
    assert sorted(shown_in(corp.workspace, "type, texts['by']"))[2:] == [
        ("delete_friend", "customer"),
        ("delete_friend", "staff"),
    ]
    ended = FollowRelation.objects.within(corp.workspace_id).order_by("external")
    assert list(ended.values_list("ended", flat=True)) == ["staff", "customer"]


def test_an_older_word_of_deleting_does_not_undo_a_later_one_of_adding() -> None:
    corp, town = a_corp(), Town()
    a_friend(town, "wm1")
    sync(corp, town)

    def status() -> str:
        return Relation.objects.within(corp.workspace_id).get().status

    hear(corp, town, told("del_follow_user", at=5, **of("LinYue", "wm1")))
    lost = status()
    hear(corp, town, told("add_external_contact", at=10, **of("LinYue", "wm1")))
    back = status()
    hear(corp, town, told("del_follow_user", at=7, **of("LinYue", "wm1")))

    assert (lost, back, status()) == ("lost", "new", "new")


def test_a_page_read_before_somebody_was_deleted_does_not_bring_her_back() -> None:
    corp, town = a_corp(), Town()
    a_friend(town, "wm1")
    a_friend(town, "wm2")
    sync(corp, town)
    pages = town._externalcontact_batch_get_by_user

    def reads_and_then_it_changes(given: dict[str, Any]) -> dict[str, Any]:
        page = pages(given)
        del town.friends["LinYue", "wm1"]
        tick()
        hear(corp, town, told("del_external_contact", **of("LinYue", "wm1")))
        return page

    town._externalcontact_batch_get_by_user = reads_and_then_it_changes  # type: ignore[method-assign]
    run = sync(corp, town)

    assert [pair[:2] for pair in seen(corp)["friends"]] == [("linyue", "wm2")]
    assert "contacts_new" not in run.counts


def test_a_member_who_leaves_and_one_who_is_renamed() -> None:
    corp, town = a_corp(), Town()
    a_friend(town, "wm1")
    a_friend(town, "wm2", "chen.bo")
    sync(corp, town)
    town.members["lin"] = town.members.pop("LinYue") | {"userid": "lin", "name": "林月"}
    del town.members["chen.bo"]

    hear(corp, town, told("update_user", "change_contact", UserID="LinYue", NewUserID="lin"))
    hear(corp, town, told("delete_user", "change_contact", UserID="chen.bo"))

    staff = Staff.objects.within(corp.workspace_id).order_by("pk")
    assert list(staff.values_list("name", "is_active")) == [("林月", True), ("chen.bo", False)]
    accounts = StaffAccount.objects.within(corp.workspace_id).order_by("userid")
    assert list(accounts.values_list("userid", "status")) == [("chen.bo", 5), ("lin", 1)]


@pytest.mark.parametrize("seed", range(3))
def test_callbacks_in_any_order_doubled_or_lost_and_a_sync_come_to_the_truth(seed: int) -> None:
    chance = random.Random(seed)
    corp, town = a_corp(), Town(page=3)
    town.tag_groups = [
        {
            "group_id": "g1",
            "group_name": "意向",
            "tag": [{"id": "t1", "name": "高"}, {"id": "t2", "name": "低"}],
        }
    ]
    for number in range(8):
        a_friend(town, f"wm{number}", chance.choice(["LinYue", "chen.bo"]))
    a_chat(town, "wr1", "会员群", "wm1", "wm2")
    sync(corp, town)

    callbacks = [each for step in range(25) for each in happens(town, chance, step)]
    kept = [each for each in callbacks if chance.random() > 0.3]
    delivered = kept + [each for each in kept if chance.random() < 0.3]
    chance.shuffle(delivered)
    assert hear(corp, town, *delivered) == {}
    sync(corp, town)

    fresh = a_corp()
    sync(fresh, town)
    assert seen(corp)["friends"] == seen(fresh)["friends"]
    assert seen(corp)["tags"] == seen(fresh)["tags"]
    assert [line[:2] for line in seen(corp)["groups"]] == [
        line[:2] for line in seen(fresh)["groups"]
    ]
    last = sync(corp, town)
    assert not Gap.objects.within(corp.workspace_id).filter(run=last).exists()


def happens(town: Town, chance: random.Random, step: int) -> list[wecom.Told]:
    """Let something happen in the corp; return what the platform would tell of it."""
    userid, external = chance.choice(["LinYue", "chen.bo"]), f"wm{chance.randrange(10)}"
    pair = userid, external
    match chance.choice(["befriend", "edit", "delete", "chat", "tag"]):
        case "befriend" if pair not in town.friends:
            a_friend(town, external, userid, days=0)
            return [told("add_external_contact", at=step, **of(*pair))]
        case "delete" if pair in town.friends:
            del town.friends[pair]
            return [told("del_external_contact", at=step, **of(*pair))]
        case "edit" if pair in town.friends:
            town.friends[pair]["remark"] = f"备注{step}"
            town.friends[pair]["tag_id"] = chance.sample(
                [tag["id"] for tag in town.tag_groups[0]["tag"]], 1
            )
            return [told("edit_external_contact", at=step, **of(*pair))]
        case "chat":
            who = chance.sample([f"wm{number}" for number in range(10)], 3)
            a_chat(town, "wr1", "会员群", *who)
            return [told("update", "change_external_chat", at=step, ChatId="wr1")]
        case "tag":
            tag = {"id": f"t{step + 10}", "name": f"标签{step}"}
            town.tag_groups[0]["tag"].append(tag)
            return [told("create", "change_external_tag", at=step, Id=tag["id"], TagType="tag")]
    return []


def test_a_corp_that_was_synced_is_passed_over_every_night() -> None:
    corp, town = a_corp(), Town()
    first = wecom.begin_due(now=NOON)
    run = sync(corp, town)
    shanghai_night = NOON.replace(hour=20)  # 4 o'clock there

    soon = wecom.begin_due(now=run.began_at + timedelta(hours=3))
    at_night = wecom.begin_due(now=shanghai_night + timedelta(days=1))
    twice = wecom.begin_due(now=shanghai_night + timedelta(days=1))

    assert (first, soon, at_night, twice) == (0, 0, 1, 0)


def test_a_tag_that_is_deleted_there_stays_here_with_whoever_has_it() -> None:
    corp, town = a_corp(), Town()
    town.tag_groups = [
        {"group_id": "g1", "group_name": "意向", "tag": [{"id": "t1", "name": "高"}]}
    ]
    a_friend(town, "wm1", tags=("t1",))
    sync(corp, town)

    town.tag_groups.clear()
    town.friends["LinYue", "wm1"]["tag_id"] = []
    hear(corp, town, told("delete", "change_external_tag", Id="g1", TagType="tag_group"))
    sync(corp, town)

    assert seen(corp)["tags"] == [("wm1", "意向", "高")]
    assert Tag.objects.within(corp.workspace_id).get().archived_at is None
