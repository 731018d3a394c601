"""Tags: made, renamed, moved, ordered, archived, deleted."""

from collections.abc import Sequence
from datetime import datetime
from typing import TypedDict, Unpack

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet

from yutang.kit.errors import DomainError
from yutang.kit.facts import publish
from yutang.tags import _exclusivity as exclusivity
from yutang.tags._groups import GroupNotFound, settled_order
from yutang.tags._owners import refuse_stranger
from yutang.tags.facts import TagGone
from yutang.tags.models import Tag, TagChange, TagGroup
from yutang.workspaces import service as workspaces
from yutang.workspaces.models import Workspace
from yutang.workspaces.service import Member

__all__ = [
    "NotFound",
    "TagArchived",
    "TagChanges",
    "TagEverUsed",
    "TagNameTaken",
    "TagWasMerged",
    "archive_tag",
    "archive_tags",
    "change_tag",
    "create_tag",
    "delete_tag",
    "find_tag",
    "list_tags",
    "order_tags",
    "refuse_unless_in_use",
    "resolved",
    "restore_tag",
]


class NotFound(DomainError):
    status = 404
    zh = "没有这个标签。它可能已被删除，请刷新标签列表。"
    en = "There is no such tag. It may have been deleted; reload the list of tags."


class TagNameTaken(DomainError):
    zh = "标签组“{group}”里已经有“{name}”。请换一个名称；要合二为一，请用合并。"
    en = "Tag group “{group}” already has “{name}”. Choose another name; to make the two one, merge them."


class TagEverUsed(DomainError):
    zh = "标签“{name}”给客户打过，记录要保留，不能删除。可以归档它。"
    en = "Tag “{name}” has been given to customers and its history is kept. Archive it instead."


class TagArchived(DomainError):
    zh = "标签“{name}”已归档，不能再打。要用它，先恢复。"
    en = "Tag “{name}” is archived and cannot be given. Restore it to use it."


class TagWasMerged(DomainError):
    zh = "标签“{name}”已并入“{into}”，请改用“{into}”。"
    en = "Tag “{name}” was merged into “{into}”. Use “{into}”."


class TagChanges(TypedDict, total=False):
    """What can be said of a tag; an empty colour is its group's."""

    name: str
    group_id: int
    colour: str
    note: str
    default_days: int | None
    owner_id: int | None


def list_tags(
    workspace: Workspace, *, group_id: int | None = None, search: str = "", archived: bool = False
) -> QuerySet[Tag]:
    """Return the tags in use (or the archived ones), by group and by part of a name."""
    found = _with_names(workspace).filter(archived_at__isnull=not archived)
    if group_id is not None:
        found = found.filter(group_id=group_id)
    if search:
        found = found.filter(Q(name__icontains=search) | Q(group__name__icontains=search))
    return found


def find_tag(workspace: Workspace, tag_id: int) -> Tag:
    """Return one tag with its group, archived or not.

    :raises NotFound:
    """
    try:
        return _with_names(workspace).get(pk=tag_id)
    except Tag.DoesNotExist:
        raise NotFound from None


def resolved(workspace: Workspace, tag_ids: Sequence[int]) -> dict[int, int]:
    """Return for each known id the tag it means today: itself, or the one it was merged into."""
    merged = dict(
        Tag.objects.within(workspace)
        .filter(merged_into__isnull=False)
        .values_list("pk", "merged_into_id")
    )
    known = Tag.objects.within(workspace).filter(pk__in=tag_ids).values_list("pk", flat=True)
    meant = {}
    for pk in known:
        today = pk
        while today in merged:
            today = merged[today]
        meant[pk] = today
    return meant


@transaction.atomic
def create_tag(member: Member, *, now: datetime, **said: Unpack[TagChanges]) -> Tag:
    """Make a tag, last in its group.

    :raises GroupNotFound, TagNameTaken, OwnerUnknown:
    """
    group = _locked_group(member.workspace, said["group_id"])
    refuse_stranger(member.workspace, said.get("owner_id"))
    place = Tag.objects.within(member.workspace).filter(group=group).count()
    tag = Tag(workspace=member.workspace, place=place, created_at=now, **said)
    _save(tag, group)
    _audit(member, "tags.created", tag, dict(said), now)
    return find_tag(member.workspace, tag.pk)


