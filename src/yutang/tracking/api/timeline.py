"""One customer's history, for those who may see the customer."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from ninja import Query, Router, Schema
from pydantic import Field

from yutang.customers import service as customers
from yutang.events.service import TimelineEvent
from yutang.kit.errors import refusals
from yutang.kit.pages import CursorUnknown, Page, PageIn, PageOf
from yutang.tracking import service as tracking
from yutang.workspaces.service import MemberRequest, needs

__all__ = ["router"]

router = Router(tags=["customers"])


class TimelineEventOut(Schema):
    """One thing a customer did."""

    id: UUID
    type: Annotated[str, Field(validation_alias="type.name", examples=["favorite"])]
    label: Annotated[
        str, Field(description="The type, in the reader's language.", examples=["收藏"])
    ]
    sentence: Annotated[str, Field(description="All of it in a line.", examples=["收藏了 商品 A1"])]
    is_activity: Annotated[bool, Field(validation_alias="type.activity")]
    occurred_at: datetime
    received_at: datetime
    amount: Annotated[int, Field(description="In fen.")]
    staff: int
    store: int
    group: int
    content: str
    campaign: str
    source: str
    names: Annotated[
        dict[str, str],
        Field(description="Of staff, store and group, where known.", examples=[{"staff": "小林"}]),
    ]
    properties: dict[str, Any]

    @staticmethod
    def resolve_label(event: TimelineEvent) -> str:
        return event.type.label.said()

    @staticmethod
    def resolve_sentence(event: TimelineEvent) -> str:
        return event.sentence()


class TimelineIn(PageIn):
    """Which events."""

    type: Annotated[
        list[str], Field(description="Of these types only.", max_length=50, examples=[["pay"]])
    ] = []


@router.get(
    "/customers/{int:customer_id}/timeline",
    summary="Read a customer's timeline",
    response={200: Page[TimelineEventOut]} | refusals(customers.NotFound, CursorUnknown),
)
@needs("events.read")
def read_timeline(
    request: MemberRequest, customer_id: int, page: Query[TimelineIn]
) -> PageOf[TimelineEvent]:
    return tracking.timeline(
        request.auth, customer_id, before=page.cursor, types=page.type, limit=page.limit
    )
