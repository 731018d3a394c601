"""Whose events are whose while the warehouse catches up with merges."""

from collections.abc import Sequence

from yutang.customers._rows import listed, rows
from yutang.workspaces.models import Workspace

__all__ = ["origins", "origins_of_several", "pending_overrides"]


def origins(workspace: Workspace, customer_id: int) -> list[int]:
    """Return the customers this one consists of, herself among them; empty for a stranger."""
    asked = {"workspace": workspace.pk, "customer": customer_id}
    return [origin for (origin,) in rows("identities", "origins", asked)]


def origins_of_several(workspace: Workspace, customer_ids: Sequence[int]) -> dict[int, int]:
    """Return origin → customer for everybody these customers consist of.

    Of one who was merged away only herself is there, under who she is today; strangers are left out.
    """
    asked = {"workspace": workspace.pk, "customers": listed(customer_ids)}
    return dict(rows("identities", "origins_of_several", asked))  # type: ignore[arg-type]


def pending_overrides(workspace: Workspace) -> dict[int, int]:
    """Return origin → customer for events the warehouse may still file under another; mostly empty."""
    found = rows("identities", "pending_overrides", {"workspace": workspace.pk})
    return dict(found)  # type: ignore[arg-type]
