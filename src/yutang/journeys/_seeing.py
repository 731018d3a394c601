"""Where everybody is: counts by node, the people at one, one person's path, whether anything is stuck."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Min, QuerySet, Sum

from yutang.customers import service as customers
from yutang.engines import bound
from yutang.journeys.models import (
    Journey,
    JourneyState,
    JourneySubject,
    JourneyVersion,
    NodeTally,
    Run,
    RunState,
    RunStep,
)
from yutang.kit.errors import DomainError
from yutang.loop import actions
from yutang.workspaces.models import Workspace
from yutang.workspaces.service import Member

__all__ = [
    "OVERDUE_AFTER",
    "Change",
    "Health",
    "NodeCount",
    "Passage",
    "ShownAction",
    "Stuck",
    "VersionNotFound",
    "counts",
    "diff",
    "health",
    "is_changed",
    "passages",
    "people",
    "shown_actions",
    "stuck",
    "version_of",
    "versions",
]

OVERDUE_AFTER = timedelta(minutes=2)


class VersionNotFound(DomainError):
    """The journey has no version of this number."""

    status = 404
    zh = "旅程“{journey}”没有第 {number} 版。"
    en = "The journey “{journey}” has no version {number}."


@dataclass(frozen=True)
class NodeCount:
    """Who came to a node of a version so far, who is there now, and how the others left."""

    version: int
    node: str
    came: int
    here: int
    held: int
    left: Mapping[str, int]


def counts(journey: Journey) -> list[NodeCount]:
    """Return the counts of every node anybody ever came to; the node `` is the journey itself."""
    numbers = dict(versions(journey).values_list("pk", "number"))
    rows = NodeTally.objects.within(journey.workspace_id).filter(journey=journey)
    came: dict[tuple[int, str], int] = {}
    left: dict[tuple[int, str], dict[str, int]] = {}
    for version, node, what, count in (
        rows.values_list("version_id", "node", "what")
        .annotate(total=Sum("count"))
        .order_by("version_id", "node", "what")
    ):
        key = (version, node)
        if what in ("in", "entered"):
            came[key] = came.get(key, 0) + count
        elif count:
            left.setdefault(key, {})[what] = count
    held = _held(journey)
    return [
        NodeCount(
            numbers[version],
            node,
            came.get((version, node), 0),
            max(0, came.get((version, node), 0) - _gone(node, left.get((version, node), {}))),
            held.get((version, node), 0),
            left.get((version, node), {}),
        )
        for version, node in sorted({*came, *left})
        if version in numbers
    ]


def _gone(node: str, left: Mapping[str, int]) -> int:
    # Of the journey itself, those held out never came in.
    return sum(count for what, count in left.items() if node or what != "held_out")


def _held(journey: Journey) -> dict[tuple[int, str], int]:
    rows = Run.objects.within(journey.workspace_id).filter(journey=journey, state=RunState.HELD)
    found = rows.values_list("version_id", "node").annotate(Count("pk")).order_by()
    return {(version, node): count for version, node, count in found}


def people(
    member: Member,
    journey: Journey,
    *,
    node: str | None = None,
    state: str | None = None,
    held_out: bool | None = None,
    reached: bool | None = None,
) -> "QuerySet[Run, Run]":
    """Return the passages of those whom the member may see: at a node, in a state, or all.

    Of `held_out` people or of the others, of those who `reached` the goal or did not.
    """
    rows = Run.objects.within(journey.workspace_id).filter(journey=journey)
    rows = rows.select_related("version")
    if node is not None:
        rows = rows.filter(node=node).exclude(state=RunState.DONE)
    if state is not None:
        rows = rows.filter(state=state)
    if held_out is not None:
        rows = rows.filter(outcome="held_out") if held_out else rows.exclude(outcome="held_out")
    if reached is not None:
        rows = rows.filter(goal_at__isnull=not reached)
    if journey.subject == JourneySubject.CUSTOMER and not member.scope.is_everyone:
        rows = rows.filter(subject__in=customers.seen(member).values("pk"))
    return rows


@dataclass(frozen=True)
class Passage:
    """One passage of one person, and every step of it."""

    run: Run
    steps: Sequence[RunStep]


def passages(member: Member, journey: Journey, subject: int) -> list[Passage]:
    """Return somebody's passages through a journey, the latest first; of a stranger none."""
    runs = list(people(member, journey).filter(subject=subject).order_by("-entered_at", "-pk")[:50])
    rows = RunStep.objects.within(journey.workspace_id).filter(run__in=[each.pk for each in runs])
    steps: dict[int, list[RunStep]] = {each.pk: [] for each in runs}
    for step in rows.order_by("run_id", "seq"):
        steps[step.run_id].append(step)
    return [Passage(each, steps[each.pk]) for each in runs]


def versions(journey: Journey) -> "QuerySet[JourneyVersion, JourneyVersion]":
    """Return the versions of a journey."""
    return JourneyVersion.objects.within(journey.workspace_id).filter(journey=journey)


def version_of(journey: Journey, number: int) -> JourneyVersion:
    """Return a version by its number.

    :raises VersionNotFound:
    """
    found = versions(journey).filter(number=number).first()
    if found is None:
        raise VersionNotFound(journey=journey.name, number=number)
    return found


def is_changed(journey: Journey) -> bool:
    """Return whether the draft is not what is active."""
    return not versions(journey).filter(number=journey.version, graph=journey.draft).exists()


