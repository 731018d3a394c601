"""Who works in a workspace, as what, and whose customers they see."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import NamedTuple

from django.db import transaction
from django.db.models import Q, QuerySet

from yutang.kit.errors import DomainError
from yutang.workspaces._audit import record_audit
from yutang.workspaces._org import get_department, get_store
from yutang.workspaces._second_factor import remove_second_factor
from yutang.workspaces._users import one_time_password, set_password, user_at
from yutang.workspaces.models import Membership, Role, ScopeKind, User, Workspace

__all__ = [
    "AlreadyAMember",
    "Invitation",
    "LastOwner",
    "MemberPatch",
    "NoSuchMember",
    "ScopeOf",
    "WorksElsewhereToo",
    "actor_names",
    "change_member",
    "get_member",
    "invite_member",
    "members_of",
    "reset_password",
]


class NoSuchMember(DomainError):
    """Not a member of this workspace."""

    status = 404
    zh = "工作区里没有这个成员。"
    en = "The workspace has no such member."


class AlreadyAMember(DomainError):
    """The address belongs to somebody who is a member already."""

    zh = "{email} 已经是这个工作区的成员。"
    en = "{email} is a member of this workspace already."


class LastOwner(DomainError):
    """Without her nobody could manage the workspace."""

    zh = "“{name}”是工作区唯一的所有者。请先让另一位成员成为所有者。"
    en = "“{name}” is the only owner of the workspace. Make another member an owner first."


class WorksElsewhereToo(DomainError):
    """Her password also opens workspaces that are none of the owner's business."""

    zh = "“{name}”还在其他工作区工作，只有本人能改密码。"
    en = "“{name}” works in other workspaces too; only she can change her password."


class Invitation(NamedTuple):
    """A new member, and the password to hand over if the account is new."""

    membership: Membership
    one_time_password: str | None


@dataclass(frozen=True)
class ScopeOf:
    """Whose customers a member sees; without a department or store, those of her staff row."""

    kind: ScopeKind = ScopeKind.ALL
    department_id: int | None = None
    store_id: int | None = None


@dataclass(frozen=True)
class MemberPatch:
    """What is to change; None leaves as it is."""

    role: Role | None = None
    scope: ScopeOf | None = None
    is_active: bool | None = None
    name: str | None = None


def members_of(workspace: Workspace, *, q: str = "") -> QuerySet[Membership]:
    """Return the workspace's members, or those whose name or address contains `q`."""
    rows = Membership.objects.within(workspace).select_related("user")
    return rows.filter(Q(user__name__icontains=q) | Q(user__email__icontains=q)) if q else rows


def get_member(workspace: Workspace, member_id: int) -> Membership:
    """Return one member.

    :raises NoSuchMember:
    """
    found = members_of(workspace).filter(pk=member_id).first()
    if found is None:
        raise NoSuchMember
    return found


@transaction.atomic
def invite_member(
    workspace: Workspace,
    *,
    email: str,
    name: str,
    role: Role,
    scope: ScopeOf,
    actor: str,
    now: datetime,
) -> Invitation:
    """Add a member. An account that is new gets a one-time password, shown this once.

    :raises AlreadyAMember, NoSuchDepartment, NoSuchStore:
    """
    scope = _checked(workspace, scope)
    user, given = user_at(email), None
    if user is None:
        given = one_time_password()
        user = User(email=email.strip().lower(), name=name, must_change_password=True)
        user.set_password(given)
        user.save()
    elif Membership.objects.within(workspace).filter(user=user).exists():
        raise AlreadyAMember(email=user.email)
    membership = Membership.objects.create(
        workspace=workspace,
        user=user,
        role=role,
        scope=scope.kind,
        scope_department_id=scope.department_id,
        scope_store_id=scope.store_id,
    )
    _record(membership, actor, "workspaces.member_invited", {"after": _state(membership)}, now)
    return Invitation(membership, given)


