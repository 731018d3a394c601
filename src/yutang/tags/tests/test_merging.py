"""Two tags become one: everybody who had either has the one that stays, and the history keeps both."""

import pytest

from yutang.kit.pulse import beat_all_once
from yutang.tags import _merging
from yutang.tags import service as tags
from yutang.tags.facts import TagsMerged
from yutang.tags.models import TagChange, Tagging
from yutang.tags.tests.builders import (
    DAY,
    NOON,
    a_group,
    a_member,
    a_tag,
    a_workspace,
    applied,
    having,
    some_customers,
)

pytestmark = pytest.mark.django_db


def test_the_preview_says_how_many_and_the_merge_does_it() -> None:
    hua = a_member(a_workspace())
    both, only_this, only_into = some_customers(hua.workspace, 3)
    this, into = a_tag(hua, name="铁粉"), a_tag(hua, name="忠实客户")
    applied(this, add=[both, only_this])
    applied(into, add=[both, only_into], now=NOON - DAY)

    preview = tags.preview_merge(hua.workspace, this.pk, into.pk)
    stays = tags.merge_tags(hua, this.pk, into.pk, now=NOON)

    assert preview == tags.MergePreview(2, 2, 1, 3, 0)
    assert having(into) == [both, only_this, only_into]
    assert having(this) == []
    assert (stays.pk, stays.customers) == (into.pk, 3)
    gone = tags.find_tag(hua.workspace, this.pk)
    assert (gone.merged_into_id, gone.archived_at, gone.customers) == (into.pk, NOON, 0)
    assert Tagging.objects.get(tag=into, customer=both).tagged_at == NOON - DAY
    lines = TagChange.objects.filter(customer=only_this).order_by("pk")
    assert [(line.tag_id, line.kind, line.source) for line in lines] == [
        (this.pk, "given", "manual"),
        (this.pk, "removed", "merge"),
        (into.pk, "given", "merge"),
    ]


def test_the_apps_above_hear_of_it(django_capture_on_commit_callbacks) -> None:
    from yutang.kit.facts import _listeners

    heard: list[object] = []
    _listeners[TagsMerged].append(heard.append)
    hua = a_member(a_workspace())
    this, into = a_tag(hua), a_tag(hua)

    with django_capture_on_commit_callbacks(execute=True):
        tags.merge_tags(hua, this.pk, into.pk, now=NOON)
    _listeners[TagsMerged].remove(heard.append)

    assert heard == [TagsMerged(hua.workspace.pk, this.pk, into.pk)]


def test_many_customers_move_in_batches_and_by_the_pulse(monkeypatch) -> None:
    monkeypatch.setattr(_merging, "BATCH", 2)
    hua = a_member(a_workspace())
    crowd = some_customers(hua.workspace, 5)
    this, into = a_tag(hua), a_tag(hua)
    applied(this, add=crowd)
    applied(into, add=crowd[:1])

    tags.merge_tags(hua, this.pk, into.pk, now=NOON)
    assert len(having(this)) == 3
    beat_all_once("tags.merge")

    assert (having(this), having(into)) == ([], crowd)
    assert tags.find_tag(hua.workspace, into.pk).customers == 5


def test_in_an_exclusive_group_the_tag_that_stays_takes_the_place() -> None:
    hua = a_member(a_workspace())
    group = a_group(hua, is_exclusive=True)
    into, other = a_tag(hua, group), a_tag(hua, group)
    this = a_tag(hua)
    (customer,) = some_customers(hua.workspace)
    applied(this, add=[customer])
    applied(other, add=[customer])

    preview = tags.preview_merge(hua.workspace, this.pk, into.pk)
    tags.merge_tags(hua, this.pk, into.pk, now=NOON)

    assert preview.would_lose_another == 1
    assert (having(into), having(other)) == ([customer], [])
    assert tags.find_tag(hua.workspace, other.pk).customers == 0


def test_two_tags_of_one_exclusive_group_merge() -> None:
    hua = a_member(a_workspace())
    group = a_group(hua, is_exclusive=True)
    this, into = a_tag(hua, group), a_tag(hua, group)
    one, other = some_customers(hua.workspace, 2)
    applied(this, add=[one])
    applied(into, add=[other])

    tags.merge_tags(hua, this.pk, into.pk, now=NOON)

    assert having(into) == [one, other]


def test_a_rule_that_still_names_the_merged_tag_means_the_one_that_stays() -> None:
    hua = a_member(a_workspace())
    this, into = a_tag(hua), a_tag(hua)
    (customer,) = some_customers(hua.workspace)
    tags.merge_tags(hua, this.pk, into.pk, now=NOON)

    applied(this, add=[customer], source="rule:3")
    assert having(into) == [customer]
    applied(this, remove=[customer], source="rule:3")

    assert having(into) == []
    assert tags.resolved(hua.workspace, [this.pk, into.pk]) == {this.pk: into.pk, into.pk: into.pk}


def test_a_merge_needs_two_tags_in_use() -> None:
    hua = a_member(a_workspace())
    this, into, third = a_tag(hua), a_tag(hua, name="甲"), a_tag(hua)
    tags.archive_tag(hua, third.pk, now=NOON)

    with pytest.raises(tags.MergedWithItself):
        tags.merge_tags(hua, this.pk, this.pk, now=NOON)
    with pytest.raises(tags.TagArchived):
        tags.merge_tags(hua, this.pk, third.pk, now=NOON)
    tags.merge_tags(hua, this.pk, into.pk, now=NOON)
    with pytest.raises(tags.TagWasMerged):
        tags.merge_tags(hua, this.pk, third.pk, now=NOON)
    with pytest.raises(tags.TagWasMerged):
        tags.restore_tag(hua, this.pk, now=NOON)


def test_the_rival_cannot_merge_our_tags() -> None:
    hua, rival = a_member(a_workspace()), a_member(a_workspace("Coffee House"))
    this, into = a_tag(hua), a_tag(rival)

    for pair in ((this.pk, into.pk), (into.pk, this.pk)):
        with pytest.raises(tags.NotFound):
            tags.merge_tags(rival, *pair, now=NOON)

    assert tags.find_tag(hua.workspace, this.pk).merged_into_id is None
