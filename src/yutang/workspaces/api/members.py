"""Members of a workspace: who they are, their roles, whose customers they see."""

from typing import Annotated

from ninja import Query, Router, Schema
from pydantic import Field

from yutang.kit.pages import Page, PageIn, PageOf
from yutang.workspaces import service as workspaces
from yutang.workspaces.models import Membership, Role, ScopeKind
from yutang.workspaces.service import MemberRequest, needs

__all__ = ["router"]

router = Router(tags=["members"])


class MemberOut(Schema):
    """One member of the workspace."""

    id: Annotated[int, Field(description="The membership's number.", examples=[12])]
    name: Annotated[str, Field(validation_alias="user.name", examples=["小林"])]
    email: Annotated[str, Field(validation_alias="user.email", examples=["xiaolin@example.com"])]
    role: Role
    scope: ScopeKind
    scope_department_id: int | None
    scope_store_id: int | None
    is_active: bool


@router.get("", summary="List members", response={200: Page[MemberOut]})
@needs("members.write")
def list_members(request: MemberRequest, page: Query[PageIn]) -> PageOf[Membership]:
    return workspaces.members_of(request.auth.workspace, page)
