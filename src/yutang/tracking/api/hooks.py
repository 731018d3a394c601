"""Inbound webhooks: addresses for other systems, their mappings and what came."""

from datetime import datetime
from typing import Annotated, Any

from django.conf import settings
from django.http import HttpRequest
from ninja import Query, Router, Schema, Status
from pydantic import Field

from yutang.kit import clock
from yutang.kit.errors import FieldProblem, refusals
from yutang.kit.pages import Page, PageIn, PageOf, page_of
from yutang.tracking import service as tracking
from yutang.tracking.models import Hook, HookDelivery, HookDeliveryState
from yutang.tracking.service import IncomingEvent
from yutang.workspaces.service import MemberRequest, needs, public

__all__ = ["router"]

router = Router(tags=["webhooks"])

HookName = Annotated[str, Field(min_length=1, max_length=100, examples=["有赞订单"])]
HookMapping = Annotated[
    dict[str, Any],
    Field(
        description="Where in the body each field of an event is found; see docs/how/ingest.md.",
        examples=[
            {
                "when": {"path": "event", "in": ["order.paid"]},
                "type": {"path": "event", "map": {"order.paid": "pay"}},
                "id": "data.order_no",
                "occurred_at": {"path": "data.paid_at", "unit": "s"},
                "customer": {"phone": "data.buyer.mobile"},
                "amount": {"path": "data.total", "unit": "yuan"},
                "content": "data.items[0].sku",
            }
        ],
    ),
]


class HookIn(Schema):
    """An address to open."""

    name: HookName
    mapping: HookMapping


class HookPatch(Schema):
    """What to change of a hook."""

    name: HookName | None = None
    mapping: HookMapping | None = None
    is_active: bool | None = None
    new_secret: Annotated[
        bool, Field(description="Make a new secret; the one before stays good for a day.")
    ] = False


class HookOut(Schema):
    """An address of ours that another system posts to."""

    id: int
    name: str
    url: str
    mapping: dict[str, Any]
    is_active: bool
    previous_until: datetime | None

    @staticmethod
    def resolve_url(hook: Hook) -> str:
        return f"{settings.YUTANG_PUBLIC_URL.rstrip('/')}/api/v1/hooks/{hook.token}"


class SecretsOut(Schema):
    """What deliveries are signed with."""

    secrets: Annotated[list[str], Field(description="The newest first.")]


class MappingPreviewIn(Schema):
    """A mapping to try on a body."""

    mapping: HookMapping
    body: Annotated[Any, Field(description="A body as the other system sends it.")]


class MappedEventOut(Schema):
    """An event a mapping would make."""

    type: str
    id: str
    customer: dict[str, str | int]
    occurred_at: datetime | int | None
    amount: int
    staff: int
    store: int
    group: int
    content: str
    campaign: str
    source: str
    properties: dict[str, Any]


class MappingPreviewOut(Schema):
    """What a mapping would make of a body."""

    is_ignored: Annotated[bool, Field(description="`when` leaves this body out.")]
    events: list[MappedEventOut]
    errors: list[FieldProblem]


class DeliveryOut(Schema):
    """One delivery and what became of it."""

    id: int
    message_id: str
    received_at: datetime
    state: HookDeliveryState
    length: Annotated[int, Field(description="Of the body, in bytes. The body itself is not kept.")]
    accepted: int
    duplicates: int
    errors: list[FieldProblem]


class ReceivedOut(Schema):
    """What became of a delivery."""

    state: HookDeliveryState
    accepted: int
    duplicates: int
    errors: list[FieldProblem]


@router.post(
    "/hooks/{token}",
    auth=None,
    summary="Deliver to a webhook",
    response={202: ReceivedOut}
    | refusals(
        tracking.HookNotFound,
        tracking.NotSigned,
        tracking.SignatureWrong,
        tracking.TimestampOff,
        tracking.DeliveryNotJson,
        tracking.DeliveryRefused,
        tracking.SpoolFull,
    ),
    openapi_extra={
        "requestBody": {
            "required": True,
            "description": "JSON of any shape, signed as Standard Webhooks says.",
            "content": {"application/json": {"schema": {}}},
        }
    },
)
@public("another system proves itself by its signature")
def deliver(request: HttpRequest, token: str) -> Status[HookDelivery]:
    return Status(202, tracking.receive(token, request.headers, request.body, now=clock.now()))


@router.get("/webhooks", summary="List webhooks", response={200: Page[HookOut]})
@needs("webhooks.write")
def list_hooks(request: MemberRequest, page: Query[PageIn]) -> PageOf[Hook]:
    return page_of(tracking.hooks_of(request.auth.workspace), page, order=("name", "id"))


@router.post(
    "/webhooks",
    summary="Open a webhook",
    response={201: HookOut} | refusals(tracking.MappingNotAsExpected),
)
@needs("webhooks.write")
def add_hook(request: MemberRequest, body: HookIn) -> Status[Hook]:
    return Status(201, tracking.add_hook(request.auth, body.name, body.mapping, now=clock.now()))


@router.post(
    "/webhooks/preview",
    summary="Try a mapping on a body",
    response={200: MappingPreviewOut} | refusals(tracking.MappingNotAsExpected),
)
@needs("webhooks.write")
def preview(request: MemberRequest, body: MappingPreviewIn) -> dict[str, Any]:
    made = tracking.preview(request.auth.workspace, body.mapping, body.body)
    return {
        "is_ignored": made.is_ignored,
        "events": [_shown(event) for event in made.events.values()],
        "errors": [problem for each in made.refusals.values() for problem in each],
    }


def _shown(event: IncomingEvent) -> dict[str, Any]:
    return {name: getattr(event, name) for name in MappedEventOut.model_fields}


@router.patch(
    "/webhooks/{hook_id}",
    summary="Change a webhook",
    response={200: HookOut} | refusals(tracking.HookNotFound, tracking.MappingNotAsExpected),
)
@needs("webhooks.write")
def change_hook(request: MemberRequest, hook_id: int, body: HookPatch) -> Hook:
    return tracking.change_hook(
        request.auth, hook_id, now=clock.now(), **body.model_dump(exclude_unset=True)
    )


@router.get(
    "/webhooks/{hook_id}/secrets",
    summary="Show what a webhook's deliveries are signed with",
    response={200: SecretsOut} | refusals(tracking.HookNotFound),
)
@needs("webhooks.write")
def show_secrets(request: MemberRequest, hook_id: int) -> dict[str, list[str]]:
    hook = tracking.hook_of(request.auth.workspace, hook_id)
    return {"secrets": tracking.hook_secrets(hook, now=clock.now())}


@router.get(
    "/webhooks/{hook_id}/deliveries",
    summary="List a webhook's deliveries",
    response={200: Page[DeliveryOut]} | refusals(tracking.HookNotFound),
)
@needs("webhooks.write")
def list_deliveries(
    request: MemberRequest, hook_id: int, page: Query[PageIn]
) -> PageOf[HookDelivery]:
    hook = tracking.hook_of(request.auth.workspace, hook_id)
    return page_of(tracking.deliveries_of(hook), page, order=("-id",))
