"""Events per second through the front door, against the engines doing the same by hand.

Over HTTP, to one real process of the product (requests, drain and all), from a load generator on the
same cores: JSON batches, real identities (telephones in several spellings, openids), ids of the
sender's, typed properties. The clock stops at the last 202, which means on disk; how long the last
event takes to be visible in the warehouse is told besides.

The floor writes the same events with nothing in between: ids and identities looked up and written in
PostgreSQL, lines inserted into ClickHouse, both durable, batch by batch, as many threads.
"""

import http.client
import json
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import uuid4

from yutang.config.bench.product import product_running, together
from yutang.config.bench.stage import Figures, Stage, percentiles

__all__ = ["FLAGS", "measure"]

FLAGS = {"events": 600_000, "batch": 500, "people": 50_000, "senders": 8}
TYPES = ("view", "view", "view", "view", "search", "favorite", "cart", "order", "pay", "share")


@dataclass(frozen=True)
class Load:
    """What is sent: bodies ready for the wire, so that the generator costs little."""

    bodies: Sequence[bytes]
    batch: int


def measure(stage: Stage, *, events: int, batch: int, people: int, senders: int) -> Figures:
    """Send `events` in batches from `senders` connections; return events per second."""
    key = _key()
    stage.say(f"preparing {events:,} events of {people:,} people")
    known = _load(people, people, batch, first_seen=True)
    load = _load(events, people, batch)
    with product_running(stage) as port:
        stage.say("sending everybody's first event: new customers")
        newcomers, _ = _send_all(port, key, known, senders)
        _wait_until_drained(stage)
        stage.say("sending")
        seconds, times = _send_all(port, key, load, senders)
        lag = _wait_until_drained(stage)
    found = _found()
    if found != people + events:
        raise RuntimeError(f"{people + events} events were acknowledged, {found} are there")
    stage.say("the same by hand")
    by_hand = _by_hand(stage, load, people, senders)
    value, floor = events / seconds, events / by_hand
    more = percentiles(times) | {
        "batch": batch,
        "senders": senders,
        "visible_after_ms": lag * 1000,
        "new_customers_per_s": people / newcomers,
        "lost": 0,
        "doubled": 0,
    }
    return Figures(value, "events/s", floor, value / floor, more)


def _key() -> str:
    from yutang.kit.clock import now
    from yutang.workspaces import service as workspaces
    from yutang.workspaces.models import Workspace

    house = Workspace(name="Tea House", slug="tea-house")
    house.save()
    _, key = workspaces.make_key(
        house, "bench", ["events.write"], created_by=None, expires_at=None, now=now()
    )
    return key


def _load(events: int, people: int, batch: int, *, first_seen: bool = False) -> Load:
    chance = random.Random(7)
    bodies = []
    for begin in range(0, events, batch):
        many = [
            _event(chance, n if first_seen else chance.randrange(people))
            for n in range(begin, min(begin + batch, events))
        ]
        bodies.append(json.dumps(many, ensure_ascii=False).encode())
    return Load(bodies, batch)


def _event(chance: random.Random, person: int) -> dict[str, object]:
    phone = f"138{person:08d}"
    customer: dict[str, str] = {"phone": phone}
    if person % 3 == 0:
        customer = {"openid:wxapp1": f"oX{person:010d}", "phone": f"+86 {phone[:3]} {phone[3:]}"}
    kind = chance.choice(TYPES)
    properties: dict[str, object] = {"content": f"SKU{chance.randrange(5000)}", "category": "红茶"}
    if kind in {"order", "pay"}:
        properties |= {"amount": chance.randrange(100, 90_000), "quantity": chance.randrange(1, 5)}
    ago = chance.randrange(40 * 86_400_000)
    return {
        "id": str(uuid4()),
        "type": kind,
        "occurred_at": int(time.time() * 1000) - ago,
        "customer": customer,
        "properties": properties,
    }


def _send_all(port: int, key: str, load: Load, senders: int) -> tuple[float, list[float]]:
    """Return the seconds until the last answer, and each batch's milliseconds."""
    times: list[float] = []
    headers = {"Authorization": f"Bearer {key}", "Content-Type": "application/json"}

    def send(bodies: Sequence[bytes]) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        for body in bodies:
            began = time.perf_counter()
            connection.request("POST", "/api/v1/events", body, headers)
            answer = connection.getresponse()
            said = answer.read()
            if answer.status != 202 or b'"refused":[]' not in said:
                raise RuntimeError(f"{answer.status} {said[:300]!r}")
            times.append((time.perf_counter() - began) * 1000)

    return together(send, load.bodies, senders), times


def _wait_until_drained(stage: Stage) -> float:
    from yutang.events import service as events

    began = time.perf_counter()
    while events.spooled():
        time.sleep(0.01)
    return time.perf_counter() - began


def _found() -> int:
    from yutang.engines import warehouse

    return int(warehouse().value("SELECT uniqExact(id) FROM events WHERE workspace > 0"))


_BY_HAND = """
    CREATE TABLE bench_ids (id uuid PRIMARY KEY);
    CREATE TABLE bench_people (value text PRIMARY KEY, customer bigint);
    INSERT INTO bench_people
        SELECT '138' || lpad(n::text, 8, '0'), n FROM generate_series(0, {people} - 1) AS n
"""


def _by_hand(stage: Stage, load: Load, people: int, senders: int) -> float:
    """Write the same events with the engines alone; return the seconds it took."""
    import psycopg

    from yutang.engines import warehouse

    with psycopg.connect(stage.database_url, autocommit=True) as connection:
        connection.execute(_BY_HAND.format(people=people))
    prepared = [_prepared(body) for body in load.bodies]

    def write(share: Sequence[tuple[list[str], list[str], bytes]]) -> None:
        with psycopg.connect(stage.database_url) as connection:
            for ids, phones, lines in share:
                connection.execute(
                    "SELECT value, customer FROM bench_people WHERE value = ANY(%s)", [phones]
                ).fetchall()
                connection.execute(
                    "INSERT INTO bench_ids SELECT unnest(%s::uuid[]) ON CONFLICT DO NOTHING",
                    ["{" + ",".join(ids) + "}"],
                )
                connection.commit()
                warehouse().insert_lines("events", lines, token=f"bench:{ids[0]}")

    return together(write, prepared, senders)


def _prepared(body: bytes) -> tuple[list[str], list[str], bytes]:
    events = json.loads(body)
    lines = [
        {
            "workspace": 4_000_000_000,
            "type": each["type"],
            "ts": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(each["occurred_at"] / 1000)),
            "received_at": time.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "customer": n,
            "origin": n,
            "id": each["id"],
            "amount": each["properties"].get("amount", 0),
            "content": each["properties"]["content"],
            "texts": {"category": each["properties"]["category"]},
        }
        for n, each in enumerate(events)
    ]
    phones = [each["customer"]["phone"].replace(" ", "").removeprefix("+86") for each in events]
    return (
        [each["id"] for each in events],
        sorted(set(phones)),
        "\n".join(json.dumps(line, ensure_ascii=False) for line in lines).encode(),
    )
