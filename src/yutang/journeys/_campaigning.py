"""Campaigns begun in one go: made, activated, or not there at all."""

from datetime import datetime, timedelta
from decimal import Decimal

from django.db import transaction

from yutang.journeys._living import JourneyDraft, activate, make
from yutang.journeys.models import Journey
from yutang.journeys.views import CampaignView, graph_of
from yutang.kit.errors import DomainError
from yutang.workspaces.service import Member

__all__ = ["TimePassed", "send_campaign"]

_AT_ONCE = timedelta(seconds=1)  # a schedule lies ahead; by as little as can be


class TimePassed(DomainError):
    """Nothing can be sent in the past."""

    status = 422
    zh = "定的时间已经过去了。换一个以后的时间，或者选“现在”。"
    en = "That time has passed. Choose a later one, or send it now."


@transaction.atomic
def send_campaign(
    member: Member, name: str, view: CampaignView, *, holdout_percent: Decimal, now: datetime
) -> Journey:
    """Begin a campaign, at its time or at once; or leave nothing behind.

    :raises NameTaken, TimePassed, GraphUnreadable, NeedsApproval:
    """
    if view.at is not None and view.at <= now:
        raise TimePassed
    sent = view.model_copy(update={"at": view.at or now + _AT_ONCE})
    draft = JourneyDraft(
        name=name, graph=graph_of(sent), view="campaign", holdout_percent=holdout_percent
    )
    made = make(member, draft, subject="customer", now=now)
    return activate(member, made.pk, now=now)
