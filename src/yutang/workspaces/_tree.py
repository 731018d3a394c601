"""The whole tree at once, with how many people are where."""

from collections import Counter
from dataclasses import dataclass

from yutang.workspaces.models import Department, Staff, Store, Workspace

__all__ = ["DepartmentNode", "OrgTree", "StoreNode", "org_tree"]


@dataclass(frozen=True)
class StoreNode:
    """A store and its active staff."""

    id: int
    name: str
    code: str
    is_active: bool
    staff_count: int


@dataclass(frozen=True)
class DepartmentNode:
    """A department: what is in it, and how many are in it and below."""

    id: int
    name: str
    departments: list["DepartmentNode"]
    stores: list[StoreNode]
    staff_count: int
    staff_count_below: int
    store_count_below: int


@dataclass(frozen=True)
class OrgTree:
    """The departments at the top, and what is in no department."""

    departments: list[DepartmentNode]
    stores: list[StoreNode]
    staff_count: int
    staff_without_department: int


def org_tree(workspace: Workspace) -> OrgTree:
    """Return the tree in four statements, whatever its size. Counts are of active staff and stores."""
    active = Staff.objects.within(workspace).filter(is_active=True)
    by_department: Counter[int | None] = Counter(active.values_list("department_id", flat=True))
    by_store = Counter(active.filter(stores__isnull=False).values_list("stores", flat=True))
    stores: dict[int | None, list[StoreNode]] = {}
    for store in Store.objects.within(workspace).order_by("name", "pk"):
        node = StoreNode(store.pk, store.name, store.code, store.is_active, by_store[store.pk])
        stores.setdefault(store.department_id, []).append(node)
    children: dict[int | None, list[Department]] = {}
    for department in Department.objects.within(workspace).order_by("name", "pk"):
        children.setdefault(department.parent_id, []).append(department)

    def node_of(department: Department) -> DepartmentNode:
        below = [node_of(each) for each in children.get(department.pk, [])]
        own_stores = stores.get(department.pk, [])
        own = by_department[department.pk]
        open_stores = sum(each.is_active for each in own_stores)
        return DepartmentNode(
            id=department.pk,
            name=department.name,
            departments=below,
            stores=own_stores,
            staff_count=own,
            staff_count_below=own + sum(each.staff_count_below for each in below),
            store_count_below=open_stores + sum(each.store_count_below for each in below),
        )

    return OrgTree(
        departments=[node_of(each) for each in children.get(None, [])],
        stores=stores.get(None, []),
        staff_count=by_department.total(),
        staff_without_department=by_department[None],
    )
