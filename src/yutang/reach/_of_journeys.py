"""All sendings of one journey together: paused and stopped with it, and how far its messages are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import QuerySet

from yutang.engines import bound, named_sql
from yutang.reach._receiving import advance, telling
from yutang.reach.models import DeliveryState, Sending, SendingState
from yutang.workspaces.models import Workspace

__all__ = [
    "LATE_AFTER",
    "Counted",
    "SendingUnderWay",
    "clear_cancelled",
    "note_conversions",
    "outgoing_of",
    "pause_with_journey",
    "resume_with_journey",
    "stop_with_journey",
]

_SQL = named_sql("yutang.reach", "of_journeys")
LATE_AFTER = timedelta(minutes=2)  # what could have left so long ago is stuck
_LATELY = timedelta(minutes=1)
_AT_ONCE = 20_000


def pause_with_journey(workspace: Workspace, journey: int, *, now: datetime) -> None:
    """Let nothing more of a journey leave until it goes on; what somebody paused alone stays so then."""
    _those(workspace, journey).filter(state=SendingState.RUNNING).update(
        state=SendingState.PAUSED, paused_with_journey=True, changed_at=now
    )


def resume_with_journey(workspace: Workspace, journey: int, *, now: datetime) -> None:
    """Let what was paused with a journey leave again."""
    _those(workspace, journey).filter(state=SendingState.PAUSED, paused_with_journey=True).update(
        state=SendingState.RUNNING, paused_with_journey=False, changed_at=now
    )


def stop_with_journey(workspace: Workspace, journey: int, *, now: datetime) -> None:
    """Let nothing more of a journey leave, ever. What is queued is taken back bit by bit."""
    _those(workspace, journey).update(
        state=SendingState.CANCELLED, paused_with_journey=False, changed_at=now
    )


def _those(workspace: Workspace, journey: int) -> "QuerySet[Sending, Sending]":
    return Sending.objects.within(workspace).filter(journey=journey)


def clear_cancelled(*, now: datetime) -> bool:
    """Say of what is still queued in cancelled sendings that it will not go; True when there may be more."""
    return bound(_SQL["clear"], {"now": now, "most": _AT_ONCE}).rowcount == _AT_ONCE


def note_conversions(
    workspace: Workspace, journey: int, reached: Mapping[int, datetime], *, now: datetime
) -> None:
    """Say of the last message of a journey each was sent that what it was for came, at these instants."""
    if not reached:
        return
    asked = {
        "workspace": workspace.pk,
        "journey": journey,
        "customers": list(reached),
        "ats": list(reached.values()),
    }
    last = bound(_SQL["converting"], asked).fetchall()
    told = [telling(delivery, DeliveryState.CONVERTED, at) for delivery, at in last]
    advance(workspace.pk, told, now=now)


@dataclass(frozen=True)
class Counted:
    """So many messages of one sending in one state, for one reason."""

    state: str
    reason: str
    count: int


@dataclass
class SendingUnderWay:
    """One sending on its way: how many messages are where, and whether they move.

    `late` could have left minutes ago; `later` wait for an hour of their own, the first at `next_at`; `lately` left within
    the last minute.
    """

    sending: Sending
    counts: list[Counted] = field(default_factory=list)
    late: int = 0
    later: int = 0
    lately: int = 0
    next_at: datetime | None = None
    first_sent_at: datetime | None = None
    last_sent_at: datetime | None = None


def outgoing_of(workspace: Workspace, journey: int, *, now: datetime) -> Sequence[SendingUnderWay]:
    """Return how far the messages of a journey are, by sending."""
    rows = _those(workspace, journey).select_related("version__message", "account").order_by("pk")
    found = {each.pk: SendingUnderWay(each) for each in rows}
    asked = {
        "workspace": workspace.pk,
        "sendings": list(found),
        "now": now,
        "late": now - LATE_AFTER,
        "lately": now - _LATELY,
    }
    for pk, state, reason, count, late, later, lately, next_at, first, last in bound(
        _SQL["outgoing"], asked
    ):
        one = found[pk]
        one.counts.append(Counted(state, reason, count))
        one.late += late if one.sending.state == SendingState.RUNNING else 0
        one.later += later
        one.lately += lately
        one.next_at = min(filter(None, (one.next_at, next_at)), default=None)
        one.first_sent_at = min(filter(None, (one.first_sent_at, first)), default=None)
        one.last_sent_at = max(filter(None, (one.last_sent_at, last)), default=None)
    return list(found.values())