@dataclass(frozen=True)
class Change:
    """One difference between two graphs: of a node, or of what stands beside the nodes."""

    place: str
    how: str  # added, removed, changed
    before: Any = None
    after: Any = None


def diff(journey: Journey, before: int, after: int | None) -> list[Change]:
    """Return what changed from one version to another, or to the draft. Where nodes lie is no change.

    :raises VersionNotFound:
    """
    old = version_of(journey, before).graph
    new = journey.draft if after is None else version_of(journey, after).graph
    beside = [
        Change(key, _how(old.get(key), new.get(key)), old.get(key), new.get(key))
        for key in sorted({*old, *new} - {"nodes"})
        if old.get(key) != new.get(key)
    ]
    ours, theirs = _unplaced(old), _unplaced(new)
    return beside + [
        Change(f"nodes.{id_}", _how(ours.get(id_), theirs.get(id_)), ours.get(id_), theirs.get(id_))
        for id_ in sorted({*ours, *theirs})
        if ours.get(id_) != theirs.get(id_)
    ]


def _how(before: object, after: object) -> str:
    return "added" if before is None else "removed" if after is None else "changed"


def _unplaced(graph: Mapping[str, Any]) -> dict[str, Any]:
    nodes = graph.get("nodes")
    return {
        id_: {key: value for key, value in node.items() if key != "position"}
        if isinstance(node, dict)
        else node
        for id_, node in (nodes.items() if isinstance(nodes, dict) else ())
    }


@dataclass(frozen=True)
class Health:
    """Whether people move as they should. `overdue` are due for more than two minutes; in a paused
    journey they wait for it to go on. Instants are null where there is nobody.
    """

    state: str
    trouble: str
    inside: int
    overdue: int
    oldest_due_at: datetime | None
    held: int
    reasons: Mapping[str, int]
    entered_last_day: int
    done_last_day: int = 0
    waiting_for_pause: int = 0


@dataclass(frozen=True)
class ShownParameter:
    """One parameter of an action, in both languages."""

    name: str
    kind: str
    zh: str
    en: str


@dataclass(frozen=True)
class ShownAction:
    """Something a journey can do, in both languages."""

    name: str
    zh: str
    en: str
    parameters: Sequence[ShownParameter]


def shown_actions() -> list[ShownAction]:
    """Return what can be done to people, in the order it was declared."""
    return [
        ShownAction(
            each.name,
            *each.label,
            [ShownParameter(one.name, one.kind, *one.label) for one in each.parameters],
        )
        for each in actions.values()
        if each.perform is not None
    ]


def health(journey: Journey, *, now: datetime) -> Health:
    """Return whether anybody is stuck, and why."""
    rows = Run.objects.within(journey.workspace_id).filter(journey=journey)
    due = rows.filter(state__in=(RunState.DUE, RunState.WAITING), due_at__lt=now - OVERDUE_AFTER)
    found = due.aggregate(late=Count("pk"), oldest=Min("due_at"))
    held = rows.filter(state=RunState.HELD).values_list("outcome").annotate(Count("pk")).order_by()
    reasons = dict(held)
    paused = journey.state == JourneyState.PAUSED
    ((inside, entered, done),) = bound(
        _MOVEMENT, {"journey": journey.pk, "day": (now - timedelta(days=1)).date()}
    )
    return Health(
        journey.state,
        journey.trouble,
        inside,
        0 if paused else found["late"],
        found["oldest"],
        sum(reasons.values()),
        reasons,
        entered,
        done,
        found["late"] if paused else 0,
    )


@dataclass(frozen=True)
class Stuck:
    """A journey in which people should have moved by now (`overdue`), or somebody has to look (`held`)."""

    journey_id: int
    overdue: int
    held: int


def stuck(workspace: Workspace | None, *, now: datetime) -> list[Stuck]:
    """Return the journeys of a workspace (None: of all) in which anybody is stuck; counted up to 100,000."""
    asked = {
        "workspace": workspace.pk if workspace else None,
        "before": now - OVERDUE_AFTER,
    }
    return [Stuck(*row) for row in bound(_STUCK, asked)]


_MOVEMENT = """
    SELECT
        coalesce(sum(count) FILTER (WHERE what = 'entered'), 0)
            - coalesce(sum(count) FILTER (WHERE what LIKE 'done:%%'), 0),
        coalesce(sum(count) FILTER (WHERE what = 'entered' AND day >= %(day)s), 0),
        coalesce(sum(count) FILTER (WHERE what LIKE 'done:%%' AND day >= %(day)s), 0)
    FROM journeys_nodetally WHERE journey_id = %(journey)s AND node = ''
"""
_STUCK = """
    SELECT journey.id, late.people, held.people
    FROM journeys_journey AS journey
    CROSS JOIN LATERAL (
        SELECT count(*) AS people FROM (
            SELECT FROM journeys_run AS run
            WHERE journey.state = 'active' AND run.journey_id = journey.id
                AND run.state IN ('due', 'waiting') AND run.due_at < %(before)s
            LIMIT 100000
        ) AS counted
    ) AS late
    CROSS JOIN LATERAL (
        SELECT count(*) AS people FROM (
            SELECT FROM journeys_run AS run
            WHERE run.journey_id = journey.id AND run.state = 'held' LIMIT 100000
        ) AS counted
    ) AS held
    WHERE (%(workspace)s::bigint IS NULL OR journey.workspace_id = %(workspace)s)
        AND journey.state IN ('active', 'paused') AND late.people + held.people > 0
    ORDER BY journey.id
"""
