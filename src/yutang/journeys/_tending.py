"""What is tended now and then: journeys that ended, tallies summed up, splits that learn, steps kept short."""

from datetime import datetime

from django.db import connection, transaction

from yutang.engines import bound
from yutang.journeys._versions import graphs_of
from yutang.journeys.effect.bandit import shares
from yutang.journeys.graph.nodes import SplitNode
from yutang.journeys.models import Journey, JourneyState, JourneyVersion

__all__ = ["learn", "sum_up", "take_out_ended"]

_AT_ONCE = 20_000
_LEAST = 0.02  # of everybody each way keeps: what is never tried can never be seen to be better


def take_out_ended(*, now: datetime) -> bool:
    """Take people out of journeys that ended; return whether there are more."""
    with transaction.atomic():
        taken = bound(_TAKE_OUT, {"now": now, "day": now.date(), "at_most": _AT_ONCE}).fetchone()
    return taken is not None and taken[0] == _AT_ONCE


def sum_up(*, now: datetime) -> bool:
    """Make one row of the many a day's batches wrote of the same node; return whether there was any."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s, 0)", [0x59544A54])
        if not cursor.fetchone()[0]:
            return False
        (summed,) = bound(_SUM_UP, {"at_most": 200}).fetchone() or (0,)
    return summed > 0


def learn(*, now: datetime) -> int:
    """Let splits that look for the best way follow what reached the goal; return how many did."""
    changed = 0
    for journey in Journey.objects.filter(state=JourneyState.ACTIVE).select_related("workspace"):
        version = JourneyVersion.objects.within(journey.workspace_id).get(
            journey=journey, number=journey.version
        )
        nodes = graphs_of([version.pk])[version.pk].nodes.values()
        weights = {
            node.id: _weights(journey, node)
            for node in nodes
            if isinstance(node, SplitNode) and node.best
        }
        if weights and weights != journey.weights:
            Journey.objects.within(journey.workspace_id).filter(pk=journey.pk).update(
                weights=weights
            )
            changed += 1
    return changed


def _weights(journey: Journey, node: SplitNode) -> dict[str, float]:
    """Return each way's chance to be the best (Thompson), from who went it and reached the goal.

    The same counts give the same weights: chance is drawn from a fixed seed.
    """
    counts = {
        way: (went, reached)
        for way, went, reached in bound(_WAYS, {"journey": journey.pk, "node": node.id})
    }
    arms = [
        (reached, went) for went, reached in (counts.get(way.name, (0, 0)) for way in node.ways)
    ]
    found = shares(arms, seed=journey.pk, least=_LEAST)
    return {way.name: round(each, 4) for way, each in zip(node.ways, found, strict=True)}


_WAYS = """
    SELECT taken.way, count(*), count(*) FILTER (WHERE run.reached)
    FROM journeys_waytaken AS taken
    CROSS JOIN LATERAL (
        SELECT bool_or(goal_at IS NOT NULL) AS reached FROM journeys_run
        WHERE journey_id = taken.journey_id AND subject = taken.subject
    ) AS run
    WHERE taken.journey_id = %(journey)s AND taken.node = %(node)s
    GROUP BY taken.way
"""
_TAKE_OUT = """
    WITH inside AS (
        SELECT run.id FROM journeys_run AS run
        JOIN journeys_journey AS journey ON journey.id = run.journey_id
        WHERE journey.state = 'ended' AND run.state <> 'done'
        LIMIT %(at_most)s FOR UPDATE OF run SKIP LOCKED
    ), taken AS (
        UPDATE journeys_run AS run
        SET state = 'done', due_at = NULL, sign = '', outcome = 'ended', visit = visit + 1,
            rev = rev + 1
        FROM inside WHERE run.id = inside.id
        RETURNING run.workspace_id, run.journey_id, run.version_id, run.id, run.node, run.visit
    ), stepped AS (
        INSERT INTO journeys_runstep (workspace_id, run_id, seq, node, outcome, at)
        SELECT workspace_id, id, visit - 1, node, 'ended', %(now)s FROM taken
    ), tallied AS (
        INSERT INTO journeys_nodetally (workspace_id, journey_id, version_id, node, what, day, count)
        SELECT workspace_id, journey_id, version_id, node, 'ended', %(day)s::date, count(*)
        FROM taken GROUP BY workspace_id, journey_id, version_id, node
        UNION ALL
        SELECT workspace_id, journey_id, version_id, '', 'done:ended', %(day)s::date, count(*)
        FROM taken GROUP BY workspace_id, journey_id, version_id
    )
    SELECT count(*) FROM taken
"""
_SUM_UP = """
    WITH many AS (
        SELECT journey_id, version_id, node, what, day FROM journeys_nodetally
        GROUP BY journey_id, version_id, node, what, day HAVING count(*) > 20
        LIMIT %(at_most)s
    ), gone AS (
        DELETE FROM journeys_nodetally AS tally USING many
        WHERE (tally.journey_id, tally.version_id, tally.node, tally.what, tally.day)
            = (many.journey_id, many.version_id, many.node, many.what, many.day)
        RETURNING tally.workspace_id, tally.journey_id, tally.version_id, tally.node, tally.what,
            tally.day, tally.count
    ), summed AS (
        INSERT INTO journeys_nodetally (workspace_id, journey_id, version_id, node, what, day, count)
        SELECT workspace_id, journey_id, version_id, node, what, day, sum(count)
        FROM gone GROUP BY workspace_id, journey_id, version_id, node, what, day
        RETURNING 1
    )
    SELECT count(*) FROM summed
"""
