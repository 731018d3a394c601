"""The list, and one customer: made, read, changed; her identities and her timeline."""

from typing import Annotated, Any

from ninja import Query, Schema, Status
from pydantic import Field, StringConstraints

from yutang.customers import service as customers
from yutang.customers.api.router import router
from yutang.customers.api.shapes import (
    CustomerIn,
    CustomerListed,
    CustomerOut,
    CustomerPatch,
    Id,
    IdentityIn,
    IdentityOut,
    customer_out,
    listed_out,
)
from yutang.kit.clock import now
from yutang.kit.errors import refusals
from yutang.kit.pages import CursorUnknown, Page, PageIn, PageOf
from yutang.workspaces.service import MemberRequest, NotAllowed, needs

Words = Annotated[str, StringConstraints(max_length=200, pattern=r"^[^\x00]*$")]


class CustomerSearchIn(PageIn):
    """Which customers."""

    q: Annotated[
        Words,
        Field(
            description="The beginning of a name or of an end of it, its pinyin or initials;"
            " the last digits of a phone (three at least); or any identity in full.",
            examples=["小明", "wangxiao", "wxm", "8000"],
        ),
    ] = ""
    identity: Annotated[
        Words,
        Field(description="Exactly this identity: kind:value.", examples=["member_no:M000123"]),
    ] = ""
    tag_id: Annotated[Id | None, Field(description="Who has this tag.")] = None
    staff_id: Annotated[Id | None, Field(description="Whom this member of staff looks after.")] = (
        None
    )
    store_id: Annotated[Id | None, Field(description="Customers of this store.")] = None
    group_id: Annotated[Id | None, Field(description="Members of this group.")] = None


class RevealIn(Schema):
    """How to read one customer."""

    reveal: Annotated[
        bool,
        Field(description="Identities and personal fields in full; goes on record."),
    ] = False


@router.get(
    "",
    summary="List and search customers",
    description="Without a search the newest first. Only customers within your data scope.",
    response={200: Page[CustomerListed]} | refusals(CursorUnknown, customers.NoSuchNarrowing),
)
@needs("customers.read")
def list_customers(request: MemberRequest, page: Query[CustomerSearchIn]) -> PageOf[dict[str, Any]]:
    looking = customers.Looking(
        text=page.q,
        identity=page.identity,
        staff=page.staff_id,
        store=page.store_id,
        group=page.group_id,
        further={} if page.tag_id is None else {"tag": page.tag_id},
    )
    found = customers.list_customers(request.auth, looking, page)
    return PageOf([listed_out(each) for each in found.items], found.next)


@router.post(
    "",
    summary="Enter a customer",
    response={201: CustomerOut}
    | refusals(
        customers.NotAsExpected,
        customers.AlreadyKnown,
        customers.KnownToOthers,
        customers.WasErased,
    ),
)
@needs("customers.write")
def create_customer(request: MemberRequest, body: CustomerIn) -> Status[dict[str, Any]]:
    made = customers.create(
        request.auth, body.identities, body.attributes, welcome_back=body.welcome_back, now=now()
    )
    return Status(201, customer_out(customers.profile(request.auth, made.pk, now=now())))


@router.get(
    "/{int:customer_id}",
    summary="Read a customer",
    description="With `reveal` identities and personal fields in full, which goes on record.",
    response={200: CustomerOut} | refusals(customers.NotFound, NotAllowed),
)
@needs("customers.read")
def get_customer(request: MemberRequest, customer_id: Id, how: Query[RevealIn]) -> dict[str, Any]:
    return customer_out(customers.profile(request.auth, customer_id, reveal=how.reveal, now=now()))


@router.patch(
    "/{int:customer_id}",
    summary="Change a customer's attributes",
    response={200: CustomerOut} | refusals(customers.NotFound, customers.NotAsExpected),
)
@needs("customers.write")
def change_customer(request: MemberRequest, customer_id: Id, body: CustomerPatch) -> dict[str, Any]:
    changed = customers.change(request.auth, customer_id, body.attributes, now=now())
    return customer_out(customers.profile(request.auth, changed.pk, now=now()))


@router.post(
    "/{int:customer_id}/identities",
    summary="Attach an identity",
    response={201: IdentityOut}
    | refusals(
        customers.NotFound,
        customers.NotAsExpected,
        customers.AlreadyKnown,
        customers.KnownToOthers,
        customers.HasAnother,
    ),
)
@needs("customers.write")
def add_identity(request: MemberRequest, customer_id: Id, body: IdentityIn) -> Status[Any]:
    added = customers.add_identity(request.auth, customer_id, body.name, body.value, now=now())
    return Status(201, customers.shown_identity(added))


@router.delete(
    "/{int:customer_id}/identities/{int:identity_id}",
    summary="Detach an identity",
    description="Whoever comes in with it from now on is somebody else. What she did stays hers.",
    response={204: None}
    | refusals(customers.NotFound, customers.NoSuchIdentity, customers.LastIdentity),
)
@needs("customers.write")
def remove_identity(request: MemberRequest, customer_id: Id, identity_id: Id) -> Status[None]:
    customers.remove_identity(request.auth, customer_id, identity_id, now=now())
    return Status(204, None)
