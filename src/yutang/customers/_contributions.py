"""What apps above know of a person, told when she asks, forgotten when she wishes, moved when she merges.

    customers.contributes("tags", export=export_person, erase=erase_person)

Called once, from the app's `apps.py`. `numbers` are all the customers a person consists of.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from yutang.customers._traces import Traces
from yutang.workspaces.models import Workspace

__all__ = ["Contribution", "contributes", "contributions"]


class Follow(Protocol):
    """Does what follows from a merge or its undoing, in its transaction."""

    def __call__(
        self, workspace: Workspace, pairs: Sequence[tuple[int, int]], *, now: datetime
    ) -> None: ...


class Strike(Protocol):
    """Strikes what names an erased person out of kept text; returns how many rows of each table."""

    def __call__(
        self, workspace: Workspace, traces: Traces, *, now: datetime
    ) -> Mapping[str, int]: ...


@dataclass(frozen=True)
class Contribution:
    """One app's part in export, erasure, merging and its undoing."""

    name: str
    export: Callable[[Workspace, Sequence[int]], Mapping[str, Any]]
    erase: Callable[[Workspace, Sequence[int]], Mapping[str, int] | None]
    merged: Follow | None = None  # pairs of (winner, loser)
    undone: Follow | None = None
    strike: Strike | None = None
    lingers: Callable[[Workspace, datetime], bool] | None = None


contributions: dict[str, Contribution] = {}


def _nothing(*_: object) -> Mapping[str, Any]:
    return {}


def contributes(
    name: str,
    *,
    export: Callable[[Workspace, Sequence[int]], Mapping[str, Any]] = _nothing,
    erase: Callable[[Workspace, Sequence[int]], Mapping[str, int] | None] = _nothing,
    merged: Follow | None = None,
    undone: Follow | None = None,
    strike: Strike | None = None,
    lingers: Callable[[Workspace, datetime], bool] | None = None,
) -> None:
    """Take part in what is done to a person as a whole.

    `export` returns JSON by heading; `erase` removes what is kept in PostgreSQL, has the warehouse
    forget it too, and may return how many rows of each table went. `merged` and `undone` run in the
    transaction of the merge, so that no crash comes between; both take pairs of (winner, loser).
    `strike` searches kept text for what she was called, in the transaction of the erasure; while
    something from before an instant `lingers`, the erasure is not done.
    """
    contributions[name] = Contribution(name, export, erase, merged, undone, strike, lingers)
