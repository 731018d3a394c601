"""Whose identities are, remembered between requests: for as long as no identity of the workspace moved.

People are told apart as they were said, `{"phone": "138 0013 8000"}`, so that somebody known costs one
look into a dictionary. Every statement by which an identity goes to another customer, or goes, leaves
a row (`IdentityMove`, by a trigger). The rows are read first in each transaction that uses the memory:

- a move that was committed before is seen, and the memory is given up;
- one that is committed later waits, before it is carried out in the warehouse, for this transaction
  (`_barrier`), as for any that had read the identities themselves.

What a transaction found is kept once it has committed, beside the moves it had read: found later than
those, so never older than they say.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Generic, TypeVar

from yutang.customers._rows import change, rows
from yutang.workspaces.models import Workspace

__all__ = ["Memory", "Said", "forget_moves", "keep", "moves_of"]

Said = tuple[tuple[str, str], ...]
Moves = tuple[int, int]
Answer = TypeVar("Answer")

_MOST = 100_000  # people remembered of a workspace: some 40 MB
_KEPT = timedelta(hours=1)


def moves_of(workspace: Workspace) -> Moves:
    """Return what stands for the moves of this workspace's identities; another value after another move."""
    ((count, mixed),) = rows("identities", "moves", {"workspace": workspace.pk})
    return count, mixed


def forget_moves(*, now: datetime) -> bool:
    """Drop old moves but the newest of each workspace; memories are given up once for it.

    The newest stays, so that what stands for the moves never comes back to a value it had.
    """
    return change("identities", "forget_moves", {"before": now - _KEPT}) > 0


class Memory(Generic[Answer]):
    """The people of one workspace that this process remembers."""

    def __init__(self) -> None:
        # Replaced as one: threads that see different moves for a moment each have their own people.
        self._held: tuple[Moves | None, dict[Said, Answer]] = (None, {})

    def as_of(self, moves: Moves) -> dict[Said, Answer]:
        """Return who is remembered and still so."""
        held = self._held
        if held[0] != moves:
            held = self._held = (moves, {})
        return held[1]


def keep(people: dict[Said, Answer], found: Mapping[Said, Answer]) -> None:
    """Remember what a transaction found, among the people it had got from `as_of`."""
    if len(people) + len(found) > _MOST:
        people.clear()
    people.update(found)
