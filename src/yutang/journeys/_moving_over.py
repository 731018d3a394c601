"""Moving people who are inside from older versions to the active one, where each of them stands.

A node that is still there, of the same kind, keeps its people with everything they wait for. For the others
a `redirect` says which node they begin anew, or that they leave (null). Nobody is moved unsaid.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from yutang.engines import bound
from yutang.journeys._living import found
from yutang.journeys._versions import graphs_of
from yutang.journeys.engine import locks
from yutang.journeys.graph import Graph, Node
from yutang.journeys.models import Journey, JourneyVersion
from yutang.kit.errors import DomainError, FieldProblem
from yutang.kit.i18n import Text
from yutang.workspaces.models import Workspace
from yutang.workspaces.service import Member, record_audit

__all__ = ["Move", "RedirectIncomplete", "move_over", "preview_moves"]

Redirect = Mapping[str, str | None]


class RedirectIncomplete(DomainError):
    """Some of the people would not know where to go."""

    status = 422
    zh = "还有 {count} 个节点上的人不知道去哪里。请为每个节点选一个新节点，或让他们离开。"
    en = "People at {count} nodes would not know where to go. Choose a node for each, or let them leave."


@dataclass(frozen=True)
class Move:
    """People at a node of an older version, and where they would go: to a node, or out (null)."""

    version: int
    node: str
    people: int
    to: str | None
    how: str  # stays, begins, leaves, unknown


def preview_moves(
    workspace: Workspace, journey_id: int, redirect: Redirect | None = None
) -> list[Move]:
    """Return who would be moved where; `unknown` are nodes that a redirect has to name.

    :raises NotFound:
    """
    return _moves(found(workspace, journey_id), redirect or {})


def _moves(journey: Journey, redirect: Redirect) -> list[Move]:
    rows = JourneyVersion.objects.within(journey.workspace_id).filter(journey=journey)
    numbers = dict(rows.values_list("pk", "number"))
    graphs = graphs_of(numbers)
    current = next((pk for pk, number in numbers.items() if number == journey.version), None)
    if current is None:
        return []
    inside = bound(_INSIDE, {"journey": journey.pk, "current": current}).fetchall()
    return [
        _move(graphs[version].nodes.get(node), graphs[current], redirect, node)(
            numbers[version], people
        )
        for version, node, people in inside
    ]


def _move(
    old: Node | None, new: Graph, redirect: Redirect, node: str
) -> Callable[[int, int], Move]:
    """Return what becomes of people at a node, given its version and how many they are."""
    if node in redirect:
        to = redirect[node]
        how = "leaves" if to is None else "begins" if to in new.nodes else "unknown"
    else:
        same = old is not None and node in new.nodes and new.nodes[node].kind == old.kind
        to, how = (node, "stays") if same else (None, "unknown")
    return lambda version, people: Move(version, node, people, to, how)


@transaction.atomic
def move_over(
    member: Member, journey_id: int, redirect: Redirect | None = None, *, now: datetime
) -> int:
    """Move everybody in older versions to the active one; return how many.

    :raises NotFound, RedirectIncomplete:
    """
    journey = found(member.workspace, journey_id)
    locks.hold_up([journey.pk])
    moves = _moves(journey, redirect or {})
    unknown = [each for each in moves if each.how == "unknown"]
    if unknown:
        raise RedirectIncomplete(
            count=len(unknown),
            errors=[
                FieldProblem(field=f"redirect.{each.node}", message=_NOWHERE.said())
                for each in unknown
            ],
        )
    rows = JourneyVersion.objects.within(member.workspace).filter(journey=journey)
    by_number = {number: pk for pk, number in rows.values_list("pk", "number")}
    moved = 0
    for each in moves:
        ((people,),) = bound(
            _MOVE_OVER,
            {
                "workspace": journey.workspace_id,
                "journey": journey.pk,
                "version": by_number[each.version],
                "current": by_number[journey.version],
                "node": each.node,
                "to": each.to or "",
                "how": each.how,
                "now": now,
                "day": now.date(),
            },
        )
        moved += people
    record_audit(
        member.workspace,
        member.actor,
        "journeys.moved",
        f"journey:{journey.pk}",
        detail={"name": journey.name, "people": moved, "version": journey.version},
        now=now,
    )
    return moved


_NOWHERE = Text(
    "为这里的人选一个新节点，或让他们离开", "choose a node for the people here, or let them leave"
)
_INSIDE = """
    SELECT version_id, node, count(*) FROM journeys_run
    WHERE journey_id = %(journey)s AND state <> 'done' AND version_id <> %(current)s
    GROUP BY version_id, node ORDER BY version_id, node
"""
_MOVE_OVER = """
    WITH moved AS (
        UPDATE journeys_run SET
            version_id = %(current)s, rev = rev + 1, visit = visit + 1,
            node = CASE WHEN %(how)s = 'leaves' THEN node ELSE %(to)s END,
            state = CASE %(how)s WHEN 'leaves' THEN 'done' WHEN 'begins' THEN 'due' ELSE state END,
            due_at = CASE %(how)s WHEN 'leaves' THEN NULL WHEN 'begins' THEN %(now)s ELSE due_at END,
            sign = CASE WHEN %(how)s = 'stays' THEN sign ELSE '' END,
            tries = 0,
            arrived_at = CASE WHEN %(how)s = 'begins' THEN %(now)s ELSE arrived_at END,
            outcome = CASE %(how)s WHEN 'leaves' THEN 'moved_out' WHEN 'begins' THEN '' ELSE outcome END
        WHERE journey_id = %(journey)s AND version_id = %(version)s AND node = %(node)s
            AND state <> 'done'
        RETURNING id, visit
    ), stepped AS (
        INSERT INTO journeys_runstep (workspace_id, run_id, seq, node, outcome, at)
        SELECT %(workspace)s, id, visit - 1, %(node)s, 'moved', %(now)s FROM moved
    ), tallied AS (
        INSERT INTO journeys_nodetally (workspace_id, journey_id, version_id, node, what, day, count)
        SELECT %(workspace)s, %(journey)s, version, node, what, %(day)s, people
        FROM (SELECT count(*) AS people FROM moved) AS counted, (
            VALUES (%(version)s::bigint, %(node)s, 'moved'),
                (%(version)s, '', 'done:moved'),
                (%(current)s, '', 'entered'),
                (%(current)s, CASE WHEN %(how)s = 'leaves' THEN '' ELSE %(to)s END,
                    CASE WHEN %(how)s = 'leaves' THEN 'done:moved_out' ELSE 'in' END)
        ) AS what (version, node, what)
        WHERE people > 0
    )
    SELECT count(*) FROM moved
"""
