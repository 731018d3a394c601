"""A tag is had once, from one source or several; who gave it may take it, and the history says so."""

import pytest

from yutang.customers import service as customers
from yutang.tags import _tagging
from yutang.tags import service as tags
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
    tags_on,
)

pytestmark = pytest.mark.django_db


def kinds(tag, customer):
    rows = TagChange.objects.within(tag.workspace).filter(tag=tag, customer=customer)
    return [(row.kind, row.source) for row in rows.order_by("pk")]


def test_a_given_tag_is_had_and_the_history_says_who_when_and_why() -> None:
    hua = a_member(a_workspace())
    (customer,) = some_customers(hua.workspace)
    tag = a_tag(hua)

    tags.tag_customer(hua, customer, tag.pk, reason="问过龙井", now=NOON)

    assert having(tag) == [customer]
    (line,) = TagChange.objects.within(hua.workspace)
    assert (line.kind, line.source, line.actor, line.reason, line.at) == (
        "given",
        "manual",
        hua.actor,
        "问过龙井",
        NOON,
    )
    found = tags.find_tag(hua.workspace, tag.pk)
    assert (found.customers, found.last_used_at) == (1, NOON)


def test_giving_the_same_again_changes_nothing() -> None:
    hua = a_member(a_workspace())
    (customer,) = some_customers(hua.workspace)
    tag = a_tag(hua)
    applied(tag, add=[customer])

    again = applied(tag, add=[customer, customer])

    assert again == tags.Applied()
    assert kinds(tag, customer) == [("given", "manual")]
    assert tags.find_tag(hua.workspace, tag.pk).customers == 1


def test_a_rule_takes_away_only_what_it_gave() -> None:
    hua = a_member(a_workspace())
    both, ruled = some_customers(hua.workspace, 2)
    tag = a_tag(hua)
    applied(tag, add=[both])
    applied(tag, add=[both, ruled], source="rule:3")

    outcome = applied(tag, remove=[both, ruled], source="rule:3")

    assert outcome == tags.Applied(removed=1, withdrawn=1)
    assert having(tag) == [both]
    assert Tagging.objects.get(tag=tag).sources == ["manual"]
    assert kinds(tag, both)[-1] == ("withdrawn", "rule:3")


def test_what_another_rule_gave_stays() -> None:
    hua = a_member(a_workspace())
    (customer,) = some_customers(hua.workspace)
    tag = a_tag(hua)
    applied(tag, add=[customer], source="rule:3")

    assert applied(tag, remove=[customer], source="rule:4") == tags.Applied()
    assert having(tag) == [customer]


def test_a_tag_kept_by_a_rule_is_not_taken_by_hand() -> None:
    hua = a_member(a_workspace())
    (customer,) = some_customers(hua.workspace)
    tag = a_tag(hua)
    applied(tag, add=[customer], source="rule:3")

    with pytest.raises(tags.KeptByRule):
        tags.untag_customer(hua, customer, tag.pk, now=NOON)

    assert having(tag) == [customer]


def test_a_tag_she_does_not_have_is_not_taken() -> None:
    hua = a_member(a_workspace())
    (customer,) = some_customers(hua.workspace)
    tag = a_tag(hua)

    with pytest.raises(tags.NotTagged):
        tags.untag_customer(hua, customer, tag.pk, now=NOON)


def test_an_archived_tag_is_given_no_more_and_may_be_taken() -> None:
    hua = a_member(a_workspace())
    one, other = some_customers(hua.workspace, 2)
    tag = a_tag(hua)
    applied(tag, add=[one])
    tags.archive_tag(hua, tag.pk, now=NOON)

    with pytest.raises(tags.TagArchived):
        tags.tag_customer(hua, other, tag.pk, now=NOON)
    tags.untag_customer(hua, one, tag.pk, now=NOON)

    assert having(tag) == []


def test_strangers_and_those_who_are_gone_are_left_out() -> None:
    hua, rival = a_member(a_workspace()), a_member(a_workspace("Coffee House"))
    (ours,), (theirs,) = some_customers(hua.workspace), some_customers(rival.workspace)
    tag = a_tag(hua)

    assert applied(tag, add=[ours, theirs, 4_000_000_000]) == tags.Applied(given=1)

    assert having(tag) == [ours]


def test_the_rival_cannot_tell_that_tag_or_customer_exist() -> None:
    hua, rival = a_member(a_workspace()), a_member(a_workspace("Coffee House"))
    (ours,), (theirs,) = some_customers(hua.workspace), some_customers(rival.workspace)
    tag = a_tag(hua)

    with pytest.raises(tags.NotFound):
        tags.tag_customer(rival, theirs, tag.pk, now=NOON)
    with pytest.raises(customers.NotFound):
        tags.tag_customer(rival, ours, a_tag(rival).pk, now=NOON)
    with pytest.raises(customers.NotFound):
        tags.tags_of(rival, ours, now=NOON)
    with pytest.raises(tags.NotFound):
        applied_as_rival(rival, tag, theirs)

    assert tags_on(hua.workspace, ours) == []
    assert list(tags.list_tags(rival.workspace, group_id=tag.group_id)) == []


def applied_as_rival(rival, tag, customer):
    tags.apply(
        rival.workspace,
        tag.pk,
        add=[customer],
        remove=[],
        actor="user:1",
        reason="",
        source="manual",
        now=NOON,
    )


def test_a_source_is_one_we_know() -> None:
    hua = a_member(a_workspace())

    with pytest.raises(ValueError, match="not a source"):
        applied(a_tag(hua), source="magic")


def test_a_crowd_is_tagged_in_batches(monkeypatch, django_assert_max_num_queries) -> None:
    monkeypatch.setattr(_tagging, "BATCH", 1000)
    hua = a_member(a_workspace())
    crowd = some_customers(hua.workspace, 2500)
    tag = a_tag(hua)

    with django_assert_max_num_queries(30):
        outcome = applied(tag, add=crowd, source="import:4")

    assert outcome == tags.Applied(given=2500)
    assert tags.find_tag(hua.workspace, tag.pk).customers == 2500


def test_tags_of_several_customers_come_in_their_groups_order(
    django_assert_max_num_queries,
) -> None:
    hua = a_member(a_workspace())
    one, other = some_customers(hua.workspace, 2)
    group = a_group(hua)
    first, second = a_tag(hua, group), a_tag(hua, group)
    applied(second, add=[one])
    applied(first, add=[one, other])

    with django_assert_max_num_queries(6):
        found = tags.tags_of_several(hua, [one, other], now=NOON + DAY)

    assert {pk: [row.tag_id for row in rows] for pk, rows in found.items()} == {
        one: [first.pk, second.pk],
        other: [first.pk],
    }
