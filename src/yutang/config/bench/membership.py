"""Saved audiences: the refresh of a large one, and what a thousand live ones cost while nothing happens.

`value` is the first refresh of an audience of `--members` people: everybody judged, everybody's entering
recorded in `members`, `member_changes`, `events` and the timeline, and the coming day's timers kept.
`floor` writes the same rows by hand, in four statements, without a record of what it did. Idle is
measured over `--seconds` with `--audiences` live audiences over rolling windows whose timers go on
firing; the CPU of this process, of the engine's threads and of PostgreSQL counts.
"""

import itertools
import os
import threading
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from yutang.config.bench.stage import Figures, Stage

__all__ = ["FLAGS", "measure"]

FLAGS = {"members": 1_000_000, "audiences": 1_000, "seconds": 30}

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


def measure(stage: Stage, *, members: int, audiences: int, seconds: int) -> Figures:
    """Refresh one large audience twice, then watch many small ones do nothing."""
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
    idle = _idle(stage, house, audience.pk, audiences, seconds) if audiences else {}
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
            **idle,
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


def _idle(stage: Stage, house: Any, large: int, audiences: int, seconds: int) -> dict[str, Any]:
    """Make many live audiences, let everything come to rest, and measure what resting costs."""
    from yutang.audiences import service
    from yutang.kit import clock
    from yutang.kit.pulse import pulses, run_pulses

    stage.say(f"{audiences:,} live audiences")
    service.archive(house, large, actor="system:bench", now=clock.now())
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
    began = time.monotonic()
    while service.refresh_due(now=clock.now()):
        pass
    refreshed_in = time.monotonic() - began
    stage.say(f"all refreshed in {refreshed_in:.0f} s; coming to rest")
    while service.consume(now=clock.now()):
        pass
    service.judge_waiting(now=clock.now(), budget=60)
    _settle(stage)
    waiting = service.waiting_timers(house)
    for name in [name for name in pulses if not name.startswith("audiences.")]:
        del pulses[name]
    stop = threading.Event()
    threads = run_pulses(stop)
    time.sleep(3)
    stage.say(f"{seconds} s of nothing happening; {waiting:,} timers wait")
    before, since = _cpu_seconds(stage.home), time.monotonic()
    timers = service.waiting_timers(house)
    time.sleep(seconds)
    used, lasted = _cpu_seconds(stage.home) - before, time.monotonic() - since
    fired = timers - service.waiting_timers(house)
    stop.set()
    for thread in threads:
        thread.join(timeout=10)
    return {
        "idle_cpu_percent": used / lasted * 100,
        "idle_audiences": audiences,
        "idle_timers": waiting,
        "idle_timers_fired": fired,
        "all_refreshed_s": refreshed_in,
    }


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
