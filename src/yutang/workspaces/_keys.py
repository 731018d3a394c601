"""API keys: `ytk_<prefix>_<secret>`, shown once. The prefix finds the row, the hash proves it."""

import hmac
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta

from yutang.workspaces._members import Member
from yutang.workspaces._sessions import hash_of
from yutang.workspaces.models import ApiKey, User, Workspace

__all__ = ["make_key", "member_of_key"]

_USED_EVERY = timedelta(minutes=1)


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


def member_of_key(written: str, *, now: datetime) -> Member | None:
    """Return what the key may do, or None if it is not a key, has expired or was revoked."""
    _, _, rest = written.partition("ytk_")
    prefix, _, _ = rest.partition("_")
    if not prefix or "\0" in prefix:
        return None
    row = ApiKey.objects.select_related("workspace").filter(prefix=prefix).first()
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
