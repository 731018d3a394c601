"""Posts by hand, over HTTP: previewed, then made tasks of staff."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any

from ninja import Schema
from pydantic import Field

from yutang.kit import clock
from yutang.kit.errors import refusals
from yutang.reach import service as reach
from yutang.wecom import service as wecom
from yutang.wecom.api.group_mass import CapOut
from yutang.wecom.api.router import router
from yutang.wecom.api.when import Number, When
from yutang.workspaces.service import MemberRequest, needs, staff_by_id

__all__: list[str] = []


_MESSAGE = (
    reach.MessageNotFound,
    reach.MessageArchived,
    reach.MessageNotSound,
    wecom.NotForGroups,
)


class MomentAsked(Schema):
    """What a post would be; the message may still be missing.

    No staff and no department: everybody with the client-contact function.
    """

    message_id: Annotated[Number | None, Field(description="Written for `moments`.")] = None
    corp_id: Annotated[Number | None, Field(description="The first connected one by default.")] = (
        None
    )
    staff: Annotated[list[Number], Field(max_length=5000)] = []
    departments: Annotated[
        list[Number], Field(max_length=500, description="With those below.")
    ] = []
    stores: Annotated[list[Number], Field(max_length=500)] = []
    tags: Annotated[
        list[Number],
        Field(max_length=100, description="Only customers with one of these see it; none: all do."),
    ] = []
    at: When = None

    def aim(self) -> wecom.PostAim:
        """Return who publishes and who sees it."""
        return wecom.PostAim(self.staff, self.departments, self.stores, self.tags)


class MomentIn(MomentAsked):
    """A post by hand."""

    message_id: Annotated[Number, Field(description="Written for `moments`.")]


class LeftOutOut(Schema):
    """A member who cannot publish it."""

    staff: int
    name: str
    why: str


class MomentOut(Schema):
    """What becomes of a post."""

    at: datetime
    task: int | None
    staff: Annotated[int, Field(description="How many publish it.")]
    people: Annotated[int, Field(description="Their customers, whatever their tags.")]
    caps: list[CapOut]
    left_out: list[LeftOutOut]


@router.post(
    "/moments/preview",
    summary="Preview a post",
    response={200: MomentOut} | refusals(*_MESSAGE, wecom.NoSuchCorp, wecom.TagNotThere),
)
@needs("reach.read")
def preview_moment(request: MemberRequest, body: MomentAsked) -> Mapping[str, object]:
    """Tell who would publish it, and who could not; nothing is posted."""
    return _moment(request, wecom.preview_moment(request.auth, **_given(body), now=clock.now()))


@router.post(
    "/moments",
    summary="Have a post published",
    response={201: MomentOut}
    | refusals(
        *_MESSAGE, wecom.NoSuchCorp, wecom.TagNotThere, wecom.NobodyToPost, wecom.NeedsAnotherEye
    ),
)
@needs("reach.write")
def post_moment(request: MemberRequest, body: MomentIn) -> Mapping[str, object]:
    """Make it a task of the staff chosen, each of whom publishes it or does not."""
    return _moment(request, wecom.post_moment(request.auth, **_given(body), now=clock.now()))


def _given(body: MomentAsked) -> dict[str, Any]:
    return {
        "message_id": body.message_id,
        "corp_id": body.corp_id,
        "at": body.at,
        "aim": body.aim(),
    }


def _moment(request: MemberRequest, planned: wecom.PostPlanned) -> Mapping[str, object]:
    known = staff_by_id(request.auth.workspace, planned.left_out)
    left_out = [
        {"staff": number, "name": known[number].name, "why": why.said()}
        for number, why in planned.left_out.items()
        if number in known
    ]
    return {
        "at": planned.at,
        "task": planned.task.pk if planned.task else None,
        "staff": len(planned.publishers),
        "people": planned.people,
        "caps": planned.caps,
        "left_out": left_out,
    }
