"""A small pool of ClickHouse clients per lane, embedded or remote.

A client of the embedded engine holds a lock for the length of a statement, so that each lane owns
its own: what people wait for (`interactive`) never queues behind what can wait (`background`).
Memory, threads and time are bounded for each lane; the engine's own defaults are without bounds.
"""

import os
import queue
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from clickhouse_connect.driver.client import Client

__all__ = ["LANES", "ClientPool", "Lane", "OpenedBeforeFork"]

Lane = Literal["interactive", "background"]


@dataclass(frozen=True)
class LaneLimits:
    """How much one lane may take: clients at once, and what each statement may use."""

    clients: int
    settings: dict[str, Any]


_COMMON = {
    "max_bytes_before_external_group_by": 1 << 30,
    "max_bytes_before_external_sort": 1 << 30,
    "join_use_nulls": 0,
    # One batch may hold many years of history; a part a month is then as it should be.
    "max_partitions_per_insert_block": 0,
    "session_timezone": "UTC",
}
LANES: dict[Lane, LaneLimits] = {
    "interactive": LaneLimits(6, _COMMON | {"max_memory_usage": 3 << 30, "max_execution_time": 60}),
    "background": LaneLimits(
        3, _COMMON | {"max_memory_usage": 4 << 30, "max_execution_time": 1800}
    ),
}


class OpenedBeforeFork(RuntimeError):
    """The embedded warehouse was opened in a parent process and cannot be used in its child."""


@dataclass
class ClientPool:
    """Opens clients when first needed and lends them, one borrower at a time."""

    dsn: str
    _idle: dict[Lane, queue.LifoQueue["Client | None"]] = field(default_factory=dict)
    _opening: threading.Lock = field(default_factory=threading.Lock)
    _owner: int = field(default_factory=os.getpid)

    def __post_init__(self) -> None:
        for lane, limits in LANES.items():
            self._idle[lane] = queue.LifoQueue()
            for _ in range(limits.clients):
                self._idle[lane].put(None)

    @contextmanager
    def borrowed(self, lane: Lane, *, wait: float) -> "Iterator[Client]":
        """Lend a client of this lane.

        :raises queue.Empty: when none came free within `wait` seconds
        :raises OpenedBeforeFork: in a forked child, where the engine's threads do not exist
        """
        if os.getpid() != self._owner:
            raise OpenedBeforeFork
        client = self._idle[lane].get(timeout=wait)
        try:
            if client is None:
                client = self._open(lane)
            yield client
        finally:
            self._idle[lane].put(client)

    def close(self) -> None:
        """Close every idle client; the embedded engine flushes and frees its folder with the last."""
        for idle in self._idle.values():
            lent = [idle.get() for _ in range(idle.qsize())]
            for client in lent:
                if client is not None:
                    client.close()
                idle.put(None)

    def _open(self, lane: Lane) -> "Client":
        with self._opening:
            import clickhouse_connect  # slow to import; not needed to start PostgreSQL

            # Over HTTP a session would serialise the statements of a client.
            remote: dict[str, Any] = (
                {} if self.dsn.startswith("chdb:") else {"autogenerate_session_id": False}
            )
            return clickhouse_connect.get_client(
                dsn=self.dsn, settings=LANES[lane].settings, **remote
            )
