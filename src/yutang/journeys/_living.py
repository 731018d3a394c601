"""The life of a journey: drafted, active, paused, ended; each change refused or done, and audited."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from yutang.audiences import service as audiences
from yutang.events import service as events
from yutang.journeys._approving import require_approval
from yutang.journeys._checking import audiences_of, checked
from yutang.journeys._versions import graphs_of
from yutang.journeys.engine import locks
from yutang.journeys.graph import Graph, GraphUnreadable, listens_to
from yutang.journeys.graph.nodes import AudienceEntry, ScheduleEntry
from yutang.journeys.models import (
    Entering,
    Journey,
    JourneyState,
    JourneySubject,
    JourneyVersion,
    Watch,
)
from yutang.journeys.timing import next_entry
from yutang.kit.errors import DomainError, FieldProblem
from yutang.kit.pulse import wake
from yutang.reach import service as reach
from yutang.workspaces.models import Workspace
from yutang.workspaces.service import Member, record_audit

__all__ = [
    "HasEnded",
    "JourneyDraft",
    "NameTaken",
    "NotActive",
    "NotFound",
    "NotPaused",
    "StillRunning",
    "activate",
    "change",
    "delete",
    "end",
    "found",
    "listed",
    "make",
    "pause",
    "resume",
    "validate",
]


class NotFound(DomainError):
    """There is no such journey here."""

    status = 404
    zh = "没有这个旅程。"
    en = "There is no such journey."


class NameTaken(DomainError):
    """Another journey has the name."""

    zh = "已经有名为“{name}”的旅程，请换一个名称。"
    en = "There is a journey “{name}” already. Choose another name."


class HasEnded(DomainError):
    """What has ended stays ended."""

    zh = "旅程“{journey}”已经结束。需要再来一次，请复制一份。"
    en = "The journey “{journey}” has ended. Copy it to run it once more."


class NotActive(DomainError):
    """Only what is active can be paused, or entered."""

    zh = "旅程“{journey}”没有在运行，先启用它。"
    en = "The journey “{journey}” is not active. Activate it first."


class NotPaused(DomainError):
    """Only what is paused can go on."""

    zh = "旅程“{journey}”没有暂停。"
    en = "The journey “{journey}” is not paused."


class StillRunning(DomainError):
    """People are in it."""

    zh = "旅程“{journey}”启用过，记录要保留，不能删除。可以结束它。"
    en = "The journey “{journey}” has been active and its records stay. End it instead."


@dataclass(frozen=True)
class JourneyDraft:
    """What somebody wants a journey to be; None: as it was."""

    name: str | None = None
    note: str | None = None
    graph: Mapping[str, Any] | None = None
    holdout_percent: Decimal | None = None
    priority: int | None = None
    view: str | None = None


def listed(
    workspace: Workspace, *, search: str = "", state: str | None = None, view: str = ""
) -> "QuerySet[Journey, Journey]":
    """Return the journeys of a workspace, those changed last first."""
    rows = Journey.objects.within(workspace).order_by("-changed_at", "-pk")
    if search:
        rows = rows.filter(name__icontains=search)
    if state:
        rows = rows.filter(state=state)
    return rows.filter(view=view) if view else rows


def found(workspace: Workspace, journey_id: int, *, lock: bool = False) -> Journey:
    """Return a journey.

    :raises NotFound:
    """
    rows = Journey.objects.within(workspace).select_related("workspace").filter(pk=journey_id)
    # Rows that point to it are written meanwhile, so that its key is not locked.
    journey = (rows.select_for_update(of=("self",), no_key=True) if lock else rows).first()
    if journey is None:
        raise NotFound
    return journey


@transaction.atomic
def make(
    member: Member,
    draft: JourneyDraft,
    *,
    subject: str = JourneySubject.CUSTOMER,
    now: datetime,
) -> Journey:
    """Make a journey; its graph may still be unfinished.

    :raises NameTaken:
    """
    journey = Journey(
        workspace=member.workspace,
        subject=subject,
        salt=secrets.token_hex(8),
        owner=member.user,
        created_at=now,
        changed_at=now,
    )
    _apply(journey, draft)
    _save(journey)
    _audit(member, journey, "journeys.made", now)
    return journey


@transaction.atomic
def change(member: Member, journey_id: int, draft: JourneyDraft, *, now: datetime) -> Journey:
    """Change what is drafted. People who are inside go on as before until it is activated.

    :raises NotFound, NameTaken, HasEnded:
    """
    journey = found(member.workspace, journey_id, lock=True)
    if journey.state == JourneyState.ENDED:
        raise HasEnded(journey=journey.name)
    changed = _apply(journey, draft)
    journey.changed_at = now
    _save(journey)
    _audit(member, journey, "journeys.changed", now, changed=changed)
    return journey


def _apply(journey: Journey, draft: JourneyDraft) -> list[str]:
    given = {
        "name": draft.name and draft.name.strip(),
        "note": draft.note,
        "draft": draft.graph,
        "holdout_percent": draft.holdout_percent,
        "priority": draft.priority,
        "view": draft.view,
    }
    for name, value in given.items():
        if value is not None:
            setattr(journey, name, value)
    return [name for name, value in given.items() if value is not None]


def _save(journey: Journey) -> None:
    try:
        with transaction.atomic():
            journey.save()
    except IntegrityError as taken:
        if "journey_names_differ" in str(taken):
            raise NameTaken(name=journey.name) from None
        raise


@transaction.atomic
def delete(member: Member, journey_id: int, *, now: datetime) -> None:
    """Delete a journey nobody was ever in.

    :raises NotFound, StillRunning:
    """
    journey = found(member.workspace, journey_id, lock=True)
    if journey.state != JourneyState.DRAFT:
        raise StillRunning(journey=journey.name)
    _audit(member, journey, "journeys.deleted", now)
    journey.delete()


def validate(
    workspace: Workspace, journey_id: int, *, graph: Mapping[str, Any] | None = None, now: datetime
) -> list[FieldProblem]:
    """Return everything that keeps the drafted (or this) graph from running; nothing: it can.

    :raises NotFound:
    """
    journey = found(workspace, journey_id)
    tree = journey.draft if graph is None else graph
    try:
        checked(workspace, tree, subject=journey.subject, now=now)
    except GraphUnreadable as unreadable:
        return unreadable.errors
    return []


@transaction.atomic
def activate(member: Member, journey_id: int, *, now: datetime) -> Journey:
    """Let people enter what is drafted, as a version of its own; those inside stay on theirs.

    Nothing changes where the draft is what is active already.

    :raises NotFound, HasEnded, GraphUnreadable, NeedsApproval:
    """
    journey = found(member.workspace, journey_id, lock=True)
    if journey.state == JourneyState.ENDED:
        raise HasEnded(journey=journey.name)
    graph = checked(member.workspace, journey.draft, subject=journey.subject, now=now)
    require_approval(member, graph, now=now)
    current = JourneyVersion.objects.within(member.workspace).filter(
        journey=journey, number=journey.version
    )
    before = current.first()
    if before is None or before.graph != journey.draft:
        journey.version += 1
        JourneyVersion.objects.create(
            workspace=member.workspace,
            journey=journey,
            number=journey.version,
            graph=journey.draft,
            actor=member.actor,
            created_at=now,
        )
    first = journey.state == JourneyState.DRAFT
    journey.state, journey.trouble = JourneyState.ACTIVE, ""
    journey.paused_at = None
    journey.activated_at = journey.activated_at or now
    journey.changed_at = now
    _schedule(journey, graph, now)
    journey.save()
    reach.resume_with_journey(member.workspace, journey.pk, now=now)
    _listen(journey)
    _watch(journey, graph, first=first, now=now)
    _audit(member, journey, "journeys.activated", now, version=journey.version)
    _wake_after_commit()
    return journey


def _schedule(journey: Journey, graph: Graph, now: datetime) -> None:
    journey.next_entry_at = None
    if isinstance(graph.entry, ScheduleEntry):
        zone = ZoneInfo(journey.workspace.time_zone)
        journey.next_entry_at = next_entry(graph.entry, now, zone)


def _listen(journey: Journey) -> None:
    """Hear what any version waits for: people may still be in the old ones."""
    versions = JourneyVersion.objects.within(journey.workspace_id).filter(journey=journey)
    types: set[str] = set()
    for graph in graphs_of(versions.values_list("pk", flat=True)).values():
        types |= listens_to(graph)
    events.hear(journey.workspace, f"journey:{journey.pk}", types)


def _watch(journey: Journey, graph: Graph, *, first: bool, now: datetime) -> None:
    """Follow audiences from now on; let those in who are in an audience already, if they are meant."""
    entry, awaited = audiences_of(graph)
    watched = awaited | ({entry} if entry else set())
    seen = audiences.versions(journey.workspace_id, watched)
    Watch.objects.bulk_create(
        (
            Watch(workspace=journey.workspace, journey=journey, audience=each, version=version)
            for each, version in sorted(seen.items())
        ),
        ignore_conflicts=True,
    )
    if first and isinstance(graph.entry, AudienceEntry) and graph.entry.existing:
        Entering.objects.create(
            workspace=journey.workspace, journey=journey, at=now, key="existing"
        )


@transaction.atomic
def pause(member: Member, journey_id: int, *, now: datetime) -> Journey:
    """Let nothing move, nobody enter and no message leave; when this returns, no effect is under way any more.

    :raises NotFound, NotActive:
    """
    journey = _held_up(member, journey_id)
    if journey.state != JourneyState.ACTIVE:
        raise NotActive(journey=journey.name)
    journey.state, journey.paused_at = JourneyState.PAUSED, now
    journey.changed_at = now
    journey.save(update_fields=["state", "paused_at", "changed_at"])
    reach.pause_with_journey(member.workspace, journey.pk, now=now)
    _audit(member, journey, "journeys.paused", now)
    return journey


@transaction.atomic
def resume(member: Member, journey_id: int, *, now: datetime) -> Journey:
    """Go on where everybody stands. Schedules that passed meanwhile are left out.

    :raises NotFound, NotPaused:
    """
    journey = found(member.workspace, journey_id, lock=True)
    if journey.state != JourneyState.PAUSED:
        raise NotPaused(journey=journey.name)
    journey.state, journey.paused_at, journey.trouble = JourneyState.ACTIVE, None, ""
    journey.changed_at = now
    version = JourneyVersion.objects.within(member.workspace).get(
        journey=journey, number=journey.version
    )
    _schedule(journey, graphs_of([version.pk])[version.pk], now)
    journey.save()
    reach.resume_with_journey(member.workspace, journey.pk, now=now)
    _audit(member, journey, "journeys.resumed", now)
    _wake_after_commit()
    return journey


@transaction.atomic
def end(member: Member, journey_id: int, *, now: datetime) -> Journey:
    """End a journey for ever: everybody inside is taken out, and no message of it leaves any more.

    :raises NotFound, HasEnded, NotActive:
    """
    journey = _held_up(member, journey_id)
    if journey.state == JourneyState.ENDED:
        raise HasEnded(journey=journey.name)
    if journey.state == JourneyState.DRAFT:
        raise NotActive(journey=journey.name)
    journey.state, journey.ended_at, journey.next_entry_at = JourneyState.ENDED, now, None
    journey.changed_at = now
    journey.save()
    events.hear(journey.workspace, f"journey:{journey.pk}", ())
    Watch.objects.within(member.workspace).filter(journey=journey).delete()
    Entering.objects.within(member.workspace).filter(journey=journey).delete()
    reach.stop_with_journey(member.workspace, journey.pk, now=now)
    _audit(member, journey, "journeys.ended", now)
    for name in ("journeys.tend", "reach.clear_cancelled"):
        transaction.on_commit(lambda name=name: wake(name))  # type: ignore[misc]
    return journey


def _held_up(member: Member, journey_id: int) -> Journey:
    """Return a journey in which nothing is under way. Batches end before its row is locked: they write it."""
    journey = found(member.workspace, journey_id)
    locks.hold_up([journey.pk])
    return found(member.workspace, journey_id, lock=True)


def _wake_after_commit() -> None:
    for name in ("journeys.advance", "journeys.enter"):
        transaction.on_commit(lambda name=name: wake(name))  # type: ignore[misc]


def _audit(member: Member, journey: Journey, action: str, now: datetime, **detail: object) -> None:
    record_audit(
        member.workspace,
        member.actor,
        action,
        f"journey:{journey.pk}",
        detail={"name": journey.name, **detail},
        now=now,
    )
