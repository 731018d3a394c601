"""Live codes over HTTP."""

from datetime import date
from typing import Annotated, Any

from ninja import Query
from pydantic import Field

from yutang.acquisition import service as acquisition
from yutang.acquisition.api.router import router
from yutang.acquisition.api.shapes import (
    CodeDetailOut,
    CodeOut,
    CodePreviewOut,
    CodeRulesIn,
    CodeStatisticsOut,
    LiveCodeIn,
    StandingIn,
    StandingOut,
)
from yutang.acquisition.models import AccountStanding
from yutang.kit import clock
from yutang.kit.errors import refusals
from yutang.kit.pages import Page, PageIn, PageOf, page_of
from yutang.tags import service as tags
from yutang.wecom import service as wecom
from yutang.workspaces import service as workspaces
from yutang.workspaces.service import MemberRequest, needs

__all__: list[str] = []

_RULES = (
    acquisition.NobodyBehindIt,
    acquisition.RuleNotAsExpected,
    acquisition.NoSuchChannel,
    tags.NotFound,
)
Words = Annotated[str, Field(max_length=60, description="Part of the name.")]


@router.get("/codes", summary="List live codes", response=Page[CodeOut])
@needs("codes.read")
def list_codes(
    request: MemberRequest,
    page: Query[PageIn],
    words: Words = "",
    channel_id: int | None = None,
    ended: bool = False,
) -> PageOf[dict[str, Any]]:
    """Return codes, the newest first."""
    workspace = request.auth.workspace
    rows = acquisition.codes_of(workspace, words=words, channel_id=channel_id, is_over=ended)
    found = page_of(rows, page, order=("-created_at", "-id"))
    return PageOf(acquisition.listed(workspace, found.items, now=clock.now()), found.next)


@router.post(
    "/codes",
    summary="Make a live code",
    response={201: CodeDetailOut} | refusals(acquisition.NotConnected, wecom.NoSuchCorp, *_RULES),
)
@needs("codes.write")
def create_code(request: MemberRequest, body: LiveCodeIn) -> dict[str, Any]:
    """Make a code; the platform is told within seconds."""
    now = clock.now()
    code = acquisition.create_code(request.auth, body.spec(), now=now)
    return acquisition.detailed(code, now=now)


@router.post("/codes/preview", summary="Read rules aloud", response=CodePreviewOut)
@needs("codes.read")
def preview_code(request: MemberRequest, body: CodeRulesIn) -> acquisition.Preview:
    """Return what rules would mean, before anything is made."""
    return acquisition.preview(request.auth.workspace, body.rules(), now=clock.now())


@router.get(
    "/codes/{int:code_id}",
    summary="Show a live code",
    response={200: CodeDetailOut} | refusals(acquisition.NoSuchCode),
)
@needs("codes.read")
def get_code(request: MemberRequest, code_id: int) -> dict[str, Any]:
    """Return a code with all it is told, and who is to be added now."""
    code = acquisition.code_of(request.auth.workspace, code_id)
    return acquisition.detailed(code, now=clock.now())


@router.put(
    "/codes/{int:code_id}",
    summary="Tell a live code everything anew",
    response={200: CodeDetailOut}
    | refusals(acquisition.NoSuchCode, acquisition.CodeIsOver, *_RULES),
)
@needs("codes.write")
def replace_code(request: MemberRequest, code_id: int, body: LiveCodeIn) -> dict[str, Any]:
    """Replace name, channel, end and rules; what is printed stays as it is."""
    now = clock.now()
    code = acquisition.replace_code(request.auth, code_id, body.spec(), now=now)
    return acquisition.detailed(code, now=now)


@router.delete(
    "/codes/{int:code_id}",
    summary="End a live code",
    response={204: None} | refusals(acquisition.NoSuchCode, acquisition.CodeIsOver),
)
@needs("codes.write")
def end_code(request: MemberRequest, code_id: int) -> None:
    """End a code for good; who came by it stays on record."""
    acquisition.end_code(request.auth, code_id, now=clock.now())


@router.post(
    "/codes/{int:code_id}/look",
    summary="Bring a live code into step now",
    response={200: CodeDetailOut} | refusals(acquisition.NoSuchCode),
)
@needs("codes.write")
def look_now(request: MemberRequest, code_id: int) -> dict[str, Any]:
    """Have the platform told at once, whatever was in the way before."""
    now = clock.now()
    code = acquisition.look_now(request.auth, code_id, now=now)
    return acquisition.detailed(code, now=now)


@router.get(
    "/codes/{int:code_id}/statistics",
    summary="Count a live code’s friends",
    response={200: CodeStatisticsOut} | refusals(acquisition.NoSuchCode, acquisition.SpanTooLong),
)
@needs("codes.read")
def code_statistics(
    request: MemberRequest, code_id: int, first: date, last: date
) -> acquisition.CodeStatistics:
    """Return friends by day, hour and staff, first and last day included."""
    code = acquisition.code_of(request.auth.workspace, code_id)
    return acquisition.statistics(code, first, last)


@router.put(
    "/standings/{int:staff_id}",
    summary="Say whether somebody can be added",
    response={200: StandingOut} | refusals(workspaces.NoSuchStaff),
)
@needs("codes.write")
def change_standing(request: MemberRequest, staff_id: int, body: StandingIn) -> AccountStanding:
    """Set somebody online or not, her cap over all codes, until when she is restricted."""
    return acquisition.change_standing(request.auth, staff_id, **body.dict(), now=clock.now())
