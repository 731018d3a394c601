"""Routes of what is under way: a campaign begun in one go, and how far the messages of a journey are."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from ninja import Schema, Status
from pydantic import Field

from yutang.journeys import service as journeys
from yutang.journeys.api.router import router
from yutang.journeys.api.shapes import HealthOut, JourneyOut, Name, Percent
from yutang.journeys.models import Journey
from yutang.journeys.views import CampaignView
from yutang.kit.clock import now
from yutang.kit.errors import refusals
from yutang.reach import service as reach
from yutang.workspaces.models import Workspace
from yutang.workspaces.service import MemberRequest, needs

__all__: list[str] = []


class SendCampaignIn(Schema):
    """A campaign to begin; without a time at once."""

    name: Name
    campaign: CampaignView
    holdout_percent: Percent = Field(
        Decimal(0),
        description="Of the people, held out: they get nothing and show what it changed.",
    )


class OutgoingCountOut(Schema):
    """So many messages in one state, for one reason."""

    state: str
    reason: str
    sentence: str
    count: int


class OutgoingOut(Schema):
    """One sending of a journey: what, by what, and where its messages are."""

    id: int
    node: str
    message_id: int
    message: str
    account_id: int
    account: str
    account_state: str
    account_trouble: str
    rests_until: datetime | None
    channel: str
    state: str
    counts: list[OutgoingCountOut]
    late: int = Field(description="Could have left two minutes ago or longer.")
    later: int = Field(description="Wait for an hour of their own.")
    lately: int = Field(description="Left within the last minute.")
    next_at: datetime | None = Field(description="When the first of those that wait may leave.")
    first_sent_at: datetime | None
    last_sent_at: datetime | None


class ProgressOut(Schema):
    """How far a journey and its messages are."""

    next_entry_at: datetime | None
    is_entering: bool
    entered: int = Field(description="Passages.")
    held_out: int = Field(description="Came besides, and get nothing.")
    health: HealthOut
    outgoing: list[OutgoingOut]


@router.post(
    "/campaigns",
    summary="Send a campaign",
    description="Made and activated together; what is refused leaves nothing behind.",
    response={201: JourneyOut}
    | refusals(
        journeys.NameTaken, journeys.TimePassed, journeys.GraphUnreadable, journeys.NeedsApproval
    ),
)
@needs("journeys.activate")
def send_campaign(request: MemberRequest, body: SendCampaignIn) -> Status[Journey]:
    made = journeys.send_campaign(
        request.auth,
        body.name,
        body.campaign,
        holdout_percent=body.holdout_percent,
        now=now(),
    )
    return Status(201, made)


@router.get(
    "/{int:journey_id}/progress",
    summary="Say how far a journey and its messages are",
    response={200: ProgressOut} | refusals(journeys.NotFound),
)
@needs("journeys.read")
def read_progress(request: MemberRequest, journey_id: int) -> dict[str, Any]:
    journey = journeys.found(request.auth.workspace, journey_id)
    found = journeys.progress(journey, now=now())
    return {
        **vars(found),
        "outgoing": [_outgoing(request.auth.workspace, each) for each in found.outgoing],
    }


def _outgoing(workspace: Workspace, each: reach.SendingUnderWay) -> dict[str, Any]:
    sending = each.sending
    return {
        **vars(each),
        "id": sending.pk,
        "node": sending.node,
        "message_id": sending.version.message_id,
        "message": sending.version.message.name,
        "account_id": sending.account_id,
        "account": sending.account.name,
        "account_state": sending.account.state,
        "account_trouble": sending.account.trouble,
        "rests_until": sending.account.rests_until,
        "channel": sending.channel,
        "state": sending.state,
        "counts": [
            {
                **vars(one),
                "sentence": reach.reason_said(workspace, one.reason).said() if one.reason else "",
            }
            for one in each.counts
        ],
    }
