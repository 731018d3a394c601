"""Seconds of a dry run over 30 days and ten million events.

People add a friend (a twentieth of the events), favourite, put into the cart, pay and write; the journey
is entered by adding a friend and waits, splits, branches on a condition, waits for an event, and sends twice.
The floor is the warehouse counting the same events by person, as a query by hand would.
"""

import resource
import time
from datetime import UTC, datetime, timedelta
from typing import Any

from yutang.config.bench.stage import Figures, Stage

__all__ = ["FLAGS", "measure"]

FLAGS = {"events": 10_000_000, "customers": 1_000_000}
NOW = datetime(2026, 11, 1, 4, tzinfo=UTC)
DAYS = 30

_EVENTS = """
INSERT INTO events (workspace, type, ts, customer, origin, id, received_at, amount, content)
SELECT {workspace:UInt32},
    ['view', 'view', 'view', 'view', 'favorite', 'favorite', 'cart', 'pay', 'message', 'add_friend',
        'view', 'view', 'view', 'view', 'favorite', 'favorite', 'cart', 'view', 'message', 'view'][1 + cityHash64(number, 4) % 20] AS kind,
    {begin:DateTime64(3, 'UTC')} + toIntervalMillisecond(cityHash64(number, 5) % {length:UInt64}) AS at,
    1 + toUInt32(cityHash64(number, 6) % {customers:UInt64}) AS who,
    who, generateUUIDv4(number), at, if(kind = 'pay', 9900, 0), toString(cityHash64(number, 8) % 500)
FROM numbers({events:UInt64})
"""
_BY_HAND = """
SELECT count() FROM (
    SELECT customer, groupArray((ts, type)) FROM events
    WHERE workspace = {workspace:UInt32} AND type IN ('add_friend', 'pay', 'message', 'cart') GROUP BY customer
)
"""
_LATELY = {
    "kind": "event",
    "types": ["favorite"],
    "did": True,
    "window": {"kind": "rolling", "amount": 7, "unit": "day"},
}
_GRAPH: dict[str, Any] = {
    "entry": {"kind": "event", "types": ["add_friend"]},
    "start": "hello",
    "nodes": {
        "hello": {"kind": "action", "do": "reach.send", "with": {}, "next": "evening"},
        "evening": {"kind": "wait_time", "at": "20:00", "after": {"amount": 1, "unit": "day"}, "next": "half"},
        "half": {"kind": "split", "salt": "bench", "arms": [
            {"name": "a", "weight": 1, "next": "liked"}, {"name": "b", "weight": 1, "next": "liked"}]},
        "liked": {"kind": "branch", "arms": [{"when": _LATELY, "next": "answer"}], "otherwise": "days"},
        "days": {"kind": "wait", "for": {"amount": 2, "unit": "day"}, "next": "answer"},
        "answer": {"kind": "until", "event": {"types": ["message", "cart"]},
            "timeout": {"amount": 3, "unit": "day"}, "next": "thanks", "on_timeout": None},
        "thanks": {"kind": "action", "do": "reach.send", "with": {}, "next": None},
    },
    "exits": [{"event": {"types": ["pay"]}}],
    "goal": {"event": {"types": ["pay"]}, "within": {"amount": 14, "unit": "day"}},
}  # fmt: skip


def measure(stage: Stage, *, events: int, customers: int) -> Figures:
    """Return the seconds of one dry run, and how far it got."""
    from yutang.engines import warehouse
    from yutang.journeys import service as journeys
    from yutang.workspaces import service as workspaces

    workspaces.found_installation("bench@yutang.local", "a-bench-needs-no-secret", now=NOW)
    house = workspaces.workspaces_of_everyone()[0]
    owner = workspaces.member_of_user(workspaces.members_of(house)[0].user, str(house.pk))
    stage.say(f"{events:,} events of {customers:,} customers within {DAYS} days")
    store = warehouse()
    asked = {"workspace": house.pk, "events": events, "customers": customers}
    length = DAYS * 86_400_000 - 1
    begin = {"begin": NOW - timedelta(days=DAYS) + timedelta(milliseconds=1), "length": length}
    store.command("DROP VIEW IF EXISTS timeline_feed")
    store.command(_EVENTS, asked | begin)
    draft = journeys.JourneyDraft(name="bench", graph=_GRAPH)
    journey = journeys.make(owner, draft, now=NOW)
    stage.say("dry run")
    rss = _peak_mb()
    times = []
    for _ in range(3):
        began = time.perf_counter()
        tried = journeys.dry_run(owner, journey.pk, days=DAYS, now=NOW)
        times.append(time.perf_counter() - began)
    took = sorted(times)[1]
    stage.say("by hand")
    began = time.perf_counter()
    store.value(_BY_HAND, {"workspace": house.pk})
    floor = time.perf_counter() - began
    moved = sum(count for (_, what), count in tried.counts.items() if what == "in")
    return Figures(
        took,
        "s",
        floor,
        took / floor,
        {
            "events": events,
            "entered": tried.entered,
            "moves": moved,
            "reached": tried.reached,
            "coarsest_s": tried.coarsest.total_seconds(),
            "grown_mb": _peak_mb() - rss,
        },
    )


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
