"""Routes of tag groups."""

from ninja import Query, Status

from yutang.kit.clock import now
from yutang.kit.errors import refusals
from yutang.kit.pages import Page, PageIn, PageOf, page_of
from yutang.tags import service as tags
from yutang.tags.api.router import router
from yutang.tags.api.shapes import GroupIn, GroupOut, GroupPatch, OrderIn
from yutang.tags.models import TagGroup
from yutang.workspaces.service import MemberRequest, needs


@router.get("/groups", summary="List tag groups", response=Page[GroupOut])
@needs("tags.read")
def list_groups(
    request: MemberRequest, page: Query[PageIn], archived: bool = False
) -> PageOf[TagGroup]:
    rows = tags.list_groups(request.auth.workspace, archived=archived)
    return page_of(rows, page, order=("place", "id"))


@router.post(
    "/groups",
    summary="Make a tag group",
    response={201: GroupOut} | refusals(tags.GroupNameTaken, tags.OwnerUnknown),
)
@needs("tags.write")
def create_group(request: MemberRequest, body: GroupIn) -> Status[TagGroup]:
    return Status(201, tags.create_group(request.auth, now=now(), **body.dict()))


@router.post(
    "/groups/order",
    summary="Put the groups in order",
    response={204: None} | refusals(tags.OrderIncomplete),
)
@needs("tags.write")
def order_groups(request: MemberRequest, body: OrderIn) -> Status[None]:
    tags.order_groups(request.auth, body.ids, now=now())
    return Status(204, None)


@router.get(
    "/groups/{int:group_id}",
    summary="Read a tag group",
    response={200: GroupOut} | refusals(tags.GroupNotFound),
)
@needs("tags.read")
def read_group(request: MemberRequest, group_id: int) -> TagGroup:
    return tags.find_group(request.auth.workspace, group_id)


@router.patch(
    "/groups/{int:group_id}",
    summary="Change a tag group",
    response={200: GroupOut}
    | refusals(tags.GroupNotFound, tags.GroupNameTaken, tags.OwnerUnknown, tags.TagsOverlap),
)
@needs("tags.write")
def change_group(request: MemberRequest, group_id: int, body: GroupPatch) -> TagGroup:
    return tags.change_group(request.auth, group_id, now=now(), **body.dict(exclude_unset=True))


@router.post(
    "/groups/{int:group_id}/archive",
    summary="Put a group and its tags away",
    description="They stay on the customers and are given no more.",
    response={200: GroupOut} | refusals(tags.GroupNotFound),
)
@needs("tags.write")
def archive_group(request: MemberRequest, group_id: int) -> TagGroup:
    return tags.archive_group(request.auth, group_id, now=now())


@router.post(
    "/groups/{int:group_id}/restore",
    summary="Take an archived group back into use",
    response={200: GroupOut} | refusals(tags.GroupNotFound, tags.GroupNameTaken),
)
@needs("tags.write")
def restore_group(request: MemberRequest, group_id: int) -> TagGroup:
    return tags.restore_group(request.auth, group_id, now=now())


@router.delete(
    "/groups/{int:group_id}",
    summary="Delete a group without tags",
    response={204: None} | refusals(tags.GroupNotFound, tags.GroupNotEmpty),
)
@needs("tags.write")
def delete_group(request: MemberRequest, group_id: int) -> Status[None]:
    tags.delete_group(request.auth, group_id, now=now())
    return Status(204, None)


@router.post(
    "/groups/{int:group_id}/order",
    summary="Put the tags of a group in order",
    response={204: None} | refusals(tags.GroupNotFound, tags.OrderIncomplete),
)
@needs("tags.write")
def order_tags(request: MemberRequest, group_id: int, body: OrderIn) -> Status[None]:
    tags.order_tags(request.auth, group_id, body.ids, now=now())
    return Status(204, None)
