"""Claiming who is due, and writing where everybody is now."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import connection

from yutang.engines import bound
from yutang.events import service as events
from yutang.journeys.engine.trip import Traveller, Trip
from yutang.journeys.models import Journey

__all__ = ["Fenced", "claim", "due_journeys", "tally", "write"]

_SEPARATOR = "\x1f"


class Fenced(RuntimeError):
    """Somebody else changed a run of the batch meanwhile; nothing of the batch is kept."""


def due_journeys(now: datetime) -> list[int]:
    """Return the active journeys in which somebody is due, the longest due first."""
    return [pk for (pk,) in bound(_DUE_JOURNEYS, {"now": now})]


def claim(
    journey: Journey, now: datetime, at_most: int, *, among: Sequence[int] | None = None
) -> list[Traveller]:
    """Lock the longest due runs of a journey that nobody else has locked; of these only, if given."""
    asked = {
        "journey": journey.pk,
        "now": now,
        "at_most": at_most,
        "ids": None if among is None else list(among),
    }
    return [Traveller(row) for row in bound(_CLAIM, asked).fetchall()]


def write(trip: Trip) -> None:
    """Write where everybody is now, what she passed, and how many passed where.

    :raises Fenced:
    """
    if trip.acted:
        # What was done to them may have recorded events: no condition is asked before they are shown.
        mark = events.spool_mark()
        for each in trip.acted:
            each.mark = mark
    if trip.gone:
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM journeys_run WHERE id = ANY(%s)", [trip.gone])
    gone = set(trip.gone)
    written = [each for each in trip.travellers if each.id not in gone]
    if written:
        bound(_BY_INDEX, {})
        changed = bound(_MOVE, _columns(written)).rowcount
        if changed != len(written):
            raise Fenced(f"{len(written) - changed} runs were changed by somebody else")
    _copy_steps(trip.steps)
    tally(trip.journey, trip.tallies, trip.now.date())


def _columns(travellers: Sequence[Traveller]) -> dict[str, Any]:
    """Return what changes as columns, each one text: a third of what the driver's arrays cost.

    One empty text alone is read as no text at all.
    """
    those = travellers
    columns: dict[str, Iterable[object]] = {
        "ids": [each.id for each in those],
        "revs": [each.rev for each in those],
        "nodes": [each.node for each in those],
        "visits": [each.visit for each in those],
        "states": [each.state for each in those],
        "dues": ["" if each.due is None else each.due for each in those],
        "signs": [each.sign for each in those],
        "tries": [each.tries for each in those],
        "marks": [each.mark for each in those],
        "outcomes": [each.outcome for each in those],
        "arrived": [each.arrived for each in those],
        "goals": ["" if each.goal is None else each.goal for each in those],
    }
    return {name: _SEPARATOR.join(map(str, values)) for name, values in columns.items()}


def _copy_steps(steps: Sequence[str]) -> None:
    if not steps:
        return
    connection.ensure_connection()
    with connection.connection.cursor() as cursor, cursor.copy(_STEPS) as copy:
        copy.write("".join(sorted(steps)))  # of one run together: their index is walked once


def tally(journey: Journey, counts: Mapping[tuple[int, str, str], int], day: date) -> None:
    """Add how many came to and left nodes: (version, node, what) → how many."""
    rows = [(*key, count) for key, count in counts.items() if count]
    if not rows:
        return
    versions, nodes, whats, numbers = zip(*rows, strict=True)
    bound(
        _TALLY,
        {
            "workspace": journey.workspace_id,
            "journey": journey.pk,
            "day": day,
            "versions": list(versions),
            "nodes": list(nodes),
            "whats": list(whats),
            "counts": list(numbers),
        },
    )


_DUE_JOURNEYS = """
    SELECT journey.id
    FROM journeys_journey AS journey
    CROSS JOIN LATERAL (
        SELECT due_at FROM journeys_run AS run
        WHERE run.journey_id = journey.id AND run.state IN ('due', 'waiting')
        ORDER BY due_at LIMIT 1
    ) AS first
    WHERE journey.state = 'active' AND first.due_at <= %(now)s
    ORDER BY first.due_at
"""
_CLAIM = """
    SELECT id, version_id, subject, node, visit, state,
        (extract(epoch FROM due_at) * 1000000)::bigint, sign, tries, mark, rev,
        (extract(epoch FROM entered_at) * 1000000)::bigint,
        (extract(epoch FROM arrived_at) * 1000000)::bigint,
        (extract(epoch FROM goal_at) * 1000000)::bigint, data::text
    FROM journeys_run
    WHERE journey_id = %(journey)s AND state IN ('due', 'waiting') AND due_at <= %(now)s
        AND (%(ids)s::bigint[] IS NULL OR id = ANY(%(ids)s))
    ORDER BY due_at, id LIMIT %(at_most)s FOR UPDATE SKIP LOCKED
"""
# Knowing how many they are, the planner would rather read the whole table than look up thousands of rows.
_BY_INDEX = """
    SELECT set_config('enable_seqscan', 'off', true), set_config('enable_hashjoin', 'off', true),
        set_config('enable_mergejoin', 'off', true)
"""
_MOVE = """
    UPDATE journeys_run AS run SET
        node = now.node, visit = now.visit::int, state = now.state, sign = coalesce(now.sign, ''),
        due_at = 'epoch'::timestamptz + nullif(now.due, '')::bigint * interval '1 microsecond',
        tries = now.tries::int, mark = now.mark::bigint, rev = run.rev + 1, outcome = coalesce(now.outcome, ''),
        arrived_at = 'epoch'::timestamptz + now.arrived::bigint * interval '1 microsecond',
        goal_at = 'epoch'::timestamptz + nullif(now.goal, '')::bigint * interval '1 microsecond'
    FROM unnest(
        string_to_array(%(ids)s, E'\\x1f'), string_to_array(%(revs)s, E'\\x1f'),
        string_to_array(%(nodes)s, E'\\x1f'), string_to_array(%(visits)s, E'\\x1f'),
        string_to_array(%(states)s, E'\\x1f'), string_to_array(%(dues)s, E'\\x1f'),
        string_to_array(%(signs)s, E'\\x1f'), string_to_array(%(tries)s, E'\\x1f'),
        string_to_array(%(marks)s, E'\\x1f'), string_to_array(%(outcomes)s, E'\\x1f'),
        string_to_array(%(arrived)s, E'\\x1f'), string_to_array(%(goals)s, E'\\x1f')
    ) AS now (id, rev, node, visit, state, due, sign, tries, mark, outcome, arrived, goal)
    WHERE run.id = now.id::bigint AND run.rev = now.rev::int
"""
_STEPS = "COPY journeys_runstep (workspace_id, run_id, seq, node, outcome, at) FROM STDIN"
_TALLY = """
    INSERT INTO journeys_nodetally (workspace_id, journey_id, version_id, node, what, day, count)
    SELECT %(workspace)s, %(journey)s, version, node, what, %(day)s, count
    FROM unnest(%(versions)s::bigint[], %(nodes)s::text[], %(whats)s::text[], %(counts)s::bigint[])
        AS given (version, node, what, count)
"""
