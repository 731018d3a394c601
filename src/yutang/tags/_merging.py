"""Two tags become one: the customers of both have the one that stays, the history keeps both.

The tag that goes is marked first, in one short transaction; from then on it cannot be given. Its
customers move in batches, at once for a few, by the pulse `tags.merge` for the rest, also after a crash.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import F

from yutang.kit.errors import DomainError
from yutang.kit.facts import publish
from yutang.kit.pulse import wake
from yutang.tags import _exclusivity as exclusivity
from yutang.tags._merge_statements import JOIN_BOTH, MAKE_ROOM, MOVE_REST, TOGETHER
from yutang.tags._tagging import BATCH, count_down
from yutang.tags._tags import TagWasMerged, find_tag, refuse_unless_in_use
from yutang.tags.facts import TagsMerged
from yutang.tags.models import Tag, Tagging
from yutang.workspaces import service as workspaces
from yutang.workspaces.models import Workspace
from yutang.workspaces.service import Member

__all__ = ["MergePreview", "MergedWithItself", "merge_tags", "move_merged", "preview_merge"]


class MergedWithItself(DomainError):
    status = 422
    zh = "一个标签不能并入自己。请选另一个标签。"
    en = "A tag cannot be merged into itself. Choose another tag."


@dataclass(frozen=True)
class MergePreview:
    """What a merge would come to, in customers."""

    having_this: int
    having_into: int
    having_both: int
    having_either: int
    would_lose_another: int  # of the exclusive group the tag that stays belongs to


def preview_merge(workspace: Workspace, tag_id: int, into_id: int) -> MergePreview:
    """Return what merging a tag into another would come to.

    :raises NotFound, MergedWithItself, TagWasMerged, TagArchived:
    """
    _, into = _pair(workspace, tag_id, into_id)
    group = into.group_id if into.group.is_exclusive else None
    values = {"workspace": workspace.pk, "this": tag_id, "into": into_id, "group": group}
    ((having_this, both, losing),) = _run(TOGETHER, values)
    return MergePreview(
        having_this, into.customers, both, having_this + into.customers - both, losing
    )


def merge_tags(member: Member, tag_id: int, into_id: int, *, now: datetime) -> Tag:
    """Merge a tag into another and return that one; announces TagsMerged.

    :raises NotFound, MergedWithItself, TagWasMerged, TagArchived:
    """
    preview = preview_merge(member.workspace, tag_id, into_id)
    with transaction.atomic():
        this, into = _pair(member.workspace, tag_id, into_id, lock=True)
        this.merged_into, this.archived_at = into, this.archived_at or now
        this.save(update_fields=["merged_into", "archived_at"])
        publish(TagsMerged(member.workspace.pk, this.pk, into.pk))
        workspaces.record_audit(
            member.workspace,
            member.actor,
            "tags.merged",
            f"tag:{this.pk}",
            detail={
                "name": this.name,
                "into": into.pk,
                "into_name": into.name,
                "customers": preview.having_this,
            },
            now=now,
        )
    _move_batch(member.workspace, this.pk, actor=member.actor, now=now)
    wake("tags.merge")
    return find_tag(member.workspace, into_id)


def move_merged(*, now: datetime) -> bool:
    """Move one batch of customers of every merged tag that still has some; True when there may be more."""
    left = Tag.objects.filter(merged_into__isnull=False, customers__gt=0)
    for tag in left.select_related("workspace").order_by("pk"):
        _move_batch(tag.workspace, tag.pk, actor="system:tags.merge", now=now)
    return left.exists()


@transaction.atomic
def _move_batch(workspace: Workspace, tag_id: int, *, actor: str, now: datetime) -> None:
    this = find_tag(workspace, tag_id)
    if this.merged_into_id is None:
        return
    tags = exclusivity.lock_tags(workspace, [tag_id, this.merged_into_id])
    (into,) = (tag for tag in tags if tag.pk == this.merged_into_id)
    taggings = _some_of(workspace, tag_id)
    values = {
        "workspace": workspace.pk,
        "this": tag_id,
        "into": into.pk,
        "group": into.group_id if into.group.is_exclusive else None,
        "taggings": taggings,
        "actor": actor,
        "reason": this.name,
        "now": now,
    }
    ((joined,),) = _run(JOIN_BOTH, values)
    count_down(workspace, _run(MAKE_ROOM, values))
    ((moved,),) = _run(MOVE_REST, values)
    Tag.objects.within(workspace).filter(pk=tag_id).update(
        customers=F("customers") - joined - moved if taggings else 0
    )
    Tag.objects.within(workspace).filter(pk=into.pk).update(customers=F("customers") + moved)
    transaction.on_commit(lambda: wake("tags.mirror"))


def _some_of(workspace: Workspace, tag_id: int) -> list[int]:
    rows = Tagging.objects.within(workspace).filter(tag_id=tag_id).order_by("customer")
    return list(rows.values_list("pk", flat=True)[:BATCH])


def _pair(
    workspace: Workspace, tag_id: int, into_id: int, *, lock: bool = False
) -> tuple[Tag, Tag]:
    if tag_id == into_id:
        raise MergedWithItself
    if lock:
        exclusivity.lock_tags(workspace, [tag_id, into_id])
    this, into = find_tag(workspace, tag_id), find_tag(workspace, into_id)
    if this.merged_into is not None:
        raise TagWasMerged(name=this.name, into=this.merged_into.name)
    refuse_unless_in_use(into)
    return this, into


def _run(sql: str, values: dict[str, Any]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())
