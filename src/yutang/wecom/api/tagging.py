"""Routes of tags on both sides."""

from typing import Annotated, Literal

from ninja import Query, Schema
from pydantic import Field

from yutang.kit.clock import now
from yutang.kit.errors import refusals
from yutang.kit.i18n import language
from yutang.kit.pages import Page, PageIn, PageOf, page_of
from yutang.tags.service import GroupNotFound
from yutang.wecom import service as wecom
from yutang.wecom.api.router import router
from yutang.wecom.models import CorpTag
from yutang.workspaces.service import MemberRequest, needs

__all__: list[str] = []

Place = Literal["both", "overflow", "refused", "gone"]


class CorpTagOut(Schema):
    """A tag of a group that is on both sides."""

    tag_id: int
    name: str
    group_name: str
    place: Place = Field(
        description="both; overflow: ours alone, the corp has no room; refused; gone: deleted there."
    )
    why: str

    @staticmethod
    def resolve_name(row: CorpTag) -> str:
        return row.tag.name

    @staticmethod
    def resolve_group_name(row: CorpTag) -> str:
        return row.tag.group.name

    @staticmethod
    def resolve_why(row: CorpTag) -> str:
        return row.said_zh if language() == "zh" else row.said_en


class CorpTagsIn(PageIn):
    """Which tags."""

    place: Place | None = None


class ShareIn(Schema):
    """Which group."""

    group_id: Annotated[int, Field(ge=1, description="A group of tags of ours.")]


@router.get(
    "/corps/{int:corp_id}/tags",
    summary="List the tags that are on both sides",
    response={200: Page[CorpTagOut]} | refusals(wecom.NoSuchCorp),
)
@needs("wecom.read")
def list_corp_tags(
    request: MemberRequest, corp_id: int, page: Query[CorpTagsIn]
) -> PageOf[CorpTag]:
    corp = wecom.corp_of(request.auth.workspace, corp_id)
    return page_of(wecom.corp_tags_of(corp, page.place or ""), page, order=("id",))


@router.post(
    "/corps/{int:corp_id}/tag-groups",
    summary="Have a group of tags in WeCom too",
    description="Its tags and who has them are told within seconds, and kept in step from then on.",
    response={204: None} | refusals(wecom.NoSuchCorp, GroupNotFound),
)
@needs("wecom.write")
def share_tag_group(request: MemberRequest, corp_id: int, body: ShareIn) -> tuple[int, None]:
    corp = wecom.corp_of(request.auth.workspace, corp_id)
    wecom.share_tag_group(request.auth, corp, body.group_id, now=now())
    return 204, None
