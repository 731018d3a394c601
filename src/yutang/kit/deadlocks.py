"""Two transactions that wait for each other: PostgreSQL ends one of them, and it is done again.

Rows are locked in the order of their numbers wherever that is known beforehand. Where it is not (whoever
merges learns only from the locked rows whose parts she has to move), a command stands under this:

    @survives_deadlocks
    @transaction.atomic
    def merge(…): …
"""

import functools
import random
import time
from collections.abc import Callable
from typing import ParamSpec, TypeVar

import structlog
from django.db import OperationalError, connection
from psycopg.errors import DeadlockDetected, SerializationFailure

__all__ = ["survives_deadlocks"]

log = structlog.get_logger(__name__)
Given = ParamSpec("Given")
Answer = TypeVar("Answer")
_TRIES = 8
_ENDED = (DeadlockDetected, SerializationFailure)


def survives_deadlocks(command: Callable[Given, Answer]) -> Callable[Given, Answer]:
    """Do a command again whose transaction was chosen to end a deadlock.

    Inside a transaction of the caller it is done once: what is undone there is the caller's to do again.
    """

    @functools.wraps(command)
    def again(*args: Given.args, **kwargs: Given.kwargs) -> Answer:
        for attempt in range(1, _TRIES):
            try:
                return command(*args, **kwargs)
            except (OperationalError, *_ENDED) as ended:
                if connection.in_atomic_block or not _is_deadlock(ended):
                    raise
                log.info("deadlock ended, done again", command=command.__name__, attempt=attempt)
                time.sleep(random.uniform(0, 0.02 * attempt))  # noqa: S311
        return command(*args, **kwargs)

    return again


def _is_deadlock(ended: BaseException) -> bool:
    # Hand-written statements raise the driver's own error, Django's are wrapped.
    return isinstance(ended.__cause__ if isinstance(ended, OperationalError) else ended, _ENDED)
