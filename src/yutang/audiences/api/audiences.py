"""Routes of saved audiences."""

from typing import Annotated

from ninja import Query, Status
from pydantic import StringConstraints

from yutang.audiences import service as audiences
from yutang.audiences.api.router import router
from yutang.audiences.api.shapes import AudienceIn, AudienceOut, AudiencePatch
from yutang.audiences.models import Audience
from yutang.kit.clock import now
from yutang.kit.errors import refusals
from yutang.kit.pages import Page, PageIn, PageOf, page_of
from yutang.workspaces.service import MemberRequest, needs


@router.get("", summary="List audiences", response=Page[AudienceOut])
@needs("audiences.read")
def list_audiences(
    request: MemberRequest,
    page: Query[PageIn],
    search: Annotated[str, StringConstraints(max_length=100, pattern=r"^[^\x00]*$")] = "",
    archived: bool = False,
) -> PageOf[Audience]:
    rows = audiences.listed(request.auth.workspace, archived=archived, search=search.strip())
    return page_of(rows, page, order=("-created_at", "-id"))


@router.post(
    "",
    summary="Make an audience",
    description="Live with a condition, and refreshed at once; a static list without one.",
    response={201: AudienceOut}
    | refusals(audiences.NameTaken, audiences.ConditionUnreadable, audiences.MineNeedsReader),
)
@needs("audiences.write")
def make_audience(request: MemberRequest, body: AudienceIn) -> Status[Audience]:
    member = request.auth
    draft = audiences.Draft(**body.dict())
    made = audiences.make(member.workspace, draft, owner=member.user, actor=member.actor, now=now())
    return Status(201, made)


@router.get(
    "/{int:audience_id}",
    summary="Read an audience",
    response={200: AudienceOut} | refusals(audiences.NotFound),
)
@needs("audiences.read")
def read_audience(request: MemberRequest, audience_id: int) -> Audience:
    return audiences.found(request.auth.workspace, audience_id)


@router.get(
    "/{int:audience_id}/users",
    summary="Name the audiences and tag rules that ask about an audience",
    response={200: list[str]} | refusals(audiences.NotFound),
)
@needs("audiences.read")
def users_of_audience(request: MemberRequest, audience_id: int) -> list[str]:
    return audiences.users_of(audiences.found(request.auth.workspace, audience_id))


@router.patch(
    "/{int:audience_id}",
    summary="Rename or change an audience",
    description="A changed condition takes effect with a refresh at once.",
    response={200: AudienceOut}
    | refusals(
        audiences.NotFound,
        audiences.Archived,
        audiences.NotLive,
        audiences.NameTaken,
        audiences.ConditionUnreadable,
        audiences.MineNeedsReader,
        audiences.UsesItself,
    ),
)
@needs("audiences.write")
def change_audience(request: MemberRequest, audience_id: int, body: AudiencePatch) -> Audience:
    member = request.auth
    return audiences.change(
        member.workspace,
        audience_id,
        body.dict(exclude_unset=True),
        actor=member.actor,
        now=now(),
    )


@router.post(
    "/{int:audience_id}/refresh",
    summary="Refresh an audience now",
    description="It is done in the background; `refreshed_at` says when it was.",
    response={202: AudienceOut}
    | refusals(audiences.NotFound, audiences.Archived, audiences.NotLive),
)
@needs("audiences.write")
def refresh_audience(request: MemberRequest, audience_id: int) -> Status[Audience]:
    member = request.auth
    asked = audiences.ask_refresh(member.workspace, audience_id, actor=member.actor, now=now())
    return Status(202, asked)


@router.post(
    "/{int:audience_id}/archive",
    summary="Put an audience away",
    description="It stays as it is; nothing refreshes it and nobody can choose it.",
    response={200: AudienceOut} | refusals(audiences.NotFound, audiences.Archived, audiences.InUse),
)
@needs("audiences.write")
def archive_audience(request: MemberRequest, audience_id: int) -> Audience:
    member = request.auth
    return audiences.archive(member.workspace, audience_id, actor=member.actor, now=now())


@router.post(
    "/{int:audience_id}/restore",
    summary="Take an archived audience back into use",
    response={200: AudienceOut}
    | refusals(
        audiences.NotFound,
        audiences.NameTaken,
        audiences.ConditionUnreadable,
        audiences.UsesItself,
    ),
)
@needs("audiences.write")
def restore_audience(request: MemberRequest, audience_id: int) -> Audience:
    member = request.auth
    return audiences.restore(member.workspace, audience_id, actor=member.actor, now=now())


@router.delete(
    "/{int:audience_id}",
    summary="Delete an archived audience and its history",
    response={204: None} | refusals(audiences.NotFound, audiences.NotArchived),
)
@needs("audiences.write")
def delete_audience(request: MemberRequest, audience_id: int) -> Status[None]:
    member = request.auth
    audiences.delete(member.workspace, audience_id, actor=member.actor, now=now())
    return Status(204, None)
