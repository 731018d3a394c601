"""What a journey's graph is made of, once it was read from its JSON (see `from_json`).

A graph is one entry, some nodes that know whom they lead to, and what holds at any time: exits, a
goal, who may enter again. `next` None is the end: whoever gets there is done. Ids of nodes are the
author's; `path` in a mistake is `nodes.<id>.…`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from datetime import time as TimeOfDay  # noqa: N812  fields are called `time`
from typing import Any, Literal, TypeAlias

from yutang.journeys.graph.spans import Span

__all__ = [
    "ActionNode",
    "ApiEntry",
    "Arm",
    "AudienceEntry",
    "BranchNode",
    "Cap",
    "Entry",
    "EventEntry",
    "Exit",
    "ExitNode",
    "Goal",
    "GoalNode",
    "Graph",
    "ManualEntry",
    "MergeNode",
    "Node",
    "OnError",
    "Pattern",
    "PropertyCheck",
    "RateNode",
    "Reentry",
    "ScheduleEntry",
    "SplitNode",
    "UntilAudienceNode",
    "UntilEventNode",
    "WaitDateNode",
    "WaitForNode",
    "WaitTimeNode",
    "Way",
    "exits_of",
]

Days = Literal["any", "working", "free"]  # working: of the Chinese calendar, with its moved days
Condition: TypeAlias = Mapping[str, Any]  # of an audience, as JSON; `audiences` reads it


@dataclass(frozen=True, slots=True)
class PropertyCheck:
    """One test of one property of one event, or of what a run was entered with."""

    property: str
    op: Literal[
        "eq", "ne", "lt", "le", "gt", "ge", "between", "in", "not_in", "contains", "has_any",
        "known", "unknown",
    ]  # fmt: skip
    value: Any = None


@dataclass(frozen=True, slots=True)
class Pattern:
    """Events of one of these types that pass every test."""

    types: tuple[str, ...]
    where: tuple[PropertyCheck, ...] = ()


@dataclass(frozen=True, slots=True)
class EventEntry:
    """Whoever does this enters; an event older than `max_age` when it is recorded brings nobody.

    Of those, only whom `condition` holds for.
    """

    pattern: Pattern
    max_age: Span
    condition: Condition | None = None
    kind: Literal["event"] = "event"


@dataclass(frozen=True, slots=True)
class AudienceEntry:
    """Whoever enters (or leaves) this audience enters; `existing`: also who is in at activation."""

    audience: int
    on: Literal["entered", "left"] = "entered"
    existing: bool = False
    kind: Literal["audience"] = "audience"


@dataclass(frozen=True, slots=True)
class ScheduleEntry:
    """Everybody an audience or a condition chooses enters, at these instants.

    Exactly one of: `at` once; `cron` by five fields; a weekly plan of `weekdays` (Monday is 0) at `time`,
    kept to the given `days`. All but `at` on the workspace's clock.
    """

    audience: int | None = None
    condition: Condition | None = None
    at: datetime | None = None
    cron: str | None = None
    weekdays: tuple[int, ...] = ()
    time: TimeOfDay | None = None
    days: Days = "any"
    kind: Literal["schedule"] = "schedule"


@dataclass(frozen=True, slots=True)
class ApiEntry:
    """Another system, or an action of another journey, says who enters."""

    kind: Literal["api"] = "api"


@dataclass(frozen=True, slots=True)
class ManualEntry:
    """A colleague says who enters."""

    kind: Literal["manual"] = "manual"


Entry: TypeAlias = EventEntry | AudienceEntry | ScheduleEntry | ApiEntry | ManualEntry


@dataclass(frozen=True, slots=True)
class Reentry:
    """Who may enter again: nobody, or anybody not inside (`one_at_a_time`), `after` a time since."""

    again: bool = False
    after: Span | None = None
    one_at_a_time: bool = True


@dataclass(frozen=True, slots=True)
class Cap:
    """At most so many entries; `per` a stretch of time that begins with the first of them."""

    most: int
    per: Span | None = None


@dataclass(frozen=True, slots=True)
class Exit:
    """Whoever meets this leaves at once: before the next effect at the latest."""

    when: Condition | None = None
    event: Pattern | None = None
    name: str = ""


@dataclass(frozen=True, slots=True)
class Goal:
    """What the journey is for: this event after entry, `within` so long; then the run ends, if `ends`."""

    event: Pattern
    within: Span
    ends: bool = True
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Placed:
    """What every node has: the author's id, a name for people, its place on the canvas."""

    id: str
    name: str = ""
    position: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitForNode(_Placed):
    """Wait so long; where `attribute` holds a number of the span's units, so many of them.

    With a `rhythm`: as many days as it usually takes her from one of these events to the next.
    """

    span: Span
    attribute: str | None = None
    rhythm: tuple[str, ...] = ()
    next: str | None = None
    kind: Literal["wait"] = "wait"


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitTimeNode(_Placed):
    """Wait until the next such time of day, from now on or after `after`, on one of these days."""

    at: TimeOfDay
    weekdays: tuple[int, ...] = ()  # Monday is 0; none: any
    days: Days = "any"
    after: Span | None = None
    next: str | None = None
    kind: Literal["wait_time"] = "wait_time"


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitDateNode(_Placed):
    """Wait until a date of hers, moved by `offset` (negative: before it), at a time of day.

    `every` year (or month) after it; by the lunar calendar if `lunar`. `of` whom: herself, her
    youngest `child`, or `entry`: what the run was entered with. Whoever has no such date, or one that has
    passed, goes `otherwise`.
    """

    attribute: str
    of: Literal["customer", "child", "entry"] = "customer"
    offset: Span | None = None
    at: TimeOfDay = TimeOfDay(10)
    every: Literal["year", "month"] | None = None
    lunar: bool = False
    next: str | None = None
    otherwise: str | None = None
    kind: Literal["wait_date"] = "wait_date"


