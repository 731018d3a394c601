"""Whose customers a member sees, worked out from where she stands in the tree."""

from yutang.workspaces._members import Scope
from yutang.workspaces.models import Department, Membership, ScopeKind, Staff, Store

__all__ = ["departments_below", "scope_of"]


def scope_of(membership: Membership) -> Scope:
    """Return the staff and stores whose customers this member sees.

    A member whose scope names no department or store has that of her own staff row; without one she
    sees nobody's customers.
    """
    kind = ScopeKind(membership.scope)
    if kind is ScopeKind.ALL:
        return Scope()
    own = Staff.objects.within(membership.workspace_id).filter(user=membership.user_id).first()
    if kind is ScopeKind.OWN:
        return Scope(kind, frozenset([own.pk] if own else []))
    if kind is ScopeKind.STORE:
        return _of_stores(membership, own)
    return _of_department(membership, own)


def departments_below(workspace: int, department_id: int) -> frozenset[int]:
    """Return the department and all that are under it."""
    children: dict[int | None, list[int]] = {}
    rows = Department.objects.within(workspace).values_list("pk", "parent_id")
    for pk, parent in rows:
        children.setdefault(parent, []).append(pk)
    below = {department_id}
    waiting = [department_id]
    while waiting:
        found = set(children.get(waiting.pop(), [])) - below
        below |= found
        waiting.extend(found)
    return frozenset(below)


def _of_stores(membership: Membership, own: Staff | None) -> Scope:
    if membership.scope_store_id:
        stores = frozenset([membership.scope_store_id])
    else:
        stores = frozenset(own.stores.values_list("pk", flat=True) if own else [])
    staff = set(
        Staff.objects.within(membership.workspace_id)
        .filter(stores__in=stores)
        .values_list("pk", flat=True)
    )
    return Scope(ScopeKind.STORE, frozenset(staff | ({own.pk} if own else set())), stores)


def _of_department(membership: Membership, own: Staff | None) -> Scope:
    top = membership.scope_department_id or (own.department_id if own else None)
    below = departments_below(membership.workspace_id, top) if top else frozenset()
    staff = set(
        Staff.objects.within(membership.workspace_id)
        .filter(department__in=below)
        .values_list("pk", flat=True)
    )
    stores = Store.objects.within(membership.workspace_id).filter(department__in=below)
    return Scope(
        ScopeKind.DEPARTMENT,
        frozenset(staff | ({own.pk} if own else set())),
        frozenset(stores.values_list("pk", flat=True)),
    )
