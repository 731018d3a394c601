"""One customer's page in the console, over HTTP: her profile and her 50 newest events, many readers at once.

The timeline holds `--customers` × `--events` over 400 days, inserted in the order they happened, in
batches, and merged by the engine as it will; nothing else of the warehouse is read, nor filled. PostgreSQL holds every hundredth of the customers, and readers ask for one of those at random.
`value` is the p95 of one read (profile, then timeline). The floor is the timeline's statement alone,
with the engine, under as many readers.
"""

import http.client
import json
import random
import time
from collections.abc import Sequence

from yutang.config.bench.product import product_running, together
from yutang.config.bench.stage import Figures, Stage, percentiles

__all__ = ["FLAGS", "KNOWN", "a_tea_house", "ask", "fill_timeline", "measure"]

FLAGS = {"customers": 10_000_000, "events": 100_000_000, "readers": 8, "reads": 2_000}
KNOWN = 100  # PostgreSQL knows every hundredth customer
STEP = 4_000_000  # a part each: the engine takes hours to make few large ones of many small ones

_EVENTS = """
    INSERT INTO timeline
        (workspace, type, ts, origin, id, received_at, amount, content, source, texts, numbers)
    SELECT {workspace:UInt32},
        ['view', 'view', 'view', 'view', 'favorite', 'cart', 'order', 'message'][1 + cityHash64(number, 4) % 8] AS type,
        {now:DateTime64(3, 'UTC')} - toIntervalSecond(86400 * 400 * ({events:UInt64} - number) / {events:UInt64})
            - toIntervalMillisecond(cityHash64(number, 5) % 3600000) AS ts,
        1 + toUInt32(cityHash64(number, 6) % {customers:UInt32}) AS origin,
        generateUUIDv4(number), ts,
        if(type = 'order', cityHash64(number, 7) % 50000, 0),
        concat('SKU', toString(cityHash64(number, 8) % 5000)), 'http',
        map('category', ['红茶', '绿茶', '白茶'][1 + number % 3]),
        map('quantity', number % 4)
    FROM numbers({begin:UInt64}, {step:UInt64})
    SETTINGS max_insert_threads = 1, max_insert_block_size = {step:UInt64},
        min_insert_block_size_rows = {step:UInt64}, min_insert_block_size_bytes = 0
"""
_CUSTOMERS = """
    INSERT INTO customers_customer
        (id, workspace_id, current_id, name, gender, country, province, city, district, source,
         created_at, updated_at, fields, told)
    SELECT n, %(workspace)s, n, '客户' || n, 'female', '中国', '北京', '北京', '朝阳', 'bench',
        now(), now(), '{}', '{}'
    FROM generate_series(%(known)s, %(customers)s, %(known)s) AS n
"""
_BY_HAND = """
    SELECT type, ts, id, received_at, amount, staff, store, `group`, content, campaign, source, texts,
        numbers, lists
    FROM timeline
    WHERE workspace = {workspace:UInt32} AND origin = {origin:UInt32}
    ORDER BY ts DESC, id DESC LIMIT 50
"""


def measure(stage: Stage, *, customers: int, events: int, readers: int, reads: int) -> Figures:
    """Fill the warehouse, then read; return the p95 of a read in milliseconds."""
    workspace, key = a_tea_house()
    fill_timeline(stage, workspace, customers, events)
    chance = random.Random(7)
    asked = [KNOWN * chance.randint(1, customers // KNOWN) for _ in range(reads)]
    by_hand = _by_hand(workspace, asked, readers)
    stage.say(f"{readers} readers")
    with product_running(stage) as port:
        _read_all(port, key, asked[: readers * 20], readers)
        times, timelines = _read_all(port, key, asked, readers)
    value, floor = percentiles(times)["p95_ms"], percentiles(by_hand)["p95_ms"]
    more = percentiles(times) | {
        "timeline_p95_ms": percentiles(timelines)["p95_ms"],
        "readers": readers,
        "customers": customers,
        "events": events,
    }
    return Figures(value, "ms", floor, value / floor, more)


def a_tea_house() -> tuple[int, str]:
    """Make a workspace; return it with a key to its customers and events."""
    from yutang.kit.clock import now
    from yutang.workspaces import service as workspaces
    from yutang.workspaces.models import Workspace

    house = Workspace(name="Tea House", slug="tea-house")
    house.save()
    _, key = workspaces.make_key(
        house,
        "bench",
        ["events.read", "customers.read"],
        created_by=None,
        expires_at=None,
        now=now(),
    )
    return house.pk, key


def fill_timeline(stage: Stage, workspace: int, customers: int, events: int) -> None:
    """Fill the timeline, and let PostgreSQL know every hundredth customer."""
    from django.db import connection

    from yutang.engines import warehouse
    from yutang.kit.clock import now

    stage.say(f"{events:,} events of {customers:,} customers")
    for begin in range(0, events, STEP):
        asked = {"workspace": workspace, "now": now(), "customers": customers, "events": events}
        asked |= {"begin": begin, "step": min(STEP, events - begin)}
        warehouse().command(_EVENTS, asked)
        if begin % (5 * STEP) == 0:
            stage.say(f"{begin:,} events")
    with connection.cursor() as cursor:
        cursor.execute(_CUSTOMERS, {"workspace": workspace, "customers": customers, "known": KNOWN})
        cursor.execute("ANALYZE customers_customer")
    _settle(stage)


def _settle(stage: Stage) -> None:
    """Wait until the engine has merged what it will merge by itself, five minutes at most."""
    from yutang.engines import warehouse

    for _ in range(300):
        if not warehouse().value("SELECT count() FROM system.merges"):
            break
        time.sleep(1)
    parts = warehouse().value(
        "SELECT count() FROM system.parts WHERE active AND table = 'timeline'"
    )
    stage.say(f"the timeline lies in {parts} parts")


def _by_hand(workspace: int, asked: Sequence[int], readers: int) -> list[float]:
    from yutang.engines import warehouse

    times: list[float] = []

    def read(share: Sequence[int]) -> None:
        for origin in share:
            began = time.perf_counter()
            warehouse().rows(_BY_HAND, {"workspace": workspace, "origin": origin})
            times.append((time.perf_counter() - began) * 1000)

    together(read, asked, readers)
    return times


def _read_all(
    port: int, key: str, asked: Sequence[int], readers: int
) -> tuple[list[float], list[float]]:
    """Return the milliseconds of each read, and of its timeline alone."""
    whole: list[float] = []
    timelines: list[float] = []
    lengths: list[int] = []

    def read(share: Sequence[int]) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        for customer in share:
            began = time.perf_counter()
            ask(connection, key, f"/api/v1/customers/{customer}")
            between = time.perf_counter()
            shown = ask(connection, key, f"/api/v1/customers/{customer}/timeline?limit=50")
            done = time.perf_counter()
            lengths.append(len(shown["items"]))
            whole.append((done - began) * 1000)
            timelines.append((done - between) * 1000)

    together(read, asked, readers)
    if sum(lengths) < len(asked):
        raise RuntimeError(f"{sum(lengths)} events of {len(asked)} customers: something is missing")
    return whole, timelines


def ask(connection: http.client.HTTPConnection, key: str, path: str) -> dict[str, list[object]]:
    """Return what the API answers, which must be good."""
    connection.request("GET", path, headers={"Authorization": f"Bearer {key}"})
    answer = connection.getresponse()
    body = answer.read()
    if answer.status != 200:
        raise RuntimeError(f"{answer.status} {body[:300]!r}")
    found: dict[str, list[object]] = json.loads(body)
    return found
