"""A tag leaves when its time is over: by the tag's days, by the day it was given, never because of a rule."""

import pytest

from yutang.kit.pulse import beat_all_once
from yutang.tags import service as tags
from yutang.tags.models import TagChange, Tagging
from yutang.tags.tests.builders import (
    DAY,
    NOON,
    a_member,
    a_tag,
    a_workspace,
    applied,
    having,
    some_customers,
)

pytestmark = pytest.mark.django_db


def test_a_tag_with_default_days_leaves_when_they_are_over() -> None:
    hua = a_member(a_workspace())
    (customer,) = some_customers(hua.workspace)
    tag = a_tag(hua, default_days=30)
    applied(tag, add=[customer])

    tags.expire_due(now=NOON + 30 * DAY - DAY / 86_400)
    assert having(tag) == [customer]
    tags.expire_due(now=NOON + 30 * DAY)

    assert having(tag) == []
    assert tags.find_tag(hua.workspace, tag.pk).customers == 0
    last = TagChange.objects.filter(tag=tag).order_by("-pk")[0]
    assert (last.kind, last.actor) == ("expired", "system:tags.expire")


def test_an_ended_tag_is_not_shown_even_before_the_pulse() -> None:
    hua = a_member(a_workspace())
    (customer,) = some_customers(hua.workspace)
    tag = a_tag(hua)
    tags.tag_customer(hua, customer, tag.pk, expires_at=NOON + DAY, now=NOON)

    assert len(tags.tags_of(hua, customer, now=NOON + DAY / 2)) == 1
    assert len(tags.tags_of(hua, customer, now=NOON + DAY)) == 0


def test_the_longer_end_holds() -> None:
    hua = a_member(a_workspace())
    (customer,) = some_customers(hua.workspace)
    tag = a_tag(hua)
    ends = []
    for end in (NOON + 5 * DAY, NOON + 2 * DAY, NOON + 9 * DAY, None, NOON + 3 * DAY):
        applied(tag, add=[customer], expires_at=end)
        ends.append(Tagging.objects.get(tag=tag).expires_at)

    assert ends == [NOON + 5 * DAY, NOON + 5 * DAY, NOON + 9 * DAY, None, None]


def test_what_a_rule_holds_stays_when_the_rest_ends() -> None:
    hua = a_member(a_workspace())
    (customer,) = some_customers(hua.workspace)
    tag = a_tag(hua, default_days=1)
    applied(tag, add=[customer], source="rule:3")
    assert Tagging.objects.get(tag=tag).expires_at is None
    applied(tag, add=[customer], source="manual")

    tags.expire_due(now=NOON + DAY)

    tagging = Tagging.objects.get(tag=tag)
    assert (tagging.sources, tagging.expires_at) == (["rule:3"], None)


def test_an_end_can_be_brought_forward_and_lifted() -> None:
    hua = a_member(a_workspace())
    (customer,) = some_customers(hua.workspace)
    tag = a_tag(hua)
    applied(tag, add=[customer])

    sooner = tags.change_end(hua, customer, tag.pk, expires_at=NOON + DAY, now=NOON)
    assert sooner.expires_at == NOON + DAY
    never = tags.change_end(hua, customer, tag.pk, expires_at=None, now=NOON)
    assert never.expires_at is None


def test_an_end_that_has_passed_is_refused() -> None:
    hua = a_member(a_workspace())
    (customer,) = some_customers(hua.workspace)
    tag = a_tag(hua)

    with pytest.raises(tags.EndPassed):
        tags.tag_customer(hua, customer, tag.pk, expires_at=NOON, now=NOON)

    assert having(tag) == []


def test_the_pulse_ends_tags_by_the_clock() -> None:
    hua = a_member(a_workspace())
    (customer,) = some_customers(hua.workspace)
    tag = a_tag(hua, default_days=1)
    applied(tag, add=[customer])  # NOON is long past

    beat_all_once("tags.expire")

    assert having(tag) == []
