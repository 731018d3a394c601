"""Who is erased is in no transfer any more."""

from collections.abc import Mapping, Sequence
from typing import Any

from yutang.wecom.models import Handover
from yutang.workspaces.models import Workspace

__all__ = ["erase_handovers", "export_handovers"]


def export_handovers(
    workspace: Workspace, numbers: Sequence[int]
) -> dict[str, Sequence[Mapping[str, Any]]]:
    """Return between whom a person was handed over, when, and what came of it."""
    rows = Handover.objects.within(workspace).filter(home__in=numbers).order_by("pk")
    told = rows.values(
        "external",
        "state",
        "asked_at",
        "ended_at",
        "transfer__giver__spelling",
        "transfer__taker__spelling",
    )
    return {"wecom_handovers": list(told)}


def erase_handovers(workspace: Workspace, numbers: Sequence[int]) -> dict[str, int]:
    """Take a person out of transfers; the counts in the audit log stay."""
    rows = Handover.objects.within(workspace).filter(home__in=numbers)
    return {"wecom_handovers": rows.delete()[0]}
