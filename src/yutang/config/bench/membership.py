"""Saved audiences: the refresh of a large one, and what a thousand live ones cost while nothing happens.

`value` is the first refresh of an audience of `--members` people: everybody judged, everybody's entering
recorded in `members`, `member_changes`, `events` and the timeline, and the coming day's timers kept.
`floor` writes the same rows by hand, in four statements, without a record of what it did.

Then `--audiences` live audiences over rolling windows, a town and a tenth by chance each, are refreshed
once, and watched three times for `--seconds`: while nothing happens but that windows end (`idle`), while
`--rate` events a second come that none of them asks about (`unasked`), and while as many come that all
of them ask about (`stream`). The CPU of this process, of the engine's threads and of PostgreSQL counts,
in per cent of one core. Lateness is from the instant a change is true to its being committed.
"""

import itertools
import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from yutang.config.bench.stage import Figures, Stage, percentiles

__all__ = ["FLAGS", "measure"]

FLAGS = {"members": 1_000_000, "audiences": 1_000, "seconds": 30, "rate": 100}

_PROFILES = """
INSERT INTO profiles (workspace, customer, gender, city, created_at, version)
SELECT {workspace:UInt32}, number + 1, 'female', concat('城', toString(number % 100)), '2024-01-01', 1
FROM numbers({people:UInt32})
"""
# The first `members` customers favourited within the last 30 days, evenly; the others before.
_EVENTS = """
INSERT INTO events (workspace, type, ts, customer, origin, id, received_at)
SELECT
    {workspace:UInt32}, 'favorite',
    fromUnixTimestamp64Milli(
        {now_ms:Int64}
        - if(who < {members:UInt32}, 0, 2592000000)
        - toInt64(cityHash64(number, 'when') % 2592000000), 'UTC'
    ),
    who + 1, who + 1, generateUUIDv4(), {now:DateTime64(3, 'UTC')}
FROM (SELECT number, number % {people:UInt32} AS who FROM numbers({people:UInt32}))
"""
_BY_HAND = (
    """
    INSERT INTO member_changes (workspace, audience, at, customer, step, version)
    SELECT {workspace:UInt32}, 4000000000, {now:DateTime64(3, 'UTC')}, customer, sum(side) AS step, 1
    FROM (
        SELECT customer, 1 AS side FROM profiles FINAL
        WHERE workspace = {workspace:UInt32} AND customer IN (
            SELECT customer FROM events
            WHERE workspace = {workspace:UInt32} AND type = 'favorite'
                AND ts > {now:DateTime64(3, 'UTC')} - INTERVAL 30 DAY AND ts <= {now:DateTime64(3, 'UTC')}
        )
        UNION ALL
        SELECT customer, -1 FROM members FINAL
        WHERE workspace = {workspace:UInt32} AND audience = 4000000000
    )
    GROUP BY customer
    HAVING step != 0
    """,
    """
    INSERT INTO members (workspace, audience, customer, since, version, removed)
    SELECT workspace, audience, customer, at, version, step = -1
    FROM member_changes WHERE workspace = {workspace:UInt32} AND audience = 4000000000
    """,
    """
    INSERT INTO events (workspace, type, ts, customer, origin, id, received_at, content)
    SELECT workspace, 'audience.entered', at, customer, customer, generateUUIDv4(), at, '4000000000'
    FROM member_changes WHERE workspace = {workspace:UInt32} AND audience = 4000000000
    """,
    """
    SELECT customer, max(ts) + INTERVAL 30 DAY AS due FROM events
    WHERE workspace = {workspace:UInt32} AND type = 'favorite'
        AND ts > {now:DateTime64(3, 'UTC')} - INTERVAL 30 DAY
    GROUP BY customer
    HAVING due <= {now:DateTime64(3, 'UTC')} + INTERVAL 1 DAY
    ORDER BY due LIMIT 50001
    """,
)


