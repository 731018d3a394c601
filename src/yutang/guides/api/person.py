"""The person in front, found by the platform's name for her or by ours."""

from typing import Annotated, Any

from ninja import Query, Schema
from pydantic import Field, StringConstraints

from yutang.customers import service as customers
from yutang.guides import service as guides
from yutang.guides.api.router import router
from yutang.guides.api.shapes import Id, InFrontOut
from yutang.guides.api.shown import in_front_out
from yutang.kit.clock import now
from yutang.kit.errors import refusals
from yutang.workspaces.service import MemberRequest, needs


class MetIn(Schema):
    """Who is meant."""

    external_userid: Annotated[
        str,
        StringConstraints(min_length=1, max_length=64, pattern=r"^[0-9A-Za-z_-]+$"),
        Field(description="As `getCurExternalContact` told it."),
    ]


class MetOut(Schema):
    """Who that is here."""

    customer_id: int


@router.get(
    "/met",
    summary="Find the customer of a WeCom chat",
    response={200: MetOut} | refusals(customers.NotFound),
)
@needs("customers.read")
def met(request: MemberRequest, who: Query[MetIn]) -> dict[str, int]:
    return {"customer_id": guides.met_by(request.auth, who.external_userid)}


@router.get(
    "/people/{int:customer_id}",
    summary="Read the person in front",
    description="Everything a guide needs in front of her in one answer, with reasons to speak to her now.",
    response={200: InFrontOut} | refusals(customers.NotFound),
)
@needs("customers.read")
def in_front(request: MemberRequest, customer_id: Id) -> dict[str, Any]:
    return in_front_out(guides.in_front(request.auth, customer_id, now=now()))
