"""Routes of what journeys changed."""

from datetime import date

from ninja import Schema
from pydantic import Field

from yutang.events.service import TooMuchPast
from yutang.journeys import service as journeys
from yutang.journeys.api.router import router
from yutang.kit.clock import now
from yutang.kit.errors import refusals
from yutang.workspaces.service import MemberRequest, needs

__all__: list[str] = []


class EffectIntervalOut(Schema):
    """From `low` to `high`."""

    low: float
    high: float


class EffectArmOut(Schema):
    """One arm; shares are of those for whom the time for the goal is over."""

    name: str
    people: int
    over: int
    reached: int
    amount: int = Field(description="Fen spent within the time for the goal.")


class EffectComparisonOut(Schema):
    """Ours against the other arm, per person; right however often it is looked at."""

    difference: float
    interval: EffectIntervalOut
    p: float
    verdict: str = Field(description="more, less, no_difference or not_enough.")
    worth: float = Field(description="The smallest difference that is waited for.")
    needed: int | None = Field(description="People more until it could be seen; null: unknown yet.")
    reduction: float = Field(description="Share of the variance that history explained (CUPED).")
    incremental: float = Field(description="What our arm did more than it would have, in all.")
    incremental_interval: EffectIntervalOut


class EffectRatioOut(Schema):
    """Whether people were split as was meant; if `wrong`, do not trust the comparison."""

    chi_square: float
    p: float
    p_always: float
    wrong: bool


class EffectReachedOut(Schema):
    """Different people messages came to."""

    sent: int
    opened: int
    clicked: int
    replied: int
    blocked: int


class EffectLookOut(Schema):
    """What was known at the end of a day (of today: now)."""

    day: date
    people: int
    difference: float
    interval: EffectIntervalOut
    verdict: str


class EffectWayOut(Schema):
    """One way of a split; `best` is the chance that none is better."""

    arm: EffectArmOut
    rate: EffectIntervalOut
    best: float
    comparison: EffectComparisonOut | None
    days: list[EffectLookOut] = Field(description="That comparison, day by day.")


class EffectSplitOut(Schema):
    """A split; where it learns, only `best` may be read."""

    node: str
    learns: bool
    ratio: EffectRatioOut | None
    ways: list[EffectWayOut]


class EffectOut(Schema):
    """What a journey changed so far. Without a goal or a holdout nothing is compared."""

    entered: int = Field(description="Different people, those held out among them.")
    kept_out: int = Field(description="Of those, held out.")
    reached: EffectReachedOut
    has_goal: bool
    goal_types: list[str]
    goal_seconds: int
    treated: EffectArmOut
    held_out: EffectArmOut
    waiting: int = Field(description="People for whom the time for the goal is not over.")
    rate: EffectIntervalOut
    held_out_rate: EffectIntervalOut
    ratio: EffectRatioOut | None
    comparison: EffectComparisonOut | None
    money: EffectComparisonOut | None
    days: list[EffectLookOut] = Field(description="The comparison, day by day.")
    splits: list[EffectSplitOut]


@router.get(
    "/{int:journey_id}/effect",
    summary="Say what a journey changed",
    description="Against those held out, with an interval that stays right when looked at daily.",
    response={200: EffectOut} | refusals(journeys.NotFound, TooMuchPast),
)
@needs("journeys.read")
def journey_effect(request: MemberRequest, journey_id: int) -> journeys.Effect:
    return journeys.effect_of(journeys.found(request.auth.workspace, journey_id), now=now())
