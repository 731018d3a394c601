"""Graphs in few words, and journeys that run on a clock of the test's own."""

import os
import random
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import connection

from yutang.customers.tests.builders import a_customer
from yutang.events import service as events
from yutang.events.service import NewEvent
from yutang.journeys import service as journeys
from yutang.journeys.models import Journey, Run, RunStep
from yutang.journeys.service import Candidate, Entered, JourneyDraft
from yutang.kit.i18n import Text
from yutang.loop import Action as LoopAction
from yutang.loop import Doing, Property, PropertyKind, Undone, actions, declare
from yutang.workspaces.models import Workspace
from yutang.workspaces.service import Member
from yutang.workspaces.tests.builders import a_member, a_workspace

__all__ = [
    "DAY",
    "HOUR",
    "MINUTE",
    "NOON",
    "a_journey",
    "a_member",
    "a_workspace",
    "action",
    "advance",
    "at",
    "days",
    "did",
    "done_to",
    "enter",
    "event",
    "fails",
    "forget_done",
    "graph",
    "minutes",
    "note",
    "path",
    "some_people",
    "until",
    "wait",
    "where",
]

Json = dict[str, Any]
NOON = datetime(2026, 11, 2, 4, tzinfo=UTC)  # noon in Shanghai, a Monday
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def days(amount: int) -> Json:
    return {"amount": amount, "unit": "day"}


def minutes(amount: int) -> Json:
    return {"amount": amount, "unit": "minute"}


def event(*types: str, where: list[Json] | None = None, **more: Any) -> Json:
    return {"types": list(types), **({"where": where} if where else {}), **more}


def wait(amount: int = 1, to: str | None = None) -> Json:
    return {"kind": "wait", "for": days(amount), "next": to}


def until(type_name: str, *, to: str | None = None, late: str | None = None) -> Json:
    return {
        "kind": "until", "event": event(type_name), "timeout": days(1), "next": to, "on_timeout": late,
    }  # fmt: skip


def action(do: str = "tags.tag", to: str | None = None, **given: Any) -> Json:
    settings = {key: given.pop(key) for key in ("on_error", "tries") if key in given}
    return {"kind": "action", "do": do, "with": given, "next": to, **settings}


def note(what: str, to: str | None = None, **more: Any) -> Json:
    """Return an action that only notes down that it was done; see `done_to`."""
    return action("test.note", to, what=what, **more)


def graph(nodes: dict[str, Json], *, entry: Json | None = None, **more: Any) -> Json:
    """Return a graph that begins with the first of its nodes and is entered by hand."""
    return {
        "entry": entry or {"kind": "manual"},
        "start": next(iter(nodes), "n1"),
        "nodes": nodes,
        **more,
    }


def a_journey(
    member: Member,
    nodes: dict[str, Json],
    *,
    now: datetime = NOON,
    name: str = "新客关怀",
    **more: Any,
) -> Journey:
    """Return an active journey over these nodes."""
    settings = {key: more.pop(key) for key in ("holdout_percent", "priority") if key in more}
    subject = more.pop("subject", "customer")
    draft = JourneyDraft(name=name, graph=graph(nodes, **more), **settings)
    made = journeys.make(member, draft, subject=subject, now=now)
    return journeys.activate(member, made.pk, now=now)


def some_people(member: Member, how_many: int = 1) -> list[int]:
    return [a_customer(member).pk for _ in range(how_many)]


def enter(
    journey: Journey, *people: int, now: datetime = NOON, key: str = "", **data: Any
) -> Entered:
    """Let people enter by hand."""
    candidates = [Candidate(each, key or f"hand:{now}", now, data or None) for each in people]
    return journeys.enter(journey.pk, candidates, now=now)


def advance(now: datetime = NOON, *, at_most: int = 1000) -> None:
    """Let the engine do all it has to do at an instant."""
    while journeys.listen(now=now):
        pass
    while journeys.advance(lambda: now, at_most=at_most):
        pass
    journeys.advance(lambda: now, at_most=at_most)


def did(workspace: Workspace, customer: int, what: str, *, now: datetime, **more: Any) -> None:
    """Let a customer do something, which is recorded at once and drained."""
    more.setdefault("occurred_at", now)
    events.record(workspace, [NewEvent(type=what, customer=customer, **more)], now=now)
    events.drain()


def where(journey: Journey) -> dict[int, str]:
    """Return where everybody is: her node, or the outcome if she is done; `!` if she is held."""
    rows = Run.objects.filter(journey=journey).order_by("pk")
    return {
        each.subject: each.outcome
        if each.state == "done"
        else f"!{each.node}"
        if each.state == "held"
        else each.node
        for each in rows
    }


def at(journey: Journey, node: str) -> list[int]:
    return sorted(who for who, place in where(journey).items() if place == node)


def path(journey: Journey, customer: int) -> list[tuple[str, str]]:
    """Return the steps somebody took: (node, outcome)."""
    runs = Run.objects.filter(journey=journey, subject=customer).values("pk")
    rows = RunStep.objects.filter(run__in=runs).order_by("run_id", "seq")
    return list(rows.values_list("node", "outcome"))


# So often the noting action says that it may do it later; for processes that are killed.
_CLUMSY = float(os.environ.get("YUTANG_TEST_CLUMSY", "0"))
_failing: dict[int, Undone | Exception] = {}


def fails(customer: int, how: Undone | Exception | None) -> None:
    """Let the noting action fail for a customer, or no more."""
    _failing.pop(customer, None)
    if how is not None:
        _failing[customer] = how


def _perform(
    workspace_id: int, doings: Sequence[Doing], parameters: Mapping[str, Any], *, now: datetime
) -> Mapping[str, Undone]:
    _make_table()
    undone: dict[str, Undone] = {}
    with connection.cursor() as cursor:
        for each in doings:
            fault = _failing.get(each.customer)
            if random.random() < _CLUMSY:
                fault = Undone("clumsy", again=True)
            if isinstance(fault, Exception):
                raise fault
            if fault is not None:
                undone[each.key] = fault
                continue
            cursor.execute(
                "INSERT INTO tests_of_journeys.done VALUES (%s, %s, %s, %s)",
                [workspace_id, each.key, each.customer, parameters["what"]],
            )
    return undone


def _make_table() -> None:
    """Make the table that notes what was done; without any key, so that twice is twice."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('tests_of_journeys.done') IS NULL")
        if cursor.fetchone()[0]:
            # In a schema of its own: what is committed here is no part of ours.
            cursor.execute("CREATE SCHEMA IF NOT EXISTS tests_of_journeys")
            cursor.execute(
                "CREATE TABLE tests_of_journeys.done"
                " (workspace bigint, key text, customer bigint, what text)"
            )


def done_to(workspace: Workspace) -> list[tuple[int, str]]:
    """Return what was done: (customer, what), each as often as it was done."""
    _make_table()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT customer, what FROM tests_of_journeys.done WHERE workspace = %s ORDER BY 1, 2",
            [workspace.pk],
        )
        return list(cursor.fetchall())


def forget_done() -> None:
    _failing.clear()


if "test.note" not in actions:
    declare(
        LoopAction(
            "test.note",
            Text("记下", "Note down"),
            (Property("what", PropertyKind.TEXT, Text("什么", "What")),),
            perform=_perform,
        )
    )
