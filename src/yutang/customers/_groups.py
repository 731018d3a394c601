"""Groups customers belong to: chats, clubs, classes."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Count, QuerySet

from yutang.customers.models import Group, Relation, RelationKind
from yutang.kit.errors import DomainError
from yutang.workspaces.models import Workspace
from yutang.workspaces.service import Member, record_audit

__all__ = [
    "GroupNameTaken",
    "NoSuchGroup",
    "ToldGroup",
    "archive_group",
    "change_group",
    "create_group",
    "follow_groups",
    "group_sizes",
    "groups_of",
]


class NoSuchGroup(DomainError):
    """The workspace has no such group, or it was retired."""

    status = 404
    zh = "没有这个群，或已停用。"
    en = "There is no such group, or it was retired."


class GroupNameTaken(DomainError):
    """Another group has the name."""

    zh = "已经有一个群叫“{name}”，请换个名字。"
    en = "There is a group “{name}” already. Choose another name."


def groups_of(workspace: Workspace, *, archived: bool = False) -> "QuerySet[Group, Group]":
    """Return the groups in use, or the retired ones."""
    return Group.objects.within(workspace).filter(archived_at__isnull=not archived)


def group_sizes(workspace: Workspace, group_ids: list[int]) -> dict[int, int]:
    """Return how many customers each of these groups has."""
    shown = Relation.objects.within(workspace).filter(
        kind=RelationKind.GROUP, target__in=group_ids, is_hidden=False
    )
    return dict(shown.values_list("target").annotate(Count("pk")).order_by("target"))


@transaction.atomic
def create_group(member: Member, *, name: str, kind: str = "", now: datetime) -> Group:
    """Make a group.

    :raises GroupNameTaken:
    """
    group = Group(workspace=member.workspace, name=name.strip(), kind=kind.strip(), created_at=now)
    _save(group)
    _record(member, "customers.group_created", group, now)
    return group


@transaction.atomic
def change_group(
    member: Member,
    group_id: int,
    *,
    name: str | None = None,
    kind: str | None = None,
    now: datetime,
) -> Group:
    """Rename a group or give it another kind.

    :raises NoSuchGroup, GroupNameTaken:
    """
    group = _locked(member.workspace, group_id)
    group.name = group.name if name is None else name.strip()
    group.kind = group.kind if kind is None else kind.strip()
    _save(group)
    _record(member, "customers.group_changed", group, now)
    return group


@transaction.atomic
def archive_group(member: Member, group_id: int, *, now: datetime) -> None:
    """Retire a group; who was in it stays on record.

    :raises NoSuchGroup:
    """
    group = _locked(member.workspace, group_id)
    group.archived_at = now
    group.save(update_fields=["archived_at"])
    _record(member, "customers.group_archived", group, now)


@dataclass(frozen=True)
class ToldGroup:
    """A group as a channel tells it: under a key, over or not; `known_as` says which it is here."""

    key: str
    name: str
    kind: str
    is_over: bool = False
    known_as: int | None = None


@transaction.atomic
def follow_groups(
    workspace: Workspace, told: Sequence[ToldGroup], *, now: datetime
) -> dict[str, int]:
    """Let groups be as they are told; return by key which each is here.

    Chats share names, groups here do not: whoever comes later to a name is numbered. Who was in a group
    that is over stays on record.
    """
    mine = Group.objects.within(workspace)
    known = mine.select_for_update().in_bulk([each.known_as for each in told if each.known_as])
    found: dict[str, int] = {}
    for each in told:
        group = known.get(each.known_as or 0) or Group(workspace=workspace, created_at=now)
        others = mine.filter(archived_at=None).exclude(pk=group.pk)
        name = _free_name(each.name.strip()[:90] or "未命名群", group.name, others)
        archived_at = group.archived_at or now if each.is_over else None
        if (group.name, group.kind, group.archived_at) != (name, each.kind, archived_at) or (
            group.pk is None
        ):
            group.name, group.kind, group.archived_at = name, each.kind, archived_at
            _save(group)
        found[each.key] = group.pk
    return found


def _free_name(wanted: str, has: str, others: "QuerySet[Group, Group]") -> str:
    """Return the name, numbered if others have it; a number that was given stays."""
    if re.fullmatch(re.escape(wanted) + r"( \(\d+\))?", has):
        return has if has == wanted or others.filter(name=wanted).exists() else wanted
    taken = set(others.filter(name__startswith=wanted).values_list("name", flat=True))
    if wanted not in taken:
        return wanted
    return next(
        name for number in range(2, 100_000) if (name := f"{wanted} ({number})") not in taken
    )


def _locked(workspace: Workspace, group_id: int) -> Group:
    found = groups_of(workspace).select_for_update().filter(pk=group_id).first()
    if found is None:
        raise NoSuchGroup
    return found


def _save(group: Group) -> None:
    try:
        with transaction.atomic():
            group.save()
    except IntegrityError:
        raise GroupNameTaken(name=group.name) from None


def _record(member: Member, action: str, group: Group, now: datetime) -> None:
    detail = {"name": group.name, "kind": group.kind}
    record_audit(
        member.workspace, member.actor, action, f"group:{group.pk}", detail=detail, now=now
    )