def measure(stage: Stage, *, members: int, audiences: int, seconds: int, rate: int) -> Figures:
    """Refresh one large audience twice, then watch many small ones."""
    from yutang.audiences import service
    from yutang.kit import clock
    from yutang.workspaces import service as workspaces

    now = clock.now()
    workspaces.found_installation("bench@tea.example", "", now=now)
    (house, *_) = workspaces.workspaces_of_everyone()
    stage.say(f"{members:,} of {members + members // 4:,} people favourite something")
    _fill(house.pk, members, now)
    _settle(stage)

    draft = service.Draft(name="近30天收藏", condition=_favourites(30))
    audience = service.make(house, draft, owner=None, actor="system:bench", now=now)
    stage.say("the first refresh: everybody enters")
    first, entered = _timed(lambda: service.refresh(house, audience.pk, now=now))
    later = now + timedelta(hours=12)
    stage.say("half a day later")
    again, left = _timed(lambda: service.refresh(house, audience.pk, now=later))
    stage.say("the same by hand")
    floor, _ = _timed(lambda: _by_hand(house.pk, now))
    many: dict[str, Any] = {}
    if audiences:
        service.archive(house, audience.pk, actor="system:bench", now=clock.now())
        many = _many(stage, house, audiences) | _watched(stage, house, members, seconds, rate)
    return Figures(
        value=first,
        unit="s",
        floor=floor,
        ratio=first / floor,
        more={
            "members": entered.entered,
            "again_s": again,
            "left": left.left,
            "entered_again": left.entered,
            **many,
        },
    )


def _favourites(days: int) -> dict[str, Any]:
    window = {"kind": "rolling", "amount": days, "unit": "day"}
    return {"kind": "event", "types": ["favorite"], "window": window, "op": "ge", "value": 1}


def _fill(workspace: int, members: int, now: datetime) -> None:
    from yutang.engines import warehouse

    bound = {
        "workspace": workspace,
        "people": members + members // 4,
        "members": members,
        "now": now,
        "now_ms": round(now.timestamp() * 1000),
    }
    warehouse().command(_PROFILES, bound)
    warehouse().command(_EVENTS, bound)


def _by_hand(workspace: int, now: datetime) -> None:
    from yutang.engines import warehouse

    bound = {"workspace": workspace, "now": now}
    for statement in _BY_HAND[:3]:
        warehouse().command(statement, bound)
    warehouse().rows(_BY_HAND[3], bound, lane="background")


def _many(stage: Stage, house: Any, audiences: int) -> dict[str, Any]:
    """Make many live audiences, refresh each once and let everything come to rest."""
    from yutang.audiences import service
    from yutang.kit import clock

    stage.say(f"{audiences:,} live audiences")
    for each, days in zip(range(audiences), itertools.cycle(range(1, 31)), strict=False):
        condition = {
            "kind": "all",
            "of": [
                _favourites(days),
                {"kind": "attribute", "attribute": "city", "op": "eq", "value": f"城{each % 100}"},
                {"kind": "random", "salt": str(each), "from": 0, "to": 10},
            ],
        }
        draft = service.Draft(name=f"人群 {each}", condition=condition)
        service.make(house, draft, owner=None, actor="system:bench", now=clock.now())
    stage.say("their first refresh")
    used, began = _cpu_seconds(stage.home), time.monotonic()
    while service.refresh_due(now=clock.now()):
        pass
    took, used = time.monotonic() - began, _cpu_seconds(stage.home) - used
    stage.say(f"all refreshed in {took:.0f} s; coming to rest")
    while service.consume(now=clock.now()):
        pass
    service.judge_waiting(now=clock.now(), budget=60)
    _settle(stage)
    return {
        "audiences": audiences,
        "all_refreshed_s": took,
        "all_refreshed_cpu_s": used,
        "timers": service.waiting_timers(house),
    }


