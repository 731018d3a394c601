"""Tags follow their customers through a merge and back."""

import pytest

from yutang.kit.pages import PageIn
from yutang.tags import service as tags
from yutang.tags.models import OwnTagging, Tagging
from yutang.tags.tests.builders import (
    DAY,
    NOON,
    a_group,
    a_member,
    a_tag,
    a_workspace,
    applied,
    some_customers,
    tags_on,
)

pytestmark = pytest.mark.django_db


def merge(workspace, winner, loser):
    tags.follow_merges(workspace, [(winner, loser)], now=NOON)


def undo(workspace, winner, loser, now=NOON):
    tags.follow_undoings(workspace, [(winner, loser)], now=now)


def all_rows(workspace):
    rows = Tagging.objects.within(workspace).order_by("customer", "tag_id")
    return [(r.customer, r.tag_id, r.sources, r.tagged_at, r.expires_at) for r in rows]


def counts(workspace):
    return {tag.pk: tag.customers for tag in tags.list_tags(workspace)}


def test_the_tags_of_both_are_on_the_one_who_stays() -> None:
    hua = a_member(a_workspace())
    winner, loser = some_customers(hua.workspace, 2)
    shared, hers, theirs = a_tag(hua), a_tag(hua), a_tag(hua)
    applied(shared, add=[winner])
    applied(shared, add=[loser], source="rule:3", now=NOON - DAY)
    applied(hers, add=[winner])
    applied(theirs, add=[loser])

    merge(hua.workspace, winner, loser)

    assert tags_on(hua.workspace, winner) == [shared.pk, hers.pk, theirs.pk]
    assert tags_on(hua.workspace, loser) == []
    both = Tagging.objects.get(tag=shared)
    assert (both.sources, both.tagged_at) == (["manual", "rule:3"], NOON - DAY)
    assert counts(hua.workspace) == {shared.pk: 1, hers.pk: 1, theirs.pk: 1}


def test_undone_both_have_what_they_had() -> None:
    hua = a_member(a_workspace())
    winner, loser = some_customers(hua.workspace, 2)
    stage = a_group(hua, is_exclusive=True)
    new, bought = a_tag(hua, stage), a_tag(hua, stage)
    shared, theirs = a_tag(hua), a_tag(hua)
    applied(new, add=[winner], now=NOON - DAY)
    applied(bought, add=[loser])
    applied(shared, add=[winner, loser], expires_at=NOON + 9 * DAY)
    applied(theirs, add=[loser], source="rule:3")
    before, counted = all_rows(hua.workspace), counts(hua.workspace)

    merge(hua.workspace, winner, loser)
    assert tags_on(hua.workspace, winner) == [bought.pk, shared.pk, theirs.pk]
    undo(hua.workspace, winner, loser)

    assert all_rows(hua.workspace) == before
    assert counts(hua.workspace) == counted
    assert not OwnTagging.objects.within(hua.workspace).exists()


def test_in_an_exclusive_group_the_newest_tag_of_both_stays() -> None:
    hua = a_member(a_workspace())
    winner, loser = some_customers(hua.workspace, 2)
    stage = a_group(hua, is_exclusive=True)
    new, bought = a_tag(hua, stage), a_tag(hua, stage)
    applied(bought, add=[winner])
    applied(new, add=[loser], now=NOON - DAY)

    merge(hua.workspace, winner, loser)

    assert tags_on(hua.workspace, winner) == [bought.pk]
    assert counts(hua.workspace) == {new.pk: 0, bought.pk: 1}


def test_what_was_given_since_the_merge_stays_with_the_one_who_stayed() -> None:
    hua = a_member(a_workspace())
    winner, loser = some_customers(hua.workspace, 2)
    old, since = a_tag(hua), a_tag(hua)
    applied(old, add=[loser], source="import:1")
    merge(hua.workspace, winner, loser)
    applied(since, add=[winner])
    applied(old, add=[winner], source="manual")

    undo(hua.workspace, winner, loser)

    assert tags_on(hua.workspace, winner) == [old.pk, since.pk]
    assert Tagging.objects.get(tag=old, customer=winner).sources == ["manual"]
    assert Tagging.objects.get(tag=old, customer=loser).sources == ["import:1"]


def test_what_ended_since_the_merge_does_not_come_back() -> None:
    hua = a_member(a_workspace())
    winner, loser = some_customers(hua.workspace, 2)
    applied(a_tag(hua), add=[loser], expires_at=NOON + DAY)
    merge(hua.workspace, winner, loser)
    tags.expire_due(now=NOON + DAY)

    undo(hua.workspace, winner, loser, now=NOON + DAY)

    assert all_rows(hua.workspace) == []


def test_what_came_to_the_old_number_later_moves_when_followed_again() -> None:
    hua = a_member(a_workspace())
    winner, loser = some_customers(hua.workspace, 2)
    tag = a_tag(hua)
    merge(hua.workspace, winner, loser)
    applied(tag, add=[loser])

    merge(hua.workspace, winner, loser)

    assert tags_on(hua.workspace, winner) == [tag.pk]


def test_undoing_what_was_never_followed_changes_nothing() -> None:
    hua = a_member(a_workspace())
    winner, loser = some_customers(hua.workspace, 2)
    applied(a_tag(hua), add=[winner, loser])
    before = all_rows(hua.workspace)

    undo(hua.workspace, winner, loser)

    assert all_rows(hua.workspace) == before


def test_a_person_is_told_and_then_forgotten() -> None:
    hua = a_member(a_workspace())
    customer, other = some_customers(hua.workspace, 2)
    tag = a_tag(hua, name="爱喝龙井")
    applied(tag, add=[customer, other])

    told = tags.export_person(hua.workspace, [customer])
    tags.erase_person(hua.workspace, [customer])

    assert [row["name"] for row in told["tags"]] == ["爱喝龙井"]
    assert [row["kind"] for row in told["tag_history"]] == ["given"]
    assert counts(hua.workspace) == {tag.pk: 1}
    assert tags.export_person(hua.workspace, [customer]) == {"tags": [], "tag_history": []}
    page = tags.history_of_tag(hua, tag.pk, PageIn())
    assert [line.change.customer for line in page.items] == [other]
