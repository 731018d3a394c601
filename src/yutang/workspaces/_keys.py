"""API keys: `ytk_<prefix>_<secret>`, shown once. The prefix finds the row, the hash proves it."""

import hmac
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction

from yutang.engines import ComposedOnce
from yutang.kit.errors import DomainError
from yutang.workspaces._audit import record_audit
from yutang.workspaces._members import Member
from yutang.workspaces._permissions import PERMISSIONS
from yutang.workspaces._sessions import hash_of
from yutang.workspaces.models import ApiKey, User, Workspace, WorkspaceQuerySet

__all__ = [
    "ExpiryPassed",
    "NoSuchKey",
    "NoSuchPermission",
    "NotYoursToGive",
    "create_key",
    "keys_of",
    "make_key",
    "member_of_key",
    "revoke_key",
]

_USED_EVERY = timedelta(minutes=1)


class NoSuchKey(DomainError):
    """Not a key of this workspace."""

    status = 404
    zh = "没有这个 API 密钥。"
    en = "There is no such API key."


class NoSuchPermission(DomainError):
    """A permission nobody knows."""

    status = 422
    zh = "没有“{permission}”这个权限。"
    en = "There is no permission “{permission}”."


class NotYoursToGive(DomainError):
    """A key may do no more than who makes it."""

    status = 403
    zh = "你自己没有“{permission}”权限，不能给密钥。"
    en = "You lack the permission “{permission}” yourself, so that you cannot give it to a key."


class ExpiryPassed(DomainError):
    """The key would be dead on arrival."""

    status = 422
    zh = "到期时间 {expires_at} 已经过了。请选一个以后的时间，或不设到期。"
    en = "{expires_at} has passed. Choose a later time for the key to expire, or none."


def keys_of(workspace: Workspace) -> WorkspaceQuerySet[ApiKey]:
    """Return the keys of a workspace, also those that expired or were revoked."""
    return ApiKey.objects.within(workspace).select_related("created_by")


@transaction.atomic
def create_key(
    member: Member,
    *,
    name: str,
    permissions: Iterable[str],
    expires_at: datetime | None,
    now: datetime,
) -> tuple[ApiKey, str]:
    """Make a key that may do some of what its maker may; return it as it is shown this once.

    :raises NoSuchPermission, NotYoursToGive, ExpiryPassed:
    """
    wanted = sorted(set(permissions))
    for permission in wanted:
        if permission not in PERMISSIONS:
            raise NoSuchPermission(permission=permission)
        if not member.may(permission):
            raise NotYoursToGive(permission=PERMISSIONS[permission])
    if expires_at and expires_at <= now:
        raise ExpiryPassed(expires_at=expires_at.isoformat())
    row, written = make_key(
        member.workspace, name, wanted, created_by=member.user, expires_at=expires_at, now=now
    )
    record_audit(
        member.workspace,
        member.actor,
        "workspaces.key_created",
        f"key:{row.pk}",
        detail={"name": name, "permissions": wanted, "expires_at": str(expires_at or "")},
        now=now,
    )
    return row, written


@transaction.atomic
def revoke_key(member: Member, key_id: int, *, now: datetime) -> ApiKey:
    """Let nobody in with this key from now on; revoking twice keeps the first instant.

    :raises NoSuchKey:
    """
    row = keys_of(member.workspace).filter(pk=key_id).first()
    if row is None:
        raise NoSuchKey
    if row.revoked_at is None:
        row.revoked_at = now
        row.save(update_fields=["revoked_at"])
        record_audit(
            member.workspace, member.actor, "workspaces.key_revoked", f"key:{row.pk}", now=now
        )
    return row


def make_key(
    workspace: Workspace,
    name: str,
    permissions: Iterable[str],
    *,
    created_by: User | None,
    expires_at: datetime | None,
    now: datetime,
) -> tuple[ApiKey, str]:
    """Make a key; return its row and the key itself, which is nowhere else."""
    prefix = secrets.token_hex(6)
    written = f"ytk_{prefix}_{secrets.token_urlsafe(32)}"
    row = ApiKey.objects.create(
        workspace=workspace,
        name=name,
        prefix=prefix,
        key_hash=hash_of(written),
        permissions=sorted(permissions),
        created_by=created_by,
        created_at=now,
        expires_at=expires_at,
    )
    return row, written


_BY_PREFIX = ComposedOnce(
    lambda prefix: ApiKey.objects.select_related("workspace").filter(prefix=prefix)
)


def member_of_key(written: str, *, now: datetime) -> Member | None:
    """Return what the key may do, or None if it is not a key, has expired or was revoked."""
    _, _, rest = written.partition("ytk_")
    prefix, _, _ = rest.partition("_")
    if not prefix or "\0" in prefix:
        return None
    row = _BY_PREFIX.first(prefix)
    known = row.key_hash if row else hash_of("nobody's")
    if not hmac.compare_digest(known, hash_of(written)) or row is None:
        return None
    if row.revoked_at or (row.expires_at and row.expires_at <= now):
        return None
    if row.last_used_at is None or now - row.last_used_at > _USED_EVERY:
        ApiKey.objects.filter(pk=row.pk).update(last_used_at=now)
    return Member(
        workspace=row.workspace,
        role=None,
        permissions=frozenset(row.permissions),
        api_key_id=row.pk,
    )
