"""A full refresh: everybody is judged at one instant, and the difference is recorded.

All of it happens inside the warehouse, in four statements, whatever the size of the audience.
"""

import time
from collections.abc import Mapping
from datetime import datetime
from functools import partial

import structlog
from django.db import transaction
from django.db.models import F, Value
from django.db.models.functions import Least

from yutang.audiences import _changes, _judging, _runs, _saving, _schedule, _timers
from yutang.audiences._conditions import Statement
from yutang.audiences.models import (
    Audience,
    AudienceKind,
    MembershipRun,
    RefreshSchedule,
    RunKind,
)
from yutang.engines import named_sql, warehouse
from yutang.kit.errors import DomainError
from yutang.kit.metrics import histogram
from yutang.kit.pulse import wake
from yutang.workspaces.models import Workspace
from yutang.workspaces.service import record_audit

__all__ = ["Refreshing", "ask_refresh", "fill", "refresh", "refresh_due", "refresh_fully"]

log = structlog.get_logger(__name__)
SQL = named_sql("yutang.audiences", "membership")
REFRESHED = histogram(
    "yutang_audience_refresh_seconds",
    "How long full refreshes of audiences took.",
    buckets=(0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300),
)


class Refreshing(DomainError):
    """Another run is changing the audience at this moment."""

    zh = "人群“{audience}”正在刷新，马上就好。"
    en = "The audience “{audience}” is being refreshed at this moment."


@transaction.atomic
def ask_refresh(workspace: Workspace, audience_id: int, *, actor: str, now: datetime) -> Audience:
    """Have a live audience refreshed in the background, at once.

    :raises NotFound, Archived, NotLive:
    """
    audience = _saving.locked(workspace, audience_id)
    if audience.kind != AudienceKind.LIVE:
        raise _saving.NotLive(audience=audience.name)
    Audience.objects.within(workspace).filter(pk=audience_id).ask_refresh(at=now)
    target = f"audience:{audience_id}"
    record_audit(workspace, actor, "audiences.refresh_asked", target, now=now)
    transaction.on_commit(lambda: wake("audiences.refresh"))
    return audience


def refresh(workspace: Workspace, audience_id: int, *, now: datetime) -> _runs.Outcome:
    """Refresh a live audience here and now, and return who entered and left.

    :raises NotFound, Archived, NotLive, Refreshing, ConditionUnreadable, WarehouseTooBusy:
    """
    audience = _saving.found(workspace, audience_id)
    if audience.archived_at:
        raise _saving.Archived(audience=audience.name)
    if audience.kind != AudienceKind.LIVE:
        raise _saving.NotLive(audience=audience.name)
    outcome = refresh_fully(audience, now=now)
    if outcome is None:
        raise Refreshing(audience=audience.name)
    return outcome


def refresh_due(*, now: datetime) -> bool:
    """Refresh the audience whose refresh is due for longest; True when there may be another."""
    due = (
        Audience.objects.in_use()
        .filter(kind=AudienceKind.LIVE, next_refresh_at__lte=now, busy=None)
        .select_related("workspace")
        .order_by("next_refresh_at", "pk")
        .first()
    )
    if due is None:
        return False
    try:
        refresh_fully(due, now=now)
    except DomainError as refusal:
        log.info("an audience is not refreshed", audience=due.pk, code=refusal.code())
    return True


def refresh_fully(audience: Audience, *, now: datetime) -> _runs.Outcome | None:
    """Judge everybody at `now` and record who entered and who left; None while another run has it.

    :raises DomainError: when the condition cannot be judged; nothing is changed then
    """
    began = time.perf_counter()
    run = _runs.claim(audience.workspace_id, [audience.pk], RunKind.FULL, at=now)
    if run is None:
        return None
    with _runs.giving_up_on_error(run):
        audience.refresh_from_db()
        try:
            _find_difference(run, audience, _judging.members(audience, now=now))
        except DomainError as refusal:
            again = _schedule.after_trouble(audience, now=now)
            _runs.undo(run, again_at=again, values={"trouble": refusal.code()})
            raise
        outcome = _record(run, audience)
        values = _coming_values(audience, now=now)
        timers = values.pop("timers")
        REFRESHED.observe(time.perf_counter() - began)
        took = round((time.perf_counter() - began) * 1000)
        _runs.finish(
            run,
            [outcome],
            values={audience.pk: {**values, "refreshed_at": now, "took_ms": took, "trouble": ""}},
            also=partial(_timers.replace, audience, timers),  # type: ignore[arg-type]
        )
    return outcome


def fill(audience: Audience, judged: Statement, *, now: datetime) -> _runs.Outcome | None:
    """Let exactly those be on a static list whom a statement answers; None while a run has it."""
    run = _runs.claim(audience.workspace_id, [audience.pk], RunKind.FULL, at=now)
    if run is None:
        return None
    with _runs.giving_up_on_error(run):
        _find_difference(run, audience, judged)
        outcome = _record(run, audience)
        _runs.finish(run, [outcome], values={audience.pk: {"refreshed_at": now}})
    return outcome


def _find_difference(run: MembershipRun, audience: Audience, judged: Statement) -> None:
    """Note who is to enter and to leave; none of it counts before the run is settled."""
    warehouse().command(
        SQL["record_difference"].replace("/*condition*/", judged.sql),
        {**judged.parameters, **_changes.bound(run, audience.pk)},
    )
    _runs.settle(run)


def _record(run: MembershipRun, audience: Audience) -> _runs.Outcome:
    """Let the difference that was found be so."""
    bound = _changes.bound(run, audience.pk)
    warehouse().command(SQL["write_members"], bound)
    if not audience.is_of_rule:
        warehouse().command(SQL["write_events"], {**bound, "received_at": run.at})
    return _runs.full_outcome(run)


def _coming_values(audience: Audience, *, now: datetime) -> dict[str, object]:
    """Return what comes next for the audience: its timers, its next change, its next refresh."""
    if audience.schedule != RefreshSchedule.ON_TIME or audience.is_paused:
        following = _schedule.next_refresh(audience, now=now)
        values: Mapping[str, object] = {"timers": [], "next_change_at": None}
    else:
        coming = _timers.coming(audience, now=now)
        following = coming.until
        first = coming.timers[0][1] if coming.timers else None
        values = {"timers": coming.timers, "next_change_at": first}
    # Somebody may have asked for an earlier one since this run began; LEAST ignores null.
    asked = Least(F("next_refresh_at"), Value(following)) if following else F("next_refresh_at")
    return {**values, "next_refresh_at": asked}
