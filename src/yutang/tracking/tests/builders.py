"""What tests of tracking begin with."""

from datetime import UTC, datetime
from typing import Any

from yutang.engines import warehouse
from yutang.events import service as events
from yutang.tracking import service as tracking
from yutang.tracking.service import Accepted, IncomingEvent
from yutang.workspaces.models import Workspace

__all__ = ["NOON", "accept", "an_item", "shown_in"]

NOON = datetime(2026, 11, 1, 4, tzinfo=UTC)


def an_item(type_name: Any = "favorite", phone: str = "13800138000", **more: Any) -> IncomingEvent:
    """Somebody known by her telephone favourited something."""
    return IncomingEvent(type=type_name, **({"customer": {"phone": phone}} | more))


def accept(workspace: Workspace, *items: IncomingEvent, now: datetime = NOON) -> Accepted:
    return tracking.accept(workspace, items, source="http", now=now)


def shown_in(workspace: Workspace, columns: str = "type") -> list[Any]:
    """Drain, and return columns of what the warehouse shows of a workspace."""
    events.drain()
    sql = f"SELECT {columns} FROM events WHERE workspace = {{workspace:UInt32}} ORDER BY ts, id"
    found = warehouse().rows(sql, {"workspace": workspace.pk})
    return [row[0] if len(row) == 1 else tuple(row) for row in found]
