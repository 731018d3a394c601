"""Node transitions a second, committed with their effects, of so many people in a journey of seven nodes.

Everybody is given a tag, waits an hour, is asked what she was entered with, is split, waits for an event that does
not come, is given another tag, and leaves: seven transitions, three waits in the database, two effects
with their history and their marks for the warehouse. All in `--workers` threads, by the engine as it is.

The floor is PostgreSQL by hand: for each stop one statement per batch that moves the runs, appends as many
steps, and inserts the taggings with history and marks; tables of the same shape, the same workers.

Besides: what one person costs while ten thousand, a hundred thousand, a million others wait; and how
long it takes from an event to what it brings about while they do.
"""

import random
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from yutang.config.bench.stage import Figures, Stage, percentiles

if TYPE_CHECKING:
    from yutang.journeys.models import Journey
    from yutang.workspaces.service import Member

__all__ = ["FLAGS", "measure"]

FLAGS = {"people": 1_000_000, "workers": 2, "events": 150}
NOON = datetime(2026, 3, 2, 4, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
_AT_ONCE = 20_000
_MOVED = 20_000

_PEOPLE = """
INSERT INTO customers_customer (id, workspace_id, current_id, name, gender, country, province, city, district,
    source, created_at, updated_at, fields, told)
SELECT n, %(workspace)s, n, '', '', '', '', '', '', 'bench', %(now)s, %(now)s, '{}', '{}'
FROM generate_series(1, %(people)s) AS n
"""


def measure(stage: Stage, *, people: int, workers: int, events: int) -> Figures:
    """Return transitions a second, the floor by hand, costs by how many wait, and latencies."""
    from django.db import connection

    owner = _owner()
    stage.say(f"{people:,} people")
    with connection.cursor() as cursor:
        cursor.execute(_PEOPLE, {"workspace": owner.workspace.pk, "people": people, "now": NOON})
        cursor.execute("VACUUM ANALYZE customers_customer")
    tags = _tags(owner)
    journey = _journey(owner, "bench", _seven(*tags))
    stage.say("entering")
    began = time.perf_counter()
    _enter(journey, range(1, people + 1), NOON)
    entering = time.perf_counter() - began
    took = 0.0
    for what, at in (("first stop", NOON), ("second stop", NOON + HOUR), ("last", NOON + 2 * DAY)):
        stage.say(what)
        began = time.perf_counter()
        _in_threads(workers, lambda at=at: _advance(at))  # type: ignore[misc]
        took += time.perf_counter() - began
    _verify(journey, people)
    stage.say("by hand")
    floor = _by_hand(people, workers, owner.workspace.pk)
    value = 7 * people / took
    more: dict[str, Any] = {
        "people": people,
        "workers": workers,
        "entries_per_s": people / entering,
    }
    more |= _while_others_wait(stage, owner, people, tags[0])
    more |= _latency(stage, owner, people, events)
    return Figures(value, "transitions/s", floor, value / floor, more)


def _owner() -> "Member":
    from yutang.workspaces import service as workspaces

    workspaces.found_installation("bench@yutang.local", "a-bench-needs-no-secret", now=NOON)
    house = workspaces.workspaces_of_everyone()[0]
    return workspaces.member_of_user(workspaces.members_of(house)[0].user, str(house.pk))


def _tags(owner: "Member") -> tuple[int, int]:
    from yutang.tags import service as tags

    group = tags.create_group(owner, now=NOON, name="bench")
    first, second = (
        tags.create_tag(owner, now=NOON, group_id=group.pk, name=name) for name in ("one", "two")
    )
    return first.pk, second.pk


def _seven(first: int, second: int) -> dict[str, Any]:
    large = [{"property": "amount", "op": "ge", "value": 50}]
    ways = [{"name": name, "weight": 1, "next": "n5"} for name in ("A", "B")]
    return {
        "n1": {"kind": "action", "do": "tags.tag", "with": {"tag": first}, "next": "n2"},
        "n2": {"kind": "wait", "for": {"amount": 1, "unit": "hour"}, "next": "n3"},
        "n3": {"kind": "branch", "arms": [{"where": large, "next": "n4"}], "otherwise": "n4"},
        "n4": {"kind": "split", "arms": ways},
        "n5": {
            "kind": "until",
            "event": {"types": ["pay"]},
            "timeout": {"amount": 1, "unit": "day"},
            "next": "n6",
            "on_timeout": "n6",
        },
        "n6": {"kind": "action", "do": "tags.tag", "with": {"tag": second}, "next": "n7"},
        "n7": {"kind": "exit"},
    }


def _journey(owner: "Member", name: str, nodes: dict[str, Any]) -> "Journey":
    from yutang.journeys import service as journeys

    tree = {"entry": {"kind": "api"}, "start": next(iter(nodes)), "nodes": nodes}
    made = journeys.make(owner, journeys.JourneyDraft(name=name, graph=tree), now=NOON)
    return journeys.activate(owner, made.pk, now=NOON)


def _enter(journey: "Journey", who: range, at: datetime) -> None:
    from yutang.journeys import service as journeys

    for begin in range(who.start, who.stop, _AT_ONCE):
        some = range(begin, min(begin + _AT_ONCE, who.stop))
        journeys.enter(
            journey.pk,
            [journeys.Candidate(each, "a", at, {"amount": each % 100}) for each in some],
            now=at,
        )


def _advance(at: datetime) -> None:
    from yutang.journeys import service as journeys

    while journeys.advance(lambda: at):
        pass


def _in_threads(count: int, work: Callable[[], None]) -> None:
    from django.db import connection

    def working() -> None:
        work()
        connection.close()

    threads = [threading.Thread(target=working) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _verify(journey: "Journey", people: int) -> None:
    from yutang.journeys import service as journeys

    counted = {each.node: each for each in journeys.counts(journey)}
    done = counted[""].left.get("done:done", 0)
    steps = sum(sum(each.left.values()) for node, each in counted.items() if node)
    if done != people or steps != 7 * people:
        raise RuntimeError(f"{done} of {people} are done after {steps} steps")


def _while_others_wait(
    stage: Stage, owner: "Member", people: int, tag: int
) -> Iterator[tuple[str, float]]:
    """Yield what a person costs (µs: entered, given a tag, done) while so many others wait."""
    waiting = {"n1": {"kind": "wait", "for": {"amount": 300, "unit": "day"}, "next": None}}
    crowd = _journey(owner, "crowd", waiting)
    inside = 0
    for others in sorted({min(each, people) for each in (10_000, 100_000, 1_000_000)}):
        stage.say(f"{others:,} others wait")
        _enter(crowd, range(inside + 1, others + 1), NOON)
        _advance(NOON)
        inside = others
        nodes = {"n1": {"kind": "action", "do": "tags.untag", "with": {"tag": tag}, "next": None}}
        journey = _journey(owner, f"beside {others}", nodes)
        moved = min(_MOVED, people)
        began = time.perf_counter()
        _enter(journey, range(1, moved + 1), NOON)
        _advance(NOON)
        yield f"us_per_person_{others}_wait", (time.perf_counter() - began) / moved * 1e6


def _latency(
    stage: Stage, owner: "Member", people: int, events: int
) -> Iterator[tuple[str, float]]:
    """Yield how long it takes from the call that records an event to what it brings about, committed."""
    from yutang.events import service as recording
    from yutang.events.service import NewEvent
    from yutang.journeys import service as journeys
    from yutang.kit import clock
    from yutang.kit.pulse import run_pulses

    nodes = {
        "n1": {
            "kind": "until",
            "event": {"types": ["message"]},
            "timeout": {"amount": 300, "unit": "day"},
            "next": "n2",
            "on_timeout": None,
        },
        "n2": {"kind": "action", "do": "journeys.task", "with": {"title": "answer"}},
    }
    stage.say(f"{people:,} wait for an event")
    journey = _journey(owner, "waiting for it", nodes)
    now = clock.now()
    _enter(journey, range(1, people + 1), now)
    _advance(clock.now())
    stop = threading.Event()
    run_pulses(stop)
    time.sleep(3)
    took: list[float] = []
    chance = random.Random(1)
    for who in chance.sample(range(1, people + 1), min(events, people)):
        began = time.perf_counter()
        recording.record(owner.workspace, [NewEvent(type="message", customer=who)], now=clock.now())
        done = journeys.tasks_of(owner).filter(customer=who)
        while not done.exists():
            time.sleep(0.002)
            if time.perf_counter() - began > 30:
                raise RuntimeError("nothing came of an event for half a minute")
        took.append((time.perf_counter() - began) * 1000)
        time.sleep(chance.uniform(0, 0.1))
    stop.set()
    yield from ((f"event_to_action_{name}", value) for name, value in percentiles(took).items())


_SHAPE = """
CREATE TABLE hand_run (LIKE journeys_run INCLUDING ALL);
CREATE TABLE hand_step (LIKE journeys_runstep INCLUDING ALL);
CREATE TABLE hand_tagging (LIKE tags_tagging INCLUDING ALL);
CREATE TABLE hand_change (LIKE tags_tagchange INCLUDING ALL);
CREATE TABLE hand_mark (LIKE tags_unmirroredtagging INCLUDING ALL);
ALTER TABLE hand_run SET (fillfactor = 80);
INSERT INTO hand_run (workspace_id, journey_id, version_id, subject, origin, entry_key, node, visit, state, due_at,
    sign, tries, mark, rev, outcome, entered_at, arrived_at, data)
SELECT %(workspace)s, 1, 1, n, n, 'a', 'n1', 0, 'due', %(now)s, '', 0, 0, 0, '', %(now)s, %(now)s,
    jsonb_build_object('amount', n %% 100)
FROM generate_series(1, %(people)s) AS n;
"""
# One stop of a batch: `steps` nodes passed, then the next wait (or the end); `tag` says whether one is given.
_STOP = """
WITH batch AS (
    SELECT id FROM hand_run
    WHERE journey_id = 1 AND state IN ('due', 'waiting') AND due_at <= %(now)s
    ORDER BY due_at, id LIMIT 4000 FOR UPDATE SKIP LOCKED
), moved AS (
    UPDATE hand_run AS run SET node = %(node)s, visit = visit + %(steps)s, state = %(state)s,
        due_at = %(due)s::timestamptz, rev = rev + 1, arrived_at = %(now)s
    FROM batch WHERE run.id = batch.id
    RETURNING run.id, run.subject, run.visit
), logged AS (
    INSERT INTO hand_step (workspace_id, run_id, seq, node, outcome, at)
    SELECT %(workspace)s, id, visit - n, 'n' || n, 'next', %(now)s
    FROM moved, generate_series(1, %(steps)s) AS n
), tagged AS (
    INSERT INTO hand_tagging (workspace_id, tag_id, customer, sources, tagged_at, tagged_by)
    SELECT %(workspace)s, %(tag)s, subject, ARRAY['journey:1'], %(now)s, 'journey:1'
    FROM moved WHERE %(tag)s > 0
    ON CONFLICT DO NOTHING RETURNING customer
), noted AS (
    INSERT INTO hand_change (workspace_id, tag_id, customer, kind, source, actor, reason, at)
    SELECT %(workspace)s, %(tag)s, customer, 'given', 'journey:1', 'journey:1', '', %(now)s FROM tagged
), marked AS (
    INSERT INTO hand_mark (workspace_id, tag, customer)
    SELECT %(workspace)s, %(tag)s, customer FROM tagged
)
SELECT count(*) FROM moved
"""


def _by_hand(people: int, workers: int, workspace: int) -> float:
    """Return transitions a second of the same stops in plain statements."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(_SHAPE, {"workspace": workspace, "people": people, "now": NOON})
        cursor.execute("VACUUM ANALYZE hand_run")
    stops = (
        {"now": NOON, "node": "n2", "steps": 1, "state": "waiting", "due": NOON + HOUR, "tag": 1},
        {"now": NOON + HOUR, "node": "n5", "steps": 3, "state": "waiting",
         "due": NOON + 25 * HOUR, "tag": 0},
        {"now": NOON + 2 * DAY, "node": "n7", "steps": 3, "state": "done", "due": None, "tag": 2},
    )  # fmt: skip
    began = time.perf_counter()
    for stop in stops:
        _in_threads(workers, lambda stop=stop: _run_stop(stop | {"workspace": workspace}))  # type: ignore[misc]
    return 7 * people / (time.perf_counter() - began)


def _run_stop(stop: dict[str, Any]) -> None:
    from yutang.engines import bound

    while True:
        ((moved,),) = bound(_STOP, stop)
        if not moved:
            return
