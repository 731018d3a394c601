"""Routes of customers' tags. Giving one customer a tag is part of looking after her."""

from typing import Annotated

from ninja import Query, Status

from yutang.customers import service as customers
from yutang.kit.clock import now
from yutang.kit.errors import refusals
from yutang.kit.pages import Page, PageIn, PageOf
from yutang.tags import service as tags
from yutang.tags.api.router import router
from yutang.tags.api.shapes import (
    CustomerTagsOut,
    EndIn,
    Id,
    Reason,
    TagChangeOut,
    TaggingIn,
    TaggingOut,
)
from yutang.tags.models import Tagging
from yutang.workspaces.service import MemberRequest, needs


@router.get(
    "/customers", summary="Read the tags of several customers", response=Page[CustomerTagsOut]
)
@needs("tags.read")
def tags_of_several(
    request: MemberRequest,
    customer_id: Annotated[list[Id], Query(min_length=1, max_length=200)],
) -> PageOf[dict[str, object]]:
    found = tags.tags_of_several(request.auth, customer_id, now=now())
    return PageOf([{"customer_id": pk, "tags": rows} for pk, rows in found.items()])


@router.get(
    "/customers/{int:customer_id}",
    summary="Read a customer's tags",
    response={200: Page[TaggingOut]} | refusals(customers.NotFound),
)
@needs("tags.read")
def tags_of(request: MemberRequest, customer_id: int) -> PageOf[Tagging]:
    return PageOf(list(tags.tags_of(request.auth, customer_id, now=now())))


@router.post(
    "/customers/{int:customer_id}",
    summary="Give a customer a tag",
    description="In an exclusive group it takes the place of the tag she had.",
    response={200: TaggingOut}
    | refusals(
        customers.NotFound, tags.NotFound, tags.TagArchived, tags.TagWasMerged, tags.EndPassed
    ),
)
@needs("customers.write")
def tag_customer(request: MemberRequest, customer_id: int, body: TaggingIn) -> Tagging:
    return tags.tag_customer(request.auth, customer_id, now=now(), **body.dict())


@router.patch(
    "/customers/{int:customer_id}/{int:tag_id}",
    summary="Set when a customer's tag ends",
    response={200: TaggingOut}
    | refusals(customers.NotFound, tags.NotFound, tags.NotTagged, tags.KeptByRule, tags.EndPassed),
)
@needs("customers.write")
def change_end(request: MemberRequest, customer_id: int, tag_id: int, body: EndIn) -> Tagging:
    return tags.change_end(request.auth, customer_id, tag_id, now=now(), **body.dict())


@router.delete(
    "/customers/{int:customer_id}/{int:tag_id}",
    summary="Take a tag from a customer",
    response={204: None}
    | refusals(customers.NotFound, tags.NotFound, tags.NotTagged, tags.KeptByRule),
)
@needs("customers.write")
def untag_customer(
    request: MemberRequest, customer_id: int, tag_id: int, reason: Reason = ""
) -> Status[None]:
    tags.untag_customer(request.auth, customer_id, tag_id, now=now(), reason=reason)
    return Status(204, None)


@router.get(
    "/customers/{int:customer_id}/history",
    summary="Read who tagged a customer, when and why",
    response={200: Page[TagChangeOut]} | refusals(customers.NotFound),
)
@needs("tags.read")
def history_of_customer(
    request: MemberRequest, customer_id: int, page: Query[PageIn]
) -> PageOf[tags.HistoryLine]:
    return tags.history_of_customer(request.auth, customer_id, page)
