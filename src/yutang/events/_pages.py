"""The newest page of one person's history; of several people who are asked for at once, by one statement.

To plan a statement costs more than to read a person's few rows. So whoever asks while another statement is under
way waits for it, and is read together with all who came meanwhile: nobody waits where nobody reads, and many readers
cost a third each of what they would alone. docs/how/timeline.md tells how much.
"""

import os
import threading
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import structlog

from yutang.engines import named_sql, warehouse
from yutang.workspaces.models import Workspace

__all__ = ["newest_page"]

log = structlog.get_logger(__name__)
SQL = named_sql("yutang.events", "timeline")
AT_ONCE = max(1, (os.cpu_count() or 2) // 2)  # statements; whoever asks computes beside them
TOGETHER = 16  # people in one statement

Rows = Sequence[Sequence[Any]]


class _Asked:
    """Somebody who waits for a page: until it is there, or until it is her turn to read."""

    def __init__(self, workspace: int, origin: int, limit: int) -> None:
        self.key = (workspace, limit)
        self.origin = origin
        self.rows: Rows | None = None
        self.leads = False
        self.told = threading.Event()


_lock = threading.Lock()
_waiting: list[_Asked] = []
_under_way = 0


def newest_page(workspace: Workspace, origins: Sequence[int], limit: int) -> Rows:
    """Return the newest events of these origins, `limit` of them at most.

    :raises WarehouseTooBusy:
    """
    if len(origins) == 1:
        rows = _together(_Asked(workspace.pk, origins[0], limit))
        if rows is not None:
            return rows
    return _alone(workspace.pk, origins, limit)


def _alone(workspace: int, origins: Sequence[int], limit: int) -> Rows:
    asked = {"workspace": workspace, "origins": list(origins), "limit": limit}
    return warehouse().rows(SQL["newest"], asked)


def _together(mine: _Asked) -> Rows | None:
    """Return the page; None where she has to be read alone after all."""
    global _under_way  # noqa: PLW0603  one figure a process
    with _lock:
        _waiting.append(mine)
        if _under_way < AT_ONCE:
            _under_way += 1
            mine.leads = True
    if not mine.leads:
        mine.told.wait()
    if mine.leads:
        _lead(mine)
    return mine.rows


def _lead(mine: _Asked) -> None:
    """Read for all who wait for the same as she does, and let the next begin."""
    global _under_way  # noqa: PLW0603
    with _lock:
        others = [each for each in _waiting if each is not mine and each.key == mine.key]
        batch = [mine, *others[: TOGETHER - 1]]
        for each in batch:
            _waiting.remove(each)
    try:
        _read(batch)
    finally:
        with _lock:
            if _waiting:
                _waiting[0].leads = True
                batch.append(_waiting[0])
            else:
                _under_way -= 1
        for each in batch[1:]:
            each.told.set()


def _read(batch: Sequence[_Asked]) -> None:
    workspace, limit = batch[0].key
    if len(batch) == 1:
        batch[0].rows = _alone(workspace, [batch[0].origin], limit)
        return
    asked = {
        "workspace": workspace,
        "origins": sorted({each.origin for each in batch}),
        "limit": limit,
    }
    try:
        found = warehouse().rows(SQL["newest_of_several"], asked)
    except Exception as problem:  # noqa: BLE001  each is read alone then, and hears herself what is wrong
        log.info("read one by one", people=len(batch), why=str(problem)[:200])
        return
    pages: dict[int, list[Sequence[Any]]] = defaultdict(list)
    for origin, *row in found:
        pages[origin].append(row)
    for each in batch:
        each.rows = pages[each.origin]