@transaction.atomic
def change_tag(member: Member, tag_id: int, *, now: datetime, **said: Unpack[TagChanges]) -> Tag:
    """Rename a tag, move it to another group, or change anything else said of it.

    :raises NotFound, TagWasMerged, GroupNotFound, TagNameTaken, OwnerUnknown, TagsOverlap:
    """
    there = find_tag(member.workspace, tag_id)
    group = _locked_group(member.workspace, said.get("group_id", there.group_id))
    (tag,) = exclusivity.lock_tags(member.workspace, [tag_id])
    _refuse_merged(tag)
    if said.get("owner_id") != tag.owner_id:  # one who has left stays until another is chosen
        refuse_stranger(member.workspace, said.get("owner_id"))
    before = {key: getattr(tag, key) for key in said}
    for key, value in said.items():
        setattr(tag, key, value)
    _save(tag, group)
    if before.get("group_id", group.pk) != group.pk:
        exclusivity.adopt(tag, group)
    _audit(member, "tags.changed", tag, {"before": before, "after": dict(said)}, now)
    return find_tag(member.workspace, tag.pk)


@transaction.atomic
def archive_tag(member: Member, tag_id: int, *, now: datetime) -> Tag:
    """Put a tag away: it stays on its customers and is given no more; announces TagGone.

    Archiving an archived tag changes nothing.

    :raises NotFound:
    """
    tag = _locked(member.workspace, tag_id)
    if tag.archived_at is None:
        archive_tags(Tag.objects.within(member.workspace).filter(pk=tag.pk), now=now)
        _audit(member, "tags.archived", tag, {}, now)
    return find_tag(member.workspace, tag_id)


def archive_tags(tags: QuerySet[Tag], *, now: datetime) -> None:
    """Archive tags inside the caller's transaction."""
    for workspace_id, tag_id in tags.values_list("workspace_id", "pk"):
        publish(TagGone(workspace_id, tag_id))
    tags.update(archived_at=now)


@transaction.atomic
def restore_tag(member: Member, tag_id: int, *, now: datetime) -> Tag:
    """Take an archived tag back into use.

    :raises NotFound, TagWasMerged, TagNameTaken, GroupNotFound:
    """
    tag = _locked(member.workspace, tag_id)
    _refuse_merged(tag)
    if tag.archived_at is not None:
        group = _locked_group(member.workspace, tag.group_id)
        tag.archived_at = None
        _save(tag, group)
        _audit(member, "tags.restored", tag, {}, now)
    return find_tag(member.workspace, tag_id)


@transaction.atomic
def delete_tag(member: Member, tag_id: int, *, now: datetime) -> None:
    """Delete a tag nobody ever had.

    :raises NotFound, TagEverUsed:
    """
    tag = _locked(member.workspace, tag_id)
    if tag.customers or TagChange.objects.within(member.workspace).filter(tag=tag).exists():
        raise TagEverUsed(name=tag.name)
    _audit(member, "tags.deleted", tag, {}, now)
    tag.delete()


@transaction.atomic
def order_tags(member: Member, group_id: int, tag_ids: Sequence[int], *, now: datetime) -> None:
    """Put the tags in use of a group in this order.

    :raises GroupNotFound, OrderIncomplete:
    """
    group = _locked_group(member.workspace, group_id)
    tags = Tag.objects.within(member.workspace).in_use().filter(group=group).select_for_update()
    ordered = settled_order({tag.pk: tag for tag in tags}, tag_ids)
    Tag.objects.bulk_update(ordered, ["place"])
    workspaces.record_audit(
        member.workspace,
        member.actor,
        "tags.ordered",
        f"tag_group:{group_id}",
        detail={"order": list(tag_ids)},
        now=now,
    )


def refuse_unless_in_use(tag: Tag) -> None:
    """Refuse a tag that cannot be given.

    :raises TagWasMerged, TagArchived:
    """
    _refuse_merged(tag)
    if tag.archived_at is not None:
        raise TagArchived(name=tag.name)


def _with_names(workspace: Workspace) -> QuerySet[Tag]:
    return Tag.objects.within(workspace).select_related("group", "owner", "merged_into")


def _refuse_merged(tag: Tag) -> None:
    if tag.merged_into is not None:
        raise TagWasMerged(name=tag.name, into=tag.merged_into.name)


def _locked(workspace: Workspace, tag_id: int) -> Tag:
    for tag in exclusivity.lock_tags(workspace, [tag_id]):
        return tag
    raise NotFound


def _locked_group(workspace: Workspace, group_id: int) -> TagGroup:
    groups = TagGroup.objects.within(workspace).in_use().select_for_update(no_key=True)
    try:
        return groups.get(pk=group_id)
    except TagGroup.DoesNotExist:
        raise GroupNotFound from None


def _save(tag: Tag, group: TagGroup) -> None:
    try:
        with transaction.atomic():
            tag.save()
    except IntegrityError:
        raise TagNameTaken(group=group.name, name=tag.name) from None


def _audit(member: Member, action: str, tag: Tag, detail: dict[str, object], now: datetime) -> None:
    workspaces.record_audit(
        member.workspace,
        member.actor,
        action,
        f"tag:{tag.pk}",
        detail={"name": tag.name} | detail,
        now=now,
    )
