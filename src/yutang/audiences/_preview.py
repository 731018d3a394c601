"""Looking before saving: how many, who for instance, as the asking member sees it, now or at an
earlier instant.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from yutang.audiences import _conditions
from yutang.audiences.condition import count as counted
from yutang.audiences.condition import sample as sampled
from yutang.engines import warehouse
from yutang.kit.errors import DomainError
from yutang.workspaces.models import Workspace
from yutang.workspaces.service import Member

__all__ = ["InstantAhead", "Preview", "cancel", "count", "preview", "refuse_ahead"]


class InstantAhead(DomainError):
    """What will be, nobody knows."""

    status = 422
    zh = "{at} 还没有到。请选一个过去的时刻。"
    en = "{at} is still to come. Choose an instant in the past."


def refuse_ahead(workspace: Workspace, at: datetime, *, now: datetime) -> None:
    """Refuse to tell what will be.

    :raises InstantAhead:
    """
    if at > now:
        raise InstantAhead(at=f"{at.astimezone(ZoneInfo(workspace.time_zone)):%Y-%m-%d %H:%M}")


@dataclass(frozen=True)
class Preview:
    """How many meet a condition at `at`, and the numbers of some of them.

    The count is exact. At an earlier instant events are as they were then, and a tag counts from when
    it was given; otherwise attributes, tags, relations and audiences are today's.
    """

    count: int
    sample: list[int]
    at: datetime


def preview(
    member: Member,
    tree: Mapping[str, Any],
    *,
    at: datetime | None = None,
    sample: int = 10,
    key: str = "",
    now: datetime,
) -> Preview:
    """Count who meets a condition, and name some of them.

    A preview under the same `key` of the same member that is still running is cancelled first.

    :raises ConditionUnreadable, InstantAhead, MineNeedsReader, WarehouseTooBusy, Superseded:
    """
    condition = _conditions.read(member.workspace, tree)
    if at is not None:
        refuse_ahead(member.workspace, at, now=now)
    framed = _conditions.reader(member, now=at or now)
    mark = _mark(member, key)
    if mark:
        warehouse().cancel(mark)
    statement = counted(condition, framed)
    number = int(warehouse().ask(statement.sql, statement.parameters, mark=mark).rows[0][0])
    some: list[int] = []
    if sample and number:
        statement = sampled(condition, framed, size=sample)
        rows = warehouse().ask(statement.sql, statement.parameters, mark=mark).rows
        some = [row[0] for row in rows]
    return Preview(number, some, at or now)


def count(member: Member, tree: Mapping[str, Any], *, now: datetime) -> int:
    """Return how many meet a condition now, among those the member may see.

    :raises ConditionUnreadable, MineNeedsReader, WarehouseTooBusy:
    """
    return preview(member, tree, sample=0, now=now).count


def cancel(member: Member, key: str) -> None:
    """End the preview this member began under this key, if it is still running."""
    mark = _mark(member, key)
    if mark:
        warehouse().cancel(mark)


def _mark(member: Member, key: str) -> str:
    return f"preview:{member.workspace.pk}:{member.actor}:{key}" if key else ""
