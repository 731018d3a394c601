"""A journey's draft tried on what has happened, and ready journeys made a brand's own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from yutang.customers import service as customers
from yutang.journeys._living import found
from yutang.journeys.dry_run.running import DryRun, Plan, Step, run, step_through
from yutang.journeys.dry_run.times import instant
from yutang.journeys.dry_run.walking import SAMPLE
from yutang.journeys.graph import from_json
from yutang.journeys.graph.nodes import ActionNode
from yutang.journeys.models import Journey, JourneySubject
from yutang.kit.late import late
from yutang.reach import service as reach
from yutang.workspaces.service import Member

if TYPE_CHECKING:
    import numpy as np
else:
    np = late("numpy")


__all__ = ["LONGEST_DRY_RUN", "Entry", "dry_run", "dry_run_of_one"]

LONGEST_DRY_RUN = 365  # days

Entry = tuple[datetime, list[Step]]
Samples = dict[tuple[str, str], list[int]]


def _plan(member: Member, journey_id: int) -> tuple[Journey, Plan]:
    journey = found(member.workspace, journey_id)
    return journey, Plan.of(journey, from_json(journey.draft))


def dry_run(member: Member, journey_id: int, *, days: int, now: datetime) -> DryRun:
    """Return what a journey's draft would have done, had it been running for so many days.

    Of the people behind the counts only those are named whom the member may see.

    :raises NotFound, GraphUnreadable, reach.MessageNotFound, audiences.ConditionUnreadable,
        events.TooMuchPast, WarehouseTooBusy:
    """
    journey, plan = _plan(member, journey_id)
    tried = run(plan, days=days, now=now)
    _ask_the_gate(journey, plan, tried, now)
    if journey.subject == JourneySubject.CUSTOMER and not member.scope.is_everyone:
        behind = [*tried.samples.values(), *tried.gate_samples.values()]
        named = sorted({who for people in behind for who in people})
        seen = set(customers.visible(member, named))
        tried.samples = _only(tried.samples, seen)
        tried.gate_samples = _only(tried.gate_samples, seen)
    return tried


def _only(samples: Samples, seen: AbstractSet[int]) -> Samples:
    return {key: [who for who in people if who in seen] for key, people in samples.items()}


def _parameters(plan: Plan, node: str) -> Mapping[str, Any]:
    found = plan.graph.nodes[node]
    return found.parameters if isinstance(found, ActionNode) else {}


def _ask_the_gate(journey: Journey, plan: Plan, tried: DryRun, now: datetime) -> None:
    """Let the gate say what would have become of the messages; of very many, of some people's."""
    messages = _messages(plan, tried.sends)
    groups = [(node, *each) for node in messages for each in tried.sends[node]]
    if not groups or journey.subject != JourneySubject.CUSTOMER:
        return
    subjects = np.concatenate([whom for _, whom, _ in groups])
    highest = np.sort(subjects)[: reach.MOST_VIRTUAL][-1]
    wanted = [
        reach.Virtual(who, instant(when), node)
        for node, whom, at in groups
        for who, when in zip(whom.tolist(), at.tolist(), strict=True)
        if who <= highest
    ]
    tried.judged = len(wanted)
    said = reach.would_say(journey.workspace, wanted, messages, journey=journey.pk, now=now)
    for each, reason in said:
        tried.gate.setdefault(each.node, Counter())[reason] += 1
        people = tried.gate_samples.setdefault((each.node, reason), [])
        if len(people) < SAMPLE and each.customer not in people[-1:]:
            people.append(each.customer)


def _messages(plan: Plan, nodes: Iterable[str]) -> dict[str, int]:
    """Return the numbers of the messages that these nodes send."""
    return {
        node: number
        for node in nodes
        if isinstance(number := _parameters(plan, node).get("message"), int)
    }


def dry_run_of_one(
    member: Member, journey_id: int, subject: int, *, days: int, now: datetime
) -> Sequence[Entry]:
    """Return each entry of one person and the steps she would have taken from there; of a stranger none.

    :raises NotFound, GraphUnreadable, reach.MessageNotFound, audiences.ConditionUnreadable,
        WarehouseTooBusy:
    """
    journey, plan = _plan(member, journey_id)
    if journey.subject == JourneySubject.CUSTOMER and subject not in customers.visible(
        member, [subject]
    ):
        return []
    entries = step_through(plan, subject, days=days, now=now)
    return (
        entries
        if journey.subject != JourneySubject.CUSTOMER
        else _judged(journey, plan, subject, entries, now)
    )


def _judged(
    journey: Journey, plan: Plan, subject: int, entries: Sequence[Entry], now: datetime
) -> list[Entry]:
    """Return somebody's entries with what the gate would have said at each step that sends."""
    steps = [step for _, steps in entries for step in steps]
    messages = _messages(plan, {step.node for step in steps if step.node})
    wanted = [
        reach.Virtual(subject, step.at, step.node)
        for step in steps
        if step.node in messages and step.at is not None and step.outcome == "next"
    ]
    if not wanted:
        return list(entries)
    told = reach.would_say(journey.workspace, wanted, messages, journey=journey.pk, now=now)
    said = {(each.node, each.at): reason for each, reason in told}
    return [
        (at, [replace(step, gate=said.get((step.node, step.at or at))) for step in steps])
        for at, steps in entries
    ]
