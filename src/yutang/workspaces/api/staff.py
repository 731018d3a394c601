"""Staff: who looks after customers."""

from typing import Annotated

from ninja import Query, Router, Schema
from pydantic import Field

from yutang.kit.clock import now
from yutang.kit.errors import refusals
from yutang.kit.pages import Page, PageIn, PageOf, page_of
from yutang.workspaces import service as workspaces
from yutang.workspaces.api.shapes import Code, Name
from yutang.workspaces.models import Staff
from yutang.workspaces.service import MemberRequest, StaffPatch, needs

__all__ = ["router"]

router = Router(tags=["org"])

_REFUSALS = refusals(
    workspaces.NoSuchStaff,
    workspaces.NoSuchDepartment,
    workspaces.NoSuchStore,
    workspaces.NoSuchMember,
    workspaces.CodeTaken,
    workspaces.UserLinkedAlready,
)


class StaffOut(Schema):
    """A member of staff."""

    id: int
    name: Annotated[str, Field(examples=["小林"])]
    code: str
    department_id: int | None
    store_ids: list[int]
    user_id: Annotated[int | None, Field(description="The user who signs in as this person.")]
    is_active: bool

    @staticmethod
    def resolve_store_ids(staff: Staff) -> list[int]:
        return sorted(store.pk for store in staff.stores.all())


class StaffIn(Schema):
    """A new member of staff."""

    name: Annotated[Name, Field(examples=["小林"])]
    code: Annotated[Code, Field(description="Employee number, WeCom userid.")] = ""
    department_id: int | None = None
    store_ids: Annotated[list[int], Field(max_length=200)] = []
    user_id: Annotated[int | None, Field(description="A member of the workspace.")] = None


class StaffChange(Schema):
    """What is to change; what is left out stays, 0 takes an id away."""

    name: Name | None = None
    code: Code | None = None
    department_id: Annotated[int | None, Field(ge=0)] = None
    store_ids: Annotated[list[int] | None, Field(max_length=200)] = None
    user_id: Annotated[int | None, Field(ge=0)] = None
    is_active: bool | None = None


class StaffFilter(Schema):
    """Which staff."""

    q: Annotated[str, Field(description="Part of a name or code.", max_length=100)] = ""
    department_id: Annotated[int | None, Field(description="And those below it.")] = None
    store_id: int | None = None
    is_active: bool | None = None


@router.get("", summary="List staff", response={200: Page[StaffOut]})
@needs("staff.read")
def list_staff(
    request: MemberRequest, page: Query[PageIn], only: Query[StaffFilter]
) -> PageOf[Staff]:
    rows = workspaces.staff_of(request.auth.workspace, **only.dict())
    return page_of(rows, page, order=("name", "id"))


@router.post("", summary="Add a member of staff", response={201: StaffOut} | _REFUSALS)
@needs("staff.write")
def create_staff(request: MemberRequest, body: StaffIn) -> Staff:
    return workspaces.create_staff(
        request.auth.workspace, **body.dict(), actor=request.auth.actor, now=now()
    )


@router.get("/{staff_id}", summary="Show a member of staff", response={200: StaffOut} | _REFUSALS)
@needs("staff.read")
def show_staff(request: MemberRequest, staff_id: int) -> Staff:
    return workspaces.get_staff(request.auth.workspace, staff_id)


@router.patch(
    "/{staff_id}", summary="Change a member of staff", response={200: StaffOut} | _REFUSALS
)
@needs("staff.write")
def change_staff(request: MemberRequest, staff_id: int, body: StaffChange) -> Staff:
    """Deactivating keeps her row and her customers' history; the customers need another."""
    stores = None if body.store_ids is None else tuple(body.store_ids)
    return workspaces.change_staff(
        request.auth.workspace,
        staff_id,
        StaffPatch(**body.dict() | {"store_ids": stores}),
        actor=request.auth.actor,
        now=now(),
    )
