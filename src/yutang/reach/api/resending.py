"""Dead letters over HTTP: found among the deliveries that failed, and sent again by hand."""

from typing import Annotated
from uuid import UUID

from ninja import Schema
from pydantic import Field

from yutang.kit import clock
from yutang.reach import service as reach
from yutang.reach.api.router import router
from yutang.workspaces.service import MemberRequest, needs

__all__: list[str] = []


class ResendIn(Schema):
    """Which failed deliveries to send again: by their tokens, or all of a sending."""

    tokens: Annotated[list[UUID], Field(max_length=1000)] = []
    sending_id: Annotated[int, Field(ge=1, lt=1 << 63)] | None = None
    unknown_too: Annotated[
        bool, Field(description="Also those that may have arrived already: some may come twice.")
    ] = False


class ResentOut(Schema):
    """How many were queued again."""

    count: int


@router.post("/deliveries/resend", summary="Send failed deliveries again", response=ResentOut)
@needs("reach.write")
def resend(request: MemberRequest, body: ResendIn) -> dict[str, int]:
    count = reach.resend(
        request.auth,
        tokens=body.tokens,
        sending_id=body.sending_id,
        unknown_too=body.unknown_too,
        now=clock.now(),
    )
    return {"count": count}
