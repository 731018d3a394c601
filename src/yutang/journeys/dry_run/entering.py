"""Who would have entered, and when."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from yutang.audiences import service as audiences
from yutang.journeys.dry_run.history import Arrivals, History
from yutang.journeys.dry_run.holding import Holding
from yutang.journeys.dry_run.times import Instants, instant, later, micros
from yutang.journeys.graph import Graph
from yutang.journeys.graph.nodes import AudienceEntry, Cap, EventEntry, Reentry, ScheduleEntry
from yutang.journeys.timing import next_entry
from yutang.kit.late import late
from yutang.workspaces.models import Workspace

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
else:
    np = late("numpy")


__all__ = ["candidates", "in_turn", "within_cap"]

_MOST_INSTANTS = 400  # of a schedule


def candidates(
    workspace: Workspace,
    graph: Graph,
    history: History,
    holding: Holding,
    *,
    since: datetime,
    until: datetime,
    only: int | None = None,
) -> Arrivals:
    """Return who came to the entry, in order of time; a condition of the entry was held against them."""
    match graph.entry:
        case EventEntry(condition=condition) as entry:
            came = history.arrivals(entry)
            if condition is not None and came.at.size:
                came = came.where(holding.of(condition, came.subjects, came.at))
            return came
        case AudienceEntry() as by_audience:
            return _by_audience(workspace, by_audience, since=since, until=until, only=only)
        case ScheduleEntry() as schedule:
            return _by_schedule(workspace, schedule, holding, since=since, until=until, only=only)
    return _arrivals([], [])


def _arrivals(subjects: Sequence[NDArray[Any]], at: Sequence[NDArray[Any]]) -> Arrivals:
    nothing = np.zeros(0, dtype=np.int64)
    whom = np.concatenate([nothing, *subjects]).astype(np.int64)
    when = np.concatenate([nothing, *at]).astype(np.int64)
    order = np.lexsort((whom, when))
    return Arrivals(whom[order], when[order], np.full(whom.size, -1, dtype=np.int64))


def _by_audience(
    workspace: Workspace,
    entry: AudienceEntry,
    *,
    since: datetime,
    until: datetime,
    only: int | None,
) -> Arrivals:
    changes = audiences.changes_upto(workspace, entry.audience, upto=until)
    if only is not None:
        changes = changes.filter(changes["customer"] == only)
    whom = changes["customer"].to_numpy().astype(np.int64)
    at = changes["at"].to_numpy().astype(np.int64) * 1000
    step = changes["step"].to_numpy()
    begin = micros(since)
    these = (at > begin) & (step == (1 if entry.on == "entered" else -1))
    subjects, times = [whom[these]], [at[these]]
    if entry.existing:
        inside = _inside(whom[at <= begin], step[at <= begin])
        subjects.append(inside)
        times.append(np.full(inside.size, begin, dtype=np.int64))
    return _arrivals(subjects, times)


def _inside(whom: NDArray[np.int64], step: NDArray[Any]) -> NDArray[np.int64]:
    """Return who is in after these changes, given in order of time."""
    last, first = np.unique(whom[::-1], return_index=True)
    found: NDArray[np.int64] = last[step[::-1][first] == 1]
    return found


def _by_schedule(
    workspace: Workspace,
    schedule: ScheduleEntry,
    holding: Holding,
    *,
    since: datetime,
    until: datetime,
    only: int | None,
) -> Arrivals:
    subjects, times = [], []
    for at in _instants(schedule, since, until, ZoneInfo(workspace.time_zone)):
        chosen = _chosen(workspace, schedule, holding, at, only)
        subjects.append(chosen)
        times.append(np.full(chosen.size, micros(at), dtype=np.int64))
    return _arrivals(subjects, times)


def _instants(
    schedule: ScheduleEntry, since: datetime, until: datetime, zone: ZoneInfo
) -> Iterator[datetime]:
    at = next_entry(schedule, since, zone)
    for _ in range(_MOST_INSTANTS):
        if at is None or at > until:
            return
        yield at
        at = next_entry(schedule, at, zone)


def _chosen(
    workspace: Workspace,
    schedule: ScheduleEntry,
    holding: Holding,
    at: datetime,
    only: int | None,
) -> NDArray[np.int64]:
    if schedule.audience is not None:
        changes = audiences.changes_upto(workspace, schedule.audience, upto=at)
        whom = changes["customer"].to_numpy().astype(np.int64)
        chosen = _inside(whom, changes["step"].to_numpy())
        return chosen if only is None else chosen[chosen == only]
    assert schedule.condition is not None
    if only is not None:
        asked = np.array([only], dtype=np.int64)
        return asked[holding.of(schedule.condition, asked, np.array([micros(at)]))]
    return holding.everybody(schedule.condition, micros(at))


def in_turn(came: Arrivals) -> list[NDArray[np.int64]]:
    """Return the places of everybody's first coming, of everybody's second, and so on."""
    order = np.argsort(came.subjects, kind="stable")  # within a person still in order of time
    starts = np.flatnonzero(np.diff(came.subjects[order], prepend=-1))
    nth = np.arange(order.size) - np.repeat(starts, np.diff(np.append(starts, order.size)))
    by_turn = np.argsort(nth, kind="stable")
    ends = np.flatnonzero(np.diff(nth[by_turn])) + 1
    return [np.sort(each) for each in np.split(order[by_turn], ends)] if order.size else []


def allowed(
    reentry: Reentry, at: Instants, before: Instants, ended: Instants, zone: ZoneInfo
) -> NDArray[np.bool_]:
    """Return who may enter again, given when each entered last (0: never) and when that ended."""
    new: NDArray[np.bool_] = before == 0
    if not reentry.again:
        return new
    found = np.ones(at.size, dtype=bool)
    if reentry.one_at_a_time:
        found &= ended < at
    if reentry.after is not None:
        found &= at >= later(reentry.after, before, zone)
    found |= new
    return found


def within_cap(cap: Cap | None, at: Instants, zone: ZoneInfo) -> NDArray[np.bool_]:
    """Return who is let in under a cap, those who came first first; in order of time."""
    if cap is None:
        return np.ones(at.size, dtype=bool)
    if cap.per is None:
        inside: NDArray[np.bool_] = np.arange(at.size) < cap.most
        return inside
    found = np.zeros(at.size, dtype=bool)
    place = 0
    while place < at.size:  # one turn for each stretch of time
        over = micros(cap.per.after(instant(int(at[place])), zone))
        upto = int(np.searchsorted(at, over, side="left"))
        found[place : min(upto, place + cap.most)] = True
        place = max(upto, place + 1)
    return found
