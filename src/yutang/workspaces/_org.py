"""Departments, stores and staff: a tree of departments, with stores and people in it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, models, transaction

from yutang.kit.errors import DomainError
from yutang.workspaces._audit import record_audit
from yutang.workspaces._scopes import departments_below
from yutang.workspaces.models import Department, Staff, Store, Workspace, WorkspaceQuerySet

__all__ = [
    "CodeTaken",
    "DepartmentInUse",
    "NameTaken",
    "NoSuchDepartment",
    "NoSuchStore",
    "StorePatch",
    "TooDeep",
    "UnderItself",
    "change_department",
    "change_store",
    "create_department",
    "create_store",
    "departments_of",
    "get_department",
    "get_store",
    "lock_tree",
    "remove_department",
    "stores_by_code",
    "stores_by_id",
    "stores_of",
]

_LEVELS = 20


class NoSuchDepartment(DomainError):
    """Not a department of this workspace."""

    status = 404
    zh = "没有这个部门。"
    en = "There is no such department."


class NoSuchStore(DomainError):
    """Not a store of this workspace."""

    status = 404
    zh = "没有这家门店。"
    en = "There is no such store."


class NameTaken(DomainError):
    """The name is another's."""

    zh = "已经有“{name}”了，请换一个名称。"
    en = "There is a “{name}” already. Choose another name."


class CodeTaken(DomainError):
    """The code is another's."""

    zh = "编号“{code}”已经用在别处，请换一个。"
    en = "The code “{code}” is in use. Choose another."


class UnderItself(DomainError):
    """A department cannot stand below itself."""

    zh = "“{name}”不能放到自己或自己的下级部门下面。请选别的上级。"
    en = "“{name}” cannot be put under itself or one of its own. Choose another parent."


class TooDeep(DomainError):
    """More levels than anybody can look at."""

    zh = "部门最多 {levels} 级。请放到更高的一级下面。"
    en = "Departments have {levels} levels at most. Put it under a higher one."


class DepartmentInUse(DomainError):
    """Something is in the department."""

    zh = (
        "“{name}”里还有 {departments} 个下级部门、{stores} 家门店、{staff} 位员工。请先把它们移走。"
    )
    en = (
        "“{name}” still holds {departments} departments, {stores} stores and {staff} staff."
        " Move them first."
    )


@dataclass(frozen=True)
class StorePatch:
    """What is to change; None leaves as it is. `department_id` 0 takes it out of departments."""

    name: str | None = None
    code: str | None = None
    department_id: int | None = None
    is_active: bool | None = None


def departments_of(workspace: Workspace) -> WorkspaceQuerySet[Department]:
    """Return the departments of a workspace."""
    return Department.objects.within(workspace)


def get_department(workspace: Workspace, department_id: int) -> Department:
    """Return one department.

    :raises NoSuchDepartment:
    """
    found = Department.objects.within(workspace).filter(pk=department_id).first()
    if found is None:
        raise NoSuchDepartment
    return found


@transaction.atomic
def create_department(
    workspace: Workspace, *, name: str, parent_id: int | None = None, actor: str, now: datetime
) -> Department:
    """Add a department, under another or at the top.

    :raises NoSuchDepartment, NameTaken, TooDeep:
    """
    lock_tree(workspace)
    parent = get_department(workspace, parent_id) if parent_id else None
    department = Department(workspace=workspace, parent=parent, name=name)
    _refuse_depth(department, height=1)
    _save(department, name=name, code="")
    detail = {"name": name, "parent": parent_id}
    _record(workspace, actor, "department_created", department, detail=detail, now=now)
    return department


@transaction.atomic
def change_department(
    workspace: Workspace,
    department_id: int,
    *,
    name: str | None = None,
    parent_id: int | None = None,
    actor: str,
    now: datetime,
) -> Department:
    """Rename a department or move it; `parent_id` 0 moves it to the top.

    :raises NoSuchDepartment, NameTaken, UnderItself, TooDeep:
    """
    lock_tree(workspace)
    department = get_department(workspace, department_id)
    before = {"name": department.name, "parent": department.parent_id}
    if parent_id is not None:
        parent = get_department(workspace, parent_id) if parent_id else None
        if parent and parent.pk in departments_below(workspace.pk, department.pk):
            raise UnderItself(name=department.name)
        department.parent = parent
        _refuse_depth(department, height=_height(department))
    department.name = department.name if name is None else name
    _save(department, name=department.name, code="")
    after = {"name": department.name, "parent": department.parent_id}
    detail = {"before": before, "after": after}
    _record(workspace, actor, "department_changed", department, detail=detail, now=now)
    return department


