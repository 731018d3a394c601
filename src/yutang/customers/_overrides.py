"""Whose events are whose while the warehouse catches up with merges."""

from yutang.customers._rows import rows
from yutang.workspaces.models import Workspace

__all__ = ["origins", "pending_overrides"]


def origins(workspace: Workspace, customer_id: int) -> list[int]:
    """Return the customers this one consists of, herself among them; empty for a stranger."""
    asked = {"workspace": workspace.pk, "customer": customer_id}
    return [origin for (origin,) in rows("identities", "origins", asked)]


def pending_overrides(workspace: Workspace) -> dict[int, int]:
    """Return origin → customer for events the warehouse may still file under another; mostly empty."""
    found = rows("identities", "pending_overrides", {"workspace": workspace.pk})
    return dict(found)  # type: ignore[arg-type]
