"""What a workspace decided about its customers as a whole, or the built-in answer."""

import secrets
from collections.abc import Mapping
from typing import Any

from yutang.customers._holding import DEFAULT_RANKS
from yutang.customers.models import CustomerSettings
from yutang.kit.sealing import SealBroken, is_sealed_as_now, seal, unseal
from yutang.workspaces.models import Workspace

__all__ = ["ranks_of", "salt_of", "save_setting", "seal_anew", "setting"]


def setting(workspace: Workspace, name: str) -> Any:
    """Return one setting; None where the workspace left it as built in."""
    row = CustomerSettings.objects.within(workspace).first()
    return getattr(row, name) if row else None


def save_setting(workspace: Workspace, name: str, value: object) -> None:
    """Keep one setting; None returns to what is built in."""
    CustomerSettings.objects.update_or_create(
        workspace=workspace,
        defaults={name: value},
        create_defaults={name: value, **_born(workspace)},
    )


def salt_of(workspace: Workspace) -> bytes:
    """Return the workspace's key for hashes, drawn when first needed."""
    found, _ = CustomerSettings.objects.get_or_create(
        workspace=workspace, defaults=_born(workspace)
    )
    return bytes.fromhex(unseal(found.salt, purpose=_purpose(workspace.pk)))


def seal_anew() -> tuple[int, int]:
    """Seal every salt under the key of now; return how many were, and how many no key opens."""
    done = broken = 0
    for row in CustomerSettings.objects.all():
        if is_sealed_as_now(row.salt):
            continue
        try:
            salt = unseal(row.salt, purpose=_purpose(row.pk))
        except SealBroken:
            broken += 1
            continue
        mine = CustomerSettings.objects.filter(pk=row.pk, salt=row.salt)
        done += mine.update(salt=seal(salt, purpose=_purpose(row.pk)))
    return done, broken


def _born(workspace: Workspace) -> Mapping[str, Any]:
    """Return what a new row begins with; the salt is drawn and sealed only where there is one to be."""
    return {"salt": lambda: seal(secrets.token_hex(32), purpose=_purpose(workspace.pk))}


def _purpose(workspace_id: int) -> str:
    return f"tombstones:{workspace_id}"


def ranks_of(workspace: Workspace) -> Mapping[str, int]:
    """Return how much each kind of source counts when customers become one."""
    return {**DEFAULT_RANKS, **(setting(workspace, "source_ranks") or {})}
