"""What the API of journeys takes and gives."""

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import Field, StringConstraints

from yutang.journeys import service as journeys
from yutang.journeys.models import Journey, Run, RunStep
from yutang.kit.errors import FieldProblem
from yutang.kit.lines import one_line

__all__ = [
    "ActionOut",
    "EntriesIn",
    "EntriesOut",
    "GraphIn",
    "HealthOut",
    "JourneyChangeOut",
    "JourneyIn",
    "JourneyOut",
    "JourneyPatch",
    "JourneyPersonOut",
    "JourneyRow",
    "MoveOut",
    "MovedOut",
    "NodeCountOut",
    "PassageOut",
    "RedirectIn",
    "ReleaseIn",
    "ReleasedOut",
    "StuckOut",
    "TaskOut",
    "ValidationOut",
    "VersionOut",
    "VersionRow",
]

Name = Annotated[
    str,
    one_line(100),
]
Note = Annotated[str, StringConstraints(max_length=500, pattern=r"^[^\x00]*$")]
View = Annotated[str, StringConstraints(max_length=12, pattern=r"^[a-z_]*$")]
Id = Annotated[int, Field(ge=1, lt=1 << 32)]
NodeId = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{1,40}$")]
Percent = Annotated[Decimal, Field(ge=0, le=90, decimal_places=2, max_digits=5)]
Priority = Annotated[int, Field(ge=-100, le=100)]
Graph = Annotated[
    dict[str, Any],
    Field(
        description="A journey's graph (docs/how/journeys.md); may be unfinished until it is activated.",
        examples=[
            {
                "entry": {"kind": "event", "types": ["add_friend"]},
                "start": "n1",
                "nodes": {
                    "n1": {"kind": "wait", "for": {"amount": 1, "unit": "day"}, "next": "n2"},
                    "n2": {"kind": "action", "do": "tags.tag", "with": {"tag": 7}},
                },
            }
        ],
    ),
]


class JourneyIn(Schema):
    """A journey to make."""

    name: Name
    note: Note = ""
    subject: Literal["customer", "group", "staff"] = "customer"
    view: View = ""
    graph: Graph = {}
    holdout_percent: Percent = Decimal(0)
    priority: Priority = 0


class JourneyPatch(Schema):
    """What to change of a journey; what is left out stays."""

    name: Name | None = None
    note: Note | None = None
    view: View | None = None
    graph: Graph | None = None
    holdout_percent: Percent | None = None
    priority: Priority | None = None


class JourneyRow(Schema):
    """A journey in a list."""

    id: int
    name: str
    note: str
    subject: str
    view: str
    state: str
    version: int
    holdout_percent: float
    priority: int
    trouble: str
    next_entry_at: datetime | None
    created_at: datetime
    changed_at: datetime
    activated_at: datetime | None
    paused_at: datetime | None
    ended_at: datetime | None


class JourneyOut(JourneyRow):
    """A journey with its draft."""

    graph: dict[str, Any]
    is_changed: bool = Field(description="The draft is not what is active.")

    @staticmethod
    def resolve_graph(row: Journey) -> dict[str, Any]:
        return dict(row.draft)

    @staticmethod
    def resolve_is_changed(row: Journey) -> bool:
        return journeys.is_changed(row)


class GraphIn(Schema):
    """A graph to look over; left out: the draft."""

    graph: dict[str, Any] | None = None


class ValidationOut(Schema):
    """What keeps a graph from running; `field` begins with the node: `nodes.n2.for`."""

    problems: list[FieldProblem]


class VersionRow(Schema):
    """A version that was activated."""

    number: int
    actor: str
    created_at: datetime


class VersionOut(VersionRow):
    """A version with its graph."""

    graph: dict[str, Any]


class JourneyChangeOut(Schema):
    """One difference between two versions."""

    place: str
    how: Literal["added", "removed", "changed"]
    before: Any = None
    after: Any = None


class NodeCountOut(Schema):
    """Who came to a node, is there now (held ones among them), and left it, by outcome."""

    version: int
    node: str = Field(description="Empty: the journey itself.")
    came: int
    here: int
    held: int
    left: dict[str, int]


class JourneyPersonOut(Schema):
    """One passage of somebody."""

    id: int
    subject: int
    version: int
    node: str
    state: str
    outcome: str
    entered_at: datetime
    arrived_at: datetime
    due_at: datetime | None
    goal_at: datetime | None

    @staticmethod
    def resolve_version(row: Run) -> int:
        return row.version.number


class StepOut(Schema):
    """Somebody left a node."""

    node: str
    outcome: str
    at: datetime


class PassageOut(Schema):
    """One passage of somebody, step by step."""

    run: JourneyPersonOut
    steps: list[StepOut]

    @staticmethod
    def resolve_steps(passage: Any) -> list[RunStep]:
        return list(passage.steps)


class EntriesIn(Schema):
    """Who is to enter. Under the same key, each of them enters once."""

    customers: Annotated[list[Id], Field(min_length=1, max_length=10_000)]
    key: Annotated[str, StringConstraints(min_length=1, max_length=70, pattern=r"^[^\x00]+$")]
    data: dict[str, str | float | list[str]] | None = None


class EntriesOut(Schema):
    """What became of them."""

    entered: int
    held_out: int
    before: int = Field(description="Entered before, and may not again.")
    capped: int
    unknown: int = Field(description="Nobody there, or not yours to see.")


class HealthOut(Schema):
    """Whether people move as they should."""

    state: str
    trouble: str
    inside: int
    overdue: int = Field(description="Due for more than two minutes.")
    oldest_due_at: datetime | None
    held: int
    reasons: dict[str, int]
    entered_last_day: int
    done_last_day: int
    waiting_for_pause: int


class StuckOut(Schema):
    """A journey in which somebody is stuck."""

    journey_id: int
    overdue: int = Field(description="Should have moved two minutes ago or longer.")
    held: int = Field(description="Somebody has to look.")


class RedirectIn(Schema):
    """For nodes that are gone: where their people begin anew, or null to let them leave."""

    redirect: dict[NodeId, NodeId | None] = {}


class MoveOut(Schema):
    """People of an older version, and where they would go."""

    version: int
    node: str
    people: int
    to: str | None
    how: Literal["stays", "begins", "leaves", "unknown"]


class MovedOut(Schema):
    """How many were moved."""

    moved: int


class ReleaseIn(Schema):
    """Which held people go on: at a node, or all; `skip` leaves out what held them."""

    node: NodeId | None = None
    skip: bool = False


class ReleasedOut(Schema):
    """How many go on."""

    released: int


class ActionParameterOut(Schema):
    """One parameter of an action."""

    name: str
    kind: str
    zh: str
    en: str


class ActionOut(Schema):
    """Something a journey can do."""

    name: str
    zh: str
    en: str
    parameters: list[ActionParameterOut]


class TaskOut(Schema):
    """Something a colleague is asked to do for a customer."""

    id: int
    journey_id: int
    customer: int
    staff: int
    title: str
    note: str
    due_at: datetime | None
    done_at: datetime | None
    done_by: str
    created_at: datetime
