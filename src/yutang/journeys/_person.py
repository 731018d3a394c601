"""What journeys know of one person: told when she asks, gone when she wishes, hers after a merge."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F

from yutang.engines import bound
from yutang.events import service as events
from yutang.journeys.models import Journey, JourneySubject, Run, StaffTask, WayTaken
from yutang.kit import clock
from yutang.workspaces.models import Workspace

__all__ = ["erase_person", "export_person", "follow_merges", "follow_undoings"]


def export_person(
    workspace: Workspace, numbers: Sequence[int]
) -> dict[str, Sequence[Mapping[str, Any]]]:
    """Return the journeys a person was in, and what colleagues were asked to do for her."""
    runs = Run.objects.within(workspace).filter(
        journey__in=_of_customers(workspace), subject__in=numbers
    )
    tasks = StaffTask.objects.within(workspace).filter(customer__in=numbers)
    return {
        "journeys": list(
            runs.order_by("entered_at", "pk").values(
                "entered_at", "outcome", "goal_at", "data", name=F("journey__name")
            )
        ),
        "staff_tasks": list(
            tasks.order_by("created_at", "pk").values("title", "note", "created_at", "done_at")
        ),
    }


def _of_customers(workspace: Workspace) -> list[int]:
    rows = Journey.objects.within(workspace).filter(subject=JourneySubject.CUSTOMER)
    return list(rows.values_list("pk", flat=True))


@transaction.atomic
def erase_person(workspace: Workspace, numbers: Sequence[int]) -> dict[str, int]:
    """Forget a person: she is in no journey any more, and never was. Tallies keep how many there were."""
    runs = Run.objects.within(workspace).filter(
        journey__in=_of_customers(workspace), subject__in=numbers
    )
    ids = list(runs.order_by("pk").select_for_update().values_list("pk", flat=True))
    steps = bound(_FORGET_STEPS, {"workspace": workspace.pk, "runs": ids}).rowcount
    bound(_TALLY_GONE, {"runs": ids, "day": clock.now().date()})
    gone, _ = Run.objects.within(workspace).filter(pk__in=ids).delete()
    tasks, _ = StaffTask.objects.within(workspace).filter(customer__in=numbers).delete()
    WayTaken.objects.within(workspace).filter(subject__in=numbers).delete()
    heard = events.forget_heard(workspace, numbers)
    return {
        "journey_runs": gone,
        "journey_steps": steps,
        "staff_tasks": tasks,
        "events_heard": heard,
    }


def follow_merges(workspace: Workspace, pairs: Sequence[tuple[int, int]], *, now: datetime) -> None:
    """Let the winners of merges go on where the losers were; of the same entry only one goes on."""
    _move(workspace, [(winner, loser) for winner, loser in pairs], only_own=False)


def follow_undoings(
    workspace: Workspace, pairs: Sequence[tuple[int, int]], *, now: datetime
) -> None:
    """Give back what the parted customers had entered themselves."""
    _move(workspace, [(loser, winner) for winner, loser in pairs], only_own=True)


def _move(workspace: Workspace, pairs: Sequence[tuple[int, int]], *, only_own: bool) -> None:
    """Move runs from the second of each pair to the first."""
    if not pairs:
        return
    to, whose = zip(*pairs, strict=True)
    asked = {
        "workspace": workspace.pk,
        "journeys": _of_customers(workspace),
        "to": list(to),
        "whose": list(whose),
        "only_own": only_own,
    }
    with transaction.atomic():
        for statement in (_END_SECOND, _MOVE, _MOVE_TASKS):
            bound(statement, asked)


_TALLY_GONE = """
    WITH inside AS (
        SELECT workspace_id, journey_id, version_id, node, count(*) AS people FROM journeys_run
        WHERE id = ANY(%(runs)s::bigint[]) AND state <> 'done'
        GROUP BY workspace_id, journey_id, version_id, node
    )
    INSERT INTO journeys_nodetally (workspace_id, journey_id, version_id, node, what, day, count)
    SELECT workspace_id, journey_id, version_id, node, 'erased', %(day)s::date, people FROM inside
    UNION ALL
    SELECT workspace_id, journey_id, version_id, '', 'done:erased', %(day)s::date, sum(people)
    FROM inside GROUP BY workspace_id, journey_id, version_id
"""
_FORGET_STEPS = """
    DELETE FROM journeys_runstep
    WHERE workspace_id = %(workspace)s AND run_id = ANY(%(runs)s::bigint[])
"""
# The same entry of both: whoever is moved ends, and keeps a key of her own.
_END_SECOND = """
    UPDATE journeys_run AS run
    SET entry_key = left(run.entry_key, 55) || '~' || run.id, rev = run.rev + 1,
        state = 'done', due_at = NULL, sign = '',
        outcome = CASE WHEN run.state = 'done' THEN run.outcome ELSE 'merged' END
    FROM unnest(%(to)s::bigint[], %(whose)s::bigint[]) AS pair (winner, loser)
    WHERE run.workspace_id = %(workspace)s AND run.journey_id = ANY(%(journeys)s::bigint[])
        AND run.subject = pair.loser AND (NOT %(only_own)s OR run.origin = pair.winner)
        AND EXISTS (
            SELECT FROM journeys_run AS other
            WHERE other.journey_id = run.journey_id AND other.subject = pair.winner
                AND other.entry_key = run.entry_key
        )
"""
_MOVE = """
    UPDATE journeys_run AS run SET subject = pair.winner, rev = run.rev + 1
    FROM unnest(%(to)s::bigint[], %(whose)s::bigint[]) AS pair (winner, loser)
    WHERE run.workspace_id = %(workspace)s AND run.journey_id = ANY(%(journeys)s::bigint[])
        AND run.subject = pair.loser AND (NOT %(only_own)s OR run.origin = pair.winner)
"""
_MOVE_TASKS = """
    UPDATE journeys_stafftask AS task SET customer = pair.winner
    FROM unnest(%(to)s::bigint[], %(whose)s::bigint[]) AS pair (winner, loser)
    WHERE task.workspace_id = %(workspace)s AND task.customer = pair.loser AND NOT %(only_own)s
"""
