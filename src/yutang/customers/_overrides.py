"""Whose events are whose while the warehouse catches up with merges.

A merge or its undoing leaves an override for each origin concerned. Reads map events by it; the squash
rewrites `events.customer` by origin and then drops it.
"""

from collections import defaultdict
from collections.abc import Sequence

from django.db import transaction
from django.db.models import F

from yutang.customers._barrier import advance
from yutang.customers._rows import listed, rows
from yutang.customers.models import Customer, Override
from yutang.engines import named_sql, warehouse
from yutang.workspaces.models import Workspace

__all__ = ["SQL", "origins", "origins_of_several", "pending_overrides", "squash"]

SQL = named_sql("yutang.customers", "warehouse")


def origins(workspace: Workspace, customer_id: int) -> list[int]:
    """Return the customers this one consists of, herself among them; empty for a stranger."""
    asked = {"workspace": workspace.pk, "customer": customer_id}
    return [origin for (origin,) in rows("identities", "origins", asked)]


def origins_of_several(workspace: Workspace, customer_ids: Sequence[int]) -> dict[int, int]:
    """Return origin → customer for everybody these customers consist of.

    Of one who was merged away only herself is there, under who she is today; strangers are left out.
    """
    asked = {"workspace": workspace.pk, "customers": listed(customer_ids)}
    return dict(rows("identities", "origins_of_several", asked))


def pending_overrides(workspace: Workspace) -> dict[int, int]:
    """Return origin → customer for events the warehouse may still file under another; mostly empty."""
    found = rows("identities", "pending_overrides", {"workspace": workspace.pk})
    return dict(found)


def squash() -> bool:
    """Rewrite events whose origin is somebody else today; True when there may be more at once.

    Works on overrides behind which every event is in the warehouse (`_barrier`). One that changed
    while its events were being rewritten stays for the next time.
    """
    ready = [row for row in advance(Override.objects.all()) if isinstance(row, Override)]
    by_workspace: dict[int, list[Override]] = defaultdict(list)
    for row in ready:
        by_workspace[row.workspace_id].append(row)
    for workspace_id, overrides in by_workspace.items():
        _rewrite(workspace_id, [row.origin_id for row in overrides])
        with transaction.atomic():
            for row in overrides:
                Override.objects.within(workspace_id).filter(
                    pk=row.pk, changes=row.changes
                ).delete()
    return bool(ready)


def _rewrite(workspace_id: int, origin_ids: Sequence[int]) -> None:
    today = dict(
        Customer.objects.within(workspace_id)
        .filter(pk__in=origin_ids)
        .values_list("pk", F("current_id"))
    )
    bound = {
        "workspace": workspace_id,
        "origins": list(today),
        "customers": list(today.values()),
    }
    # mutations_sync 2: on a cluster, on every replica.
    warehouse().command(SQL["squash"], bound, settings={"mutations_sync": 2})
