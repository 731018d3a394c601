"""What a workspace decided about its customers as a whole, or the built-in answer."""

import secrets
from collections.abc import Mapping
from typing import Any

from yutang.customers._holding import DEFAULT_RANKS
from yutang.customers.models import CustomerSettings
from yutang.workspaces.models import Workspace

__all__ = ["ranks_of", "salt_of", "save_setting", "setting"]


def setting(workspace: Workspace, name: str) -> Any:
    """Return one setting; None where the workspace left it as built in."""
    row = CustomerSettings.objects.within(workspace).first()
    return getattr(row, name) if row else None


def save_setting(workspace: Workspace, name: str, value: object) -> None:
    """Keep one setting; None returns to what is built in."""
    CustomerSettings.objects.update_or_create(
        workspace=workspace,
        defaults={name: value},
        create_defaults={name: value, "salt": secrets.token_bytes(32)},
    )


def salt_of(workspace: Workspace) -> bytes:
    """Return the workspace's key for hashes, drawn when first needed."""
    found, _ = CustomerSettings.objects.get_or_create(
        workspace=workspace, defaults={"salt": secrets.token_bytes(32)}
    )
    return bytes(found.salt)


def ranks_of(workspace: Workspace) -> Mapping[str, int]:
    """Return how much each kind of source counts when customers become one."""
    return {**DEFAULT_RANKS, **(setting(workspace, "source_ranks") or {})}
