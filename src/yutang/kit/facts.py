"""Calls go down, facts go up: an app announces what happened and never knows who listens.

    publish(CustomersMerged(workspace_id=1, winner=7, loser=9))     # in service.py, inside the transaction

    @on(CustomersMerged)                                            # in a listener's listeners.py
    def follow(fact: CustomersMerged) -> None: ...

A fact is a frozen dataclass of ids and values. It is delivered after commit, in the thread that
published it; a listener that has real work to do leaves a durable mark inside the transaction below
it (a row, a job), so that a crash between commit and delivery loses nothing that matters.
"""

from collections import defaultdict
from collections.abc import Callable
from typing import TypeVar

from django.db import transaction

__all__ = ["on", "publish"]

Fact = TypeVar("Fact")

_listeners: dict[type, list[Callable[[object], None]]] = defaultdict(list)


def on(kind: type[Fact]) -> Callable[[Callable[[Fact], None]], Callable[[Fact], None]]:
    """Register a listener for one kind of fact."""

    def register(listener: Callable[[Fact], None]) -> Callable[[Fact], None]:
        _listeners[kind].append(listener)  # type: ignore[arg-type]
        return listener

    return register


def publish(fact: object) -> None:
    """Announce a fact to every listener once the current transaction is committed."""
    for listener in _listeners[type(fact)]:
        transaction.on_commit(lambda listener=listener: listener(fact))  # type: ignore[misc]
