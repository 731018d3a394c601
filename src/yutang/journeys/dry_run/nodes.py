"""What happens at each kind of node, to everybody who is there."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from yutang.audiences import service as audiences
from yutang.customers import service as customers
from yutang.events import service as events
from yutang.journeys.dry_run.times import (
    NEVER,
    Instants,
    instant,
    later,
    until_date,
    until_time,
)
from yutang.journeys.dry_run.walking import Group, Walk, Way
from yutang.journeys.engine.chance import choose
from yutang.journeys.graph.nodes import (
    ActionNode,
    BranchNode,
    ExitNode,
    GoalNode,
    MergeNode,
    RateNode,
    SplitNode,
    UntilAudienceNode,
    UntilEventNode,
    WaitDateNode,
    WaitForNode,
    WaitTimeNode,
)
from yutang.journeys.graph.spans import Span
from yutang.journeys.matching import passes
from yutang.kit.chance import share
from yutang.kit.late import late
from yutang.workspaces.models import Workspace

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
else:
    np = late("numpy")


__all__ = ["KINDS", "Context"]

_AT_ONCE = 50_000
_LONGEST = 400  # of whatever unit an attribute counts in


@dataclass(frozen=True)
class Context:
    """What nodes need besides the people: whose journey it is, and the chance its splits draw by."""

    workspace: Workspace
    of_customers: bool
    salt: str
    weights: Mapping[str, Mapping[str, float]]


def _by_zone(
    walk: Walk, group: Group, due: Callable[[NDArray[Any], ZoneInfo], Instants]
) -> Instants:
    """Return when each goes on, worked out by the clock she lives by; `due` gets places in the group."""
    if not walk.zones:
        return due(np.arange(len(group)), walk.zone)
    found = np.zeros(len(group), dtype=np.int64)
    subjects = walk.subjects(group)
    keys = np.array([walk.zones.get(int(each), walk.zone).key for each in subjects])
    for key in np.unique(keys):
        these = np.flatnonzero(keys == key)
        found[these] = due(these, ZoneInfo(str(key)))
    return found


def wait_for(walk: Walk, node: WaitForNode, group: Group) -> list[Way]:
    due = later(node.span, group.at, walk.zone)
    if node.attribute is not None or node.rhythm:
        if node.attribute is not None:
            own, unit = _numbers(walk, node.attribute, group), node.span.unit
        else:
            own, unit = _rhythms(walk, node.rhythm, group), "day"
        for amount in np.unique(own[own >= 0]):
            these = own == amount
            due[these] = later(Span(int(amount), unit), group.at[these], walk.zone)
    return [Way("next", node.next, Group(group.runs, due))]


def wait_time(walk: Walk, node: WaitTimeNode, group: Group) -> list[Way]:
    due = _by_zone(walk, group, lambda these, zone: until_time(node, group.at[these], zone))
    return [Way("next", node.next, Group(group.runs, due))]


def wait_date(walk: Walk, node: WaitDateNode, group: Group) -> list[Way]:
    days = _days(walk, node, group)
    due = _by_zone(
        walk, group, lambda these, zone: until_date(node, days[these], group.at[these], zone)
    )
    never = due == NEVER
    return [
        Way("next", node.next, Group(group.runs[~never], due[~never])),
        Way("otherwise", node.otherwise, group.where(never)),
    ]


def until_event(walk: Walk, node: UntilEventNode, group: Group) -> list[Way]:
    over = later(node.timeout, group.at, walk.zone)
    heard = walk.history.next(node.event, walk.people.places[group.runs], group.at)
    came = heard <= over
    return [
        Way("next", node.next, Group(group.runs[came], heard[came])),
        Way("timeout", node.on_timeout, Group(group.runs[~came], over[~came])),
    ]


def until_audience(walk: Walk, node: UntilAudienceNode, group: Group) -> list[Way]:
    """Wait for a change of membership as it was recorded; whoever is in (or out) already goes on."""
    over = later(node.timeout, group.at, walk.zone)
    changes = audiences.changes_upto(
        walk.context.workspace, node.audience, upto=instant(walk.until)
    ).sort("customer", "at", maintain_order=True)
    meant = 1 if node.inside else -1
    whom = changes["customer"].to_numpy().astype(np.int64)
    at = changes["at"].to_numpy().astype(np.int64) * 1000
    step = changes["step"].to_numpy()
    subjects = walk.subjects(group)
    last = _last_before(whom, at, subjects, group.at)
    inside = np.where(last >= 0, step[np.maximum(last, 0)] if step.size else -1, -1)
    now = inside == meant
    wanted = step == meant
    following = _first_after(whom[wanted], at[wanted], subjects, group.at)
    when = np.where(now, group.at, following)
    came = when <= over
    return [
        Way("next", node.next, Group(group.runs[came], when[came])),
        Way("timeout", node.on_timeout, Group(group.runs[~came], over[~came])),
    ]


def _spots(
    whom: NDArray[np.int64], at: Instants, subjects: NDArray[np.int64], when: Instants
) -> NDArray[np.int64]:
    """Return, in changes sorted by person and time, the place after the last up to each instant."""
    rows = np.concatenate(
        [
            np.stack([whom, at, np.zeros_like(whom)]),
            np.stack([subjects, when, np.ones_like(subjects)]),
        ],
        axis=1,
    )
    order = np.lexsort((rows[2], rows[1], rows[0]))
    before = np.cumsum(rows[2][order] == 0)
    found = np.empty(order.size, dtype=np.int64)
    found[order] = before
    return found[whom.size :]


def _last_before(
    whom: NDArray[np.int64], at: Instants, subjects: NDArray[np.int64], when: Instants
) -> NDArray[np.int64]:
    place = _spots(whom, at, subjects, when) - 1
    if not whom.size:
        return np.full(subjects.size, -1)
    return np.where((place >= 0) & (whom[np.maximum(place, 0)] == subjects), place, -1)


def _first_after(
    whom: NDArray[np.int64], at: Instants, subjects: NDArray[np.int64], when: Instants
) -> Instants:
    place = _spots(whom, at, subjects, when)
    if not whom.size:
        return np.full(subjects.size, NEVER)
    there = np.minimum(place, whom.size - 1)
    return np.where((place < whom.size) & (whom[there] == subjects), at[there], NEVER)


def branch(walk: Walk, node: BranchNode, group: Group) -> Iterator[Way]:
    for number, arm in enumerate(node.arms):
        if not len(group):
            return
        if arm.when is not None:
            taking = walk.holding.of(arm.when, walk.subjects(group), group.at)
        else:
            taking = _told(walk, arm.where, group)
        yield Way(f"arm:{number}", arm.next, group.where(taking))
        group = group.where(~taking)
    yield Way("otherwise", node.otherwise, group)


def _told(walk: Walk, where: Sequence[Any], group: Group) -> NDArray[np.bool_]:
    told = [walk.history.told(int(row)) for row in walk.people.rows[group.runs]]
    return np.array(
        [all(passes(check, each.get(check.property)) for check in where) for each in told],
        dtype=bool,
    )


def split(walk: Walk, node: SplitNode, group: Group) -> Iterator[Way]:
    context: Context = walk.context
    salt = node.salt or f"{context.salt}:{node.id}"
    weights: list[float] = [way.weight for way in node.ways]
    learnt = context.weights.get(node.id) if node.best else None
    if learnt and any(learnt.values()):
        weights = [float(learnt.get(way.name, 0)) for way in node.ways]
    drawn = np.array([choose(weights, share(salt, each)) for each in walk.subjects(group).tolist()])
    for place, way in enumerate(node.ways):
        yield Way(f"way:{way.name}", way.next, group.where(drawn == place))


def act(walk: Walk, node: ActionNode, group: Group) -> list[Way]:
    group = _who_stays(walk, node, group)
    if node.action == "reach.send" and len(group):
        walk.sends[node.id].append(group)
    return [Way("next", node.next, group)]


def _who_stays(walk: Walk, node: ActionNode, group: Group) -> Group:
    for number, each in enumerate(walk.graph.exits):
        if each.when is not None and len(group):
            leaving = walk.holding.of(each.when, walk.subjects(group), group.at)
            walk.take_out(node, f"exit:{number}", group.where(leaving))
            group = group.where(~leaving)
    return group


def rate(walk: Walk, node: RateNode, group: Group) -> list[Way]:
    """Give everybody her turn, in the order they came."""
    order = np.argsort(group.at, kind="stable")
    at = group.at[order].astype(np.float64)
    apart = later(node.per, group.at[order][:1], walk.zone)[0] - at[0]
    steps = np.arange(at.size) * (apart / node.most)
    turns = np.maximum.accumulate(at - steps) + steps
    due = np.empty_like(group.at)
    due[order] = np.maximum(np.rint(turns).astype(np.int64), group.at[order])
    return [Way("next", node.next, Group(group.runs, due))]


def goal(walk: Walk, node: GoalNode, group: Group) -> list[Way]:
    reached = walk.people.goal_at
    reached[group.runs] = np.minimum(reached[group.runs], group.at)
    return [Way("next", node.next, group)]


def merge(walk: Walk, node: MergeNode, group: Group) -> list[Way]:
    return [Way("next", node.next, group)]


def exit_(walk: Walk, node: ExitNode, group: Group) -> list[Way]:
    return [Way(node.outcome, None, group)]


def _numbers(walk: Walk, attribute: str, group: Group) -> NDArray[np.int64]:
    """Return the whole number each has under an attribute; -1: none."""
    said = _values(walk, attribute, group)
    known: dict[str, int] = {}
    for text in set(said.values()):
        try:
            known[text] = min(max(round(float(text)), 0), _LONGEST)
        except (ValueError, OverflowError):
            known[text] = -1
    return np.array([known.get(said.get(each, ""), -1) for each in walk.subjects(group).tolist()])


def _rhythms(walk: Walk, types: Sequence[str], group: Group) -> NDArray[np.int64]:
    """Return how many days it usually takes each from one such event to the next; -1: no habit yet."""
    found: dict[int, int] = {}
    workspace, until = walk.context.workspace, instant(walk.until)
    if walk.context.of_customers:
        for some in _some(np.unique(walk.subjects(group)).tolist()):
            origins = customers.origins_of_several(workspace, some)
            found |= events.rhythms(workspace, origins, types, now=until)
    days = [min(found.get(each, -1), _LONGEST) for each in walk.subjects(group).tolist()]
    return np.array(days, dtype=np.int64)


def _days(walk: Walk, node: WaitDateNode, group: Group) -> NDArray[np.int64]:
    """Return the date each waits for, as an ordinal; 0: she has none."""
    subjects = walk.subjects(group).tolist()
    if node.of == "entry":
        rows = walk.people.rows[group.runs].tolist()
        told = [walk.history.told(row).get(node.attribute) for row in rows]
        return np.array([_day(each, walk.zone) for each in told], dtype=np.int64)
    if node.of == "child":
        born: dict[int, date] = {}
        for some in _some(subjects):
            born |= customers.child_birthdays(walk.context.workspace, some)
        return np.array([born[each].toordinal() if each in born else 0 for each in subjects])
    said = _values(walk, node.attribute, group)
    known = {text: _day(text, walk.zone) for text in set(said.values())}
    return np.array([known.get(said.get(each, ""), 0) for each in subjects], dtype=np.int64)


def _day(said: object, zone: ZoneInfo) -> int:
    """Return a date as it stands in text, as an ordinal; of an instant the day on the local clock."""
    if not isinstance(said, str):
        return 0
    try:
        if len(said) == 10:
            return date.fromisoformat(said).toordinal()
        at = datetime.fromisoformat(said)
        return (at.astimezone(zone) if at.tzinfo else at).date().toordinal()
    except (ValueError, OverflowError):
        return 0


def _values(walk: Walk, attribute: str, group: Group) -> dict[int, str]:
    found: dict[int, str] = {}
    if walk.context.of_customers:
        for some in _some(np.unique(walk.subjects(group)).tolist()):
            told = customers.values_of(walk.context.workspace, some, [attribute])
            found |= {who: str(each[attribute]) for who, each in told.items() if attribute in each}
    return found


def _some(subjects: Sequence[int]) -> Iterator[Sequence[int]]:
    for begin in range(0, len(subjects), _AT_ONCE):
        yield subjects[begin : begin + _AT_ONCE]


KINDS: Mapping[str, Callable[[Walk, Any, Group], Any]] = {
    "wait": wait_for,
    "wait_time": wait_time,
    "wait_date": wait_date,
    "until": until_event,
    "until_audience": until_audience,
    "branch": branch,
    "split": split,
    "action": act,
    "rate": rate,
    "goal": goal,
    "merge": merge,
    "exit": exit_,
}
