"""A full refresh: everybody is judged at one instant, and the difference is recorded.

All of it happens inside the warehouse, in a handful of statements, whatever the size of the audience
and however many audiences are refreshed together.
"""

import time
from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import Any

import structlog
from clickhouse_connect.driver.exceptions import DatabaseError
from django.db import transaction
from django.db.models import F, Value
from django.db.models.functions import Least

from yutang.audiences import _arrivals, _changes, _judging, _runs, _saving, _schedule, _timers
from yutang.audiences._conditions import Statement
from yutang.audiences.models import (
    Audience,
    AudienceKind,
    MembershipRun,
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
# What is refreshed in one run: so many audiences, each of which looks at all customers, and about so
# long, as their last refreshes took. Each of them is busy until all of them are done.
_AT_ONCE, _CUSTOMERS_AT_ONCE, _MS_AT_ONCE = 32, 20_000_000, 2_000


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
    Audience.objects.within(workspace).filter(pk=audience_id).ask_refresh(at=now, covering=now)
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
    """Refresh what is due for longest, several audiences at once; True when there may be more."""
    due = _due_together(now=now)
    if len(due) > 1:
        try:
            _refresh_together(due, now=now)
        except (DomainError, DatabaseError) as error:
            # One of them is the reason, and the others need not wait for it.
            log.info("audiences are refreshed one by one", error=type(error).__name__)
        else:
            return True
    for audience in due:
        try:
            refresh_fully(audience, now=now)
        except DomainError as refusal:
            log.info("an audience is not refreshed", audience=audience.pk, code=refusal.code())
    return bool(due)


def _due_together(*, now: datetime) -> list[Audience]:
    """Return the audience that waits longest, and others of its workspace that go with it.

    Together they take about as long as what is due at once may take; whoever takes longer goes alone.
    """
    due = (
        Audience.objects.in_use()
        .filter(kind=AudienceKind.LIVE, next_refresh_at__lte=now, busy=None)
        .select_related("workspace")
        .order_by("next_refresh_at", "pk")
    )
    first = due.first()
    if first is None:
        return []
    room = min(_AT_ONCE, _CUSTOMERS_AT_ONCE // (_arrivals.customers_of(first.workspace_id) + 1))
    together, took = [first], first.took_ms or 0
    for each in due.filter(workspace=first.workspace).exclude(pk=first.pk)[: max(0, room - 1)]:
        took += each.took_ms or 0
        if took > _MS_AT_ONCE:
            break
        together.append(each)
    return together


def refresh_fully(audience: Audience, *, now: datetime) -> _runs.Outcome | None:
    """Judge everybody at `now` and record who entered and who left; None while another run has it.

    :raises DomainError: when the condition cannot be judged; nothing is changed then
    """
    outcomes = _refresh_together([audience], now=now)
    return outcomes[0] if outcomes else None


def _refresh_together(audiences: Sequence[Audience], *, now: datetime) -> list[_runs.Outcome]:
    """Refresh audiences of one workspace in one run; those that another run has are left out.

    :raises DomainError, DatabaseError: when any of them cannot be judged; nothing is changed then
    """
    began = time.perf_counter()
    asked = [each.pk for each in audiences]
    run = _runs.claim(audiences[0].workspace_id, asked, RunKind.FULL, at=now)
    if run is None:
        return []
    with _runs.giving_up_on_error(run):
        claimed = _runs.audiences_of(run)
        try:
            _find_difference(run, _judging.members(claimed, now=now))
        except (DomainError, DatabaseError) as error:
            _give_back(run, claimed, error, now=now)
            raise
        outcomes = _record(run)
        coming = _coming_values(claimed, now=now)
        timers = {audience_id: values.pop("timers") for audience_id, values in coming.items()}
        took = (time.perf_counter() - began) / len(claimed)
        done = {"refreshed_at": now, "took_ms": round(took * 1000), "trouble": ""}
        for _ in claimed:
            REFRESHED.observe(took)
        _runs.finish(
            run,
            outcomes,
            values={audience_id: values | done for audience_id, values in coming.items()},
            also=partial(_timers.replace, run.workspace_id, timers),
        )
    return outcomes


def _give_back(
    run: MembershipRun, claimed: Sequence[Audience], error: Exception, *, now: datetime
) -> None:
    """Take a run back: one audience is tried again later, several are tried one by one at once."""
    if len(claimed) == 1 and isinstance(error, DomainError):
        again = _schedule.after_trouble(claimed[0], now=now)
        _runs.undo(run, again_at=again, values={"trouble": error.code()})
    else:
        _runs.undo(run, again_at=now)


def fill(audience: Audience, judged: Statement, *, now: datetime) -> _runs.Outcome | None:
    """Let exactly those be on a static list whom a statement answers; None while a run has it."""
    run = _runs.claim(audience.workspace_id, [audience.pk], RunKind.FULL, at=now)
    if run is None:
        return None
    with _runs.giving_up_on_error(run):
        named = f"SELECT {{filled:UInt32}} AS audience, customer FROM ({judged.sql})"  # noqa: S608 — compiled
        _find_difference(run, Statement(named, judged.parameters | {"filled": audience.pk}))
        (outcome,) = _record(run)
        _runs.finish(run, [outcome], values={audience.pk: {"refreshed_at": now}})
    return outcome


def _find_difference(run: MembershipRun, judged: Statement) -> None:
    """Note who is to enter and to leave; none of it counts before the run is settled."""
    warehouse().command(
        SQL["record_difference"].replace("/*conditions*/", judged.sql),
        {**judged.parameters, **_changes.bound(run)},
    )
    _runs.settle(run)


def _record(run: MembershipRun) -> list[_runs.Outcome]:
    """Let the difference that was found be so."""
    warehouse().command(SQL["write_members"], _changes.bound(run))
    if told := _runs.told_of(run):
        bound = _changes.bound(run, told)
        warehouse().command(SQL["write_events"], {**bound, "received_at": run.at})
    return _runs.full_outcomes(run)


def _coming_values(audiences: Sequence[Audience], *, now: datetime) -> dict[int, dict[str, Any]]:
    """Return what comes next for each: its timers, its next change, its next refresh."""
    on_time = [each for each in audiences if each.is_kept_on_time]
    coming = _timers.coming(on_time, now=now) if on_time else {}
    found: dict[int, dict[str, Any]] = {}
    for audience in audiences:
        following = _schedule.next_refresh(audience, now=now)
        timers: Sequence[_timers.Timer] = []
        if known := coming.get(audience.pk):
            following, timers = known.until, known.timers
        # Somebody may have asked for an earlier one since this run began; LEAST ignores null.
        asked = Least(F("next_refresh_at"), Value(following)) if following else F("next_refresh_at")
        found[audience.pk] = {
            "timers": timers,
            "next_change_at": timers[0][1] if timers else None,
            "next_refresh_at": asked,
        }
    return found
