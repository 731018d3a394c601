"""Advisory locks that a process keeps on one connection, for whoever works on others."""

import threading

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

__all__ = ["KEPT", "KeptLocks"]

_TAKE = "SELECT pg_try_advisory_lock(%s)"
_LIVES = "SELECT %s IS NOT NULL"
_FREE = "SELECT pg_advisory_unlock(%s)"


class KeptLocks:
    """The PostgreSQL advisory locks of this process that outlive the connections their holders work on.

    PostgreSQL frees them when the connection they are on ends, so that each taking asks first whether it lives.
    """

    def __init__(self) -> None:
        self._one_at_a_time = threading.Lock()
        self._on: BaseDatabaseWrapper | None = None
        self._held: set[int] = set()

    def take(self, lock: int) -> bool:
        """Return whether this process has the lock; it is taken where nobody has it.

        :raises django.db.OperationalError: once, when the connection was lost and all locks with it
        """
        with self._one_at_a_time:
            try:
                is_ours = self._ask(_LIVES if lock in self._held else _TAKE, lock)
            except Exception:
                self._let_go()
                raise
            if is_ours:
                self._held.add(lock)
            return is_ours

    def give_back(self, lock: int) -> None:
        """Let others have the lock; without a lock left, the connection is closed."""
        with self._one_at_a_time:
            if lock not in self._held:
                return
            self._held.discard(lock)
            try:
                self._ask(_FREE, lock)
            finally:
                if not self._held:
                    self._let_go()

    def _ask(self, sql: str, lock: int) -> bool:
        if self._on is None:
            self._on = connection.copy()
            self._on.inc_thread_sharing()
        with self._on.cursor() as cursor:
            cursor.execute(sql, [lock])
            (answer,) = cursor.fetchone()
        return bool(answer)

    def _let_go(self) -> None:
        on, self._on, self._held = self._on, None, set()
        if on is not None:
            on.close()


KEPT = KeptLocks()
