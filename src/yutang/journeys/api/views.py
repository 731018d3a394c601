"""Routes of faces: campaigns, tables of steps, Moments plans, welcomes; and of ready journeys."""

from typing import Annotated

from ninja import Schema, Status
from pydantic import Field

from yutang.journeys import service as journeys
from yutang.journeys.api.router import router
from yutang.journeys.api.shapes import Id, JourneyOut, Name
from yutang.journeys.models import Journey
from yutang.journeys.views import CampaignView, MomentsView, SopView, View, WelcomeView
from yutang.kit.clock import now
from yutang.kit.errors import refusals
from yutang.kit.pages import Page, PageOf
from yutang.reach import service as reach
from yutang.workspaces.service import MemberRequest, needs

__all__: list[str] = []


class FacesIn(Schema):
    """A journey by exactly one of its faces."""

    campaign: CampaignView | None = None
    sop: SopView | None = None
    moments: MomentsView | None = None
    welcome: WelcomeView | None = None

    def the_one(self) -> tuple[str, View]:
        """Return the face that is there and its name."""
        given = [(name, each) for name in FACES if (each := getattr(self, name)) is not None]
        if len(given) != 1:
            raise journeys.NotOneFace
        return given[0]


FACES = ("campaign", "sop", "moments", "welcome")


class FacedJourneyIn(FacesIn):
    """A journey to make by one of its faces."""

    name: Name


class FacesOut(Schema):
    """A journey by the face it was made with; all null where its graph says more than the face can."""

    face: str
    campaign: CampaignView | None = None
    sop: SopView | None = None
    moments: MomentsView | None = None
    welcome: WelcomeView | None = None


class ReadyCopyOut(Schema):
    """A proposed message."""

    name: str
    words: str
    purpose: str


class ReadyOut(Schema):
    """A ready journey."""

    name: str
    title: str
    about: str
    when: str
    holdout: int
    copies: list[ReadyCopyOut]


class UseReadyIn(Schema):
    """Make a ready journey the brand's own: its messages are written, a draft sends them."""

    title: Annotated[Name, Field(description="What the journey is to be called.")]
    account: Id


@router.post(
    "/faces",
    summary="Make a journey by one of its faces",
    response={201: JourneyOut} | refusals(journeys.NameTaken, journeys.NotOneFace),
)
@needs("journeys.write")
def make_faced(request: MemberRequest, body: FacedJourneyIn) -> Status[Journey]:
    face, view = body.the_one()
    return Status(201, journeys.make_by_face(request.auth, body.name, face, view, now=now()))


@router.get(
    "/{int:journey_id}/face",
    summary="Read a journey by its face",
    response={200: FacesOut} | refusals(journeys.NotFound),
)
@needs("journeys.read")
def read_face(request: MemberRequest, journey_id: int) -> dict[str, object]:
    journey = journeys.found(request.auth.workspace, journey_id)
    return {"face": journey.view, journey.view or "-": journeys.face_of(request.auth, journey_id)}


@router.put(
    "/{int:journey_id}/face",
    summary="Change a journey by its face",
    response={200: JourneyOut}
    | refusals(journeys.NotFound, journeys.HasEnded, journeys.NotOneFace),
)
@needs("journeys.write")
def change_faced(request: MemberRequest, journey_id: int, body: FacesIn) -> Journey:
    face, view = body.the_one()
    return journeys.change_face(request.auth, journey_id, face, view, now=now())


@router.get("/library", summary="List ready journeys", response=Page[ReadyOut])
@needs("journeys.read")
def list_ready(request: MemberRequest) -> PageOf[dict[str, object]]:
    return PageOf(
        [
            {
                "name": each.name,
                "title": each.title.said(),
                "about": each.about.said(),
                "when": each.when.said(),
                "holdout": each.holdout,
                "copies": [
                    {"name": copy.name.said(), "words": copy.words.said(), "purpose": copy.purpose}
                    for copy in each.copies.values()
                ],
            }
            for each in journeys.READY.values()
        ]
    )


@router.post(
    "/library/{ready}",
    summary="Make a ready journey the brand's own",
    response={201: JourneyOut}
    | refusals(
        journeys.NoSuchReady,
        journeys.NameTaken,
        reach.AccountNotFound,
        reach.MessageNameTaken,
        reach.MessageNotSound,
    ),
)
@needs("journeys.write")
def use_ready(request: MemberRequest, ready: str, body: UseReadyIn) -> Status[Journey]:
    made = journeys.use_ready(
        request.auth, ready, account=body.account, title=body.title, now=now()
    )
    return Status(201, made)
