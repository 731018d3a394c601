"""Whom a condition held for, each at an instant of her own.

A condition is asked of the warehouse at one instant for all. Where people come to it at few instants
(a schedule, a time of day) each is asked about exactly; where they come at any time, those who came
about the same time are asked about together, at the latest of their instants.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from yutang.audiences import service as audiences
from yutang.journeys.dry_run.times import Instants, instant
from yutang.kit.late import late
from yutang.workspaces.models import Workspace

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
else:
    np = late("numpy")


__all__ = ["Holding"]

_FEW = 5_000  # so many are asked about by name, more by asking who is in at all


class Holding:
    """Asks conditions at instants; remembers whether it ever had to ask for several at once."""

    def __init__(self, workspace: Workspace, *, at_most: int) -> None:
        self.workspace = workspace
        self.at_most = at_most  # instants a node's condition is asked at
        self.coarsest = timedelta(0)
        self._asked: dict[tuple[str, int], NDArray[np.int64]] = {}

    def of(
        self, tree: Mapping[str, Any], subjects: NDArray[np.int64], at: Instants
    ) -> NDArray[np.bool_]:
        """Return for whom of these a condition held, each at her instant.

        :raises audiences.ConditionUnreadable, WarehouseTooBusy:
        """
        holds = np.zeros(subjects.size, dtype=bool)
        for these in self._together(at):
            when = int(at[these].max())
            self.coarsest = max(self.coarsest, timedelta(microseconds=when - int(at[these].min())))
            chosen = self._chosen(tree, subjects[these], when)
            holds[these] = np.isin(subjects[these], chosen, assume_unique=False)
        return holds

    def _chosen(
        self, tree: Mapping[str, Any], subjects: NDArray[np.int64], when: int
    ) -> NDArray[np.int64]:
        unique = np.unique(subjects)
        if unique.size <= _FEW:
            among = unique.tolist()
            found = audiences.chosen_at(self.workspace, tree, at=instant(when), among=among)
            return found.to_numpy().astype(np.int64)
        return self.everybody(tree, when)

    def everybody(self, tree: Mapping[str, Any], when: int) -> NDArray[np.int64]:
        """Return everybody a condition held for at an instant."""
        key = (repr(tree), when)
        if key not in self._asked:
            found = audiences.chosen_at(self.workspace, tree, at=instant(when))
            self._asked = {key: found.to_numpy().astype(np.int64)}  # the next node asks the same
        return self._asked[key]

    def _together(self, at: Instants) -> list[NDArray[np.int64]]:
        """Return those who are asked about together: of one instant, or neighbours in time."""
        if not at.size:
            return []
        order = np.argsort(at, kind="stable")
        ends = np.flatnonzero(np.diff(at[order])) + 1
        if ends.size >= self.at_most:
            evenly = np.linspace(0, ends.size, self.at_most + 1)[1:-1].round().astype(int)
            ends = np.unique(ends[np.minimum(evenly, ends.size - 1)])
        return np.split(order, ends)
