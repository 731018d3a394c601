"""The audit log, and whether it is as it was written."""

from datetime import datetime
from typing import Annotated, Any

from ninja import Query, Router, Schema
from pydantic import Field

from yutang.kit.instants import Instant
from yutang.kit.pages import Page, PageIn, PageOf, page_of
from yutang.workspaces import service as workspaces
from yutang.workspaces.models import AuditRecord
from yutang.workspaces.service import MemberRequest, needs

__all__ = ["router"]

router = Router(tags=["audit"])


class AuditOut(Schema):
    """One thing somebody did."""

    id: int
    actor: Annotated[str, Field(examples=["user:7", "key:3", "system:erase"])]
    actor_name: Annotated[str, Field(description="The user's name, if it was a user.")]
    action: Annotated[str, Field(examples=["tags.tag_created"])]
    target: Annotated[str, Field(examples=["tag:12"])]
    detail: dict[str, Any]
    at: datetime
    number: Annotated[int | None, Field(description="Its place in the chain; null until sealed.")]


class AuditFilter(Schema):
    """Which records."""

    actor: Annotated[str, Field(max_length=80, examples=["user:7"])] = ""
    action: Annotated[
        str, Field(max_length=80, description="An action, or the app before the dot.")
    ] = ""
    target: Annotated[str, Field(max_length=200, examples=["customer:12"])] = ""
    since: Annotated[Instant | None, Field(description="From this instant on.")] = None
    until: Annotated[Instant | None, Field(description="Before this instant.")] = None


class AuditVerdictOut(Schema):
    """Whether the chain is as it was written."""

    is_intact: bool
    sealed: Annotated[int, Field(description="How many sealed records were found as they were.")]
    waiting: Annotated[int, Field(description="Written moments ago, not sealed yet.")]
    broken_at: Annotated[
        int | None, Field(description="The first number that is missing or was altered.")
    ]


@router.get("", summary="List audit records", response={200: Page[AuditOut]})
@needs("audit.read")
def list_audit(
    request: MemberRequest, page: Query[PageIn], only: Query[AuditFilter]
) -> PageOf[AuditRecord]:
    rows = workspaces.audit_records(request.auth.workspace, **only.dict())
    found = page_of(rows, page, order=("-id",))
    names = workspaces.actor_names({row.actor for row in found.items})
    for row in found.items:
        row.actor_name = names.get(row.actor, "")
    return found


@router.get("/verify", summary="Verify the audit log", response={200: AuditVerdictOut})
@needs("audit.read")
def verify_audit(request: MemberRequest) -> workspaces.AuditVerdict:
    """Computes every seal again: some seconds for a million records."""
    return workspaces.verify_audit(request.auth.workspace)
