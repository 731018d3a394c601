"""Tags that a channel tells of are found by what they were, by name, or made; a name is never taken away."""

import pytest

from yutang.tags import service as tags
from yutang.tags.models import Tag
from yutang.tags.service import ToldTag, ToldTagGroup
from yutang.tags.tests.builders import a_tag
from yutang.workspaces.models import Workspace
from yutang.workspaces.tests.builders import NOON, a_member, a_workspace


def names(workspace: Workspace) -> list[tuple[str, str]]:
    rows = Tag.objects.within(workspace).order_by("group__name", "name")
    return list(rows.values_list("group__name", "name"))


@pytest.mark.django_db
def test_told_tags_are_the_ones_of_their_names_and_follow_when_renamed() -> None:
    owner = a_member(a_workspace())
    tea = owner.workspace
    mine = a_tag(owner)
    group = mine.group.name

    first = tags.adopt(
        tea,
        [ToldTagGroup("g1", group, [ToldTag("t1", mine.name.upper()), ToldTag("t2", "低")])],
        actor="system:wecom",
        now=NOON,
    )
    again = tags.adopt(
        tea,
        [
            ToldTagGroup(
                "g1",
                "意愿",
                [ToldTag("t1", "很高", first.tags["t1"]), ToldTag("t2", "很高", first.tags["t2"])],
                first.groups["g1"],
            )
        ],
        actor="system:wecom",
        now=NOON,
    )

    assert first.tags["t1"] == mine.pk
    assert again == first
    assert names(tea) == [("意愿", "低"), ("意愿", "很高")]
