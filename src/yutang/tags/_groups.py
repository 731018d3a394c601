"""Tag groups: made, renamed, made exclusive, ordered, archived, deleted."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal, TypedDict, TypeVar, Unpack

from django.db import IntegrityError, transaction
from django.db.models import Count, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from yutang.kit.errors import DomainError
from yutang.tags import _exclusivity as exclusivity
from yutang.tags._owners import refuse_stranger
from yutang.tags.models import Tag, TagGroup
from yutang.workspaces import service as workspaces
from yutang.workspaces.models import Workspace
from yutang.workspaces.service import Member

__all__ = [
    "GroupChanges",
    "GroupNameTaken",
    "GroupNotEmpty",
    "GroupNotFound",
    "OrderIncomplete",
    "archive_group",
    "change_group",
    "create_group",
    "delete_group",
    "find_group",
    "list_groups",
    "order_groups",
    "restore_group",
    "settled_order",
]


Row = TypeVar("Row", Tag, TagGroup)


class GroupNotFound(DomainError):
    status = 404
    zh = "没有这个标签组。它可能已被删除，请刷新标签列表。"
    en = "There is no such tag group. It may have been deleted; reload the list of tags."


class GroupNameTaken(DomainError):
    zh = "已经有一个叫“{name}”的标签组。请换一个名称，或直接用那个组。"
    en = "There already is a tag group “{name}”. Choose another name, or use that group."


class GroupNotEmpty(DomainError):
    zh = "标签组“{name}”里还有 {count} 个标签。请先移走或删除它们，或把整个组归档。"
    en = "Tag group “{name}” still has {count} tags. Move or delete them first, or archive the group."


class OrderIncomplete(DomainError):
    status = 422
    zh = "排序要包含全部 {count} 项，每项一次。请刷新后重排。"
    en = "An order names all {count} items, each once. Reload and order again."


class GroupChanges(TypedDict, total=False):
    """What can be said of a group."""

    name: str
    kind: str
    colour: str
    note: str
    is_exclusive: bool
    owner_id: int | None


def list_groups(workspace: Workspace, *, archived: bool = False) -> QuerySet[TagGroup]:
    """Return the groups in use (or the archived ones), each with `tags`, how many are in use in it,
    and `given`, how many taggings those have.
    """
    return _with_counts(workspace).filter(archived_at__isnull=not archived)


def find_group(workspace: Workspace, group_id: int) -> TagGroup:
    """Return one group, with `tags` and `given`.

    :raises GroupNotFound:
    """
    try:
        return _with_counts(workspace).get(pk=group_id)
    except TagGroup.DoesNotExist:
        raise GroupNotFound from None


@transaction.atomic
def create_group(member: Member, *, now: datetime, **said: Unpack[GroupChanges]) -> TagGroup:
    """Make a group, last in the order.

    :raises GroupNameTaken, OwnerUnknown:
    """
    refuse_stranger(member.workspace, said.get("owner_id"))
    place = TagGroup.objects.within(member.workspace).count()
    group = TagGroup(workspace=member.workspace, place=place, created_at=now, **said)
    _save(group)
    _audit(member, "tags.group_created", group, dict(said), now)
    return find_group(member.workspace, group.pk)


@transaction.atomic
def change_group(
    member: Member,
    group_id: int,
    *,
    now: datetime,
    overlaps: Literal["refuse", "keep_newest"] = "refuse",
    **said: Unpack[GroupChanges],
) -> TagGroup:
    """Change what is said of a group.

    Made exclusive while customers have several of its tags, it is refused, or each keeps the tag
    she was given last (`overlaps="keep_newest"`).

    :raises GroupNotFound, GroupNameTaken, OwnerUnknown, TagsOverlap:
    """
    group = _locked(member.workspace, group_id)
    if said.get("owner_id") != group.owner_id:  # one who has left stays until another is chosen
        refuse_stranger(member.workspace, said.get("owner_id"))
    before = {key: getattr(group, key) for key in said}
    becomes = said.get("is_exclusive", group.is_exclusive)
    for key, value in said.items():
        setattr(group, key, value)
    _save(group)
    if becomes != before.get("is_exclusive", becomes):
        if becomes:
            exclusivity.enforce(group, overlaps=overlaps, actor=member.actor, now=now)
        else:
            exclusivity.lift(group)
    _audit(member, "tags.group_changed", group, {"before": before, "after": dict(said)}, now)
    return find_group(member.workspace, group.pk)


@transaction.atomic
def archive_group(member: Member, group_id: int, *, now: datetime) -> TagGroup:
    """Put a group away with its tags: they stay on the customers, and are given no more.

    Archiving an archived group changes nothing.

    :raises GroupNotFound:
    """
    from yutang.tags._tags import archive_tags

    group = _locked(member.workspace, group_id)
    if group.archived_at is None:
        group.archived_at = now
        group.save(update_fields=["archived_at"])
        archive_tags(Tag.objects.within(member.workspace).in_use().filter(group=group), now=now)
        _audit(member, "tags.group_archived", group, {}, now)
    return find_group(member.workspace, group.pk)


@transaction.atomic
def restore_group(member: Member, group_id: int, *, now: datetime) -> TagGroup:
    """Take an archived group back into use, with the tags that were archived along with it.

    :raises GroupNotFound, GroupNameTaken:
    """
    group = _locked(member.workspace, group_id)
    if group.archived_at is not None:
        Tag.objects.within(member.workspace).filter(
            group=group, archived_at=group.archived_at, merged_into=None
        ).update(archived_at=None)
        group.archived_at = None
        _save(group)
        _audit(member, "tags.group_restored", group, {}, now)
    return find_group(member.workspace, group.pk)


@transaction.atomic
def delete_group(member: Member, group_id: int, *, now: datetime) -> None:
    """Delete a group without tags.

    :raises GroupNotFound, GroupNotEmpty:
    """
    group = _locked(member.workspace, group_id)
    count = Tag.objects.within(member.workspace).filter(group=group).count()
    if count:
        raise GroupNotEmpty(name=group.name, count=count)
    _audit(member, "tags.group_deleted", group, {}, now)
    group.delete()


@transaction.atomic
def order_groups(member: Member, group_ids: Sequence[int], *, now: datetime) -> None:
    """Put the groups in use in this order.

    :raises OrderIncomplete:
    """
    groups = TagGroup.objects.within(member.workspace).in_use().select_for_update()
    ordered = settled_order({group.pk: group for group in groups}, group_ids)
    TagGroup.objects.bulk_update(ordered, ["place"])
    workspaces.record_audit(
        member.workspace,
        member.actor,
        "tags.groups_ordered",
        "tag_groups",
        detail={"order": list(group_ids)},
        now=now,
    )


def settled_order(rows: dict[int, Row], ids: Sequence[int]) -> list[Row]:
    """Return the rows with their new places.

    :raises OrderIncomplete:
    """
    if sorted(ids) != sorted(rows):
        raise OrderIncomplete(count=len(rows))
    for place, pk in enumerate(ids):
        rows[pk].place = place
    return list(rows.values())


def _with_counts(workspace: Workspace) -> QuerySet[TagGroup]:
    tags = Tag.objects.in_use().filter(group=OuterRef("pk")).order_by().values("group")
    return (
        TagGroup.objects.within(workspace)
        .select_related("owner")
        .annotate(
            tags=Coalesce(Subquery(tags.annotate(n=Count("pk")).values("n")), 0),
            given=Coalesce(Subquery(tags.annotate(n=Sum("customers")).values("n")), 0),
        )
    )


def _locked(workspace: Workspace, group_id: int) -> TagGroup:
    try:
        return TagGroup.objects.within(workspace).select_for_update().get(pk=group_id)
    except TagGroup.DoesNotExist:
        raise GroupNotFound from None


def _save(group: TagGroup) -> None:
    try:
        with transaction.atomic():
            group.save()
    except IntegrityError:
        raise GroupNameTaken(name=group.name) from None


def _audit(
    member: Member, action: str, group: TagGroup, detail: dict[str, object], now: datetime
) -> None:
    workspaces.record_audit(
        member.workspace,
        member.actor,
        action,
        f"tag_group:{group.pk}",
        detail={"name": group.name} | detail,
        now=now,
    )
