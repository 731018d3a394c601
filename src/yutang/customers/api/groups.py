"""Groups customers belong to."""

from datetime import datetime
from typing import Annotated, Any

from ninja import Query, Schema, Status
from pydantic import Field, StringConstraints

from yutang.customers import service as customers
from yutang.customers.api.router import router
from yutang.customers.api.shapes import Id, Line
from yutang.customers.models import Group
from yutang.kit.clock import now
from yutang.kit.errors import refusals
from yutang.kit.pages import CursorUnknown, Page, PageIn, PageOf, page_of
from yutang.workspaces.service import MemberRequest, needs

GroupName = Annotated[Line, StringConstraints(min_length=1), Field(examples=["静安店福利群"])]
GroupKind = Annotated[Line, StringConstraints(max_length=40), Field(examples=["brand_perk"])]


class CustomerGroupIn(Schema):
    """A group to make."""

    name: GroupName
    kind: GroupKind = ""


class CustomerGroupPatch(Schema):
    """What to change of a group."""

    name: GroupName | None = None
    kind: GroupKind | None = None


class CustomerGroupOut(Schema):
    """A group, and how many customers are in it."""

    id: int
    name: str
    kind: str
    customers: int
    created_at: datetime
    archived_at: datetime | None


class GroupsIn(PageIn):
    """Which groups."""

    archived: Annotated[bool, Field(description="The retired ones instead.")] = False


def _out(group: Group, size: int = 0) -> dict[str, Any]:
    names = ("name", "kind", "created_at", "archived_at")
    return {
        "id": group.pk,
        **{name: getattr(group, name) for name in names},
        "customers": size,
    }


@router.get(
    "/groups",
    summary="List groups of customers",
    response={200: Page[CustomerGroupOut]} | refusals(CursorUnknown),
)
@needs("customers.read")
def list_groups(request: MemberRequest, page: Query[GroupsIn]) -> PageOf[dict[str, Any]]:
    found: PageOf[Group] = page_of(
        customers.groups_of(request.auth.workspace, archived=page.archived),
        page,
        order=("name", "id"),
    )
    sizes = customers.group_sizes(request.auth.workspace, [each.pk for each in found.items])
    return PageOf([_out(each, sizes.get(each.pk, 0)) for each in found.items], found.next)


@router.post(
    "/groups",
    summary="Make a group of customers",
    response={201: CustomerGroupOut} | refusals(customers.GroupNameTaken),
)
@needs("customers.write")
def create_group(request: MemberRequest, body: CustomerGroupIn) -> Status[dict[str, Any]]:
    return Status(201, _out(customers.create_group(request.auth, now=now(), **body.dict())))


@router.patch(
    "/groups/{int:group_id}",
    summary="Change a group of customers",
    response={200: CustomerGroupOut} | refusals(customers.NoSuchGroup, customers.GroupNameTaken),
)
@needs("customers.write")
def change_group(request: MemberRequest, group_id: Id, body: CustomerGroupPatch) -> dict[str, Any]:
    changed = customers.change_group(request.auth, group_id, now=now(), **body.dict())
    sizes = customers.group_sizes(request.auth.workspace, [changed.pk])
    return _out(changed, sizes.get(changed.pk, 0))


@router.delete(
    "/groups/{int:group_id}",
    summary="Retire a group of customers",
    response={204: None} | refusals(customers.NoSuchGroup),
)
@needs("customers.write")
def archive_group(request: MemberRequest, group_id: Id) -> Status[None]:
    customers.archive_group(request.auth, group_id, now=now())
    return Status(204, None)
