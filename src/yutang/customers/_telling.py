"""What is known of many customers at once, for messages that say it."""

from collections.abc import Sequence
from typing import Any

from yutang.customers._holding import COLUMNS, as_kept
from yutang.customers._rows import listed, rows
from yutang.customers.models import Customer
from yutang.workspaces.models import Workspace

__all__ = ["related_now", "values_of"]


def values_of(
    workspace: Workspace, customer_ids: Sequence[int], names: Sequence[str]
) -> dict[int, dict[str, Any]]:
    """Return of each customer those of these attributes that are known, in their kept form.

    Whoever was erased or merged away is left out.
    """
    columns = [name for name in names if name in COLUMNS]
    own = [name for name in names if name not in COLUMNS]
    found = Customer.objects.within(workspace).active().filter(pk__in=customer_ids)
    told: dict[int, dict[str, Any]] = {}
    for number, *values in found.values_list("pk", *columns, *(["fields"] if own else [])):
        fields = values.pop() if own else {}
        known = {
            name: kept
            for name, value in zip(columns, values, strict=True)
            if (kept := as_kept(value)) is not None
        }
        known.update({name: fields[name] for name in own if name in fields})
        told[number] = known
    return told


def related_now(workspace: Workspace, customer_ids: Sequence[int], *, kind: str) -> dict[int, int]:
    """Return customer → the member of staff, store or group she has been with since most recently."""
    asked = {"workspace": workspace.pk, "customers": listed(customer_ids), "kind": kind}
    return dict(rows("reaching", "related", asked))
