"""Where customers are reached and by which clock they live, for those who judge and send by the batch."""

from collections.abc import Sequence

from yutang.customers._rows import grouped, listed, rows
from yutang.workspaces.models import Workspace

__all__ = ["addressed", "addresses", "own_zones"]


def addresses(workspace: Workspace, customer_ids: Sequence[int], *, kind: str) -> dict[int, str]:
    """Return customer → her newest identity of a kind (of any app: `openid` finds `openid:wx1`)."""
    asked = {"workspace": workspace.pk, "customers": listed(customer_ids), "kind": kind}
    return dict(rows("reaching", "addresses", asked))


def addressed(workspace: Workspace, customer_ids: Sequence[int], *, kind: str) -> set[int]:
    """Return who has an identity of a kind: whom `addresses` would name."""
    asked = {"workspace": workspace.pk, "customers": listed(customer_ids), "kind": kind}
    return set(grouped(rows("reaching", "addressed", asked)))


def own_zones(workspace: Workspace, customer_ids: Sequence[int]) -> dict[int, str | None]:
    """Return the time zone each said she lives in (an IANA name, or None), of those who are there.

    Whoever was erased or merged away is left out.
    """
    asked = {"workspace": workspace.pk, "customers": listed(customer_ids)}
    return grouped(rows("reaching", "zones", asked))
