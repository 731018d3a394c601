"""Routes of dry runs: what a draft would have done, and one person stepped through it."""

from datetime import datetime
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
    gate: dict[str, dict[str, int]] = Field(
        description="By node: messages that would have gone (empty), waited (deferred), or not gone, by reason."
    )
    judged: int = Field(
        description="Messages the gate was asked about; of very many, some people's."
    )
    places: list[DryRunPlaceOut]
    coarsest_seconds: int = Field(
        description="How far from somebody's own instant a condition was asked, at most."
    )


class DryRunStepOut(Schema):
    """She left a node; `at` null: she is still there."""

    node: str
    outcome: str
    at: datetime | None


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
    return {
        **{name: getattr(tried, name) for name in _SAID},
        "sends": {
            node: sum(subjects.size for subjects, _ in groups)
            for node, groups in tried.sends.items()
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
    "gate",
    "judged",
)


@router.get(
    "/{int:journey_id}/dry-run/{int:subject}",
    summary="Step one person through a draft",
    response={200: Page[DryRunEntryOut]}
    | refusals(journeys.NotFound, journeys.GraphUnreadable, ConditionUnreadable),
)
@needs("journeys.read")
def try_with_one(
    request: MemberRequest, journey_id: int, subject: int, days: Days = 30
) -> PageOf[dict[str, Any]]:
    entries = journeys.dry_run_of_one(request.auth, journey_id, subject, days=days, now=now())
    return PageOf([{"entered_at": entered, "steps": steps} for entered, steps in entries])
