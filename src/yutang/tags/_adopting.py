"""Groups and tags as a channel tells them: found by what they were, by their names, or made."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from yutang.tags.models import Tag, TagGroup
from yutang.workspaces import service as workspaces
from yutang.workspaces.models import Workspace

__all__ = ["Adopted", "ToldTag", "ToldTagGroup", "adopt"]

_LONGEST = 60


@dataclass(frozen=True)
class ToldTag:
    """A tag as it is told, under a key of the teller's; `known_as` says which it is here."""

    key: str
    name: str
    known_as: int | None = None


@dataclass(frozen=True)
class ToldTagGroup:
    """A group as it is told, with some of its tags."""

    key: str
    name: str
    tags: Sequence[ToldTag]
    known_as: int | None = None


@dataclass(frozen=True)
class Adopted:
    """Which groups and tags the told ones are here, by their keys."""

    groups: Mapping[str, int]
    tags: Mapping[str, int]


@transaction.atomic
def adopt(
    workspace: Workspace, told: Sequence[ToldTagGroup], *, actor: str, now: datetime
) -> Adopted:
    """Let groups and tags be called what they are told to be called; what is not here yet is made.

    A name that another one here has already is not taken from it: the old name stays.
    """
    groups: dict[str, int] = {}
    tags: dict[str, int] = {}
    made: list[str] = []
    for each in told:
        group = _group(workspace, each, now)
        groups[each.key] = group.pk
        mine = list(Tag.objects.within(workspace).filter(group=group).order_by("place", "pk"))
        for one in each.tags:
            tag = _tag(group, mine, one, now)
            if tag.pk is None:
                tag.save()
                mine.append(tag)
                made.append(tag.name)
            tags[one.key] = tag.pk
    if made:
        detail = {"tags": made[:100], "source": actor}
        target = f"workspace:{workspace.pk}"
        workspaces.record_audit(workspace, actor, "tags.created", target, detail=detail, now=now)
    return Adopted(groups, tags)


def _group(workspace: Workspace, told: ToldTagGroup, now: datetime) -> TagGroup:
    rows = TagGroup.objects.within(workspace)
    name = told.name.strip()[:_LONGEST] or told.key[:_LONGEST]
    same = rows.in_use().filter(name__iexact=name).select_for_update().first()
    known = rows.filter(pk=told.known_as).select_for_update().first() if told.known_as else None
    if known is None:
        return same or TagGroup.objects.create(
            workspace=workspace, name=name, place=rows.count(), created_at=now
        )
    if known.name != name and same in {None, known}:
        known.name = name
        known.save(update_fields=["name"])
    return known


def _tag(group: TagGroup, mine: Sequence[Tag], told: ToldTag, now: datetime) -> Tag:
    """Return which tag is meant, called as it is told; an unsaved one where there is none."""
    name = told.name.strip()[:_LONGEST] or told.key[:_LONGEST]
    folded = name.lower()
    same = next(
        (tag for tag in mine if tag.archived_at is None and tag.name.lower() == folded), None
    )
    known = next((tag for tag in mine if tag.pk == told.known_as), None)
    if known is None:
        return same or Tag(
            workspace_id=group.workspace_id, group=group, name=name, place=len(mine), created_at=now
        )
    if known.name != name and same in {None, known}:
        known.name = name
        known.save(update_fields=["name"])
    return known