@dataclass(frozen=True, slots=True, kw_only=True)
class UntilEventNode(_Placed):
    """Wait until she does this, or until the time is up."""

    event: Pattern
    timeout: Span
    next: str | None = None
    on_timeout: str | None = None
    kind: Literal["until"] = "until"


@dataclass(frozen=True, slots=True, kw_only=True)
class UntilAudienceNode(_Placed):
    """Wait until she is (or is no longer) in an audience, or until the time is up."""

    audience: int
    inside: bool = True
    timeout: Span = field(default_factory=lambda: Span(7, "day"))
    next: str | None = None
    on_timeout: str | None = None
    kind: Literal["until_audience"] = "until_audience"


@dataclass(frozen=True, slots=True)
class Arm:
    """One way on from a branch: `when` an audience condition, or `where` the entry passes tests."""

    next: str | None
    when: Condition | None = None
    where: tuple[PropertyCheck, ...] = ()
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BranchNode(_Placed):
    """The first arm that holds is taken."""

    arms: tuple[Arm, ...]
    otherwise: str | None = None
    kind: Literal["branch"] = "branch"


@dataclass(frozen=True, slots=True)
class Way:
    """One arm of a split; weights are shares of their sum."""

    name: str
    weight: int
    next: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SplitNode(_Placed):
    """Split people by hash of them and `salt`: the same person always goes the same way.

    `best`: the weights follow what reached the goal (Thompson sampling); whoever went one way before
    goes it again.
    """

    ways: tuple[Way, ...]
    salt: str
    best: bool = False
    kind: Literal["split"] = "split"


@dataclass(frozen=True, slots=True)
class OnError:
    """What to do with whom an action was not done to.

    `retry` and `skip` try again up to `times` what may pass by itself; then `skip` lets her go on, and
    `retry` holds her, which is told. `hold` does so at once.
    """

    do: Literal["retry", "skip", "hold"] = "retry"
    times: int = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionNode(_Placed):
    """Do a registered action of the loop with these parameters."""

    action: str
    parameters: Mapping[str, Any] = field(default_factory=dict)
    on_error: OnError = OnError()
    next: str | None = None
    kind: Literal["action"] = "action"


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalNode(_Placed):
    """Whoever passes here has reached the goal."""

    next: str | None = None
    kind: Literal["goal"] = "goal"


@dataclass(frozen=True, slots=True, kw_only=True)
class ExitNode(_Placed):
    """The end, with an outcome of its own."""

    outcome: str = "done"
    kind: Literal["exit"] = "exit"


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeNode(_Placed):
    """Where ways meet again."""

    next: str | None = None
    kind: Literal["merge"] = "merge"


@dataclass(frozen=True, slots=True, kw_only=True)
class RateNode(_Placed):
    """Let at most so many through in a time, evenly; the others wait for their turn."""

    most: int
    per: Span
    next: str | None = None
    kind: Literal["rate"] = "rate"


Node: TypeAlias = (
    WaitForNode
    | WaitTimeNode
    | WaitDateNode
    | UntilEventNode
    | UntilAudienceNode
    | BranchNode
    | SplitNode
    | ActionNode
    | GoalNode
    | ExitNode
    | MergeNode
    | RateNode
)


@dataclass(frozen=True, slots=True)
class Graph:
    """A whole journey. `start` is the first node; `nodes` keeps the author's order."""

    entry: Entry
    start: str
    nodes: Mapping[str, Node]
    reentry: Reentry = Reentry()
    cap: Cap | None = None
    exits: tuple[Exit, ...] = ()
    goal: Goal | None = None


def exits_of(node: Node) -> Iterator[tuple[str, str | None]]:
    """Yield the ways out of a node: the outcome that leads there, and the next node's id.

    Outcomes are what a step is logged with: `next`, `timeout`, `otherwise`, `arm:<n>`, `way:<name>`.
    """
    match node:
        case ExitNode():
            return
        case BranchNode(arms=arms, otherwise=otherwise):
            for number, arm in enumerate(arms):
                yield f"arm:{number}", arm.next
            yield "otherwise", otherwise
        case SplitNode(ways=ways):
            for way in ways:
                yield f"way:{way.name}", way.next
        case UntilEventNode() | UntilAudienceNode():
            yield "next", node.next
            yield "timeout", node.on_timeout
        case WaitDateNode():
            yield "next", node.next
            yield "otherwise", node.otherwise
        case _:
            yield "next", node.next
