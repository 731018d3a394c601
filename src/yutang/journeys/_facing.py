"""Journeys made by their faces, and ready journeys made a brand's own."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from yutang.journeys._living import JourneyDraft, change, found, make
from yutang.journeys.library import READY, Ready, filled
from yutang.journeys.models import Journey
from yutang.journeys.views import View, graph_of, view_of
from yutang.kit.errors import DomainError
from yutang.kit.i18n import language
from yutang.reach import service as reach
from yutang.workspaces.service import Member

__all__ = ["NoSuchReady", "NotOneFace", "change_face", "face_of", "make_by_face", "use_ready"]


class NotOneFace(DomainError):
    """A journey is given by exactly one of its faces."""

    status = 422
    zh = "campaign、sop、moments、welcome 之中恰好填一项。"
    en = "Give exactly one of campaign, sop, moments and welcome."


class NoSuchReady(DomainError):
    """There is no ready journey of this name."""

    status = 404
    zh = "没有名为“{name}”的现成旅程。"
    en = "There is no ready journey “{name}”."


def make_by_face(member: Member, name: str, face: str, view: View, *, now: datetime) -> Journey:
    """Make a journey from one of its faces.

    :raises NameTaken:
    """
    draft = JourneyDraft(name=name, graph=graph_of(view), view=face)
    return make(member, draft, now=now)


def change_face(
    member: Member, journey_id: int, face: str, view: View, *, now: datetime
) -> Journey:
    """Let a journey's draft be what a face says.

    :raises NotFound, HasEnded:
    """
    return change(member, journey_id, JourneyDraft(graph=graph_of(view), view=face), now=now)


def face_of(member: Member, journey_id: int) -> View | None:
    """Return a journey's draft under the face it was made with; None where the draft says more.

    :raises NotFound:
    """
    journey = found(member.workspace, journey_id)
    return view_of(journey.view, journey.draft) if journey.view else None


@transaction.atomic
def use_ready(member: Member, name: str, *, account: int, title: str, now: datetime) -> Journey:
    """Write a ready journey's messages in the reader's language and make a draft that sends them.

    :raises NoSuchReady, NameTaken, reach.AccountNotFound, reach.MessageNameTaken, reach.MessageNotSound:
    """
    ready = READY.get(name)
    if ready is None:
        raise NoSuchReady(name=name)
    channel = reach.account_of(member.workspace, account).channel
    messages = _messages(member, ready, channel, title, now)
    graph = filled(ready, messages, account, language())
    draft = JourneyDraft(
        name=title,
        note=ready.about.said()[:500],
        graph=graph,
        holdout_percent=Decimal(ready.holdout),
    )
    return make(member, draft, now=now)


def _messages(
    member: Member, ready: Ready, channel: str, title: str, now: datetime
) -> Mapping[str, int]:
    return {
        name: reach.create_message(
            member,
            name=f"{title} · {copy.name.said()}"[:100],
            channel=channel,
            purpose=copy.purpose,
            parts=[{"kind": "text", "text": copy.words.said()}],
            now=now,
        ).pk
        for name, copy in ready.copies.items()
    }
