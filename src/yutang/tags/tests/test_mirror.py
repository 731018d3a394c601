"""The warehouse follows: what is given and taken is seen there, and announced, once."""

import pytest

from yutang.engines import warehouse
from yutang.events import service as events
from yutang.kit.pulse import beat_all_once
from yutang.tags import service as tags
from yutang.tags.models import UnmirroredTagging
from yutang.tags.tests.builders import (
    DAY,
    NOON,
    a_member,
    a_tag,
    a_workspace,
    applied,
    some_customers,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("open_warehouse")]

SEEN = """
SELECT customer, expires_at < '2290-01-01' AS ends FROM tags FINAL
WHERE workspace = {workspace:UInt32} AND tag = {tag:UInt32} ORDER BY customer
"""


def seen(tag):
    rows = warehouse().rows(SEEN, {"workspace": tag.workspace_id, "tag": tag.pk})
    return [tuple(row) for row in rows]


def announced(workspace):
    found = [each for each in events.arrivals() if each.workspace_id == workspace.pk]
    return [(each.what, each.customers) for each in found if each.what == "@tags"]


def test_given_and_taken_tags_are_seen_in_the_warehouse() -> None:
    hua = a_member(a_workspace())
    one, other = some_customers(hua.workspace, 2)
    tag = a_tag(hua)
    applied(tag, add=[one, other])

    beat_all_once("tags.mirror")
    assert seen(tag) == [(one, 0), (other, 0)]
    assert announced(hua.workspace) == [("@tags", [one, other])]

    applied(tag, remove=[one])
    beat_all_once("tags.mirror")
    assert seen(tag) == [(other, 0)]
    assert announced(hua.workspace)[1:] == [("@tags", [one])]


def test_nothing_is_left_to_mirror_and_nothing_more_announced() -> None:
    hua = a_member(a_workspace())
    applied(a_tag(hua), add=some_customers(hua.workspace))
    beat_all_once("tags.mirror")

    beat_all_once("tags.mirror")

    assert not UnmirroredTagging.objects.within(hua.workspace).exists()
    assert len(announced(hua.workspace)) == 1


def test_the_end_is_known_to_the_warehouse_unless_a_rule_holds_on() -> None:
    hua = a_member(a_workspace())
    ending, held = some_customers(hua.workspace, 2)
    tag = a_tag(hua)
    applied(tag, add=[ending, held], expires_at=NOON + DAY)
    applied(tag, add=[held], source="rule:3")

    beat_all_once("tags.mirror")

    assert seen(tag) == [(ending, 1), (held, 0)]


def test_a_crash_before_the_marks_are_deleted_repeats_harmlessly(monkeypatch) -> None:
    hua = a_member(a_workspace())
    (customer,) = some_customers(hua.workspace)
    tag = a_tag(hua)
    applied(tag, add=[customer])
    with monkeypatch.context() as broken:
        broken.setattr(events, "announce", _dies)
        with pytest.raises(RuntimeError):
            tags.mirror_marked()
    applied(tag, remove=[customer])

    beat_all_once("tags.mirror")

    assert seen(tag) == []
    assert announced(hua.workspace) == [("@tags", [customer])]


def _dies(*_: object) -> None:
    raise RuntimeError


def test_what_expires_leaves_the_warehouse_too() -> None:
    hua = a_member(a_workspace())
    (customer,) = some_customers(hua.workspace)
    tag = a_tag(hua, default_days=1)
    applied(tag, add=[customer])
    beat_all_once("tags.mirror")

    tags.expire_due(now=NOON + DAY)
    beat_all_once("tags.mirror")

    assert seen(tag) == []
