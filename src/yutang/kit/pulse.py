"""Pulses: small loops that keep the stores in step, each running in exactly one process, or in all.

    @pulse("events.drain", every=0.5)
    def drain() -> bool:
        '''Move what is spooled into the warehouse; True means there may be more at once.'''

`wake("events.drain")` makes it beat now, in this process; elsewhere it beats within `every` seconds. With
`rest`, a pulse that is woken again and again lets so many seconds lie between beats, and finds more.
Whoever holds the PostgreSQL advisory lock of a pulse leads it; when that process dies, PostgreSQL
frees the lock and another takes over. A pulse that beats seldom gives its connection back in between: at rest
it is megabytes, made anew it costs milliseconds. Its lock is kept meanwhile with those of all such pulses
(`kit.leading`). A pulse that is not `alone` beats in every process at once, in as many threads as it asks for:
what it takes, it must claim row by row.
"""

import threading
import time
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field

import structlog
from django.db import close_old_connections, connection

from yutang.kit.leading import KEPT

__all__ = ["Pulse", "beat_all_once", "pulse", "pulses", "run_pulses", "wake"]

log = structlog.get_logger(__name__)

_SELDOM = 5.0  # seconds between beats


@dataclass
class Pulse:
    """One loop: what it does, how often at least, and whether it was woken."""

    name: str
    every: float
    beat: Callable[[], bool]
    rest: float = 0.0
    alone: bool = True
    threads: int = 1
    woken: threading.Event = field(default_factory=threading.Event)
    beaten_at: float | None = None  # Unix seconds of the last beat in this process
    led_by: object = None  # the connection that holds the lock

    @property
    def is_seldom(self) -> bool:
        """Return whether it works on a connection of its own only while it beats."""
        return self.every >= _SELDOM

    @property
    def lock(self) -> int:
        """Return the advisory lock's number: stable across processes and releases."""
        return zlib.crc32(self.name.encode())


pulses: dict[str, Pulse] = {}


def pulse(
    name: str, *, every: float, rest: float = 0.0, alone: bool = True, threads: int = 1
) -> Callable[[Callable[[], bool]], Callable[[], bool]]:
    """Register a loop that runs at least once in `every` seconds, in one process at a time.

    Not `alone`, it runs in every process, there in `threads` threads.
    """
    if alone and threads > 1:
        raise ValueError(f"{name}: several threads would not be alone")

    def register(beat: Callable[[], bool]) -> Callable[[], bool]:
        pulses[name] = Pulse(name, every, beat, rest, alone, threads)
        return beat

    return register


def wake(name: str) -> None:
    """Let a pulse of this process beat now; without one here, nothing happens."""
    if name in pulses:
        pulses[name].woken.set()


def beat_all_once(*names: str) -> None:
    """Beat the named pulses (all by default) until none has more to do; for tests and imports."""
    for name in names or tuple(pulses):
        while pulses[name].beat():
            pass


def run_pulses(stop: threading.Event) -> list[threading.Thread]:
    """Start the threads of every pulse; they end soon after `stop` is set."""
    threads = [
        threading.Thread(target=_lead, args=(each, stop), name=f"pulse {each.name}", daemon=True)
        for each in pulses.values()
        for _ in range(each.threads)
    ]
    for thread in threads:
        thread.start()
    return threads


def _lead(it: Pulse, stop: threading.Event) -> None:
    while not stop.is_set():
        more, began = False, time.monotonic()
        try:
            if not it.alone or _leads(it):
                began = time.monotonic()
                more = it.beat()
                it.beaten_at = time.time()
        except Exception:
            log.exception("pulse stumbled", pulse=it.name)
            close_old_connections()
            stop.wait(1.0)
        if not more:
            if it.is_seldom:
                connection.close()
            it.woken.wait(it.every)
            stop.wait(max(0.0, began + it.rest - time.monotonic()))
        it.woken.clear()
    KEPT.give_back(it.lock)
    connection.close()


def _leads(it: Pulse) -> bool:
    """Take the pulse's lock: for this connection, or for those of this process that are kept.

    Once this connection has it, it is held as long as that lives, which a beat finds out by itself: it is not
    asked about again.
    """
    if it.is_seldom:
        return KEPT.take(it.lock)
    if it.led_by is not None and it.led_by is connection.connection:
        return True
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [it.lock])
        (leads,) = cursor.fetchone()
    it.led_by = connection.connection if leads else None
    return bool(leads)
