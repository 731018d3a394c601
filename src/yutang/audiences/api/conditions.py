"""Routes of conditions that are not saved: how many, who for instance."""

from ninja import Status

from yutang.audiences import service as audiences
from yutang.audiences.api.router import router
from yutang.audiences.api.shapes import CancelIn, ConditionPreviewIn, ConditionPreviewOut
from yutang.engines import Superseded, WarehouseTooBusy
from yutang.kit.clock import now
from yutang.kit.errors import refusals
from yutang.workspaces.service import MemberRequest, needs


@router.post(
    "/preview",
    summary="Count who meets a condition, now or at an earlier instant",
    description=(
        "Exact, among the customers you may see. At an earlier instant events are as they were then,"
        " and a tag counts from when it was given; attributes, relations and audiences are today's."
    ),
    response={200: ConditionPreviewOut}
    | refusals(
        audiences.ConditionUnreadable,
        audiences.SentenceUnreadable,
        audiences.MineNeedsReader,
        audiences.InstantAhead,
        Superseded,
        WarehouseTooBusy,
    ),
)
@needs("audiences.read")
def preview(request: MemberRequest, body: ConditionPreviewIn) -> dict[str, object]:
    member = request.auth
    tree = audiences.tree_of(member.workspace, tree=body.condition, sentence=body.sentence)
    found = audiences.preview(member, tree, at=body.at, sample=body.sample, key=body.key, now=now())
    names = audiences.names_of(member, found.sample)
    return {"count": found.count, "at": found.at, "sample": found.sample, "names": names}


@router.post("/preview/cancel", summary="End a preview that is still running", response={204: None})
@needs("audiences.read")
def cancel_preview(request: MemberRequest, body: CancelIn) -> Status[None]:
    audiences.cancel(request.auth, body.key)
    return Status(204, None)
