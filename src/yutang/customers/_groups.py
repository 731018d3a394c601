"""Groups customers belong to: chats, clubs, classes."""

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
    "archive_group",
    "change_group",
    "create_group",
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
