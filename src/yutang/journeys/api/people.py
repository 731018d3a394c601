"""Routes of the people in journeys: where they are, how they came there, who enters, who goes on."""

from typing import Annotated, Literal

from ninja import Query, Schema, Status
from pydantic import Field, StringConstraints

from yutang.journeys import service as journeys
from yutang.journeys.api.router import router
from yutang.journeys.api.shapes import (
    EntriesIn,
    EntriesOut,
    HealthOut,
    JourneyPersonOut,
    MovedOut,
    MoveOut,
    NodeCountOut,
    PassageOut,
    RedirectIn,
    ReleasedOut,
    ReleaseIn,
    StuckOut,
    TaskOut,
)
from yutang.journeys.models import Run, StaffTask
from yutang.kit.clock import now
from yutang.kit.errors import refusals
from yutang.kit.pages import Page, PageIn, PageOf, page_of
from yutang.workspaces.service import MemberRequest, needs

RunStates = Literal["due", "waiting", "held", "done"]
NodeId = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{1,40}$")]


class PeopleQuery(Schema):
    """Which people of a journey."""

    node: NodeId | None = None
    state: RunStates | None = None
    held_out: bool | None = None
    reached: bool | None = None


@router.get(
    "/{int:journey_id}/counts",
    summary="Count people by node",
    response={200: Page[NodeCountOut]} | refusals(journeys.NotFound),
)
@needs("journeys.read")
def count_nodes(request: MemberRequest, journey_id: int) -> PageOf[journeys.NodeCount]:
    return PageOf(journeys.counts(journeys.found(request.auth.workspace, journey_id)))


@router.get(
    "/{int:journey_id}/health",
    summary="Say whether anybody is stuck",
    response={200: HealthOut} | refusals(journeys.NotFound),
)
@needs("journeys.read")
def journey_health(request: MemberRequest, journey_id: int) -> journeys.Health:
    return journeys.health(journeys.found(request.auth.workspace, journey_id), now=now())


@router.get("/stuck", summary="List journeys in which somebody is stuck", response=Page[StuckOut])
@needs("journeys.read")
def list_stuck(request: MemberRequest) -> PageOf[journeys.Stuck]:
    return PageOf(journeys.stuck(request.auth.workspace, now=now()))


@router.get(
    "/{int:journey_id}/people",
    summary="List the people in a journey",
    description="At a node now (`node`), in a state, held out, or at the goal; those who entered last first.",
    response={200: Page[JourneyPersonOut]} | refusals(journeys.NotFound),
)
@needs("journeys.read")
def list_people(
    request: MemberRequest,
    journey_id: int,
    page: Query[PageIn],
    asked: Query[PeopleQuery],
) -> PageOf[Run]:
    journey = journeys.found(request.auth.workspace, journey_id)
    rows = journeys.people(request.auth, journey, **asked.dict())
    return page_of(rows, page, order=("-id",))


@router.get(
    "/{int:journey_id}/people/{int:subject}",
    summary="Read somebody's path through a journey",
    response={200: Page[PassageOut]} | refusals(journeys.NotFound),
)
@needs("journeys.read")
def read_path(request: MemberRequest, journey_id: int, subject: int) -> PageOf[journeys.Passage]:
    journey = journeys.found(request.auth.workspace, journey_id)
    return PageOf(journeys.passages(request.auth, journey, subject))


@router.delete(
    "/{int:journey_id}/people/{int:subject}",
    summary="Take somebody out of a journey",
    response={204: None} | refusals(journeys.NotFound, journeys.NotInside),
)
@needs("journeys.activate")
def take_out(request: MemberRequest, journey_id: int, subject: int) -> Status[None]:
    journeys.take_out(request.auth, journey_id, subject, now=now())
    return Status(204, None)


@router.post(
    "/{int:journey_id}/entries",
    summary="Let people enter",
    description="By hand or from another system, as the journey's own rules allow.",
    response={200: EntriesOut} | refusals(journeys.NotFound, journeys.NotActive),
)
@needs("journeys.activate")
def let_in(request: MemberRequest, journey_id: int, body: EntriesIn) -> journeys.Entered:
    return journeys.let_in(
        request.auth, journey_id, body.customers, key=body.key, data=body.data, now=now()
    )


@router.post(
    "/{int:journey_id}/release",
    summary="Let held people go on",
    response={200: ReleasedOut} | refusals(journeys.NotFound),
)
@needs("journeys.activate")
def release(request: MemberRequest, journey_id: int, body: ReleaseIn) -> dict[str, int]:
    count = journeys.release(request.auth, journey_id, node=body.node, skip=body.skip, now=now())
    return {"released": count}


@router.post(
    "/{int:journey_id}/moves/preview",
    summary="Say where people of older versions would go",
    response={200: Page[MoveOut]} | refusals(journeys.NotFound),
)
@needs("journeys.read")
def preview_moves(
    request: MemberRequest, journey_id: int, body: RedirectIn
) -> PageOf[journeys.Move]:
    return PageOf(journeys.preview_moves(request.auth.workspace, journey_id, body.redirect))


@router.post(
    "/{int:journey_id}/moves",
    summary="Move people of older versions to the active one",
    response={200: MovedOut} | refusals(journeys.NotFound, journeys.RedirectIncomplete),
)
@needs("journeys.activate")
def move_over(request: MemberRequest, journey_id: int, body: RedirectIn) -> dict[str, int]:
    return {"moved": journeys.move_over(request.auth, journey_id, body.redirect, now=now())}


@router.get("/tasks", summary="List what colleagues are asked to do", response=Page[TaskOut])
@needs("customers.read")
def list_tasks(
    request: MemberRequest,
    page: Query[PageIn],
    done: bool = False,
    journey: Annotated[int | None, Field(ge=1, lt=1 << 32)] = None,
) -> PageOf[StaffTask]:
    rows = journeys.tasks_of(request.auth, done=done, journey=journey)
    return page_of(rows, page, order=("-id",))


@router.post(
    "/tasks/{int:task_id}/done",
    summary="Say that a task is done",
    response={200: TaskOut} | refusals(journeys.TaskNotFound),
)
@needs("customers.write")
def finish_task(request: MemberRequest, task_id: int) -> StaffTask:
    return journeys.finish_task(request.auth, task_id, now=now())