def _watched(stage: Stage, house: Any, members: int, seconds: int, rate: int) -> dict[str, Any]:
    """Let the pulses run, and watch what they cost: at rest, and with events of two kinds."""
    found: dict[str, Any] = {}
    with _running("audiences.tick", "audiences.refresh", "events.drain"):
        time.sleep(3)
        for name, what in (("idle", ""), ("unasked", "view"), ("stream", "favorite")):
            stage.say(f"{name}: {seconds} s of {f'{rate} × {what}/s' if what else 'nothing'}")
            changed = _changes_seen()
            used, began = _cpu_seconds(stage.home), time.monotonic()
            _happen(house, what, members, seconds, rate)
            lasted = time.monotonic() - began
            found[f"{name}_cpu_percent"] = (_cpu_seconds(stage.home) - used) / lasted * 100
            late = _lateness_ms(house.pk, changed)
            found[f"{name}_changes"] = len(late)
            if late:
                found[f"{name}_late_p99_ms"] = percentiles(late)["p99_ms"]
        found["stream_waiting"] = _waiting(house)
    return found


def _waiting(house: Any) -> int:
    """Return how many customers wait to be judged in some audience, counted in each."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(sum(cardinality(customers)), 0) FROM audiences_audiencetouch"
            " WHERE workspace_id = %s",
            [house.pk],
        )
        return int(cursor.fetchone()[0])


@contextmanager
def _running(*names: str) -> Iterator[None]:
    """Let these pulses run, and no others."""
    from yutang.kit.pulse import pulses, run_pulses

    for name in pulses.keys() - {*names}:
        del pulses[name]
    stop = threading.Event()
    threads = run_pulses(stop)
    yield
    stop.set()
    for thread in threads:
        thread.join(timeout=10)


def _happen(house: Any, what: str, members: int, seconds: int, rate: int) -> None:
    """Let so many events come, ten times a second, by anybody; or nothing."""
    from yutang.events import service as events
    from yutang.kit import clock

    chance = Random(what)
    began = time.monotonic()
    for beat in range(seconds * 10):
        if what:
            now = clock.now()
            who = [chance.randrange(members) + 1 for _ in range(rate // 10)]
            new = [events.NewEvent(type=what, customer=each, occurred_at=now) for each in who]
            events.record(house, new, now=now)
        time.sleep(max(0, began + (beat + 1) / 10 - time.monotonic()))


_seen: list[dict[int, float]] = []


def _changes_seen() -> dict[int, float]:
    """Return a dictionary into which the instants fall at which versions are committed, from now on."""
    from yutang.audiences.facts import AudienceChanged
    from yutang.kit.facts import on

    if not _seen:

        @on(AudienceChanged)
        def note(fact: AudienceChanged) -> None:
            _seen[-1].setdefault(fact.version, time.time())

    _seen.append({})
    return _seen[-1]


def _lateness_ms(workspace: int, committed: dict[int, float]) -> list[float]:
    """Return how long after it was true each change of these versions was committed."""
    from yutang.engines import warehouse

    rows = warehouse().rows(
        "SELECT version, toUnixTimestamp64Milli(at) FROM member_changes"
        " WHERE workspace = {workspace:UInt32} AND version IN {versions:Array(UInt64)}",
        {"workspace": workspace, "versions": list(committed)},
    )
    return [committed[version] * 1000 - at_ms for version, at_ms in rows]


def _timed(work: Callable[[], Any]) -> tuple[float, Any]:
    began = time.perf_counter()
    result = work()
    return time.perf_counter() - began, result


def _settle(stage: Stage) -> None:
    """Wait until the engine's merges are done: they belong to what was written before."""
    from yutang.engines import warehouse

    deadline = time.monotonic() + 120
    quiet = 0
    while quiet < 3 and time.monotonic() < deadline:
        time.sleep(0.5)
        busy = warehouse().value("SELECT count() FROM system.merges", lane="background")
        quiet = 0 if busy else quiet + 1


def _cpu_seconds(home: Path) -> float:
    """Return the CPU time of this process with its threads, and of PostgreSQL's processes."""
    own = os.times()
    postmaster = (home / "postgres" / "postmaster.pid").read_text().split("\n", 1)[0]
    tick = os.sysconf("SC_CLK_TCK")
    total = own.user + own.system
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            name, _, rest = stat.read_text().rpartition(") ")
        except OSError:
            continue
        fields = rest.split()
        if name.split(" ", 1)[0] == postmaster or fields[1] == postmaster:
            total += (int(fields[11]) + int(fields[12])) / tick
    return total
