"""Tags given here are told there, once, for one member; what the corp has no room for stays ours."""

from datetime import timedelta

import pytest

from yutang.customers.models import Customer
from yutang.tags import service as tags
from yutang.tags.models import Tag
from yutang.wecom import service as wecom
from yutang.wecom.models import Corp, CorpTag, Gap, TagMark
from yutang.wecom.tests.corps import Town, a_corp, a_friend, seen, sync, tick
from yutang.workspaces.service import Member
from yutang.workspaces.tests.builders import a_member, as_member

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("open_warehouse")]


@pytest.fixture
def corp() -> Corp:
    return a_corp()


@pytest.fixture
def owner(corp: Corp) -> Member:
    return a_member(corp.workspace)


@pytest.fixture
def town(corp: Corp) -> Town:
    town = Town()
    town.tag_groups = [
        {"group_id": "g1", "group_name": "意向", "tag": [{"id": "t1", "name": "高"}]}
    ]
    a_friend(town, "wm1", days=9)
    a_friend(town, "wm1", "chen.bo", days=3)
    sync(corp, town)
    return town


def her(corp: Corp) -> int:
    return Customer.objects.within(corp.workspace_id).get().pk


def tell(town: Town) -> list[str]:
    before = len(town.asked)
    wecom.tell_tags(lambda _: town, clock=tick)
    return town.asked[before:]


def test_a_tag_given_here_is_there_for_whom_she_befriended_first(
    corp: Corp, owner: Member, town: Town
) -> None:
    high = Tag.objects.within(corp.workspace_id).get()

    tags.tag_customer(owner, her(corp), high.pk, now=tick())
    first, again = tell(town), tell(town)
    given = [town.friends[who, "wm1"]["tag_id"] for who in ("LinYue", "chen.bo")]
    run = sync(corp, town)
    tags.untag_customer(owner, her(corp), high.pk, now=tick())
    tell(town)

    assert (first, again) == (["externalcontact/mark_tag"], [])
    assert given == [["t1"], []]
    assert "contacts_changed" not in run.counts
    assert not Gap.objects.within(corp.workspace_id).exists()
    assert town.friends["LinYue", "wm1"]["tag_id"] == []


def test_a_tag_made_here_is_made_there_and_told_of_whoever_has_it(
    corp: Corp, owner: Member, town: Town
) -> None:
    group = Tag.objects.within(corp.workspace_id).get().group
    low = tags.create_tag(owner, group_id=group.pk, name="低", now=tick())
    tags.tag_customer(owner, her(corp), low.pk, now=tick())

    tell(town)

    (made,) = (tag for tag in town.tag_groups[0]["tag"] if tag["name"] == "低")
    assert town.friends["LinYue", "wm1"]["tag_id"] == [made["id"]]
    sync(corp, town)
    assert seen(corp)["tags"] == [("wm1", "意向", "低")]


def test_what_the_corp_has_no_room_for_stays_ours_until_there_is(
    corp: Corp, owner: Member, town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("yutang.wecom.sync._marking._FULL_FOR", timedelta(0))
    town.most_tags = 1
    group = Tag.objects.within(corp.workspace_id).get().group
    low = tags.create_tag(owner, group_id=group.pk, name="低", now=tick())
    tags.tag_customer(owner, her(corp), low.pk, now=tick())

    tell(town)
    full = dict(CorpTag.objects.within(corp.workspace_id).values_list("tag__name", "place"))
    town.most_tags = 2
    tell(town)
    room = dict(CorpTag.objects.within(corp.workspace_id).values_list("tag__name", "place"))

    assert full == {"高": "both", "低": "overflow"}
    assert seen(corp)["tags"] == [("wm1", "意向", "低")]
    assert room == {"高": "both", "低": "both"}
    assert town.friends["LinYue", "wm1"]["tag_id"] != []


def test_a_tag_from_there_is_not_told_back(corp: Corp, town: Town) -> None:
    town.friends["chen.bo", "wm1"]["tag_id"] = ["t1"]
    sync(corp, town)

    assert tell(town) == []
    assert not TagMark.objects.within(corp.workspace_id).exists()
    assert town.friends["LinYue", "wm1"]["tag_id"] == []


def test_a_group_of_ours_is_put_there_when_somebody_says_so(
    corp: Corp, owner: Member, town: Town
) -> None:
    ours = tags.create_group(owner, name="偏好", now=tick())
    green = tags.create_tag(owner, group_id=ours.pk, name="绿茶", now=tick())
    tags.tag_customer(owner, her(corp), green.pk, now=tick())
    before = tell(town)
    hua = as_member(owner)

    shared = hua.post(f"/wecom/corps/{corp.pk}/tag-groups", {"group_id": ours.pk})
    tell(town)
    listed = hua.get(f"/wecom/corps/{corp.pk}/tags?place=both").json()["items"]

    assert (before, shared.status_code) == ([], 204)
    assert [(each["group_name"], each["name"]) for each in listed] == [
        ("意向", "高"),
        ("偏好", "绿茶"),
    ]
    assert [group["group_name"] for group in town.tag_groups] == ["意向", "偏好"]
    assert town.friends["LinYue", "wm1"]["tag_id"] == [town.tag_groups[1]["tag"][0]["id"]]
