"""Which groups of tags are on both sides, and where each of their tags lives."""

from datetime import datetime

from django.db import transaction

from yutang.tags import service as tags
from yutang.wecom.models import Corp, CorpTag, CorpTagGroup
from yutang.workspaces.models import WorkspaceQuerySet
from yutang.workspaces.service import Member, record_audit

__all__ = ["corp_tags_of", "share_tag_group"]


def corp_tags_of(corp: Corp, place: str = "") -> WorkspaceQuerySet[CorpTag]:
    """Return the tags of groups that are on both sides, or those that live in one place."""
    rows = CorpTag.objects.within(corp.workspace_id).filter(corp=corp)
    rows = rows.select_related("tag__group")
    return rows.filter(place=place) if place else rows


@transaction.atomic
def share_tag_group(member: Member, corp: Corp, group_id: int, *, now: datetime) -> None:
    """Have a group of ours there too; its tags, and who has them, are told within seconds.

    :raises GroupNotFound:
    """
    group = tags.find_group(corp.workspace, group_id)
    _, is_new = CorpTagGroup.objects.within(corp.workspace_id).get_or_create(
        corp=corp, group=group, defaults={"workspace_id": corp.workspace_id}
    )
    if is_new:
        detail = {"group": group.pk}
        target = f"wecom:{corp.pk}"
        record_audit(
            corp.workspace, member.actor, "wecom.tag_group_shared", target, detail=detail, now=now
        )
