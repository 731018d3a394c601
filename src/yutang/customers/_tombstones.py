"""Erased people do not come back by an old list: hashes of their identities are kept, keyed.

The key is drawn for each workspace, so that a hash says nothing outside it.
"""

import hashlib
from collections.abc import Iterable
from datetime import datetime

from django.db import connection

from yutang.customers._rows import rows
from yutang.customers._settings import salt_of
from yutang.customers.models import Tombstone
from yutang.workspaces.models import Workspace

__all__ = ["buried", "bury", "digest_of", "keep_erasures_out", "unbury", "wait_for_writers"]

Key = tuple[str, str]
_LOCK_SPACE = 1_230_002  # the first half of our advisory locks' numbers


def digest_of(key: Key, salt: bytes) -> bytes:
    """Return the keyed hash of an identity."""
    return hashlib.blake2b("\x1f".join(key).encode(), key=salt, digest_size=32).digest()


def buried(workspace: Workspace, keys: Iterable[Key]) -> set[Key]:
    """Return those of the identities that belonged to somebody who was erased."""
    if not Tombstone.objects.within(workspace).exists():
        return set()
    salt = salt_of(workspace)
    by_digest = {digest_of(key, salt): key for key in keys}
    asked = {"workspace": workspace.pk, "digests": list(by_digest)}
    return {by_digest[bytes(found)] for (found,) in rows("identities", "tombstones", asked)}


def bury(workspace: Workspace, keys: Iterable[Key], *, now: datetime) -> None:
    """Keep the hashes of an erased person's identities."""
    salt = salt_of(workspace)
    Tombstone.objects.bulk_create(
        [
            Tombstone(workspace=workspace, digest=digest_of(key, salt), erased_at=now)
            for key in keys
        ],
        ignore_conflicts=True,
    )


def unbury(workspace: Workspace, keys: Iterable[Key]) -> None:
    """Let somebody come back who asked for it herself."""
    salt = salt_of(workspace)
    digests = [digest_of(key, salt) for key in keys]
    Tombstone.objects.within(workspace).filter(digest__in=digests).delete()


def keep_erasures_out(workspace: Workspace) -> None:
    """Have nobody be erased until this transaction ends: it keeps text that may name people.

    Whoever does not ask for this may write down, a moment after an erasure, what it read before.
    """
    _lock("pg_advisory_xact_lock_shared", workspace)


def wait_for_writers(workspace: Workspace) -> None:
    """Wait for transactions that keep text, and keep new ones out until this one ends."""
    _lock("pg_advisory_xact_lock", workspace)


def _lock(function: str, workspace: Workspace) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}(%s, %s)", [_LOCK_SPACE, workspace.pk])
