"""Routes of faces: campaigns, tables of steps, Moments plans, welcomes; and of ready journeys."""

from typing import Annotated, Any

from ninja import Schema, Status
from pydantic import Field, StringConstraints

from yutang.journeys import service as journeys
from yutang.journeys.api.router import router
from yutang.journeys.api.shapes import Id, JourneyOut, Name
from yutang.journeys.models import Journey
from yutang.journeys.views import CampaignView, MomentsView, SopView, View, WelcomeView
from yutang.kit.clock import now
from yutang.kit.errors import refusals
from yutang.kit.i18n import language
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

    key: Annotated[str, Field(description="What the graph's sends call it: `{copy: …}`.")]
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
    is_for_many: Annotated[
        bool, Field(description="A condition chooses who enters; an audience may take its place.")
    ]
    graph: Annotated[
        dict[str, Any], Field(description="Its graph, before it is made somebody's own.")
    ]
    copies: list[ReadyCopyOut]


CopyKey = Annotated[str, StringConstraints(pattern=r"^[a-z0-9_]{1,40}$")]
Words = Annotated[str, StringConstraints(min_length=1, max_length=4000, pattern=r"^[^\x00]*$")]


class UseReadyIn(Schema):
    """Make a ready journey the brand's own: its messages are written, a draft sends them."""

    title: Annotated[Name, Field(description="What the journey is to be called.")]
    account: Id
    audience: Annotated[
        Id | None, Field(description="Whose members enter, instead of whom it proposes.")
    ] = None
    messages: Annotated[
        dict[CopyKey, Id],
        Field(
            description="Messages there are already, in the place of proposed ones.", max_length=20
        ),
    ] = {}
    words: Annotated[
        dict[CopyKey, Words],
        Field(description="What proposed messages are to say instead.", max_length=20),
    ] = {}


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
                "is_for_many": each.is_for_many,
                "graph": journeys.shown(each, language()),
                "title": each.title.said(),
                "about": each.about.said(),
                "when": each.when.said(),
                "holdout": each.holdout,
                "copies": [
                    {
                        "key": key,
                        "name": copy.name.said(),
                        "words": copy.words.said(),
                        "purpose": copy.purpose,
                    }
                    for key, copy in each.copies.items()
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
        journeys.NoSuchCopy,
        journeys.NameTaken,
        reach.AccountNotFound,
        reach.MessageNotFound,
        reach.ChannelsDiffer,
        reach.MessageNameTaken,
        reach.MessageNotSound,
    ),
)
@needs("journeys.write")
def use_ready(request: MemberRequest, ready: str, body: UseReadyIn) -> Status[Journey]:
    choice = journeys.Choice(**body.dict())
    return Status(201, journeys.use_ready(request.auth, ready, choice, now=now()))
