"""What the platform told: looked through, and sent through again."""

from datetime import datetime
from typing import Annotated, Literal

from ninja import Query, Schema
from pydantic import Field

from yutang.kit import clock
from yutang.kit.errors import refusals
from yutang.kit.pages import Page, PageIn, PageOf, page_of
from yutang.wecom import service as wecom
from yutang.wecom.api.router import router
from yutang.wecom.models import Callback
from yutang.workspaces.service import MemberRequest, needs

__all__: list[str] = []

Became = Literal["waiting", "failed", "unknown", "done"]


class HandlingOut(Schema):
    """What is still to be done about a callback."""

    handler: str
    state: Literal["waiting", "failed"]
    attempts: int
    next_at: datetime
    reason: str


class CallbackOut(Schema):
    """Something the platform told."""

    id: int
    corp_id: int
    event: str
    change_type: str
    became: Became
    copies: Annotated[int, Field(description="How often it was told.")]
    happened_at: datetime
    received_at: datetime
    handlings: list[HandlingOut]


class CallbackCountsOut(Schema):
    """How many callbacks became what, of those that are kept."""

    waiting: int
    failed: int
    unknown: int
    today: Annotated[int, Field(description="Received in the last 24 hours.")]


class CallbacksIn(PageIn):
    """Which callbacks to list."""

    became: Became | None = None


class ReplayIn(Schema):
    """Which callbacks to have handled again."""

    ids: Annotated[
        list[int] | None,
        Field(max_length=1000, description="Left out: all that nobody could handle."),
    ] = None


class ReplayOut(Schema):
    """How many are handled again."""

    count: int


@router.get("/callbacks", summary="List callbacks", response=Page[CallbackOut])
@needs("wecom.read")
def list_callbacks(request: MemberRequest, page: Query[CallbacksIn]) -> PageOf[object]:
    workspace = request.auth.workspace
    rows = wecom.callbacks_of(workspace, became=page.became or "")
    found: PageOf[Callback] = page_of(rows, page, order=("-received_at", "-id"))
    open_ = wecom.handlings_of(workspace, found.items)
    return PageOf([_shown(each, open_[each.pk]) for each in found.items], found.next)


def _shown(callback: Callback, handlings: "list[wecom.Handling]") -> dict[str, object]:
    states = {each.state for each in handlings}
    became = "failed" if "failed" in states else "waiting" if states else "done"
    return {
        "id": callback.pk,
        "corp_id": callback.corp_id,
        "event": callback.event,
        "change_type": callback.change_type,
        "became": became if callback.is_known or handlings else "unknown",
        "copies": callback.copies,
        "happened_at": callback.happened_at,
        "received_at": callback.received_at,
        "handlings": [
            {
                "handler": each.handler,
                "state": each.state,
                "attempts": each.attempts,
                "next_at": each.not_before,
                "reason": each.reason,
            }
            for each in handlings
        ],
    }


@router.get("/callbacks/counts", summary="Count callbacks", response=CallbackCountsOut)
@needs("wecom.read")
def count_callbacks(request: MemberRequest) -> dict[str, int]:
    return wecom.count_callbacks(request.auth.workspace, now=clock.now())


@router.post(
    "/callbacks/replay",
    summary="Have callbacks handled again",
    response={200: ReplayOut} | refusals(wecom.NothingToReplay),
)
@needs("wecom.write")
def replay_callbacks(request: MemberRequest, body: ReplayIn) -> dict[str, int]:
    return {"count": wecom.replay(request.auth, body.ids, now=clock.now())}
