"""Routes of journeys: made, looked over, activated, paused, ended; their versions."""

from typing import Annotated, Literal

from ninja import Query, Status
from pydantic import StringConstraints

from yutang.journeys import service as journeys
from yutang.journeys.api.router import router
from yutang.journeys.api.shapes import (
    ActionOut,
    GraphIn,
    JourneyChangeOut,
    JourneyIn,
    JourneyOut,
    JourneyPatch,
    JourneyRow,
    ValidationOut,
    VersionOut,
    VersionRow,
)
from yutang.journeys.models import Journey, JourneyVersion
from yutang.kit.clock import now
from yutang.kit.errors import refusals
from yutang.kit.pages import Page, PageIn, PageOf, page_of
from yutang.workspaces.service import MemberRequest, needs

State = Literal["draft", "active", "paused", "ended"]


@router.get("", summary="List journeys", response=Page[JourneyRow])
@needs("journeys.read")
def list_journeys(
    request: MemberRequest,
    page: Query[PageIn],
    search: Annotated[str, StringConstraints(max_length=100, pattern=r"^[^\x00]*$")] = "",
    state: State | None = None,
    view: Annotated[str, StringConstraints(pattern=r"^[a-z_]{0,12}$")] = "",
) -> PageOf[Journey]:
    rows = journeys.listed(request.auth.workspace, search=search.strip(), state=state, view=view)
    return page_of(rows, page, order=("-changed_at", "-id"))


@router.post(
    "",
    summary="Make a journey",
    description="Nothing runs before it is activated; the graph may be unfinished.",
    response={201: JourneyOut} | refusals(journeys.NameTaken),
)
@needs("journeys.write")
def make_journey(request: MemberRequest, body: JourneyIn) -> Status[Journey]:
    given = body.dict()
    subject = given.pop("subject")
    draft = journeys.JourneyDraft(**given)
    return Status(201, journeys.make(request.auth, draft, subject=subject, now=now()))


@router.get("/actions", summary="List what journeys can do", response=Page[ActionOut])
@needs("journeys.read")
def list_actions(request: MemberRequest) -> PageOf[journeys.ShownAction]:
    return PageOf(journeys.shown_actions())


@router.get(
    "/{int:journey_id}",
    summary="Read a journey",
    response={200: JourneyOut} | refusals(journeys.NotFound),
)
@needs("journeys.read")
def read_journey(request: MemberRequest, journey_id: int) -> Journey:
    return journeys.found(request.auth.workspace, journey_id)


@router.patch(
    "/{int:journey_id}",
    summary="Change a journey's draft",
    description="People who are inside go on as before; activate it for those who enter from then on.",
    response={200: JourneyOut} | refusals(journeys.NotFound, journeys.NameTaken, journeys.HasEnded),
)
@needs("journeys.write")
def change_journey(request: MemberRequest, journey_id: int, body: JourneyPatch) -> Journey:
    draft = journeys.JourneyDraft(**body.dict())
    return journeys.change(request.auth, journey_id, draft, now=now())


@router.delete(
    "/{int:journey_id}",
    summary="Delete a journey that was never active",
    response={204: None} | refusals(journeys.NotFound, journeys.StillRunning),
)
@needs("journeys.write")
def delete_journey(request: MemberRequest, journey_id: int) -> Status[None]:
    journeys.delete(request.auth, journey_id, now=now())
    return Status(204, None)


@router.post(
    "/{int:journey_id}/validate",
    summary="Say what keeps a graph from running",
    response={200: ValidationOut} | refusals(journeys.NotFound),
)
@needs("journeys.read")
def validate_journey(request: MemberRequest, journey_id: int, body: GraphIn) -> dict[str, object]:
    found = journeys.validate(request.auth.workspace, journey_id, graph=body.graph, now=now())
    return {"problems": found}


@router.post(
    "/{int:journey_id}/activate",
    summary="Let people enter what is drafted",
    description="Makes a version of the draft. Whoever is inside stays in the version she entered.",
    response={200: JourneyOut}
    | refusals(
        journeys.NotFound, journeys.HasEnded, journeys.GraphUnreadable, journeys.NeedsApproval
    ),
)
@needs("journeys.activate")
def activate_journey(request: MemberRequest, journey_id: int) -> Journey:
    return journeys.activate(request.auth, journey_id, now=now())


@router.post(
    "/{int:journey_id}/pause",
    summary="Let nothing move",
    description="When this answers, nothing is under way any more. Everybody stays where she is.",
    response={200: JourneyOut} | refusals(journeys.NotFound, journeys.NotActive),
)
@needs("journeys.activate")
def pause_journey(request: MemberRequest, journey_id: int) -> Journey:
    return journeys.pause(request.auth, journey_id, now=now())


@router.post(
    "/{int:journey_id}/resume",
    summary="Go on where everybody stands",
    response={200: JourneyOut} | refusals(journeys.NotFound, journeys.NotPaused),
)
@needs("journeys.activate")
def resume_journey(request: MemberRequest, journey_id: int) -> Journey:
    return journeys.resume(request.auth, journey_id, now=now())


@router.post(
    "/{int:journey_id}/end",
    summary="End a journey for ever",
    description="Everybody inside is taken out.",
    response={200: JourneyOut} | refusals(journeys.NotFound, journeys.NotActive, journeys.HasEnded),
)
@needs("journeys.activate")
def end_journey(request: MemberRequest, journey_id: int) -> Journey:
    return journeys.end(request.auth, journey_id, now=now())


@router.get(
    "/{int:journey_id}/versions",
    summary="List a journey's versions",
    response={200: Page[VersionRow]} | refusals(journeys.NotFound),
)
@needs("journeys.read")
def list_versions(
    request: MemberRequest, journey_id: int, page: Query[PageIn]
) -> PageOf[JourneyVersion]:
    rows = journeys.versions(journeys.found(request.auth.workspace, journey_id))
    return page_of(rows, page, order=("-number",))


@router.get(
    "/{int:journey_id}/versions/{int:number}",
    summary="Read a version",
    response={200: VersionOut} | refusals(journeys.NotFound, journeys.VersionNotFound),
)
@needs("journeys.read")
def read_version(request: MemberRequest, journey_id: int, number: int) -> JourneyVersion:
    return journeys.version_of(journeys.found(request.auth.workspace, journey_id), number)


@router.get(
    "/{int:journey_id}/versions/{int:number}/diff",
    summary="Say what changed since a version",
    description="Compared with another version (`to`), or with the draft.",
    response={200: Page[JourneyChangeOut]} | refusals(journeys.NotFound, journeys.VersionNotFound),
)
@needs("journeys.read")
def diff_versions(
    request: MemberRequest, journey_id: int, number: int, to: int | None = None
) -> PageOf[journeys.Change]:
    journey = journeys.found(request.auth.workspace, journey_id)
    return PageOf(journeys.diff(journey, number, to))
