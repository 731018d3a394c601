"""Journeys made by their faces, and ready journeys made a brand's own."""

from collections.abc import Mapping
from dataclasses import dataclass, field
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
from yutang.reach.models import ChannelAccount
from yutang.workspaces.service import Member

__all__ = [
    "Choice",
    "NoSuchCopy",
    "NoSuchReady",
    "NotOneFace",
    "change_face",
    "face_of",
    "make_by_face",
    "use_ready",
]


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


class NoSuchCopy(DomainError):
    """A ready journey sends no such message."""

    status = 422
    zh = "“{ready}”没有名为“{copy}”的消息，它有：{copies}。"
    en = "“{ready}” has no message “{copy}”. It has: {copies}."


@dataclass(frozen=True)
class Choice:
    """What somebody says when she makes a ready journey hers; what she leaves out is as proposed.

    `messages` names messages of the brand to send in the place of proposed ones, `words` what a
    proposed one is to say instead, `audience` whose members enter instead of those proposed.
    """

    title: str
    account: int
    audience: int | None = None
    messages: Mapping[str, int] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)


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
def use_ready(member: Member, name: str, choice: Choice, *, now: datetime) -> Journey:
    """Write a ready journey's messages in the reader's language and make a draft that sends them.

    :raises NoSuchReady, NoSuchCopy, NameTaken, reach.AccountNotFound, reach.MessageNotFound,
        reach.ChannelsDiffer, reach.MessageNameTaken, reach.MessageNotSound:
    """
    ready = READY.get(name)
    if ready is None:
        raise NoSuchReady(name=name)
    for copy in (*choice.messages, *choice.words):
        if copy not in ready.copies:
            raise NoSuchCopy(ready=ready.title.said(), copy=copy, copies=", ".join(ready.copies))
    account = reach.account_of(member.workspace, choice.account)
    own = _own_messages(member, choice, account, now)
    written = _written(member, ready, account.channel, choice, now)
    graph = filled(ready, own | written, choice.account, language(), audience=choice.audience)
    draft = JourneyDraft(
        name=choice.title,
        note=ready.about.said()[:500],
        graph=graph,
        holdout_percent=Decimal(ready.holdout),
    )
    return make(member, draft, now=now)


def _own_messages(
    member: Member, choice: Choice, account: ChannelAccount, now: datetime
) -> dict[str, int]:
    """Return the brand's own messages, each of which the account can send."""
    for message in choice.messages.values():
        reach.draft_sending(
            member.workspace,
            message_id=message,
            account_id=account.pk,
            actor=member.actor,
            now=now,
        )
    return dict(choice.messages)


def _written(
    member: Member, ready: Ready, channel: str, choice: Choice, now: datetime
) -> dict[str, int]:
    """Write what is proposed and not replaced, in the member's words where she changed them."""
    return {
        name: reach.create_message(
            member,
            name=f"{choice.title} · {copy.name.said()}"[:100],
            channel=channel,
            purpose=copy.purpose,
            parts=[{"kind": "text", "text": choice.words.get(name) or copy.words.said()}],
            now=now,
        ).pk
        for name, copy in ready.copies.items()
        if name not in choice.messages
    }
