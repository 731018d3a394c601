"""Marks for the mirror: which customers changed in which respect, in the transaction that changed them."""

from collections.abc import Iterable
from typing import Literal

from django.db import transaction

from yutang.customers._rows import change, listed
from yutang.kit.pulse import wake
from yutang.workspaces.models import Workspace

__all__ = ["Respect", "mark"]

Respect = Literal["profile", "fields", "relations", "dependants", "events"]


def mark(workspace: Workspace, what: Respect, customers: Iterable[int]) -> None:
    """Have the warehouse told about these customers."""
    numbers = list(customers)
    if not numbers:
        return
    asked = {"workspace": workspace.pk, "what": what, "customers": listed(numbers)}
    change("identities", "mark", asked)
    transaction.on_commit(lambda: wake("customers.mirror"))
