"""API keys: how programs come in."""

from datetime import datetime
from typing import Annotated

from django.http import HttpResponse
from ninja import Query, Router, Schema
from pydantic import Field

from yutang.kit.clock import now
from yutang.kit.errors import refusals
from yutang.kit.instants import Instant
from yutang.kit.pages import Page, PageIn, PageOf, page_of
from yutang.workspaces import service as workspaces
from yutang.workspaces.api.shapes import Name
from yutang.workspaces.models import ApiKey
from yutang.workspaces.service import MemberRequest, needs

__all__ = ["router"]

router = Router(tags=["keys"])


class KeyOut(Schema):
    """A key, without what makes it one."""

    id: int
    name: str
    prefix: Annotated[str, Field(description="How the key begins, after `ytk_`.")]
    permissions: list[str]
    created_by: str | None
    created_at: datetime
    expires_at: datetime | None
    revoked_at: datetime | None
    last_used_at: Annotated[datetime | None, Field(description="To the minute.")]

    @staticmethod
    def resolve_created_by(key: ApiKey) -> str | None:
        return key.created_by.name if key.created_by else None


class KeyIn(Schema):
    """A new key."""

    name: Annotated[Name, Field(examples=["收银系统"])]
    permissions: Annotated[
        list[str],
        Field(
            min_length=1,
            max_length=50,
            description="Some of your own permissions.",
            examples=[["events.write"]],
        ),
    ]
    expires_at: Annotated[Instant | None, Field(description="Null: until it is revoked.")] = None


class KeyMadeOut(Schema):
    """A new key: the only time it is shown."""

    key: Annotated[str, Field(examples=["ytk_0f3a…"])]
    made: KeyOut


@router.get("", summary="List API keys", response={200: Page[KeyOut]})
@needs("keys.write")
def list_keys(request: MemberRequest, page: Query[PageIn]) -> PageOf[ApiKey]:
    return page_of(workspaces.keys_of(request.auth.workspace), page, order=("-id",))


@router.post(
    "",
    summary="Make an API key",
    response={201: KeyMadeOut}
    | refusals(workspaces.NoSuchPermission, workspaces.NotYoursToGive, workspaces.ExpiryPassed),
)
@needs("keys.write")
def create_key(request: MemberRequest, response: HttpResponse, body: KeyIn) -> dict[str, object]:
    """The key is shown this once; a hash is kept."""
    made, key = workspaces.create_key(
        request.auth,
        name=body.name,
        permissions=body.permissions,
        expires_at=body.expires_at,
        now=now(),
    )
    response["Cache-Control"] = "no-store"
    return {"key": key, "made": made}


@router.delete(
    "/{key_id}",
    summary="Revoke an API key",
    response={200: KeyOut} | refusals(workspaces.NoSuchKey),
)
@needs("keys.write")
def revoke_key(request: MemberRequest, key_id: int) -> ApiKey:
    return workspaces.revoke_key(request.auth, key_id, now=now())
