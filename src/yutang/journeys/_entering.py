"""Letting people into a journey, many at once, each exactly as often as the journey allows.

What is the same entry has the same key: a person's only one (`once`), the event's id, the instant of a
schedule, the version of an audience. A key that exists is left alone, whoever brings it again. Caps and
“not while she is still inside” hold exactly, because entries of one journey come one after another.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import msgspec
from django.db import transaction

from yutang.customers import service as customers
from yutang.engines import bound
from yutang.events import service as events
from yutang.journeys._versions import graphs_of
from yutang.journeys.engine import locks
from yutang.journeys.engine.chance import is_held_out
from yutang.journeys.engine.walking import JUDGE
from yutang.journeys.engine.writing import tally
from yutang.journeys.graph import Graph
from yutang.journeys.graph.nodes import Cap, EventEntry, Reentry
from yutang.journeys.models import (
    Journey,
    JourneyState,
    JourneySubject,
    JourneyVersion,
    Pace,
)
from yutang.kit.pulse import wake

__all__ = ["Candidate", "Entered", "enter", "is_held_out"]

_encode = msgspec.json.Encoder().encode


class Candidate(NamedTuple):
    """Somebody who may enter: why (`key` says which entry it is), when, and with what."""

    subject: int
    key: str
    at: datetime
    data: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class Entered:
    """What became of candidates."""

    entered: int = 0  # those held out among them
    held_out: int = 0
    before: int = 0  # the same entry, or one that the journey does not allow again
    capped: int = 0
    unknown: int = 0  # nobody there

    def __add__(self, other: "Entered") -> "Entered":
        return Entered(
            self.entered + other.entered,
            self.held_out + other.held_out,
            self.before + other.before,
            self.capped + other.capped,
            self.unknown + other.unknown,
        )


@transaction.atomic
def enter(journey_id: int, candidates: Sequence[Candidate], *, now: datetime) -> Entered:
    """Let candidates into the version that is active; in the order they come in, where not all may.

    Nothing is entered into a journey that is not active.
    """
    if not candidates:
        return Entered()
    locks.one_entry_at_a_time(journey_id)
    journey = (
        Journey.objects.select_related("workspace")
        .filter(pk=journey_id, state=JourneyState.ACTIVE)
        .first()
    )
    if journey is None:
        return Entered()
    version = JourneyVersion.objects.within(journey.workspace).get(
        journey=journey, number=journey.version
    )
    graph = graphs_of([version.pk])[version.pk]
    there = _those_there(journey, candidates)
    meant = _allowed(journey, graph.reentry, there)
    chosen = _within_cap(journey, graph.cap, meant, now)
    held_out = _write(journey, version.pk, graph, chosen, now)
    transaction.on_commit(lambda: wake("journeys.advance"))
    return Entered(
        len(chosen),
        held_out,
        len(there) - len(meant),
        len(meant) - len(chosen),
        len(candidates) - len(there),
    )


def _those_there(journey: Journey, candidates: Sequence[Candidate]) -> list[Candidate]:
    """Return candidates as who they are today; who was erased, or is no such group or colleague, is not."""
    if journey.subject != JourneySubject.CUSTOMER:
        return list(candidates)
    today = customers.today(journey.workspace, sorted({each.subject for each in candidates}))
    return [
        each if today[each.subject] == each.subject else each._replace(subject=today[each.subject])
        for each in candidates
        if each.subject in today
    ]


def _allowed(
    journey: Journey, reentry: Reentry, candidates: Sequence[Candidate]
) -> list[Candidate]:
    """Return those who may enter, by the journey's rule of entering again."""
    if not reentry.again:
        candidates = [each._replace(key="once") for each in candidates]
    first = {(each.subject, each.key): each for each in reversed(candidates)}
    meant = [each for each in candidates if first[each.subject, each.key] is each]
    subjects = sorted({each.subject for each in meant})
    rows = bound(_BEFORE, {"journey": journey.pk, "subjects": _array(subjects)}).fetchall()
    known = {(subject, key) for subject, key, _, _ in rows}
    meant = [each for each in meant if (each.subject, each.key) not in known]
    if not reentry.again or not (reentry.one_at_a_time or reentry.after):
        return meant
    inside = {subject for subject, _, is_done, _ in rows if reentry.one_at_a_time and not is_done}
    latest = {subject: at for subject, _, _, at in rows}
    return _one_after_another(journey, reentry, meant, inside, latest)


