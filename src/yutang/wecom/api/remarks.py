"""Remarks over HTTP: what one of the staff notes of a customer, here and in WeCom."""

from typing import Annotated

from ninja import Schema
from pydantic import Field, StringConstraints

from yutang.customers import service as customers
from yutang.kit import clock
from yutang.kit.errors import refusals
from yutang.kit.lines import one_line
from yutang.wecom import service as wecom
from yutang.wecom.api.router import router
from yutang.workspaces.service import MemberRequest, needs

__all__: list[str] = []

Written = Annotated[str, one_line(500, may_be_empty=True)]
Phone = Annotated[str, StringConstraints(pattern=r"^\+?[0-9 -]{5,20}$")]


class RemarkIn(Schema):
    """What to change; what is left out stays."""

    staff_id: Annotated[int, Field(ge=1, lt=1 << 31, description="Whose remark.")]
    remark: Annotated[Written | None, Field(description="At most 20 characters in WeCom.")] = None
    description: Annotated[Written | None, Field(description="At most 150, in WeCom only.")] = None
    company: Annotated[Written | None, Field(description="At most 20, in WeCom only.")] = None
    phones: Annotated[
        list[Phone] | None,
        Field(max_length=5, description="In the place of those there are, in WeCom only."),
    ] = None


class RemarkOut(Schema):
    """A remark as it is now."""

    staff: int
    remark: str
    in_wecom: Annotated[bool, Field(description="Whether WeCom has it, too.")]


@router.put(
    "/customers/{int:customer_id}/remark",
    summary="Remark something of a customer",
    response={200: RemarkOut}
    | refusals(
        customers.NotFound,
        wecom.NotFollowedBy,
        wecom.RemarkTooLong,
        wecom.PlatformRefused,
        wecom.NoAnswer,
        wecom.Throttled,
        wecom.CorpPaused,
    ),
)
@needs("customers.write")
def change_remark(request: MemberRequest, customer_id: int, body: RemarkIn) -> wecom.Remarked:
    """Change it in WeCom, where the two know each other there, and here."""
    given = wecom.RemarkGiven(body.remark, body.description, body.company, body.phones)
    return wecom.change_remark(request.auth, customer_id, body.staff_id, given, now=clock.now())
