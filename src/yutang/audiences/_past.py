"""An audience with a past: kept since an earlier instant, though it is only made now."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from django.db import transaction

from yutang.audiences import _changes, _judging, _runs, _saving
from yutang.audiences._changes import Change
from yutang.audiences.models import Audience, RefreshSchedule, RunKind
from yutang.engines import warehouse
from yutang.workspaces.models import User, Workspace

__all__ = ["make_with_past"]


def make_with_past(
    workspace: Workspace,
    draft: _saving.Draft,
    instants: Sequence[datetime],
    *,
    owner: User | None,
    actor: str,
    now: datetime,
) -> Audience:
    """Save a live audience as if it had been made at the first of `instants` and refreshed at each.

    Events and dates are those of each instant, what customers are is what they are today. Its own
    schedule begins at `now`. Called again after it was cut off, it goes on where it stopped.

    :raises NameTaken, ConditionUnreadable, UsesItself, WarehouseTooBusy:
    """
    audience = _begun(workspace, draft, instants[0], owner=owner, actor=actor)
    if not audience.version:
        _tell(audience, instants)
        audience.refresh_from_db()
    if audience.schedule != draft.schedule:
        audience.schedule = draft.schedule
        _saving.give_condition(audience, audience.condition, now=now)
    return audience


@transaction.atomic
def _begun(
    workspace: Workspace, draft: _saving.Draft, since: datetime, *, owner: User | None, actor: str
) -> Audience:
    """Return the audience, made if it is not there; until its past is told nothing else judges it."""
    there = _saving.listed(workspace).filter(name=draft.name, created_at=since).first()
    if there:
        return there
    quiet = replace(draft, schedule=RefreshSchedule.MANUAL)
    audience = _saving.make(workspace, quiet, owner=owner, actor=actor, now=since)
    audience.next_refresh_at = None
    audience.save(update_fields=["next_refresh_at"])
    return audience


def _tell(audience: Audience, instants: Sequence[datetime]) -> None:
    """Record who came and went at these instants, all of it or nothing: in one run."""
    run = _runs.claim(audience.workspace_id, [audience.pk], RunKind.GIVEN, at=instants[-1])
    if run is None:
        return
    with _runs.giving_up_on_error(run):
        changes = [*_moves(audience, instants)]
        _runs.settle(run, changes)
        _changes.write(run, changes, received_at=None)
        refreshed = {audience.pk: {"refreshed_at": instants[-1]}}
        _runs.finish(run, _runs.outcomes_of(run, changes), values=refreshed)


def _moves(audience: Audience, instants: Sequence[datetime]) -> Iterator[Change]:
    before: set[int] = set()
    for instant in instants:
        judged = _judging.members([audience], now=instant)
        rows = warehouse().rows(judged.sql, judged.parameters, lane="background")
        inside = {customer for _, customer in rows}
        at = round(instant.timestamp() * 1000)
        for customers, step in ((inside - before, 1), (before - inside, -1)):
            yield from (Change(audience.pk, each, step, at) for each in sorted(customers))
        before = inside
