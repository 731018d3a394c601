"""Routes of who is in an audience, who was, and who is on a list."""

from django.http import StreamingHttpResponse
from ninja import File, Query, UploadedFile

from yutang.audiences import service as audiences
from yutang.audiences.api.router import router
from yutang.audiences.api.shapes import (
    AudienceMemberOut,
    CountOut,
    CustomersIn,
    DayOut,
    GrowthIn,
    InAudienceOut,
    Instant,
    ListChangeOut,
    SnapshotIn,
    StayOut,
)
from yutang.kit.clock import now
from yutang.kit.errors import refusals
from yutang.kit.pages import Page, PageIn, PageOf
from yutang.workspaces.service import MemberRequest, NotAllowed, needs

_KEPT = refusals(audiences.NotFound, audiences.InstantAhead, audiences.NotKeptYet)


@router.get(
    "/{int:audience_id}/members",
    summary="List who is in an audience, who entered last first; or who was, at an instant",
    description=(
        "With `at`, those who were in then, in order of their number; `left_at` tells who has left since."
    ),
    response={200: Page[AudienceMemberOut]} | _KEPT,
)
@needs("audiences.read")
def list_members(
    request: MemberRequest, audience_id: int, page: Query[PageIn], at: Instant = None
) -> PageOf[dict[str, object]]:
    member = request.auth
    audience = audiences.found(member.workspace, audience_id)
    found = (
        audiences.page(member, audience, page)
        if at is None
        else audiences.members_at(member, audience, page, at=at, now=now())
    )
    names = audiences.names_of(member, [each.customer_id for each in found.items])
    return PageOf(
        [
            {
                "customer_id": each.customer_id,
                "name": names.get(each.customer_id, ""),
                "since": each.since,
                "left_at": each.left_at,
            }
            for each in found.items
        ],
        found.next,
    )


@router.get(
    "/{int:audience_id}/count",
    summary="Count who is in an audience, or was at an instant, among those you may see",
    response={200: CountOut} | _KEPT,
)
@needs("audiences.read")
def count_members(
    request: MemberRequest, audience_id: int, at: Instant = None
) -> dict[str, object]:
    member, today = request.auth, now()
    audience = audiences.found(member.workspace, audience_id)
    counted = (
        audiences.count(member, audience)
        if at is None
        else audiences.count_at(member, audience, at=at, now=today)
    )
    return {"count": counted, "at": at or today}


@router.get(
    "/{int:audience_id}/growth",
    summary="Read how many entered and left on each local day",
    response={200: list[DayOut]} | refusals(audiences.NotFound, audiences.TooManyDays),
)
@needs("audiences.read")
def growth_of_audience(
    request: MemberRequest, audience_id: int, days: Query[GrowthIn]
) -> list[audiences.Day]:
    audience = audiences.found(request.auth.workspace, audience_id)
    return audiences.growth(audience, first=days.first, last=days.last)


@router.get(
    "/{int:audience_id}/members/{int:customer_id}",
    summary="Read when a customer was in an audience",
    response={200: list[StayOut]} | refusals(audiences.NotFound, audiences.CustomerNotFound),
)
@needs("audiences.read")
def stays_of_customer(
    request: MemberRequest, audience_id: int, customer_id: int
) -> list[audiences.Stay]:
    return audiences.stays_of(request.auth, audience_id, customer_id)


@router.get(
    "/of/{int:customer_id}",
    summary="List the audiences a customer is in",
    response={200: list[InAudienceOut]} | refusals(audiences.CustomerNotFound),
)
@needs("audiences.read")
def audiences_of_customer(request: MemberRequest, customer_id: int) -> list[dict[str, object]]:
    return [
        {"audience_id": audience.pk, "name": audience.name, "since": since}
        for audience, since in audiences.audiences_of(request.auth, customer_id)
    ]


_LIST = refusals(audiences.NotFound, audiences.Archived, audiences.NotStatic, audiences.Refreshing)


@router.post(
    "/{int:audience_id}/members",
    summary="Put customers on a static list",
    response={200: ListChangeOut} | _LIST,
)
@needs("audiences.write")
def put_on_list(
    request: MemberRequest, audience_id: int, body: CustomersIn
) -> audiences.ListChange:
    return audiences.put_on(request.auth, audience_id, body.customers, now=now())


@router.post(
    "/{int:audience_id}/members/upload",
    summary="Put everybody a CSV file names on a static list",
    description=(
        "The first line names the columns: `customer_id`, or kinds of identity (`phone` or 手机, …)."
        " UTF-8 or GB18030. Nobody is made."
    ),
    response={200: ListChangeOut}
    | refusals(
        audiences.NotFound,
        audiences.Archived,
        audiences.NotStatic,
        audiences.Refreshing,
        audiences.ListNotReadable,
        audiences.ListTooLong,
    ),
)
@needs("audiences.write")
def upload_list(
    request: MemberRequest, audience_id: int, file: File[UploadedFile]
) -> audiences.ListChange:
    return audiences.put_on_from_file(request.auth, audience_id, file.read(), now=now())


@router.get(
    "/{int:audience_id}/export",
    summary="Download an audience as CSV",
    description=(
        "Those you may see, on record in the audit log. Telephones are masked, unless you may see them"
        " and ask with `reveal`. Cells are safe to open in a spreadsheet."
    ),
    response={200: str} | refusals(audiences.NotFound, NotAllowed),
    openapi_extra={"responses": {200: {"content": {"text/csv": {"schema": {"type": "string"}}}}}},
)
@needs("audiences.export")
def export_audience(
    request: MemberRequest, audience_id: int, reveal: bool = False
) -> StreamingHttpResponse:
    pieces = audiences.export_csv(request.auth, audience_id, reveal=reveal, now=now())
    return StreamingHttpResponse(
        pieces,
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="audience-{audience_id}.csv"'},
    )


@router.post(
    "/{int:audience_id}/members/remove",
    summary="Take customers off a static list",
    response={200: ListChangeOut} | _LIST,
)
@needs("audiences.write")
def take_off_list(
    request: MemberRequest, audience_id: int, body: CustomersIn
) -> audiences.ListChange:
    return audiences.take_off(request.auth, audience_id, body.customers, now=now())


@router.post(
    "/{int:audience_id}/members/snapshot",
    summary="Let exactly those be on a static list who meet a condition now",
    response={200: ListChangeOut}
    | refusals(
        audiences.NotFound,
        audiences.Archived,
        audiences.NotStatic,
        audiences.Refreshing,
        audiences.ConditionUnreadable,
        audiences.SentenceUnreadable,
        audiences.MineNeedsReader,
    ),
)
@needs("audiences.write")
def snapshot_list(
    request: MemberRequest, audience_id: int, body: SnapshotIn
) -> audiences.ListChange:
    member = request.auth
    tree = audiences.tree_of(member.workspace, tree=body.condition, sentence=body.sentence)
    return audiences.snapshot(member, audience_id, tree, now=now())
