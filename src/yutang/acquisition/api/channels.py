"""Channels and their ledgers over HTTP."""

from datetime import date, datetime
from typing import Annotated

from ninja import Query, Schema
from pydantic import Field

from yutang.acquisition import service as acquisition
from yutang.acquisition.api.router import router
from yutang.acquisition.api.shapes import Name
from yutang.acquisition.models import ChannelCost, SourceChannel
from yutang.kit import clock
from yutang.kit.errors import refusals
from yutang.kit.pages import Page, PageIn, PageOf, page_of
from yutang.workspaces.service import MemberRequest, needs

__all__: list[str] = []


class SourceChannelIn(Schema):
    """A channel to make or rename."""

    name: Annotated[Name, Field(examples=["抖音"])]


class SourceChannelOut(SourceChannelIn):
    """A channel: its codes together, and everything in its ledger."""

    id: int
    codes: int
    total: int
    spent_fen: int
    each_fen: Annotated[int | None, Field(description="What a friend cost, in fen.")]


class CostIn(Schema):
    """What was spent."""

    spent_on: date
    amount_fen: Annotated[
        int, Field(ge=-(10**13), le=10**13, description="In fen; what came back is negative.")
    ]
    note: Annotated[str, Field(max_length=200)] = ""
    code_id: Annotated[int | None, Field(ge=1, description="One code; null: the channel.")] = None


class CostOut(CostIn):
    """An entry of a ledger."""

    id: int
    code: str
    created_at: datetime
    struck_at: Annotated[datetime | None, Field(description="When it was struck out.")]

    @staticmethod
    def resolve_code(cost: ChannelCost) -> str:
        return cost.code.name if cost.code else ""


def _shown(request: MemberRequest, rows: list[SourceChannel]) -> list[SourceChannelOut]:
    figures = acquisition.figures_of_channels(request.auth.workspace, rows)
    return [
        SourceChannelOut(
            id=row.pk,
            name=row.name,
            codes=figures[row.pk].codes,
            total=figures[row.pk].total,
            spent_fen=figures[row.pk].spent_fen,
            each_fen=figures[row.pk].each_fen,
        )
        for row in rows
    ]


@router.get("/channels", summary="List channels", response=Page[SourceChannelOut])
@needs("codes.read")
def list_channels(request: MemberRequest, page: Query[PageIn]) -> PageOf[SourceChannelOut]:
    """Return the channels in use, by name."""
    rows = acquisition.channels_of(request.auth.workspace)
    found = page_of(rows, page, order=("name", "id"))
    return PageOf(_shown(request, list(found.items)), found.next)


@router.post(
    "/channels",
    summary="Make a channel",
    response={201: SourceChannelOut} | refusals(acquisition.ChannelNameTaken),
)
@needs("codes.write")
def create_channel(request: MemberRequest, body: SourceChannelIn) -> SourceChannelOut:
    """Make a channel for codes to stand in."""
    channel = acquisition.create_channel(request.auth, body.name, now=clock.now())
    return _shown(request, [channel])[0]


@router.patch(
    "/channels/{int:channel_id}",
    summary="Rename a channel",
    response={200: SourceChannelOut}
    | refusals(acquisition.NoSuchChannel, acquisition.ChannelNameTaken),
)
@needs("codes.write")
def rename_channel(
    request: MemberRequest, channel_id: int, body: SourceChannelIn
) -> SourceChannelOut:
    """Give a channel another name."""
    channel = acquisition.rename_channel(request.auth, channel_id, body.name, now=clock.now())
    return _shown(request, [channel])[0]


@router.delete(
    "/channels/{int:channel_id}",
    summary="Put a channel away",
    response={204: None} | refusals(acquisition.NoSuchChannel, acquisition.ChannelInUse),
)
@needs("codes.write")
def archive_channel(request: MemberRequest, channel_id: int) -> None:
    """Put a channel away that no code stands in; its ledger stays."""
    acquisition.archive_channel(request.auth, channel_id, now=clock.now())


@router.get(
    "/channels/{int:channel_id}/costs",
    summary="Show a channel’s ledger",
    response={200: Page[CostOut]} | refusals(acquisition.NoSuchChannel),
)
@needs("codes.read")
def list_costs(
    request: MemberRequest, channel_id: int, page: Query[PageIn], code_id: int | None = None
) -> PageOf[ChannelCost]:
    """Return the entries, the newest day first; struck-out ones too."""
    rows = acquisition.costs_of(request.auth.workspace, channel_id, code_id=code_id)
    return page_of(rows, page, order=("-spent_on", "-id"))


@router.post(
    "/channels/{int:channel_id}/costs",
    summary="Enter a cost",
    response={201: CostOut} | refusals(acquisition.NoSuchChannel, acquisition.CodeOfAnotherChannel),
)
@needs("codes.write")
def enter_cost(request: MemberRequest, channel_id: int, body: CostIn) -> ChannelCost:
    """Enter what was spent for a channel, or for one of its codes."""
    return acquisition.enter_cost(request.auth, channel_id, **body.dict(), now=clock.now())


@router.delete(
    "/channels/{int:channel_id}/costs/{int:cost_id}",
    summary="Strike a cost out",
    response={204: None} | refusals(acquisition.NoSuchChannel, acquisition.NoSuchCost),
)
@needs("codes.write")
def strike_cost(request: MemberRequest, channel_id: int, cost_id: int) -> None:
    """Strike an entry out; it stays to be seen and counts no more."""
    acquisition.strike_cost(request.auth, channel_id, cost_id, now=clock.now())