def _array(numbers: Iterable[int]) -> str:
    """Return numbers as one literal: the driver writes an array number by number."""
    return "{" + ",".join(map(str, numbers)) + "}"


def _one_after_another(
    journey: Journey,
    reentry: Reentry,
    candidates: Sequence[Candidate],
    inside: set[int],
    latest: dict[int, datetime],
) -> list[Candidate]:
    zone = ZoneInfo(journey.workspace.time_zone)
    entering: list[Candidate] = []
    for each in candidates:
        before = latest.get(each.subject)
        too_soon = (
            reentry.after is not None
            and before is not None
            and each.at < reentry.after.after(before, zone)
        )
        if each.subject in inside or too_soon:
            continue
        entering.append(each)
        latest[each.subject] = each.at
        if reentry.one_at_a_time:
            inside.add(each.subject)
    return entering


def _within_cap(
    journey: Journey, cap: Cap | None, candidates: list[Candidate], now: datetime
) -> list[Candidate]:
    """Return the first of them, as many as the cap leaves room for, and count them."""
    if cap is None or not candidates:
        return candidates
    place = {"workspace": journey.workspace, "journey": journey, "node": ""}
    count, _ = Pace.objects.get_or_create(**place, defaults={"next_at": now})
    if cap.per and cap.per.after(count.next_at, ZoneInfo(journey.workspace.time_zone)) <= now:
        count.next_at, count.count = now, 0
    chosen = candidates[: max(0, cap.most - count.count)]
    count.count += len(chosen)
    count.save(update_fields=["next_at", "count"])
    return chosen


def _write(
    journey: Journey, version: int, graph: Graph, chosen: Sequence[Candidate], now: datetime
) -> int:
    """Write the runs; return how many are held out."""
    if not chosen:
        return 0
    judged = isinstance(graph.entry, EventEntry) and graph.entry.condition is not None
    # Whoever enters on a condition is judged first: those held out are to be like those who are not.
    held_out = [not judged and is_held_out(journey, each.subject) for each in chosen]
    subjects, keys, ats, data = zip(*chosen, strict=True)
    bound(
        _ENTER,
        {
            "workspace": journey.workspace_id,
            "journey": journey.pk,
            "version": version,
            "node": graph.start,
            "sign": JUDGE if judged else "",
            "mark": events.spool_mark(),
            "subjects": _array(subjects),
            "keys": list(keys),
            "ats": list(ats),
            "data": [None if each is None else _encode(each).decode() for each in data],
            "held_out": held_out,
        },
    )
    out = sum(held_out)
    counts: Counter[tuple[int, str, str]] = Counter({(version, "", "held_out"): out})
    if not judged:
        counts[version, "", "entered"] = len(chosen) - out
        counts[version, graph.start, "in"] = len(chosen) - out
    tally(journey, counts, now.date())
    return out


_BEFORE = """
    SELECT subject, entry_key, state = 'done', entered_at FROM journeys_run
    WHERE journey_id = %(journey)s AND subject = ANY(%(subjects)s::text::bigint[])
    ORDER BY entered_at
"""
_ENTER = """
    INSERT INTO journeys_run (
        workspace_id, journey_id, version_id, subject, origin, entry_key, node, visit, state, due_at,
        sign, tries, mark, rev, outcome, entered_at, arrived_at, data
    )
    SELECT %(workspace)s, %(journey)s, %(version)s, subject, subject, key, %(node)s, 0,
        CASE WHEN held_out THEN 'done' ELSE 'due' END, CASE WHEN held_out THEN NULL ELSE at END,
        CASE WHEN held_out THEN '' ELSE %(sign)s END, 0, %(mark)s, 0,
        CASE WHEN held_out THEN 'held_out' ELSE '' END, at, at, data::jsonb
    FROM unnest(
        %(subjects)s::text::bigint[], %(keys)s::text[], %(ats)s::timestamptz[], %(data)s::text[],
        %(held_out)s::bool[]
    ) AS given (subject, key, at, data, held_out)
"""
