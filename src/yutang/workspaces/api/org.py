"""Departments and stores, and the whole tree."""

from typing import Annotated

from ninja import Query, Router, Schema
from pydantic import Field

from yutang.kit.clock import now
from yutang.kit.errors import refusals
from yutang.kit.pages import Page, PageIn, PageOf, page_of
from yutang.workspaces import service as workspaces
from yutang.workspaces.api.shapes import Code, Name
from yutang.workspaces.models import Department, Store
from yutang.workspaces.service import MemberRequest, StorePatch, needs

__all__ = ["router"]

router = Router(tags=["org"])


class DepartmentOut(Schema):
    """A department."""

    id: int
    name: str
    parent_id: int | None


class DepartmentIn(Schema):
    """A new department."""

    name: Annotated[Name, Field(examples=["华东区"])]
    parent_id: Annotated[int | None, Field(description="Null: at the top.")] = None


class DepartmentPatch(Schema):
    """What is to change."""

    name: Name | None = None
    parent_id: Annotated[int | None, Field(description="0 moves it to the top.", ge=0)] = None


class StoreOut(Schema):
    """A store."""

    id: int
    name: str
    code: str
    department_id: int | None
    is_active: bool


class StoreIn(Schema):
    """A new store."""

    name: Annotated[Name, Field(examples=["静安店"])]
    code: Annotated[Code, Field(description="What tills call it.", examples=["SH-012"])] = ""
    department_id: int | None = None


class StoreChange(Schema):
    """What is to change; what is left out stays."""

    name: Name | None = None
    code: Code | None = None
    department_id: Annotated[
        int | None, Field(description="0 takes it out of departments.", ge=0)
    ] = None
    is_active: bool | None = None


class StoreNodeOut(Schema):
    """A store in the tree."""

    id: int
    name: str
    code: str
    is_active: bool
    staff_count: int


class DepartmentNodeOut(Schema):
    """A department in the tree, with what is in it."""

    id: int
    name: str
    departments: list["DepartmentNodeOut"]
    stores: list[StoreNodeOut]
    staff_count: Annotated[int, Field(description="Active staff in this department itself.")]
    staff_count_below: Annotated[int, Field(description="Here and in every department below.")]
    store_count_below: int


class OrgTreeOut(Schema):
    """The whole tree."""

    departments: list[DepartmentNodeOut]
    stores: Annotated[list[StoreNodeOut], Field(description="Stores of no department.")]
    staff_count: int
    staff_without_department: int


@router.get("/org/tree", summary="Show the tree", response={200: OrgTreeOut})
@needs("staff.read")
def show_tree(request: MemberRequest) -> workspaces.OrgTree:
    return workspaces.org_tree(request.auth.workspace)


@router.get("/departments", summary="List departments", response={200: Page[DepartmentOut]})
@needs("staff.read")
def list_departments(request: MemberRequest, page: Query[PageIn]) -> PageOf[Department]:
    return page_of(workspaces.departments_of(request.auth.workspace), page, order=("name", "id"))


@router.post(
    "/departments",
    summary="Add a department",
    response={201: DepartmentOut}
    | refusals(workspaces.NoSuchDepartment, workspaces.NameTaken, workspaces.TooDeep),
)
@needs("staff.write")
def create_department(request: MemberRequest, body: DepartmentIn) -> Department:
    return workspaces.create_department(
        request.auth.workspace,
        name=body.name,
        parent_id=body.parent_id,
        actor=request.auth.actor,
        now=now(),
    )


@router.patch(
    "/departments/{department_id}",
    summary="Rename or move a department",
    response={200: DepartmentOut}
    | refusals(
        workspaces.NoSuchDepartment,
        workspaces.NameTaken,
        workspaces.UnderItself,
        workspaces.TooDeep,
    ),
)
@needs("staff.write")
def change_department(
    request: MemberRequest, department_id: int, body: DepartmentPatch
) -> Department:
    return workspaces.change_department(
        request.auth.workspace,
        department_id,
        name=body.name,
        parent_id=body.parent_id,
        actor=request.auth.actor,
        now=now(),
    )


@router.delete(
    "/departments/{department_id}",
    summary="Remove an empty department",
    response={204: None} | refusals(workspaces.NoSuchDepartment, workspaces.DepartmentInUse),
)
@needs("staff.write")
def remove_department(request: MemberRequest, department_id: int) -> None:
    workspaces.remove_department(
        request.auth.workspace, department_id, actor=request.auth.actor, now=now()
    )


@router.get("/stores", summary="List stores", response={200: Page[StoreOut]})
@needs("staff.read")
def list_stores(
    request: MemberRequest,
    page: Query[PageIn],
    q: Annotated[str, Field(description="Part of a name or code.", max_length=100)] = "",
    department_id: Annotated[int | None, Field(description="And those below it.")] = None,
) -> PageOf[Store]:
    rows = workspaces.stores_of(request.auth.workspace, q=q, department_id=department_id)
    return page_of(rows, page, order=("name", "id"))


@router.post(
    "/stores",
    summary="Open a store",
    response={201: StoreOut}
    | refusals(workspaces.NoSuchDepartment, workspaces.NameTaken, workspaces.CodeTaken),
)
@needs("staff.write")
def create_store(request: MemberRequest, body: StoreIn) -> Store:
    return workspaces.create_store(
        request.auth.workspace,
        name=body.name,
        code=body.code,
        department_id=body.department_id,
        actor=request.auth.actor,
        now=now(),
    )


@router.get(
    "/stores/{store_id}",
    summary="Show a store",
    response={200: StoreOut} | refusals(workspaces.NoSuchStore),
)
@needs("staff.read")
def show_store(request: MemberRequest, store_id: int) -> Store:
    return workspaces.get_store(request.auth.workspace, store_id)


@router.patch(
    "/stores/{store_id}",
    summary="Change, close or reopen a store",
    response={200: StoreOut}
    | refusals(
        workspaces.NoSuchStore,
        workspaces.NoSuchDepartment,
        workspaces.NameTaken,
        workspaces.CodeTaken,
    ),
)
@needs("staff.write")
def change_store(request: MemberRequest, store_id: int, body: StoreChange) -> Store:
    return workspaces.change_store(
        request.auth.workspace,
        store_id,
        StorePatch(**body.dict()),
        actor=request.auth.actor,
        now=now(),
    )
