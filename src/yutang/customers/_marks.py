"""Marks for the mirror: which customers changed in which respect, in the transaction that changed them."""

from collections.abc import Iterable, Sequence
from typing import Literal

from django.db import transaction
from psycopg.types.json import Jsonb

from yutang.customers._rows import change
from yutang.kit.pulse import wake
from yutang.workspaces.models import Workspace

__all__ = ["MIRRORED", "Respect", "mark"]

Respect = Literal["profile", "fields", "relations", "dependants"]
MIRRORED: tuple[Respect, ...] = ("profile", "fields", "relations", "dependants")


def mark(
    workspace: Workspace,
    what: Respect,
    customers: Iterable[int],
    *,
    gone: Sequence[Sequence[object]] = (),
) -> None:
    """Have the warehouse told about these customers; `gone` names rows of it that may have to go."""
    change(
        "identities",
        "mark",
        {
            "workspace": workspace.pk,
            "what": what,
            "customers": list(customers),
            "gone": Jsonb([list(key) for key in gone]),
        },
    )
    transaction.on_commit(lambda: wake("customers.mirror"))
