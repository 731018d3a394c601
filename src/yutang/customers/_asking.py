"""What is asked of many customers at once by what happens to them over time."""

from collections.abc import Sequence
from datetime import date

from yutang.customers._rows import listed, rows
from yutang.workspaces.models import Workspace

__all__ = ["child_birthdays", "today", "unmirrored"]


def today(workspace: Workspace, customer_ids: Sequence[int]) -> dict[int, int]:
    """Return who each of these is today, after merges; whoever was erased is left out."""
    asked = {"workspace": workspace.pk, "customers": listed(customer_ids)}
    return dict(rows("asking", "today", asked))


def child_birthdays(workspace: Workspace, customer_ids: Sequence[int]) -> dict[int, date]:
    """Return customer → the birthday of her youngest child."""
    asked = {"workspace": workspace.pk, "customers": listed(customer_ids)}
    return dict(rows("asking", "children", asked))


def unmirrored(workspace: Workspace, customer_ids: Sequence[int]) -> set[int]:
    """Return those of whom something changed that the warehouse does not show yet."""
    asked = {"workspace": workspace.pk, "customers": listed(customer_ids)}
    return {customer for (customer,) in rows("asking", "unmirrored", asked)}
