"""Exclusive groups: a customer has one of their tags at most.

The promise is a unique index over `(customer, exclusive_group)`; whoever gives a tag of such a group
first locks the group, so that two who give different ones to the same customer come one after the other.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Literal

from django.db import connection, transaction

from yutang.kit.errors import DomainError
from yutang.tags._statements import (
    COUNT_UNCOUNTED,
    KEEP_NEWEST,
    OVERLAPS,
    SHARE_GROUP,
    SHARE_TAG,
)
from yutang.tags.models import Tag, Tagging, TagGroup, UncountedTagging
from yutang.workspaces.models import Workspace

__all__ = [
    "TagsOverlap",
    "adopt",
    "count_overlaps",
    "count_uncounted",
    "enforce",
    "lift",
    "lock_tags",
    "share_tag",
]


class TagsOverlap(DomainError):
    zh = "有 {count} 位客户同时有“{group}”里的多个标签。可以让每人只留最后打上的那个，再设为互斥。"
    en = (
        "{count} customers have several tags of “{group}”. Let each keep the one given last to make"
        " the group exclusive."
    )


def lock_tags(workspace: Workspace, tag_ids: Iterable[int]) -> list[Tag]:
    """Lock the groups of these tags, then the tags, each in the order of their ids: whoever changes
    taggings does this first, so that group, exclusivity and counts hold still. Counts are right then.
    """
    wanted = set(tag_ids)
    of_these = Tag.objects.within(workspace).filter(pk__in=wanted)
    groups = TagGroup.objects.within(workspace).filter(pk__in=of_these.values("group"))
    list(groups.order_by("pk").select_for_update(no_key=True))
    tags = of_these.select_related("group", "merged_into").order_by("pk")
    locked = list(tags.select_for_update(of=("self",), no_key=True))
    return list(tags) if _count(workspace, [tag.pk for tag in locked]) else locked


def share_tag(workspace: Workspace, tag_id: int) -> tuple[Tag, bool] | None:
    """Hold a tag still beside others who only give it, too; return it, and whether it is shared.

    A tag of an exclusive group is locked.
    """
    found = Tag.objects.within(workspace).filter(pk=tag_id).select_related("group")
    tag = found.first()
    if tag and not tag.group.is_exclusive:
        with connection.cursor() as cursor:
            cursor.execute(SHARE_GROUP, {"workspace": workspace.pk, "tag": tag_id})
            cursor.execute(SHARE_TAG, {"workspace": workspace.pk, "tag": tag_id})
        tag = found.first()
    if tag and not tag.group.is_exclusive:
        return tag, True
    return next(((each, False) for each in lock_tags(workspace, [tag_id])), None)


def count_uncounted() -> bool:
    """Add to the tags what those gave who did not wait for one another; nothing is left."""
    rows = UncountedTagging.objects.values_list("workspace_id", "tag").distinct()
    for workspace_id, tag_id in sorted(rows):
        with transaction.atomic():
            lock_tags(Workspace(pk=workspace_id), [tag_id])
    return False


def _count(workspace: Workspace, tag_ids: Sequence[int]) -> int:
    with connection.cursor() as cursor:
        cursor.execute(COUNT_UNCOUNTED, {"workspace": workspace.pk, "tags": list(tag_ids)})
        return int(cursor.rowcount)


def count_overlaps(workspace: Workspace, tag_ids: Sequence[int]) -> int:
    """Return how many customers have more than one of these tags."""
    with connection.cursor() as cursor:
        cursor.execute(OVERLAPS, {"workspace": workspace.pk, "tags": list(tag_ids)})
        return int(cursor.fetchone()[0])


def enforce(
    group: TagGroup, *, overlaps: Literal["refuse", "keep_newest"], actor: str, now: datetime
) -> None:
    """Make the taggings of a locked group exclusive.

    :raises TagsOverlap:
    """
    tags = lock_tags(group.workspace, _tags_of(group))
    ids = [tag.pk for tag in tags]
    count = count_overlaps(group.workspace, ids)
    if count and overlaps == "refuse":
        raise TagsOverlap(count=count, group=group.name)
    if count:
        _keep_newest(group, ids, actor=actor, now=now)
    Tagging.objects.within(group.workspace).filter(tag_id__in=ids).update(exclusive_group=group)


def lift(group: TagGroup) -> None:
    """Let the customers have several tags of a locked group."""
    Tagging.objects.within(group.workspace).filter(tag_id__in=_tags_of(group)).update(
        exclusive_group=None
    )


def adopt(tag: Tag, group: TagGroup) -> None:
    """Bring the taggings of a locked tag under the rule of the group it now belongs to.

    :raises TagsOverlap: when a customer would have two tags of an exclusive group
    """
    count = count_overlaps(tag.workspace, [*_tags_of(group), tag.pk]) if group.is_exclusive else 0
    if count:
        raise TagsOverlap(count=count, group=group.name)
    Tagging.objects.within(tag.workspace).filter(tag=tag).update(
        exclusive_group=group if group.is_exclusive else None
    )


def _tags_of(group: TagGroup) -> list[int]:
    return list(
        Tag.objects.within(group.workspace).filter(group=group).values_list("pk", flat=True)
    )


def _keep_newest(group: TagGroup, tag_ids: list[int], *, actor: str, now: datetime) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            KEEP_NEWEST,
            {"workspace": group.workspace_id, "tags": tag_ids, "actor": actor, "now": now},
        )
        gone = cursor.fetchall()
    for tag_id, count in gone:
        tag = Tag.objects.within(group.workspace).get(pk=tag_id)
        tag.customers -= count
        tag.save(update_fields=["customers"])
