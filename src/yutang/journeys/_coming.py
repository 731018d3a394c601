"""Who comes by an audience or by a schedule: found again after a crash, let in page by page."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

import structlog
from django.db import transaction

from yutang.audiences import service as audiences
from yutang.audiences.service import Moved
from yutang.engines import bound
from yutang.engines.service import WarehouseTooBusy
from yutang.journeys._entering import Candidate, enter
from yutang.journeys._versions import graphs_of
from yutang.journeys.engine import locks
from yutang.journeys.graph import Graph
from yutang.journeys.graph.nodes import (
    AudienceEntry,
    Condition,
    ScheduleEntry,
    UntilAudienceNode,
)
from yutang.journeys.models import Entering, Journey, JourneyState, JourneyVersion, Watch
from yutang.journeys.timing import next_entry
from yutang.kit.pulse import wake

__all__ = ["begin_schedules", "enter_many", "follow_audiences"]

log = structlog.get_logger(__name__)
PAGE = 20_000


def _graph(journey: Journey) -> tuple[int, Graph]:
    version = JourneyVersion.objects.within(journey.workspace_id).get(
        journey=journey, number=journey.version
    )
    return version.pk, graphs_of([version.pk])[version.pk]


def begin_schedules(*, now: datetime) -> int:
    """Begin the entries whose instant has come; one that was missed by far comes once, not again and again."""
    due = Journey.objects.filter(state=JourneyState.ACTIVE, next_entry_at__lte=now)
    begun = 0
    for pk in list(due.values_list("pk", flat=True)):
        with transaction.atomic():
            rows = Journey.objects.select_for_update(of=("self",), no_key=True)
            journey = (
                rows.select_related("workspace")
                .filter(pk=pk, state=JourneyState.ACTIVE, next_entry_at__lte=now)
                .first()
            )
            if journey is None or journey.next_entry_at is None:
                continue
            at = journey.next_entry_at
            Entering.objects.get_or_create(
                workspace=journey.workspace,
                journey=journey,
                key=f"at:{at.isoformat()}",
                defaults={"at": at},
            )
            _, graph = _graph(journey)
            journey.next_entry_at = None
            if isinstance(graph.entry, ScheduleEntry):
                zone = ZoneInfo(journey.workspace.time_zone)
                journey.next_entry_at = next_entry(graph.entry, now, zone)
            journey.save(update_fields=["next_entry_at"])
            begun += 1
    return begun


def enter_many(*, now: datetime) -> bool:
    """Let a page of people in for each entry that was begun; return whether there are more."""
    rows = Entering.objects.filter(journey__state=JourneyState.ACTIVE).select_related(
        "journey__workspace"
    )
    more = False
    for entering in rows.order_by("pk")[:50]:
        try:
            more |= _page(entering, now)
        except WarehouseTooBusy:
            log.warning("warehouse too busy to let people in", journey=entering.journey_id)
        except audiences.ConditionUnreadable:
            # Whom it meant can no longer be said: that is told, and the next instant may be mended.
            with transaction.atomic():
                entering.delete()
                Journey.objects.within(entering.workspace_id).filter(pk=entering.journey_id).update(
                    trouble="entry_unreadable"
                )
    return more


def _page(entering: Entering, now: datetime) -> bool:
    journey = entering.journey
    condition = _chosen_by(journey)
    chosen: Sequence[int] = []
    if condition is not None:
        audiences.check(journey.workspace, condition)
        chosen = audiences.everybody(
            journey.workspace, condition, after=entering.after, at_most=PAGE, now=now
        )
    with transaction.atomic():
        key, at = entering.key, min(entering.at, now)
        enter(journey.pk, [Candidate(each, key, at) for each in chosen], now=now)
        if len(chosen) < PAGE:
            entering.delete()
        else:
            entering.after = chosen[-1]
            entering.save(update_fields=["after"])
    return len(chosen) == PAGE


def _chosen_by(journey: Journey) -> Condition | None:
    """Return whom a schedule, or an audience that has people already, means."""
    _, graph = _graph(journey)
    match graph.entry:
        case ScheduleEntry(condition=condition) if condition is not None:
            return condition
        case ScheduleEntry(audience=int() as audience) | AudienceEntry(audience=audience):
            return {"kind": "audience", "op": "in", "audiences": [audience]}
    return None


def follow_audiences(*, now: datetime) -> bool:
    """Let those in, and those go on, who entered or left an audience; return whether there are more."""
    more = False
    watches = Watch.objects.filter(
        journey__state__in=(JourneyState.ACTIVE, JourneyState.PAUSED)
    ).select_related("journey__workspace")
    for workspace_id in sorted(set(watches.values_list("workspace_id", flat=True))):
        mine = list(watches.filter(workspace_id=workspace_id).order_by("pk"))
        versions = audiences.versions(workspace_id, {each.audience for each in mine})
        for watch in mine:
            if versions.get(watch.audience, 0) > watch.version:
                more |= _follow(watch, versions[watch.audience], now)
    return more


def _follow(watch: Watch, upto: int, now: datetime) -> bool:
    after = (watch.version, watch.customer) if watch.customer else (watch.version, 2**32 - 1)
    moved = audiences.moves(
        watch.workspace_id, watch.audience, after=after, upto=upto, at_most=PAGE
    )
    complete = len(moved) < PAGE
    with transaction.atomic():
        _bring_in(watch, moved, now)
        _wake_up(watch, moved, now)
        if complete:
            watch.version, watch.customer = upto, 0
        else:
            watch.version, watch.customer = moved[-1].version, moved[-1].customer
        watch.save(update_fields=["version", "customer"])
        transaction.on_commit(lambda: wake("journeys.advance"))
    return not complete


def _bring_in(watch: Watch, moved: Sequence[Moved], now: datetime) -> None:
    journey = watch.journey
    _, graph = _graph(journey)
    entry = graph.entry
    if not isinstance(entry, AudienceEntry) or entry.audience != watch.audience:
        return
    step = 1 if entry.on == "entered" else -1
    candidates = [
        Candidate(each.customer, f"audience:{each.version}", min(each.at, now))
        for each in moved
        if each.step == step
    ]
    enter(journey.pk, candidates, now=now)


def _wake_up(watch: Watch, moved: Sequence[Moved], now: datetime) -> None:
    """Wake those who wait for this. Who is under way to the wait asks the warehouse when she comes."""
    last = {each.customer: each.step for each in moved}
    versions = JourneyVersion.objects.within(watch.workspace_id).filter(journey=watch.journey_id)
    for version, graph in graphs_of(versions.values_list("pk", flat=True)).items():
        for node in graph.nodes.values():
            if not isinstance(node, UntilAudienceNode) or node.audience != watch.audience:
                continue
            step = 1 if node.inside else -1
            woken = [customer for customer, last_step in last.items() if last_step == step]
            if woken:
                locks.hold_up([watch.journey_id])
                bound(
                    _WAKE,
                    {
                        "journey": watch.journey_id,
                        "version": version,
                        "node": node.id,
                        "customers": woken,
                        "now": now,
                    },
                )


_WAKE = """
    UPDATE journeys_run SET state = 'due', sign = 'heard', due_at = %(now)s, rev = rev + 1
    WHERE journey_id = %(journey)s AND subject = ANY(%(customers)s::bigint[])
        AND version_id = %(version)s AND node = %(node)s AND state = 'waiting' AND sign = 'wait'
"""
