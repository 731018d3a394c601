"""Routes of tags, and of many customers at once."""

from typing import Annotated

from ninja import Query, Status
from pydantic import StringConstraints

from yutang.kit.clock import now
from yutang.kit.errors import refusals
from yutang.kit.pages import Page, PageIn, PageOf, page_of
from yutang.tags import service as tags
from yutang.tags.api.router import router
from yutang.tags.api.shapes import (
    BulkIn,
    BulkOut,
    BulkPreviewIn,
    BulkPreviewOut,
    Id,
    MergeIn,
    MergePreviewOut,
    TagChangeOut,
    TagHolderOut,
    TagIn,
    TagOut,
    TagOwnerOut,
    TagPatch,
)
from yutang.tags.models import Tag
from yutang.tags.service import BulkOutcome, BulkPreview, MergePreview
from yutang.workspaces.models import Membership
from yutang.workspaces.service import MemberRequest, needs


@router.get("", summary="List tags", response=Page[TagOut])
@needs("tags.read")
def list_tags(
    request: MemberRequest,
    page: Query[PageIn],
    group_id: Id | None = None,
    search: Annotated[str, StringConstraints(max_length=60, pattern=r"^[^\x00]*$")] = "",
    archived: bool = False,
) -> PageOf[Tag]:
    rows = tags.list_tags(
        request.auth.workspace, group_id=group_id, search=search.strip(), archived=archived
    )
    return page_of(rows, page, order=("group__place", "group_id", "place", "id"))


@router.post(
    "",
    summary="Make a tag",
    response={201: TagOut} | refusals(tags.GroupNotFound, tags.TagNameTaken, tags.OwnerUnknown),
)
@needs("tags.write")
def create_tag(request: MemberRequest, body: TagIn) -> Status[Tag]:
    return Status(201, tags.create_tag(request.auth, now=now(), **body.dict()))


@router.get(
    "/owners",
    summary="List the members who can answer for tags",
    response=Page[TagOwnerOut],
)
@needs("tags.write")
def list_owners(
    request: MemberRequest,
    page: Query[PageIn],
    search: Annotated[str, StringConstraints(max_length=60, pattern=r"^[^\x00]*$")] = "",
) -> PageOf[Membership]:
    rows = tags.owners_of(request.auth.workspace, search=search.strip())
    return page_of(rows, page, order=("id",))


@router.get("/{int:tag_id}", summary="Read a tag", response={200: TagOut} | refusals(tags.NotFound))
@needs("tags.read")
def read_tag(request: MemberRequest, tag_id: int) -> Tag:
    return tags.find_tag(request.auth.workspace, tag_id)


@router.patch(
    "/{int:tag_id}",
    summary="Rename, move or change a tag",
    response={200: TagOut}
    | refusals(
        tags.NotFound,
        tags.TagWasMerged,
        tags.GroupNotFound,
        tags.TagNameTaken,
        tags.OwnerUnknown,
        tags.TagsOverlap,
    ),
)
@needs("tags.write")
def change_tag(request: MemberRequest, tag_id: int, body: TagPatch) -> Tag:
    return tags.change_tag(request.auth, tag_id, now=now(), **body.dict(exclude_unset=True))


@router.post(
    "/{int:tag_id}/archive",
    summary="Put a tag away",
    description="It stays on its customers and is given no more.",
    response={200: TagOut} | refusals(tags.NotFound),
)
@needs("tags.write")
def archive_tag(request: MemberRequest, tag_id: int) -> Tag:
    return tags.archive_tag(request.auth, tag_id, now=now())


@router.post(
    "/{int:tag_id}/restore",
    summary="Take an archived tag back into use",
    response={200: TagOut}
    | refusals(tags.NotFound, tags.TagWasMerged, tags.TagNameTaken, tags.GroupNotFound),
)
@needs("tags.write")
def restore_tag(request: MemberRequest, tag_id: int) -> Tag:
    return tags.restore_tag(request.auth, tag_id, now=now())


@router.delete(
    "/{int:tag_id}",
    summary="Delete a tag nobody ever had",
    response={204: None} | refusals(tags.NotFound, tags.TagEverUsed),
)
@needs("tags.write")
def delete_tag(request: MemberRequest, tag_id: int) -> Status[None]:
    tags.delete_tag(request.auth, tag_id, now=now())
    return Status(204, None)


@router.get(
    "/{int:tag_id}/customers",
    summary="List who has a tag",
    response={200: Page[TagHolderOut]} | refusals(tags.NotFound),
)
@needs("tags.read")
def customers_with(
    request: MemberRequest, tag_id: int, page: Query[PageIn]
) -> PageOf[tags.TagHolder]:
    return tags.customers_with(request.auth, tag_id, page)


@router.get(
    "/{int:tag_id}/history",
    summary="Read whom a tag was given to or taken from, by whom, when and why",
    response={200: Page[TagChangeOut]} | refusals(tags.NotFound),
)
@needs("tags.read")
def history_of_tag(
    request: MemberRequest, tag_id: int, page: Query[PageIn]
) -> PageOf[tags.HistoryLine]:
    return tags.history_of_tag(request.auth, tag_id, page)


@router.post(
    "/{int:tag_id}/bulk/preview",
    summary="See what tagging or untagging customers would come to",
    response={200: BulkPreviewOut} | refusals(tags.NotFound, tags.TagArchived, tags.TagWasMerged),
)
@needs("tags.write")
def preview_bulk(request: MemberRequest, tag_id: int, body: BulkPreviewIn) -> BulkPreview:
    return tags.preview_bulk(request.auth, tag_id, [body.customers], action=body.action)


@router.post(
    "/{int:tag_id}/bulk",
    summary="Tag or untag customers",
    response={200: BulkOut}
    | refusals(tags.NotFound, tags.TagArchived, tags.TagWasMerged, tags.EndPassed),
)
@needs("tags.write")
def bulk(request: MemberRequest, tag_id: int, body: BulkIn) -> BulkOutcome:
    return tags.bulk(
        request.auth,
        tag_id,
        [body.customers],
        action=body.action,
        expires_at=body.expires_at,
        reason=body.reason,
        now=now(),
    )


@router.get(
    "/{int:tag_id}/merge",
    summary="See what merging a tag into another would come to",
    response={200: MergePreviewOut}
    | refusals(tags.NotFound, tags.MergedWithItself, tags.TagWasMerged, tags.TagArchived),
)
@needs("tags.read")
def preview_merge(request: MemberRequest, tag_id: int, into_id: Query[Id]) -> MergePreview:
    return tags.preview_merge(request.auth.workspace, tag_id, into_id)


@router.post(
    "/{int:tag_id}/merge",
    summary="Merge a tag into another",
    description="Customers of both have the one that stays; the history keeps both. It cannot be undone.",
    response={200: TagOut}
    | refusals(tags.NotFound, tags.MergedWithItself, tags.TagWasMerged, tags.TagArchived),
)
@needs("tags.write")
def merge_tags(request: MemberRequest, tag_id: int, body: MergeIn) -> Tag:
    return tags.merge_tags(request.auth, tag_id, body.into_id, now=now())
