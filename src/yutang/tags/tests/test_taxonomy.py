"""Groups and tags are made, named, ordered, archived; names differ where they would be confused."""

import pytest

from yutang.tags import service as tags
from yutang.tags.tests.builders import (
    NOON,
    a_group,
    a_member,
    a_tag,
    a_workspace,
    applied,
    some_customers,
)
from yutang.workspaces.models import Membership

pytestmark = pytest.mark.django_db


def test_two_groups_do_not_share_a_name_but_an_archived_one_gives_it_up() -> None:
    hua = a_member(a_workspace())
    first = a_group(hua, name="VIP")

    with pytest.raises(tags.GroupNameTaken):
        a_group(hua, name="vip")
    tags.archive_group(hua, first.pk, now=NOON)
    a_group(hua, name="vip")
    with pytest.raises(tags.GroupNameTaken):
        tags.restore_group(hua, first.pk, now=NOON)

    assert [group.name for group in tags.list_groups(hua.workspace)] == ["vip"]


def test_a_name_may_occur_in_two_groups_and_once_in_each() -> None:
    hua = a_member(a_workspace())
    one, other = a_group(hua), a_group(hua)
    a_tag(hua, one, name="红茶")
    second = a_tag(hua, other, name="红茶")

    with pytest.raises(tags.TagNameTaken):
        a_tag(hua, one, name="红茶")
    with pytest.raises(tags.TagNameTaken):
        tags.change_tag(hua, second.pk, group_id=one.pk, now=NOON)

    assert tags.find_tag(hua.workspace, second.pk).group_id == other.pk


def test_the_owner_of_a_tag_is_a_member_of_the_workspace() -> None:
    hua, rival = a_member(a_workspace()), a_member(a_workspace("Coffee House"))
    group = a_group(hua)

    with pytest.raises(tags.OwnerUnknown):
        a_tag(hua, group, owner_id=rival.user.pk)

    assert a_tag(hua, group, owner_id=hua.user.pk).owner == hua.user


def test_the_owner_of_a_group_is_a_member_and_may_leave_later() -> None:
    hua, rival = a_member(a_workspace()), a_member(a_workspace("Coffee House"))
    lin = a_member(hua.workspace, name="小林")
    group = a_group(hua, owner_id=lin.user.pk)
    assert group.owner == lin.user

    with pytest.raises(tags.OwnerUnknown):
        tags.change_group(hua, group.pk, owner_id=rival.user.pk, now=NOON)
    with pytest.raises(tags.OwnerUnknown):
        a_group(hua, owner_id=rival.user.pk)
    for each in Membership.objects.filter(user=lin.user):
        each.is_active = False
        each.save()
    kept = tags.change_group(hua, group.pk, note="来源", owner_id=lin.user.pk, now=NOON)

    assert kept.owner == lin.user
    assert [each.user for each in tags.owners_of(hua.workspace)] == [hua.user]


def test_an_archived_group_takes_its_tags_along_and_brings_them_back() -> None:
    hua = a_member(a_workspace())
    group = a_group(hua)
    stays_away, comes_back = a_tag(hua, group), a_tag(hua, group)
    tags.archive_tag(hua, stays_away.pk, now=NOON.replace(hour=1))

    tags.archive_group(hua, group.pk, now=NOON)
    assert list(tags.list_tags(hua.workspace)) == []
    tags.restore_group(hua, group.pk, now=NOON)

    assert [tag.pk for tag in tags.list_tags(hua.workspace)] == [comes_back.pk]


def test_a_tag_that_was_ever_given_is_archived_not_deleted() -> None:
    hua = a_member(a_workspace())
    used, unused = a_tag(hua), a_tag(hua)
    applied(used, add=some_customers(hua.workspace))

    with pytest.raises(tags.TagEverUsed):
        tags.delete_tag(hua, used.pk, now=NOON)
    tags.delete_tag(hua, unused.pk, now=NOON)

    assert [tag.pk for tag in tags.list_tags(hua.workspace)] == [used.pk]


def test_a_group_with_tags_is_not_deleted() -> None:
    hua = a_member(a_workspace())
    group = a_group(hua)
    tag = a_tag(hua, group)

    with pytest.raises(tags.GroupNotEmpty):
        tags.delete_group(hua, group.pk, now=NOON)
    tags.delete_tag(hua, tag.pk, now=NOON)
    tags.delete_group(hua, group.pk, now=NOON)

    assert list(tags.list_groups(hua.workspace)) == []


def test_an_order_names_every_item_once() -> None:
    hua = a_member(a_workspace())
    group = a_group(hua)
    first, second, third = (a_tag(hua, group) for _ in range(3))

    with pytest.raises(tags.OrderIncomplete):
        tags.order_tags(hua, group.pk, [first.pk, second.pk], now=NOON)
    tags.order_tags(hua, group.pk, [third.pk, first.pk, second.pk], now=NOON)

    ordered = tags.list_tags(hua.workspace).order_by("place")
    assert [tag.pk for tag in ordered] == [third.pk, first.pk, second.pk]


def test_groups_say_how_many_tags_and_taggings_they_have() -> None:
    hua = a_member(a_workspace())
    group = a_group(hua)
    one, other = a_tag(hua, group), a_tag(hua, group)
    crowd = some_customers(hua.workspace, 3)
    applied(one, add=crowd)
    applied(other, add=crowd[:1])

    found = tags.find_group(hua.workspace, group.pk)

    assert (found.tags, found.given) == (2, 4)


def test_the_rival_sees_no_group_and_no_tag() -> None:
    hua, rival = a_member(a_workspace()), a_member(a_workspace("Coffee House"))
    tag = a_tag(hua)
    attempts = [
        (tags.GroupNotFound, lambda: tags.find_group(rival.workspace, tag.group_id)),
        (tags.GroupNotFound, lambda: tags.change_group(rival, tag.group_id, name="x", now=NOON)),
        (tags.GroupNotFound, lambda: tags.archive_group(rival, tag.group_id, now=NOON)),
        (tags.GroupNotFound, lambda: tags.delete_group(rival, tag.group_id, now=NOON)),
        (tags.GroupNotFound, lambda: a_tag(rival, tag.group)),
        (tags.NotFound, lambda: tags.find_tag(rival.workspace, tag.pk)),
        (tags.NotFound, lambda: tags.change_tag(rival, tag.pk, name="x", now=NOON)),
        (tags.NotFound, lambda: tags.archive_tag(rival, tag.pk, now=NOON)),
        (tags.NotFound, lambda: tags.delete_tag(rival, tag.pk, now=NOON)),
    ]

    for refusal, attempt in attempts:
        with pytest.raises(refusal):
            attempt()

    assert list(tags.list_tags(rival.workspace)) == []
    assert tags.find_tag(hua.workspace, tag.pk).name == tag.name
