"""What a person has a right to: to be told everything, and to be forgotten."""

from datetime import datetime
from typing import Annotated, Any

from ninja import Query, Schema, Status
from pydantic import Field

from yutang.customers import service as customers
from yutang.customers.api.router import router
from yutang.customers.api.shapes import Id, Note
from yutang.customers.models import Erasure, ErasureState
from yutang.kit.clock import now
from yutang.kit.errors import refusals
from yutang.kit.pages import CursorUnknown, Page, PageIn, PageOf, page_of
from yutang.workspaces.service import MemberRequest, needs


class EraseIn(Schema):
    """Why a person is erased."""

    reason: Annotated[Note, Field(examples=["本人 3 月 1 日来信要求"])] = ""


class ErasureOut(Schema):
    """The proof of an erasure: how many rows of which tables, and when they were physically gone."""

    id: int
    customers: Annotated[list[int], Field(description="All numbers she had.")]
    reason: str
    actor: str
    state: ErasureState
    removed: Annotated[
        dict[str, dict[str, int]],
        Field(examples=[{"postgresql": {"customers_identity": 2}, "warehouse": {"events": 31}}]),
    ]
    at: datetime
    finished_at: datetime | None


@router.post(
    "/{int:customer_id}/export",
    summary="Export everything of one customer",
    description="Goes on record.",
    response={200: dict[str, Any]} | refusals(customers.NotFound),
)
@needs("customers.export")
def export_customer(request: MemberRequest, customer_id: Id) -> dict[str, Any]:
    return customers.export(request.auth, customer_id, now=now())


@router.post(
    "/{int:customer_id}/erase",
    summary="Erase a customer",
    description="She is gone at once, for ever; the record says when the last byte was.",
    response={202: ErasureOut} | refusals(customers.NotFound, customers.ReasonNamesHer),
)
@needs("customers.erase")
def erase_customer(request: MemberRequest, customer_id: Id, body: EraseIn) -> Status[Erasure]:
    return Status(202, customers.erase(request.auth, customer_id, reason=body.reason, now=now()))


@router.get(
    "/erasures",
    summary="List erasures",
    response={200: Page[ErasureOut]} | refusals(CursorUnknown),
)
@needs("customers.erase")
def list_erasures(request: MemberRequest, page: Query[PageIn]) -> PageOf[Erasure]:
    return page_of(customers.erasures_of(request.auth.workspace), page, order=("-id",))


@router.get(
    "/erasures/{int:erasure_id}",
    summary="Read the proof of an erasure",
    response={200: ErasureOut} | refusals(customers.NoSuchErasure),
)
@needs("customers.erase")
def get_erasure(request: MemberRequest, erasure_id: Id) -> Erasure:
    return customers.erasure_of(request.auth.workspace, erasure_id)
