"""Arrivals: what became visible in the warehouse, for whoever re-judges the customers it touches.

Announced in the PostgreSQL transaction of whoever made it visible; read and crossed off by one
reader in its own. The announcer does not know who reads.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import connection

from yutang.events.models import Arrival

__all__ = ["MANY", "Arrived", "announce", "arrivals", "cross_off"]

# Beyond this many customers an arrival says “many” instead of naming them.
MANY = 50_000


@dataclass(frozen=True)
class Arrived:
    """One arrival; `customers` is None where they are too many to name."""

    id: int
    workspace_id: int
    what: str
    customers: Sequence[int] | None


def announce(workspace_id: int, what: str, customer_ids: Iterable[int] | None) -> None:
    """Say that something of these customers is now visible in the warehouse (None: of many).

    `what` is an event type, or `@profile`, `@fields`, `@tags`, `@relations`, `@dependants`.
    Call it in the transaction that crosses the work off, so that neither happens without the other.
    """
    named = None if customer_ids is None else sorted(set(customer_ids))
    if named is not None and len(named) > MANY:
        named = None
    if named is not None and not named:
        return
    # One literal: the driver and Django each convert an array number by number, in Python.
    listed = None if named is None else "{" + ",".join(map(str, named)) + "}"
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO events_arrival (workspace_id, what, customers)"
            " VALUES (%s, %s, %s::bigint[])",
            [workspace_id, what, listed],
        )


def arrivals(at_most: int = 500) -> list[Arrived]:
    """Return the oldest arrivals, of every workspace. Cross off those that were seen to."""
    rows = Arrival.objects.order_by("pk")[:at_most]
    return [Arrived(row.pk, row.workspace_id, row.what, row.customers) for row in rows]


def cross_off(seen: Iterable[Arrived]) -> None:
    """Remove arrivals; in the transaction that keeps what followed from them.

    Those that were seen, one by one: a smaller number may be committed later than a larger one.
    """
    Arrival.objects.filter(pk__in=[each.id for each in seen]).delete()
