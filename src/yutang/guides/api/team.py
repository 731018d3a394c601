"""The team, for whoever looks after it: figures, losses, goals."""

from datetime import date, datetime, timedelta
from typing import Annotated, Any, Self

from ninja import Query, Schema, Status
from pydantic import Field, model_validator

from yutang.guides import service as guides
from yutang.guides.api.router import router
from yutang.guides.api.shapes import FiguresOut, GoalIn, GoalOut, Id
from yutang.guides.api.shown import figures_out
from yutang.kit.clock import now
from yutang.kit.errors import refusals
from yutang.kit.pages import Page, PageOf
from yutang.workspaces.service import MemberRequest, NoSuchStaff, needs

_LONGEST = 366
Day = Annotated[date, Field(ge=date(2000, 1, 1), le=date(2199, 12, 31))]


class DaysIn(Schema):
    """From which local day to which; both count."""

    first: Annotated[Day, Field(examples=["2026-11-01"])]
    last: Annotated[Day, Field(examples=["2026-11-30"])]

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if not self.first <= self.last < self.first + timedelta(days=_LONGEST):
            raise ValueError("a year at most, first before last")
        return self


class LossOut(Schema):
    """A friendship that ended."""

    at: datetime
    customer: Annotated[int, Field(description="0: out of the reader's sight.")]
    customer_name: str
    staff: int
    staff_name: str
    by: Annotated[str, Field(examples=["customer", "staff"])]


class GoalsOfIn(Schema):
    """Which month."""

    month: Annotated[Day, Field(description="Any day of it.", examples=["2026-11-01"])]


@router.get("/team", summary="List the team's figures", response=Page[FiguresOut])
@needs("guides.read")
def list_team(request: MemberRequest, days: Query[DaysIn]) -> PageOf[dict[str, Any]]:
    found = guides.team_figures(request.auth, days.first, days.last, now=now())
    return PageOf([figures_out(each) for each in found])


@router.get(
    "/team/losses",
    summary="List friends that were lost",
    description="The newest hundred.",
    response=Page[LossOut],
)
@needs("guides.read")
def list_losses(request: MemberRequest, days: Query[DaysIn]) -> PageOf[guides.Loss]:
    return PageOf(guides.losses_of(request.auth, days.first, days.last))


@router.get("/goals", summary="List goals and their progress", response=Page[GoalOut])
@needs("guides.read")
def list_goals(request: MemberRequest, only: Query[GoalsOfIn]) -> PageOf[dict[str, Any]]:
    member, at = request.auth, now()
    first, last = guides.month_of(only.month)
    figures = guides.team_figures(member, first, last, now=at)
    found = guides.goals_of(member, only.month, figures=figures, now=at)
    return PageOf([_goal(each) for each in found])


@router.put(
    "/goals",
    summary="Set a goal",
    description="Replaces the goal of the same month, measure and member of staff.",
    response={200: GoalOut} | refusals(NoSuchStaff),
)
@needs("guides.write")
def set_goal(request: MemberRequest, body: GoalIn) -> dict[str, Any]:
    member, at = request.auth, now()
    goal = guides.set_goal(member, **body.dict(), now=at)
    first, last = guides.month_of(body.month)
    figures = guides.team_figures(member, first, last, now=at)
    shown = guides.goals_of(member, body.month, figures=figures, now=at)
    return next(_goal(each) for each in shown if each.goal.pk == goal.pk)


@router.delete(
    "/goals/{int:goal_id}",
    summary="Take a goal back",
    response={204: None} | refusals(guides.GoalNotFound),
)
@needs("guides.write")
def remove_goal(request: MemberRequest, goal_id: Id) -> Status[None]:
    guides.remove_goal(request.auth, goal_id, now=now())
    return Status(204, None)


def _goal(each: guides.Progress) -> dict[str, Any]:
    goal = each.goal
    return {
        "id": goal.pk,
        "staff_id": goal.staff,
        "staff_name": each.staff_name,
        "measure": goal.measure,
        "month": goal.month,
        "target": goal.target,
        "reached": each.reached,
        "expected": each.expected,
    }
