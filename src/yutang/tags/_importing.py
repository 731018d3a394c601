"""Tags that a file names: found in their group, or made there, and given."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models.functions import Lower

from yutang.tags._tagging import apply
from yutang.tags.models import Tag, TagGroup
from yutang.workspaces import service as workspaces
from yutang.workspaces.models import Workspace

__all__ = ["tag_imported"]


@transaction.atomic
def tag_imported(
    workspace: Workspace,
    group_name: str,
    given: Mapping[str, Sequence[int]],
    *,
    source: str,
    actor: str,
    now: datetime,
) -> None:
    """Give customers the tags of these names; a group or a tag that is not there yet is made."""
    made: list[str] = []
    group = _group(workspace, group_name, now)
    rows = Tag.objects.within(workspace).in_use().filter(group=group)
    known = dict(rows.annotate(folded=Lower("name")).values_list("folded", "pk"))
    for name in sorted(given):
        if name.lower() not in known:
            tag = Tag.objects.create(
                workspace=workspace, group=group, name=name, place=len(known), created_at=now
            )
            known[name.lower()] = tag.pk
            made.append(name)
    for name, customers in sorted(given.items()):
        apply(
            workspace,
            known[name.lower()],
            add=customers,
            remove=[],
            actor=actor,
            reason="导入",
            source=source,
            now=now,
        )
    if made:
        workspaces.record_audit(
            workspace,
            actor,
            "tags.created",
            f"tag_group:{group.pk}",
            detail={"group": group.name, "tags": made[:100], "source": source},
            now=now,
        )


def _group(workspace: Workspace, name: str, now: datetime) -> TagGroup:
    there = TagGroup.objects.within(workspace).in_use().filter(name__iexact=name)
    found = there.select_for_update().first()
    return found or TagGroup.objects.create(
        workspace=workspace,
        name=name,
        place=TagGroup.objects.within(workspace).count(),
        created_at=now,
    )
