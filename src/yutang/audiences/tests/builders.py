"""The cast of audiences: a workspace with customers the warehouse knows, and audiences over them."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from yutang.audiences import service as audiences
from yutang.audiences.models import Audience
from yutang.engines import warehouse
from yutang.events import service as events
from yutang.events.models import Arrival
from yutang.events.service import NewEvent
from yutang.workspaces.models import Workspace

__all__ = [
    "NOON",
    "SECOND",
    "a_live",
    "customers_in",
    "did",
    "favourites",
    "happened",
    "known",
    "told",
]

NOON = datetime(2026, 11, 1, 4, tzinfo=UTC)  # noon in Shanghai
SECOND = timedelta(seconds=1)


def known(workspace: Workspace, *customers: int, **columns: Any) -> None:
    """Let the warehouse know these customers, as the mirror would."""
    for customer in customers:
        row = {"workspace": workspace.pk, "customer": customer, "version": 1, **columns}
        row["created_at"] = "2024-01-01 00:00:00"
        _insert("profiles", row)


def _insert(table: str, row: dict[str, Any]) -> None:
    import json
    import uuid

    warehouse().insert_lines(
        table, json.dumps(row, default=str).encode() + b"\n", token=str(uuid.uuid4())
    )


def did(
    workspace: Workspace, customer: int, what: str = "favorite", *, at: datetime, **more: Any
) -> None:
    """Let a customer have done something; the warehouse shows it, and it arrived."""
    event = NewEvent(type=what, customer=customer, occurred_at=at, **more)
    events.record(workspace, [event], now=at)
    events.drain()


def happened(workspace: Workspace, customer: int, what: str = "favorite", *, at: datetime) -> None:
    """Like `did`, but nobody is told that it arrived."""
    did(workspace, customer, what, at=at)
    Arrival.objects.within(workspace).delete()


def favourites(days: int = 30, least: int = 1) -> dict[str, Any]:
    """近30天收藏≥1次"""
    return {
        "kind": "event",
        "types": ["favorite"],
        "window": {"kind": "rolling", "amount": days, "unit": "day"},
        "op": "ge",
        "value": least,
    }


def a_live(
    workspace: Workspace,
    condition: dict[str, Any] | None = None,
    name: str = "近期收藏",
    *,
    now: datetime = NOON,
    refreshed: bool = True,
    **more: Any,
) -> Audience:
    """Make a live audience, refreshed once."""
    draft = audiences.Draft(name=name, condition=condition or favourites(), **more)
    audience = audiences.make(workspace, draft, owner=None, actor="user:1", now=now)
    if refreshed:
        audiences.refresh(workspace, audience.pk, now=now)
        Arrival.objects.within(workspace).delete()
        audience.refresh_from_db()
    return audience


def customers_in(audience: Audience) -> list[int]:
    """Return who is in now, as the warehouse says."""
    sql = (
        "SELECT customer FROM members FINAL WHERE workspace = {workspace:UInt32}"
        " AND audience = {audience:UInt32} ORDER BY customer"
    )
    rows = warehouse().rows(sql, {"workspace": audience.workspace_id, "audience": audience.pk})
    return [row[0] for row in rows]


def told(audience: Audience) -> list[tuple[str, int, datetime]]:
    """Return the entered and left events of an audience: (type, customer, when)."""
    sql = (
        "SELECT type, customer, ts FROM events WHERE workspace = {workspace:UInt32}"
        " AND type IN ('audience.entered', 'audience.left') AND content = {audience:String}"
        " ORDER BY ts, customer"
    )
    rows: Sequence[Sequence[Any]] = warehouse().rows(
        sql, {"workspace": audience.workspace_id, "audience": str(audience.pk)}
    )
    return [(kind, customer, ts.replace(tzinfo=UTC)) for kind, customer, ts in rows]
