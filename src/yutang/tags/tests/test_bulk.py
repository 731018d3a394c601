"""Many at once: the preview says what the act then does, and nobody out of scope is touched."""

import pytest

from yutang.kit.pages import PageIn
from yutang.tags import service as tags
from yutang.tags.tests.builders import (
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


def test_giving_says_who_has_it_already_and_who_is_out_of_scope() -> None:
    hua, rival = a_member(a_workspace()), a_member(a_workspace("Coffee House"))
    has, lacks = some_customers(hua.workspace, 2)
    (stranger,) = some_customers(rival.workspace)
    tag = a_tag(hua)
    applied(tag, add=[has])
    everyone = [[has, lacks], [stranger]]

    preview = tags.preview_bulk(hua, tag.pk, everyone, action="give")
    outcome = tags.bulk(hua, tag.pk, everyone, action="give", now=NOON)

    assert preview == tags.BulkPreview(asked=3, would_change=1, already=1, out_of_scope=1)
    assert outcome == tags.BulkOutcome(3, tags.Applied(given=1), 1)
    assert having(tag) == [has, lacks]


def test_taking_says_whom_a_rule_keeps() -> None:
    hua = a_member(a_workspace())
    plain, ruled, lacks = some_customers(hua.workspace, 3)
    tag = a_tag(hua)
    applied(tag, add=[plain])
    applied(tag, add=[ruled], source="rule:3")
    everyone = [[plain, ruled, lacks]]

    preview = tags.preview_bulk(hua, tag.pk, everyone, action="take")
    tags.bulk(hua, tag.pk, everyone, action="take", now=NOON)

    assert preview == tags.BulkPreview(asked=3, would_change=1, already=1, kept_by_rule=1)
    assert having(tag) == [ruled]


def test_in_an_exclusive_group_the_preview_counts_who_would_lose_another() -> None:
    hua = a_member(a_workspace())
    group = a_group(hua, is_exclusive=True)
    one, other = a_tag(hua, group), a_tag(hua, group)
    first, second = some_customers(hua.workspace, 2)
    applied(other, add=[first])

    preview = tags.preview_bulk(hua, one.pk, [[first, second]], action="give")

    assert preview == tags.BulkPreview(asked=2, would_change=2, displaced=1)


def test_progress_is_told_batch_by_batch() -> None:
    hua = a_member(a_workspace())
    crowd = some_customers(hua.workspace, 5)
    heard: list[int] = []

    tags.bulk(
        hua,
        a_tag(hua).pk,
        [crowd[:2], crowd[2:4], crowd[4:]],
        action="give",
        now=NOON,
        progress=heard.append,
    )

    assert heard == [2, 4, 5]


def test_history_is_read_page_by_page_newest_first() -> None:
    hua = a_member(a_workspace())
    (customer,) = some_customers(hua.workspace)
    tag = a_tag(hua)
    for _ in range(3):
        applied(tag, add=[customer])
        applied(tag, remove=[customer])

    first = tags.history_of_customer(hua, customer, PageIn(limit=4))
    rest = tags.history_of_customer(hua, customer, PageIn(limit=4, cursor=first.next))

    read = [line.change.kind for line in (*first.items, *rest.items)]
    assert read == ["removed", "given"] * 3
    assert rest.next is None


def test_who_has_a_tag_is_listed_in_pages() -> None:
    hua = a_member(a_workspace())
    crowd = some_customers(hua.workspace, 3)
    tag = a_tag(hua)
    applied(tag, add=crowd)

    first = tags.customers_with(hua, tag.pk, PageIn(limit=2))
    rest = tags.customers_with(hua, tag.pk, PageIn(limit=2, cursor=first.next))

    assert [row.tagging.customer for row in (*first.items, *rest.items)] == crowd[::-1]
