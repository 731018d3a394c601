"""Who gives a tag in a long transaction keeps nobody else from giving it; every customer is counted."""

import threading
from collections.abc import Sequence
from functools import partial

import pytest
from django.db import transaction

from yutang.kit.pulse import beat_all_once
from yutang.tags import service as tags
from yutang.tags.models import Tag
from yutang.tags.tests.builders import (
    a_group,
    a_member,
    a_tag,
    a_workspace,
    applied,
    having,
    some_customers,
)
from yutang.workspaces.tests.builders import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def count_of(tag: Tag) -> int:
    return tags.find_tag(tag.workspace, tag.pk).customers


def test_two_give_the_same_tag_at_once_and_neither_waits() -> None:
    hua = a_member(a_workspace())
    tag = a_tag(hua)
    both_gave = threading.Barrier(2, timeout=60)
    one, other, everybody = some_customers(hua.workspace, 3)

    def give(crowd: Sequence[int]) -> None:
        with transaction.atomic():
            applied(tag, add=crowd, source="journey:1", beside_others=True)
            both_gave.wait()  # broken, had one to wait until the other ends

    at_once(partial(give, [one]), partial(give, [other]))
    applied(tag, add=[everybody], source="journey:1", beside_others=True)
    beat_all_once("tags.count")

    assert having(tag) == sorted([one, other, everybody])
    assert count_of(tag) == 3


def test_whoever_changes_the_tag_finds_it_counted() -> None:
    hua = a_member(a_workspace())
    tag = a_tag(hua)
    first, second = some_customers(hua.workspace, 2)
    applied(tag, add=[first, second], beside_others=True)
    assert count_of(tag) == 0

    applied(tag, remove=[first])

    assert count_of(tag) == 1


def test_in_an_exclusive_group_one_waits_for_the_other_still() -> None:
    hua = a_member(a_workspace())
    group = a_group(hua, is_exclusive=True)
    pair = [a_tag(hua, group), a_tag(hua, group)]
    crowd = some_customers(hua.workspace, 50)

    at_once(
        *(partial(applied, tag, add=crowd, beside_others=True) for tag in pair for _ in range(3))
    )

    assert len(having(pair[0])) + len(having(pair[1])) == 50
    assert [count_of(tag) for tag in pair] == [len(having(tag)) for tag in pair]
