"""Members of a workspace: who they are, their roles, whose customers they see."""

from typing import Annotated

from django.http import HttpResponse
from ninja import Query, Router, Schema
from pydantic import Field

from yutang.kit.clock import now
from yutang.kit.errors import refusals
from yutang.kit.pages import Page, PageIn, PageOf, page_of
from yutang.workspaces import service as workspaces
from yutang.workspaces.api.shapes import Email, Name
from yutang.workspaces.models import Membership, Role, ScopeKind, User
from yutang.workspaces.service import MemberPatch, MemberRequest, ScopeOf, needs

__all__ = ["router"]

router = Router(tags=["members"])


class MemberOut(Schema):
    """One member of the workspace."""

    id: Annotated[int, Field(description="The membership's number.", examples=[12])]
    user_id: int
    name: Annotated[str, Field(validation_alias="user.name", examples=["小林"])]
    email: Annotated[str, Field(validation_alias="user.email", examples=["xiaolin@example.com"])]
    role: Role
    scope: ScopeKind
    scope_department_id: int | None
    scope_store_id: int | None
    is_active: bool
    has_second_factor: bool

    @staticmethod
    def resolve_has_second_factor(membership: Membership) -> bool:
        user: User = membership.user
        return user.totp_confirmed_at is not None


class ScopeIn(Schema):
    """Whose customers a member sees."""

    kind: ScopeKind = ScopeKind.ALL
    department_id: Annotated[
        int | None,
        Field(description="With kind department; null means that of her staff row."),
    ] = None
    store_id: Annotated[
        int | None, Field(description="With kind store; null means those of her staff row.")
    ] = None


class MemberIn(Schema):
    """A new member."""

    email: Annotated[Email, Field(examples=["xiaolin@example.com"])]
    name: Annotated[Name, Field(examples=["小林"])]
    role: Role
    scope: ScopeIn = ScopeIn()


class MemberChange(Schema):
    """What is to change; what is left out stays."""

    name: Name | None = None
    role: Role | None = None
    scope: ScopeIn | None = None
    is_active: bool | None = None


class InvitedOut(Schema):
    """A member, and the password to hand over."""

    member: MemberOut
    one_time_password: Annotated[
        str | None,
        Field(description="Shown this once; null when the person had an account already."),
    ]


class ResetIn(Schema):
    """How much is reset."""

    also_second_factor: Annotated[bool, Field(description="The telephone is lost too.")] = False


@router.get("", summary="List members", response={200: Page[MemberOut]})
@needs("members.write")
def list_members(
    request: MemberRequest,
    page: Query[PageIn],
    q: Annotated[str, Field(description="Part of a name or address.", max_length=100)] = "",
) -> PageOf[Membership]:
    return page_of(workspaces.members_of(request.auth.workspace, q=q), page, order=("id",))


@router.post(
    "",
    summary="Invite a member",
    response={201: InvitedOut}
    | refusals(workspaces.AlreadyAMember, workspaces.NoSuchDepartment, workspaces.NoSuchStore),
)
@needs("members.write")
def invite_member(
    request: MemberRequest, response: HttpResponse, body: MemberIn
) -> dict[str, object]:
    """A new account gets a one-time password; she chooses her own when she first signs in."""
    invited = workspaces.invite_member(
        request.auth.workspace,
        email=body.email,
        name=body.name,
        role=body.role,
        scope=ScopeOf(**body.scope.dict()),
        actor=request.auth.actor,
        now=now(),
    )
    return _invited(response, invited)


@router.get(
    "/{member_id}",
    summary="Show a member",
    response={200: MemberOut} | refusals(workspaces.NoSuchMember),
)
@needs("members.write")
def show_member(request: MemberRequest, member_id: int) -> Membership:
    return workspaces.get_member(request.auth.workspace, member_id)


@router.patch(
    "/{member_id}",
    summary="Change a member",
    response={200: MemberOut}
    | refusals(
        workspaces.NoSuchMember,
        workspaces.LastOwner,
        workspaces.WorksElsewhereToo,
        workspaces.NoSuchDepartment,
        workspaces.NoSuchStore,
    ),
)
@needs("members.write")
def change_member(request: MemberRequest, member_id: int, body: MemberChange) -> Membership:
    return workspaces.change_member(
        request.auth.workspace,
        member_id,
        MemberPatch(
            role=body.role,
            scope=ScopeOf(**body.scope.dict()) if body.scope else None,
            is_active=body.is_active,
            name=body.name,
        ),
        actor=request.auth.actor,
        now=now(),
    )


@router.post(
    "/{member_id}/password",
    summary="Reset a member's password",
    response={200: InvitedOut} | refusals(workspaces.NoSuchMember, workspaces.WorksElsewhereToo),
)
@needs("members.write")
def reset_password(
    request: MemberRequest, response: HttpResponse, member_id: int, body: ResetIn
) -> dict[str, object]:
    """Signs her out everywhere and returns a one-time password to hand over."""
    reset = workspaces.reset_password(
        request.auth.workspace,
        member_id,
        also_second_factor=body.also_second_factor,
        actor=request.auth.actor,
        now=now(),
    )
    return _invited(response, reset)


def _invited(response: HttpResponse, invited: workspaces.Invitation) -> dict[str, object]:
    response["Cache-Control"] = "no-store"
    return {"member": invited.membership, "one_time_password": invited.one_time_password}
