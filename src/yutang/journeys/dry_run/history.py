"""What people did in the time a dry run looks at, and what each did next."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeAlias

from yutang.customers import service as customers
from yutang.events import service as events
from yutang.journeys.dry_run.times import NEVER, Instants, micros
from yutang.journeys.graph import Graph, listens_to
from yutang.journeys.graph.nodes import BranchNode, EventEntry, Pattern, UntilEventNode
from yutang.journeys.matching import passes
from yutang.journeys.models import JourneySubject
from yutang.kit.late import late
from yutang.workspaces.models import Workspace

if TYPE_CHECKING:
    import numpy as np
    import polars as pl
    from numpy.typing import NDArray
else:
    np = late("numpy")
    pl = late("polars")


__all__ = ["Arrivals", "History", "Places"]

Places: TypeAlias = "NDArray[np.int64]"  # of subjects, among all who came
_TIME_BITS = 38  # milliseconds: eight years
_SUBJECTS = {
    JourneySubject.CUSTOMER: "customer",
    JourneySubject.GROUP: "group",
    JourneySubject.STAFF: "staff",
}


@dataclass(frozen=True)
class Arrivals:
    """Who may enter, when (microseconds), and by which row of the history; -1: by none."""

    subjects: NDArray[np.int64]
    at: Instants
    rows: NDArray[np.int64]

    def where(self, these: NDArray[Any]) -> Arrivals:
        """Return some of them."""
        return Arrivals(self.subjects[these], self.at[these], self.rows[these])


@dataclass
class History:
    """Events a graph listens to, between two instants."""

    types: Sequence[str]
    properties: Sequence[str]
    frame: pl.DataFrame
    since: int  # microseconds
    _keys: dict[Pattern, NDArray[np.int64]] = field(default_factory=dict)
    _place: NDArray[np.int32] | None = None
    _first: int = 0

    @classmethod
    def read(
        cls,
        workspace: Workspace,
        graph: Graph,
        subject: str,
        *,
        since: datetime,
        until: datetime,
        only: int | None = None,
    ) -> History:
        """Read what a graph listens to.

        :raises events.TooMuchPast, WarehouseTooBusy:
        """
        types, properties = sorted(listens_to(graph)), sorted(set(_properties(graph)))
        if not types:
            schema = {"kind": pl.UInt8, "at": pl.Int64, "subject": pl.Int64}
            return cls(types, properties, pl.DataFrame(schema=schema), micros(since))
        frame = events.past(
            workspace,
            types,
            after=since,
            upto=until,
            properties=properties,
            overrides=customers.pending_overrides(workspace),
            only=None if only is None or subject != JourneySubject.CUSTOMER else [only],
        )
        column = pl.col(_SUBJECTS[JourneySubject(subject)]).cast(pl.Int64)
        frame = frame.with_columns(subject=column).filter(pl.col("subject") > 0)
        if only is not None:
            frame = frame.filter(pl.col("subject") == only)
        return cls(types, properties, frame.drop("customer", "group", "staff"), micros(since))

    def those(self, pattern: Pattern) -> NDArray[np.bool_]:
        """Return which rows are what a pattern describes."""
        kinds = [self.types.index(each) for each in pattern.types if each in self.types]
        found = self.frame["kind"].is_in(kinds).to_numpy()
        for check in pattern.where:
            if found.any():
                found = found & self._passing(check, found)
        return found

    def _passing(self, check: Any, among: NDArray[np.bool_]) -> NDArray[np.bool_]:
        place = self.properties.index(check.property)
        columns = [f"p{place}_{kind}" for kind in ("text", "number", "list")]
        said = self.frame.filter(pl.Series(among)).select(columns)
        unique = said.unique()
        verdicts = [passes(check, _first_said(*row)) for row in unique.iter_rows()]
        judged = unique.with_columns(holds=pl.Series(verdicts, dtype=pl.Boolean))
        joined = said.join(judged, on=columns, how="left", nulls_equal=True, maintain_order="left")
        found = np.zeros(len(among), dtype=bool)
        found[among] = joined["holds"].to_numpy()
        return found

    def arrivals(self, entry: EventEntry) -> Arrivals:
        """Return who did what lets people in, in the order it was done."""
        rows = np.flatnonzero(self.those(entry.pattern))
        at = self.frame["at"].to_numpy()[rows] * 1000
        order = np.argsort(at, kind="stable")
        subjects = self.frame["subject"].to_numpy()[rows]
        return Arrivals(subjects[order], at[order], rows[order])

    def told(self, row: int) -> Mapping[str, Any]:
        """Return what a run that began with this row was entered with."""
        if row < 0:
            return {}
        said = self.frame.row(row, named=True)
        found = {
            name: value
            for place, name in enumerate(self.properties)
            if (value := _first_said(*(said[f"p{place}_{kind}"] for kind in _KINDS))) is not None
        }
        return {"event": self.types[said["kind"]], **found}

    def settle(self, subjects: NDArray[np.int64]) -> None:
        """Look only at these subjects from now on: sorted, each once."""
        highest = int(subjects[-1]) if subjects.size else 0
        places = np.full(highest + 2, -1, dtype=np.int32)
        places[subjects] = np.arange(subjects.size)
        self._place = places
        self._keys.clear()

    def next(self, pattern: Pattern, places: Places, after: Instants) -> Instants:
        """Return when each subject did what a pattern describes next, later than `after`; or `NEVER`."""
        keys = self._sorted(pattern)
        if not keys.size or not places.size:
            return np.full(places.size, NEVER, dtype=np.int64)
        asked = (places << _TIME_BITS) | np.maximum(after // 1000 - self.since // 1000, 0)
        order = np.argsort(asked, kind="stable")  # in order, neighbours lie near one another
        spots = np.empty(places.size, dtype=np.int64)
        spots[order] = np.searchsorted(keys, asked[order], side="right")
        found = keys[np.minimum(spots, keys.size - 1)]
        there = (spots < keys.size) & (found >> _TIME_BITS == places)
        at = ((found & ((1 << _TIME_BITS) - 1)) + self.since // 1000) * 1000
        return np.where(there, at, NEVER)

    def _sorted(self, pattern: Pattern) -> NDArray[np.int64]:
        """Return (place of the subject, milliseconds) of a pattern's events as sorted numbers."""
        if pattern not in self._keys:
            assert self._place is not None
            these = self.those(pattern)
            subjects = self.frame["subject"].to_numpy()[these]
            known = subjects < len(self._place) - 1
            places = np.full(len(subjects), -1, dtype=np.int64)
            places[known] = self._place[subjects[known]]
            at = self.frame["at"].to_numpy()[these] - self.since // 1000
            keys = (places << _TIME_BITS) | at
            keys = keys[places >= 0]
            keys.sort()
            self._keys[pattern] = keys
        return self._keys[pattern]


_KINDS = ("text", "number", "list")


def _first_said(text: str | None, number: float | None, several: Sequence[str] | None) -> Any:
    if text is not None:
        return text
    return number if number is not None else (list(several) if several else None)


def _properties(graph: Graph) -> Iterable[str]:
    """Return the properties of events that a graph looks at."""
    patterns = [each.event for each in graph.nodes.values() if isinstance(each, UntilEventNode)]
    patterns += [each.event for each in graph.exits if each.event]
    patterns += [graph.goal.event] if graph.goal else []
    patterns += [graph.entry.pattern] if isinstance(graph.entry, EventEntry) else []
    checks = [check for pattern in patterns for check in pattern.where]
    for node in graph.nodes.values():
        if isinstance(node, BranchNode):
            checks += [check for arm in node.arms for check in arm.where]
        if node.kind == "wait_date" and node.of == "entry":
            yield node.attribute
    yield from (each.property for each in checks)
