"""The person in front of a guide, over HTTP: everything of her in one answer, with why now; many at once.

The timeline is that of `timeline`: `--customers` × `--events` over 400 days. Readers ask for one of the customers
PostgreSQL knows, at random. `value` is the p95 of one read; the floor is the statement of what she bought
and wanted alone, with the engine, under as many readers.
"""

import http.client
import random
import time
from collections.abc import Sequence
from datetime import timedelta

from yutang.config.bench.product import product_running, together
from yutang.config.bench.stage import Figures, Stage, percentiles
from yutang.config.bench.timeline import KNOWN, a_tea_house, ask, fill_timeline

__all__ = ["FLAGS", "measure"]

FLAGS = {"customers": 1_000_000, "events": 20_000_000, "readers": 4, "reads": 1_000}


def measure(stage: Stage, *, customers: int, events: int, readers: int, reads: int) -> Figures:
    """Fill the warehouse, then read; return the p95 of a read in milliseconds."""
    workspace, key = a_tea_house()
    fill_timeline(stage, workspace, customers, events)
    chance = random.Random(7)
    asked = [KNOWN * chance.randint(1, customers // KNOWN) for _ in range(reads)]
    floor = percentiles(_by_hand(workspace, asked, readers))["p95_ms"]
    stage.say(f"{readers} readers")
    with product_running(stage) as port:
        _read_all(port, key, asked[: readers * 20], readers)
        times = _read_all(port, key, asked, readers)
    more = percentiles(times) | {"readers": readers, "customers": customers, "events": events}
    value = percentiles(times)["p95_ms"]
    return Figures(value, "ms", floor, value / floor, more)


def _by_hand(workspace: int, asked: Sequence[int], readers: int) -> list[float]:
    from yutang.engines import named_sql, warehouse
    from yutang.kit.clock import now

    sql, at, times = named_sql("yutang.guides", "habits")["habits"], now(), list[float]()
    bound = {
        "workspace": workspace,
        "zone": "Asia/Shanghai",
        "after": at - timedelta(days=1095),
        "lately": at - timedelta(days=14),
        "upto": at,
    }

    def read(share: Sequence[int]) -> None:
        for origin in share:
            began = time.perf_counter()
            warehouse().rows(sql, bound | {"origins": [origin], "customers": [origin]})
            times.append((time.perf_counter() - began) * 1000)

    together(read, asked, readers)
    return times


def _read_all(port: int, key: str, asked: Sequence[int], readers: int) -> list[float]:
    times: list[float] = []
    events: list[int] = []

    def read(share: Sequence[int]) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        for customer in share:
            began = time.perf_counter()
            shown = ask(connection, key, f"/api/v1/guides/people/{customer}")
            times.append((time.perf_counter() - began) * 1000)
            events.append(len(shown["timeline"]))

    together(read, asked, readers)
    if sum(events) < len(asked):
        raise RuntimeError(f"{sum(events)} events of {len(asked)} customers: something is missing")
    return times
