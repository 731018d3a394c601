"""Merging two customers, parting them, and the questions programs leave to people."""

from datetime import datetime
from typing import Annotated, Any

from ninja import Query, Schema, Status
from pydantic import Field

from yutang.customers import service as customers
from yutang.customers.api.router import router
from yutang.customers.api.shapes import Id
from yutang.customers.models import Conflict, ConflictState, Merge, MergeOrigin
from yutang.kit.clock import now
from yutang.kit.errors import refusals
from yutang.kit.pages import CursorUnknown, Page, PageIn, PageOf, page_of
from yutang.workspaces.service import MemberRequest, needs


class CustomerMergeIn(Schema):
    """Two customers who are one."""

    winner_id: Annotated[Id, Field(description="Who stays.")]
    loser_id: Annotated[Id, Field(description="Who becomes part of her.")]


class AttributePreviewOut(Schema):
    """One attribute: what each has, and what would be shown."""

    name: str
    winner: Any
    loser: Any
    result: Any


class CustomerMergePreviewOut(Schema):
    """What merging two customers would come to."""

    winner_id: int
    loser_id: int
    attributes: list[AttributePreviewOut]
    identities: Annotated[int, Field(description="How many the two have together.")]
    relations: int
    dependants: int
    disputed: Annotated[
        list[str],
        Field(description="Kinds of identity of which a customer has one, and both have one."),
    ]


class MergeOut(Schema):
    """A merge, and whether it was undone."""

    id: int
    winner_id: int
    loser_id: int
    origin: MergeOrigin
    shared: Annotated[str, Field(description="The identity that brought it about.")]
    changed: Annotated[
        dict[str, list[Any]],
        Field(description="What the winner showed before and since, by attribute."),
    ]
    at: datetime
    actor: str
    undone_at: datetime | None
    undone_by: str


class ConflictOut(Schema):
    """Something says that two customers are one, something else that they are not."""

    id: int
    first_id: int
    second_id: int
    shared: Annotated[str, Field(description="What came together.", examples=["unionid + phone"])]
    disputed: Annotated[
        str, Field(description="The identity of which each has another.", examples=["phone"])
    ]
    source: str
    state: ConflictState
    at: datetime
    decided_at: datetime | None
    decided_by: str


class ConflictsIn(PageIn):
    """Which questions."""

    state: ConflictState = ConflictState.PENDING


@router.post(
    "/merges/preview",
    summary="Preview a merge",
    response={200: CustomerMergePreviewOut} | refusals(customers.NotFound, customers.SameCustomer),
)
@needs("customers.merge")
def preview_merge(request: MemberRequest, body: CustomerMergeIn) -> dict[str, Any]:
    preview = customers.preview_merge(request.auth, body.winner_id, body.loser_id)
    shown = [
        {"name": name, "winner": one, "loser": other, "result": both}
        for name, (one, other, both) in preview.attributes.items()
    ]
    return {**vars(preview), "attributes": shown}


@router.post(
    "/merges",
    summary="Merge two customers",
    response={201: MergeOut} | refusals(customers.NotFound, customers.SameCustomer),
)
@needs("customers.merge")
def merge_customers(request: MemberRequest, body: CustomerMergeIn) -> Status[Merge]:
    return Status(201, customers.merge(request.auth, body.winner_id, body.loser_id, now=now()))


@router.post(
    "/merges/{int:merge_id}/undo",
    summary="Undo a merge",
    description="Both have again what they had, and what came to each since. They stay apart from now on.",
    response={200: MergeOut} | refusals(customers.NoSuchMerge, customers.AlreadyUndone),
)
@needs("customers.merge")
def undo_merge(request: MemberRequest, merge_id: Id) -> Merge:
    return customers.undo_merge(request.auth, merge_id, now=now())


@router.get(
    "/{int:customer_id}/merges",
    summary="List the merges of a customer",
    response={200: Page[MergeOut]} | refusals(customers.NotFound, CursorUnknown),
)
@needs("customers.read")
def list_merges(request: MemberRequest, customer_id: Id, page: Query[PageIn]) -> PageOf[Merge]:
    return page_of(customers.merges_of(request.auth, customer_id), page, order=("-id",))


@router.get(
    "/conflicts",
    summary="List merges to review",
    response={200: Page[ConflictOut]} | refusals(CursorUnknown),
)
@needs("customers.read")
def list_conflicts(request: MemberRequest, page: Query[ConflictsIn]) -> PageOf[Conflict]:
    found = customers.conflicts_of(request.auth, state=page.state)
    return page_of(found, page, order=("-id",))


@router.post(
    "/conflicts/{int:conflict_id}/accept",
    summary="Say that two customers are one",
    response={200: MergeOut}
    | refusals(customers.NoSuchConflict, customers.AlreadyDecided, customers.SameCustomer),
)
@needs("customers.merge")
def accept_conflict(request: MemberRequest, conflict_id: Id) -> Merge:
    return customers.accept_conflict(request.auth, conflict_id, now=now())


@router.post(
    "/conflicts/{int:conflict_id}/reject",
    summary="Say that two customers are two",
    response={200: ConflictOut} | refusals(customers.NoSuchConflict, customers.AlreadyDecided),
)
@needs("customers.merge")
def reject_conflict(request: MemberRequest, conflict_id: Id) -> Conflict:
    return customers.reject_conflict(request.auth, conflict_id, now=now())