@transaction.atomic
def remove_department(
    workspace: Workspace, department_id: int, *, actor: str, now: datetime
) -> None:
    """Remove a department that holds nothing.

    :raises NoSuchDepartment, DepartmentInUse:
    """
    lock_tree(workspace)
    department = get_department(workspace, department_id)
    below = Department.objects.within(workspace).filter(parent=department).count()
    stores = Store.objects.within(workspace).filter(department=department).count()
    staff = Staff.objects.within(workspace).filter(department=department).count()
    if below or stores or staff:
        raise DepartmentInUse(name=department.name, departments=below, stores=stores, staff=staff)
    _record(
        workspace,
        actor,
        "department_removed",
        department,
        detail={"name": department.name},
        now=now,
    )
    department.delete()


def stores_of(
    workspace: Workspace, *, q: str = "", department_id: int | None = None
) -> WorkspaceQuerySet[Store]:
    """Return stores: all, those whose name or code contains `q`, those of a department and below."""
    rows = Store.objects.within(workspace).select_related("department")
    if q:
        rows = rows.filter(models.Q(name__icontains=q) | models.Q(code__icontains=q))
    if department_id is not None:
        rows = rows.filter(department__in=departments_below(workspace.pk, department_id))
    return rows


def get_store(workspace: Workspace, store_id: int) -> Store:
    """Return one store.

    :raises NoSuchStore:
    """
    found = stores_of(workspace).filter(pk=store_id).first()
    if found is None:
        raise NoSuchStore
    return found


def stores_by_id(workspace: Workspace, ids: Iterable[int]) -> Mapping[int, Store]:
    """Return those of these stores that exist."""
    return Store.objects.within(workspace).in_bulk(set(ids))


def stores_by_code(workspace: Workspace, codes: Iterable[str]) -> Mapping[str, Store]:
    """Return those of these stores that exist, by their code."""
    rows = Store.objects.within(workspace).filter(code__in=set(codes) - {""})
    return {row.code: row for row in rows}


@transaction.atomic
def create_store(
    workspace: Workspace,
    *,
    name: str,
    code: str = "",
    department_id: int | None = None,
    actor: str,
    now: datetime,
) -> Store:
    """Open a store.

    :raises NoSuchDepartment, NameTaken, CodeTaken:
    """
    department = get_department(workspace, department_id) if department_id else None
    store = Store(workspace=workspace, name=name, code=code, department=department)
    _save(store, name=name, code=code)
    _record(workspace, actor, "store_created", store, detail=_store_state(store), now=now)
    return store


@transaction.atomic
def change_store(
    workspace: Workspace, store_id: int, patch: StorePatch, *, actor: str, now: datetime
) -> Store:
    """Change, move, close or reopen a store.

    :raises NoSuchStore, NoSuchDepartment, NameTaken, CodeTaken:
    """
    store = get_store(workspace, store_id)
    before = _store_state(store)
    store.name = store.name if patch.name is None else patch.name
    store.code = store.code if patch.code is None else patch.code
    store.is_active = store.is_active if patch.is_active is None else patch.is_active
    if patch.department_id is not None:
        named = patch.department_id
        store.department = get_department(workspace, named) if named else None
    _save(store, name=store.name, code=store.code)
    detail = {"before": before, "after": _store_state(store)}
    _record(workspace, actor, "store_changed", store, detail=detail, now=now)
    return store


def lock_tree(workspace: Workspace) -> None:
    """Let one at a time move departments: two moves could close a circle neither sees."""
    list(Department.objects.within(workspace).order_by("pk").select_for_update())


def _refuse_depth(department: Department, *, height: int) -> None:
    above, each = 0, department.parent
    while each is not None:
        above, each = above + 1, each.parent
    if above + height > _LEVELS:
        raise TooDeep(levels=_LEVELS)


def _height(department: Department) -> int:
    level, height = [department.pk], 0
    while level:
        height += 1
        below = Department.objects.within(department.workspace_id).filter(parent__in=level)
        level = list(below.values_list("pk", flat=True))
    return height


def _save(row: models.Model, *, name: str, code: str) -> None:
    """Save a row whose name and code may be taken.

    :raises NameTaken, CodeTaken:
    """
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as reason:
        if constraint_of(reason).endswith("_code_once"):
            raise CodeTaken(code=code) from None
        raise NameTaken(name=name) from None


def constraint_of(reason: IntegrityError) -> str:
    """Return the name of the constraint that refused a row."""
    return str(getattr(getattr(reason.__cause__, "diag", None), "constraint_name", ""))


def _store_state(store: Store) -> dict[str, object]:
    return {
        "name": store.name,
        "code": store.code,
        "department": store.department_id,
        "is_active": store.is_active,
    }


def _record(
    workspace: Workspace,
    actor: str,
    action: str,
    row: Department | Store,
    *,
    detail: Mapping[str, object],
    now: datetime,
) -> None:
    kind = type(row).__name__.lower()
    record_audit(
        workspace, actor, f"workspaces.{action}", f"{kind}:{row.pk}", detail=detail, now=now
    )
