"""Routes of tag rules. They tag customers and ask about them: both permissions are needed."""

from ninja import Query, Status

from yutang.audiences import service as audiences
from yutang.audiences.api.router import router
from yutang.audiences.api.shapes import RuleIn, RuleOut, RulePatch, RulePreviewIn, RulePreviewOut
from yutang.audiences.models import TagRule
from yutang.kit.clock import now
from yutang.kit.errors import refusals
from yutang.kit.pages import Page, PageIn, PageOf, page_of
from yutang.tags import service as tags
from yutang.workspaces.service import MemberRequest, needs


@router.get("/rules", summary="List tag rules", response=Page[RuleOut])
@needs("tags.read")
def list_rules(
    request: MemberRequest, page: Query[PageIn], tag_id: int | None = None
) -> PageOf[TagRule]:
    rows = audiences.rules_of(request.auth.workspace, tag_id=tag_id)
    return page_of(rows, page, order=("-created_at", "-id"))


@router.post(
    "/rules/preview",
    summary="See how many would gain and lose the tag",
    response={200: RulePreviewOut}
    | refusals(
        audiences.RuleNotFound,
        audiences.ConditionUnreadable,
        audiences.SentenceUnreadable,
        audiences.MineNeedsReader,
        tags.NotFound,
    ),
)
@needs("audiences.write")
@needs("tags.write")
def preview_rule(request: MemberRequest, body: RulePreviewIn) -> audiences.RulePreview:
    workspace = request.auth.workspace
    tree = audiences.tree_of(workspace, tree=body.condition, sentence=body.sentence)
    return audiences.preview_rule(workspace, body.tag_id, tree, rule_id=body.rule_id, now=now())


@router.post(
    "/rules",
    summary="Make a tag rule",
    description="From now on it keeps the tag on exactly those who match.",
    response={201: RuleOut}
    | refusals(
        audiences.RuleNameTaken,
        audiences.ConditionUnreadable,
        audiences.MineNeedsReader,
        tags.NotFound,
        tags.TagArchived,
    ),
)
@needs("audiences.write")
@needs("tags.write")
def make_rule(request: MemberRequest, body: RuleIn) -> Status[TagRule]:
    member = request.auth
    draft = audiences.RuleDraft(**body.dict())
    made = audiences.make_rule(
        member.workspace, draft, owner=member.user, actor=member.actor, now=now()
    )
    return Status(201, made)


@router.get(
    "/rules/{int:rule_id}",
    summary="Read a tag rule",
    response={200: RuleOut} | refusals(audiences.RuleNotFound),
)
@needs("tags.read")
def read_rule(request: MemberRequest, rule_id: int) -> TagRule:
    return audiences.found_rule(request.auth.workspace, rule_id)


@router.patch(
    "/rules/{int:rule_id}",
    summary="Change, disable or enable a tag rule",
    description="Disabled, it leaves the tags as they are; enabled, it catches up.",
    response={200: RuleOut}
    | refusals(
        audiences.RuleNotFound,
        audiences.RuleNameTaken,
        audiences.ConditionUnreadable,
        audiences.MineNeedsReader,
    ),
)
@needs("audiences.write")
@needs("tags.write")
def change_rule(request: MemberRequest, rule_id: int, body: RulePatch) -> TagRule:
    member = request.auth
    return audiences.change_rule(
        member.workspace, rule_id, body.dict(exclude_unset=True), actor=member.actor, now=now()
    )


@router.delete(
    "/rules/{int:rule_id}",
    summary="Delete a tag rule",
    description="Its tags go with it; with `keep_tags` they stay, as if given by hand.",
    response={204: None} | refusals(audiences.RuleNotFound),
)
@needs("audiences.write")
@needs("tags.write")
def delete_rule(request: MemberRequest, rule_id: int, keep_tags: bool = False) -> Status[None]:
    member = request.auth
    audiences.delete_rule(
        member.workspace, rule_id, keep_tags=keep_tags, actor=member.actor, now=now()
    )
    return Status(204, None)
