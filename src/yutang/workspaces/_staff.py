"""Staff: who looks after customers, where they stand in the tree, and how they sign in (if they do)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Q

from yutang.kit.errors import DomainError
from yutang.kit.facts import publish
from yutang.kit.i18n import Language
from yutang.workspaces._audit import record_audit
from yutang.workspaces._members import Member
from yutang.workspaces._memberships import NoSuchMember
from yutang.workspaces._org import (
    CodeTaken,
    NoSuchStore,
    constraint_of,
    get_department,
    stores_by_id,
)
from yutang.workspaces._scopes import departments_below
from yutang.workspaces.facts import StaffDeactivated
from yutang.workspaces.models import Membership, Staff, Workspace, WorkspaceQuerySet

__all__ = [
    "NoSuchStaff",
    "StaffPatch",
    "UserLinkedAlready",
    "change_staff",
    "create_staff",
    "get_staff",
    "languages_of",
    "own_staff",
    "staff_by_code",
    "staff_by_id",
    "staff_of",
    "staff_since",
]


class NoSuchStaff(DomainError):
    """Nobody of this workspace's staff."""

    status = 404
    zh = "没有这位员工。"
    en = "There is no such member of staff."


class UserLinkedAlready(DomainError):
    """The user is another member of staff."""

    zh = "这个登录用户已经关联到另一位员工。请先解除那边的关联。"
    en = "This user is linked to another member of staff. Undo that link first."


@dataclass(frozen=True)
class StaffPatch:
    """What is to change; None leaves as it is, 0 for an id takes it away."""

    name: str | None = None
    code: str | None = None
    department_id: int | None = None
    store_ids: tuple[int, ...] | None = None
    user_id: int | None = None
    is_active: bool | None = None


def staff_of(
    workspace: Workspace,
    *,
    q: str = "",
    department_id: int | None = None,
    store_id: int | None = None,
    is_active: bool | None = None,
) -> WorkspaceQuerySet[Staff]:
    """Return staff by part of name or code, department (and below), store, or whether they left."""
    rows = Staff.objects.within(workspace).select_related("department", "user")
    rows = rows.prefetch_related("stores")
    if q:
        rows = rows.filter(Q(name__icontains=q) | Q(code__icontains=q))
    if department_id is not None:
        rows = rows.filter(department__in=departments_below(workspace.pk, department_id))
    if store_id is not None:
        rows = rows.filter(stores=store_id)
    return rows if is_active is None else rows.filter(is_active=is_active)


def staff_since(workspace: Workspace, staff_ids: Iterable[int]) -> dict[int, datetime]:
    """Return since when each of these is one of the staff (UTC)."""
    rows = Staff.objects.within(workspace).filter(pk__in=list(staff_ids))
    return dict(rows.values_list("pk", "created_at"))


def get_staff(workspace: Workspace, staff_id: int) -> Staff:
    """Return one member of staff.

    :raises NoSuchStaff:
    """
    found = staff_of(workspace).filter(pk=staff_id).first()
    if found is None:
        raise NoSuchStaff
    return found


def own_staff(member: Member) -> Staff | None:
    """Return who the member herself is among the staff, if she is."""
    if member.user is None:
        return None
    return Staff.objects.within(member.workspace).filter(user=member.user).first()


def staff_by_id(workspace: Workspace, ids: Iterable[int]) -> Mapping[int, Staff]:
    """Return those of these staff that exist."""
    return Staff.objects.within(workspace).in_bulk(set(ids))


def languages_of(workspace: Workspace, ids: Iterable[int]) -> Mapping[int, Language]:
    """Return in which language these staff read: as they chose, Chinese where they never signed in."""
    wanted = set(ids)
    rows = Staff.objects.within(workspace).filter(pk__in=wanted, user__language="en")
    chose: set[int] = set(rows.values_list("pk", flat=True))
    return {each: "en" if each in chose else "zh" for each in wanted}


def staff_by_code(workspace: Workspace, codes: Iterable[str]) -> Mapping[str, Staff]:
    """Return those of these staff that exist, by their code."""
    rows = Staff.objects.within(workspace).filter(code__in=set(codes) - {""})
    return {row.code: row for row in rows}


@transaction.atomic
def create_staff(
    workspace: Workspace,
    *,
    name: str,
    code: str = "",
    department_id: int | None = None,
    store_ids: Iterable[int] = (),
    user_id: int | None = None,
    actor: str,
    now: datetime,
) -> Staff:
    """Add a member of staff. `user_id` is a member of the workspace who signs in as this person.

    :raises NoSuchDepartment, NoSuchStore, NoSuchMember, CodeTaken, UserLinkedAlready:
    """
    staff = Staff(workspace=workspace, is_active=True)
    patch = StaffPatch(name, code, department_id, tuple(store_ids), user_id)
    _apply(workspace, staff, patch)
    _record(staff, actor, "workspaces.staff_created", {"after": _state(staff)}, now)
    return staff


@transaction.atomic
def change_staff(
    workspace: Workspace, staff_id: int, patch: StaffPatch, *, actor: str, now: datetime
) -> Staff:
    """Change, move, deactivate or take back a member of staff. Announces StaffDeactivated.

    :raises NoSuchStaff, NoSuchDepartment, NoSuchStore, NoSuchMember, CodeTaken, UserLinkedAlready:
    """
    staff = get_staff(workspace, staff_id)
    before = _state(staff)
    _apply(workspace, staff, patch)
    after = _state(staff)
    _record(staff, actor, "workspaces.staff_changed", {"before": before, "after": after}, now)
    if before["is_active"] and not staff.is_active:
        publish(StaffDeactivated(workspace.pk, staff.pk))
    return get_staff(workspace, staff_id)


def _apply(workspace: Workspace, staff: Staff, patch: StaffPatch) -> None:
    for field in ("name", "code", "is_active"):
        value = getattr(patch, field)
        if value is not None:
            setattr(staff, field, value)
    if patch.department_id is not None:
        named = patch.department_id
        staff.department = get_department(workspace, named) if named else None
    if patch.user_id is not None:
        staff.user_id = _member_user(workspace, patch.user_id) if patch.user_id else None
    try:
        with transaction.atomic():
            staff.save()
    except IntegrityError as reason:
        if constraint_of(reason) == "staff_user_once":
            raise UserLinkedAlready from None
        raise CodeTaken(code=staff.code) from None
    if patch.store_ids is not None:
        stores = stores_by_id(workspace, patch.store_ids)
        if len(stores) != len(set(patch.store_ids)):
            raise NoSuchStore
        staff.stores.set(stores.values())


def _member_user(workspace: Workspace, user_id: int) -> int:
    if not Membership.objects.within(workspace).filter(user=user_id).exists():
        raise NoSuchMember
    return user_id


def _state(staff: Staff) -> dict[str, object]:
    """Return what an audit reader needs; not the name, which is personal."""
    return {
        "code": staff.code,
        "department": staff.department_id,
        "stores": sorted(staff.stores.values_list("pk", flat=True)),
        "user": staff.user_id,
        "is_active": staff.is_active,
    }


def _record(
    staff: Staff, actor: str, action: str, detail: dict[str, object], now: datetime
) -> None:
    record_audit(staff.workspace, actor, action, f"staff:{staff.pk}", detail=detail, now=now)