@transaction.atomic
def change_member(
    workspace: Workspace, member_id: int, patch: MemberPatch, *, actor: str, now: datetime
) -> Membership:
    """Change a member's role, scope or name, or deactivate her: she keeps her account, not her access.

    :raises NoSuchMember, LastOwner, NoSuchDepartment, NoSuchStore, WorksElsewhereToo:
    """
    owners = _locked_owners(workspace)
    membership = _locked(workspace, member_id)
    before = _state(membership)
    was_owner = membership.pk in owners
    if patch.role is not None:
        membership.role = patch.role
    if patch.is_active is not None:
        membership.is_active = patch.is_active
    if patch.scope is not None:
        scope = _checked(workspace, patch.scope)
        membership.scope = scope.kind
        membership.scope_department_id = scope.department_id
        membership.scope_store_id = scope.store_id
    is_owner = membership.is_active and membership.role == Role.OWNER
    if was_owner and not is_owner and owners == {membership.pk}:
        raise LastOwner(name=membership.user.name)
    if patch.name is not None and patch.name != membership.user.name:
        _refuse_if_elsewhere(membership)
        User.objects.filter(pk=membership.user_id).update(name=patch.name)
        membership.user.name = patch.name
    membership.save()
    detail = {"before": before, "after": _state(membership)}
    _record(membership, actor, "workspaces.member_changed", detail, now)
    return membership


@transaction.atomic
def reset_password(
    workspace: Workspace,
    member_id: int,
    *,
    also_second_factor: bool,
    actor: str,
    now: datetime,
) -> Invitation:
    """Give a member who forgot hers a one-time password, and sign her out everywhere.

    :raises NoSuchMember, WorksElsewhereToo:
    """
    membership = _locked(workspace, member_id)
    _refuse_if_elsewhere(membership)
    given = one_time_password()
    set_password(membership.user, given, one_time=True)
    if also_second_factor:
        remove_second_factor(membership.user)
    detail: dict[str, object] = {"also_second_factor": also_second_factor}
    _record(membership, actor, "workspaces.password_reset", detail, now)
    return Invitation(membership, given)


def actor_names(actors: set[str]) -> dict[str, str]:
    """Return the names of those `user:7` that are users, for lists of who did what."""
    numbers = [int(each[5:]) for each in actors if each[:5] == "user:" and each[5:].isdigit()]
    rows = User.objects.filter(pk__in=numbers).values_list("pk", "name")
    return {f"user:{pk}": name for pk, name in rows}


def _checked(workspace: Workspace, scope: ScopeOf) -> ScopeOf:
    """Return the scope with only what its kind uses."""
    if scope.kind is ScopeKind.DEPARTMENT and scope.department_id is not None:
        department = get_department(workspace, scope.department_id)
        return replace(scope, department_id=department.pk, store_id=None)
    if scope.kind is ScopeKind.STORE and scope.store_id is not None:
        return replace(scope, store_id=get_store(workspace, scope.store_id).pk, department_id=None)
    return ScopeOf(scope.kind)


def _locked(workspace: Workspace, member_id: int) -> Membership:
    rows = (
        Membership.objects.within(workspace).select_related("user").select_for_update(of=["self"])
    )
    found = rows.filter(pk=member_id).first()
    if found is None:
        raise NoSuchMember
    return found


def _locked_owners(workspace: Workspace) -> set[int]:
    """Return the active owners and keep them as they are until the end: two cannot leave at once."""
    owners = Membership.objects.within(workspace).filter(role=Role.OWNER, is_active=True)
    return set(owners.order_by("pk").select_for_update().values_list("pk", flat=True))


def _refuse_if_elsewhere(membership: Membership) -> None:
    others = Membership.objects.filter(user=membership.user_id).exclude(pk=membership.pk)
    if others.exists():
        raise WorksElsewhereToo(name=membership.user.name)


def _state(membership: Membership) -> dict[str, object]:
    return {
        "role": str(membership.role),
        "scope": str(membership.scope),
        "department": membership.scope_department_id,
        "store": membership.scope_store_id,
        "is_active": membership.is_active,
    }


def _record(
    membership: Membership, actor: str, action: str, detail: Mapping[str, object], now: datetime
) -> None:
    record_audit(
        membership.workspace,
        actor,
        action,
        f"member:{membership.pk}",
        detail={"user": membership.user_id, **detail},
        now=now,
    )
