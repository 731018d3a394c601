"""One customer's history, for those who may see the customer."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

import msgspec
from django.http import HttpResponse
from ninja import Query, Router, Schema
from pydantic import Field

from yutang.customers import service as customers
from yutang.events.service import TimelineEvent
from yutang.kit.errors import refusals
from yutang.kit.pages import CursorUnknown, Page, PageIn
from yutang.tracking import service as tracking
from yutang.workspaces.service import MemberRequest, needs

__all__ = ["router"]

router = Router(tags=["customers"])


_AS_THEY_ARE = (
    "occurred_at",
    "received_at",
    "amount",
    "staff",
    "store",
    "group",
    "content",
    "campaign",
    "source",
    "names",
    "properties",
)


class TimelineEventOut(Schema):
    """One thing a customer did."""

    id: UUID
    type: Annotated[str, Field(examples=["favorite"])]
    label: Annotated[
        str, Field(description="The type, in the reader's language.", examples=["收藏"])
    ]
    sentence: Annotated[str, Field(description="All of it in a line.", examples=["收藏了 商品 A1"])]
    is_activity: bool
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
) -> HttpResponse:
    found = tracking.timeline(
        request.auth, customer_id, before=page.cursor, types=page.type, limit=page.limit
    )
    # Fifty events of eighteen fields, read all day: written out at once instead of checked field by field.
    shown = {"items": [_out(each) for each in found.items], "next": found.next}
    return HttpResponse(msgspec.json.encode(shown), "application/json")


def _out(event: TimelineEvent) -> dict[str, Any]:
    return {
        "id": event.id,
        "type": event.type.name,
        "label": event.type.label.said(),
        "sentence": event.sentence(),
        "is_activity": event.type.activity,
        **{name: getattr(event, name) for name in _AS_THEY_ARE},
    }
