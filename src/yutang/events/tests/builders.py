"""What tests of events begin with."""

from datetime import UTC, datetime
from uuid import uuid4

from yutang.engines import warehouse
from yutang.events import service as events
from yutang.events.service import NewEvent, Recorded
from yutang.workspaces.models import Workspace

__all__ = ["NOON", "an_event", "in_warehouse", "record"]

NOON = datetime(2026, 11, 1, 4, tzinfo=UTC)


def an_event(type_name: str = "favorite", customer: int = 7, **more: object) -> NewEvent:
    """Somebody favourited something."""
    return NewEvent(type=type_name, customer=customer, **({"id": str(uuid4())} | more))


def record(workspace: Workspace, *given: NewEvent, now: datetime = NOON) -> Recorded:
    return events.record(workspace, given, now=now)


def in_warehouse(workspace: Workspace, table: str = "events") -> list[tuple[object, ...]]:
    """Return (id, type) of what the warehouse shows of a workspace."""
    sql = f"SELECT toString(id), type FROM {table} WHERE workspace = {{workspace:UInt32}} ORDER BY ts, id"
    return [tuple(row) for row in warehouse().rows(sql, {"workspace": workspace.pk})]
