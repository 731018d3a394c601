"""Workspaces: where I work; making, renaming, entering one; roles and what they may do."""

from typing import Annotated

from ninja import Router, Schema
from pydantic import Field

from yutang.kit.clock import now
from yutang.kit.errors import refusals
from yutang.workspaces import service as workspaces
from yutang.workspaces.api.shapes import MembershipOut, Name, WorkspaceOut
from yutang.workspaces.models import Membership, Role, Workspace
from yutang.workspaces.service import MemberRequest, PersonRequest, SignedIn, needs, personal

__all__ = ["router"]

router = Router(tags=["workspaces"])


class WorkspaceIn(Schema):
    """A new workspace."""

    name: Annotated[Name, Field(examples=["茶馆"])]
    time_zone: Annotated[
        str, Field(description="Where its days begin.", max_length=64, examples=["Asia/Shanghai"])
    ] = "Asia/Shanghai"


class WorkspacePatch(Schema):
    """What is to change of a workspace."""

    name: Name | None = None
    time_zone: Annotated[str | None, Field(max_length=64, examples=["Asia/Shanghai"])] = None


class PermissionOut(Schema):
    """Something that can be allowed."""

    name: Annotated[str, Field(examples=["customers.read"])]
    label: Annotated[str, Field(description="In the reader's language.", examples=["看客户"])]


class RoleOut(Schema):
    """A role and what it may do."""

    role: Role
    label: str
    permissions: list[str]


class RolesOut(Schema):
    """Every role, and every permission there is."""

    roles: list[RoleOut]
    permissions: list[PermissionOut]


@router.post(
    "",
    summary="Make a workspace",
    response={201: WorkspaceOut} | refusals(workspaces.NoSuchTimeZone, workspaces.NeedsAPerson),
)
@needs("settings.write")
def create_workspace(request: MemberRequest, body: WorkspaceIn) -> Workspace:
    """Who makes it becomes its owner."""
    return workspaces.create_workspace(
        workspaces.person_of(request.auth), name=body.name, time_zone=body.time_zone, now=now()
    )


@router.get("/roles", summary="List roles", auth=SignedIn(), response={200: RolesOut})
@personal
def list_roles(request: PersonRequest) -> dict[str, object]:
    return {
        "roles": [
            {
                "role": role,
                "label": workspaces.ROLE_LABELS[role].said(),
                "permissions": sorted(allowed),
            }
            for role, allowed in workspaces.ROLE_PERMISSIONS.items()
        ],
        "permissions": [
            {"name": name, "label": label.said()} for name, label in workspaces.PERMISSIONS.items()
        ],
    }


@router.patch(
    "/current",
    summary="Change the workspace",
    response={200: WorkspaceOut} | refusals(workspaces.NoSuchTimeZone),
)
@needs("settings.write")
def change_workspace(request: MemberRequest, body: WorkspacePatch) -> Workspace:
    return workspaces.change_workspace(
        request.auth.workspace,
        name=body.name,
        time_zone=body.time_zone,
        actor=request.auth.actor,
        now=now(),
    )


@router.post(
    "/{workspace_id}/enter",
    summary="Enter a workspace",
    auth=SignedIn(),
    response={200: MembershipOut} | refusals(workspaces.NoSuchWorkspace),
)
@personal
def enter_workspace(request: PersonRequest, workspace_id: int) -> Membership:
    """It is the one shown from now on where no X-Workspace is named."""
    return workspaces.enter_workspace(request.auth.user, workspace_id)
