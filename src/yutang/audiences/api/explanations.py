"""Why she is in, why he is not."""

from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import Field

from yutang.audiences import service as audiences
from yutang.audiences.api.router import router
from yutang.audiences.api.shapes import Instant
from yutang.audiences.service import Reason
from yutang.engines import WarehouseTooBusy
from yutang.kit.clock import now
from yutang.kit.errors import refusals
from yutang.workspaces.service import MemberRequest, needs

__all__ = ["ReasonOut"]


class ExplainIn(Schema):
    """A condition, as a tree or as a sentence, and the customer it is about."""

    customer_id: Annotated[int, Field(ge=1, le=2**32 - 1)]
    condition: dict[str, Any] | None = None
    sentence: Annotated[str | None, Field(max_length=5000, examples=["近30天收藏≥1次"])] = None
    at: Instant = None


class ReasonOut(Schema):
    """One node of the condition: whether it holds, in words, with the evidence."""

    at: Annotated[str, Field(description="The node's place in the condition's JSON.")]
    holds: bool
    joint: Annotated[
        Literal["all", "any", "not", "leaf"],
        Field(description="What its nodes are held together by."),
    ]
    said: str
    evidence: Annotated[str, Field(description="What is known of her; empty for groups.")]
    of: list["ReasonOut"]


@router.post(
    "/explain",
    summary="Say why a customer is in or out, node by node",
    response={200: ReasonOut}
    | refusals(
        audiences.ConditionUnreadable,
        audiences.SentenceUnreadable,
        audiences.MineNeedsReader,
        audiences.CustomerNotFound,
        WarehouseTooBusy,
    ),
)
@needs("audiences.read")
def explain_condition(request: MemberRequest, body: ExplainIn) -> dict[str, object]:
    tree = audiences.tree_of(request.auth.workspace, tree=body.condition, sentence=body.sentence)
    return _shown(audiences.explain(request.auth, tree, body.customer_id, at=body.at, now=now()))


def _shown(reason: Reason) -> dict[str, object]:
    return {
        "at": reason.at,
        "holds": reason.holds,
        "joint": reason.joint,
        "said": reason.said.said(),
        "evidence": reason.evidence.said(),
        "of": [_shown(each) for each in reason.of],
    }
