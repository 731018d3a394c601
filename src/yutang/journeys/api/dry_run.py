"""Routes of dry runs: what a draft would have done, and one person stepped through it."""

from datetime import datetime
from functools import partial
from typing import Annotated, Any

from ninja import Schema
from pydantic import Field

from yutang.audiences.service import ConditionUnreadable
from yutang.events.service import TooMuchPast
from yutang.journeys import service as journeys
from yutang.journeys.api.router import router
from yutang.kit.clock import now
from yutang.kit.errors import refusals
from yutang.kit.pages import Page, PageOf
from yutang.reach import service as reach
from yutang.workspaces.models import Workspace
from yutang.workspaces.service import MemberRequest, needs

__all__: list[str] = []

Days = Annotated[int, Field(ge=1, le=journeys.LONGEST_DRY_RUN)]


class DryRunIn(Schema):
    """How far back."""

    days: Days = 30


class DryRunPlaceOut(Schema):
    """Who came to a node (`in`), left it with an outcome, or is still there (`waiting`)."""

    node: str = Field(description="Empty: the journey itself.")
    what: str
    count: int
    people: list[int] = Field(description="Some of them.")


class DryRunVerdictOut(Schema):
    """Messages of which the gate would have said the same."""

    reason: str = Field(
        description="Empty: it would have gone; `deferred`: it waited for its hour."
    )
    sentence: str
    count: int
    people: list[int] = Field(description="Some of those they were for.")


class DryRunOut(Schema):
    """What would have happened."""

    since: datetime
    until: datetime
    came: int
    entered: int
    held_out: int
    before: int = Field(description="Came again, which the journey does not allow.")
    capped: int
    reached: int = Field(description="Reached the goal, of those not held out.")
    sends: dict[str, int] = Field(description="Messages each node would have given to the gate.")
    gate: dict[str, list[DryRunVerdictOut]] = Field(
        description="By node, what the gate would have said of its messages."
    )
    judged: int = Field(
        description="Messages the gate was asked about; of very many, some people's."
    )
    places: list[DryRunPlaceOut]
    people: dict[str, list[int]] = Field(
        description="Some of those who came `before`, were `capped`, `held_out`, `reached` the goal."
    )
    coarsest_seconds: int = Field(
        description="How far from somebody's own instant a condition was asked, at most."
    )


class DryRunStepOut(Schema):
    """She left a node; `at` null: she is still there."""

    node: str
    outcome: str
    at: datetime | None
    gate: str | None = Field(
        description="Of a step that sends: empty, `deferred`, or why the gate would have held it back."
    )
    gate_sentence: str


class DryRunEntryOut(Schema):
    """One entry of one person."""

    entered_at: datetime
    steps: list[DryRunStepOut]


@router.post(
    "/{int:journey_id}/dry-run",
    summary="Say what a draft would have done",
    description="Had it been running for the last so many days. Nothing is sent and nothing is written.",
    response={200: DryRunOut}
    | refusals(
        journeys.NotFound,
        journeys.GraphUnreadable,
        reach.MessageNotFound,
        ConditionUnreadable,
        TooMuchPast,
    ),
)
@needs("journeys.read")
def try_journey(request: MemberRequest, journey_id: int, body: DryRunIn) -> dict[str, Any]:
    tried = journeys.dry_run(request.auth, journey_id, days=body.days, now=now())
    said = partial(_said, request.auth.workspace)
    return {
        **{name: getattr(tried, name) for name in _SAID},
        "sends": {
            node: sum(subjects.size for subjects, _ in groups)
            for node, groups in tried.sends.items()
        },
        "people": {
            what: tried.samples.get(("", what), [])
            for what in ("before", "capped", "held_out", "reached")
        },
        "gate": {
            node: [
                {
                    "reason": reason,
                    "sentence": said(reason),
                    "count": count,
                    "people": tried.gate_samples[node, reason],
                }
                for reason, count in counts.most_common()
            ]
            for node, counts in tried.gate.items()
        },
        "places": [
            {"node": node, "what": what, "count": count, "people": tried.samples[node, what]}
            for (node, what), count in sorted(tried.counts.items())
        ],
        "coarsest_seconds": round(tried.coarsest.total_seconds()),
    }


_SAID = (
    "since",
    "until",
    "came",
    "entered",
    "held_out",
    "before",
    "capped",
    "reached",
    "judged",
)


def _said(workspace: Workspace, reason: str | None) -> str:
    # What goes needs no reason.
    return reach.reason_said(workspace, reason).said() if reason not in _GOES else ""


_GOES = (None, "", "deferred")


@router.get(
    "/{int:journey_id}/dry-run/{int:subject}",
    summary="Step one person through a draft",
    response={200: Page[DryRunEntryOut]}
    | refusals(
        journeys.NotFound, journeys.GraphUnreadable, reach.MessageNotFound, ConditionUnreadable
    ),
)
@needs("journeys.read")
def try_with_one(
    request: MemberRequest, journey_id: int, subject: int, days: Days = 30
) -> PageOf[dict[str, Any]]:
    entries = journeys.dry_run_of_one(request.auth, journey_id, subject, days=days, now=now())
    workspace = request.auth.workspace
    return PageOf(
        [
            {
                "entered_at": entered,
                "steps": [
                    {**vars(step), "gate_sentence": _said(workspace, step.gate)} for step in steps
                ],
            }
            for entered, steps in entries
        ]
    )
