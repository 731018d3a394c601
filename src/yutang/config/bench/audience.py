"""Who favourited within 30 days, was active within 7, lives in Beijing, is a woman and has been a member
for over a year: counted by the product, against the best statement written by hand.

The data is made inside the warehouse: activity with a heavy tail (a tenth of the customers makes over half
of the events) over 400 days, customers numbered in the order they came. `value` is the median of the
canonical condition through the product's own reading, compiling and asking; `floor` the quickest of
the statements written by hand, asked in turn with it. Then every other kind of node, in milliseconds.
"""

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from statistics import median
from typing import Any

from yutang.config.bench.stage import Figures, Stage, percentiles

__all__ = ["FLAGS", "measure"]

FLAGS = {"customers": 10_000_000, "events": 100_000_000, "rounds": 15}
HOUSE = 1
NOW = datetime(2026, 11, 1, 4, 0, tzinfo=UTC)
DAYS = 400
_SLICE = 2_500_000

_PROFILES = """
INSERT INTO profiles (workspace, customer, name, gender, birthday, province, city, source, joined_at, created_at, version)
SELECT 1, number + 1, concat('客户', toString(number)),
    ['female', 'female', 'female', 'female', 'female', 'male', 'male', 'male', 'male', ''][1 + cityHash64(number, 2) % 10],
    if(cityHash64(number, 3) % 3, toDate32('1960-01-01') + toInt32(cityHash64(number, 4) % 17000), NULL),
    '', ['北京', '上海', '广州', '深圳', '杭州', '成都', '武汉', '南京', '西安', '重庆', '苏州', ''][1 + cityHash64(number, 1) % 12],
    ['小程序', '门店', '公众号', ''][1 + cityHash64(number, 5) % 4],
    {now:DateTime64(3, 'UTC')} - toIntervalSecond(toUInt64((1 - number / {customers:UInt64}) * 1200 * 86400) + cityHash64(number, 6) % 7200) AS came,
    came, 1
FROM numbers({customers:UInt64})
"""
_EVENTS = """
INSERT INTO events (workspace, type, ts, customer, origin, id, received_at, amount, staff, store, content, source, texts, numbers)
SELECT 1,
    ['view', 'view', 'view', 'view', 'view', 'favorite', 'favorite', 'cart', 'order', 'message'][1 + cityHash64(number, 4) % 10] AS kind,
    {begin:DateTime64(3, 'UTC')} + toIntervalMillisecond(cityHash64(number, 5) % {length:UInt64}) AS at,
    1 + toUInt32((toUInt64(pow(cityHash64(number, 6) % 1000003 / 1000003, 2.5) * {customers:UInt64}) * 7919 + cityHash64(number, 10) % 997) % {customers:UInt64}) AS who,
    who, generateUUIDv4(number), at,
    if(kind = 'order', 1000 + cityHash64(number, 7) % 50000, 0),
    if(kind = 'message', 1 + cityHash64(number, 9) % 500, 0), cityHash64(number, 11) % 50,
    toString(cityHash64(number, 8) % 5000), 'shop',
    if(kind = 'view', map(), map('category', ['茶', '器', '书'][1 + cityHash64(number, 12) % 3])),
    if(kind = 'order', map('quantity', toFloat64(1 + cityHash64(number, 13) % 5)), map())
FROM numbers({first:UInt64}, {many:UInt64})
"""
_OTHERS = (
    "INSERT INTO fields (workspace, attribute, customer, number, version) SELECT 1, 'points', number * 2 + 1, cityHash64(number) % 5000, 1 FROM numbers({half:UInt64})",
    "INSERT INTO tags (workspace, tag, customer, tagged_at, version) SELECT 1, 1 + number % 20, 1 + cityHash64(number) % {customers:UInt64}, {now:DateTime64(3, 'UTC')} - toIntervalMinute(number % 500000), 1 FROM numbers({twice:UInt64})",
    "INSERT INTO relations (workspace, kind, target, customer, status, since, version) SELECT 1, 'staff', 1 + cityHash64(number, 1) % 500, number + 1, ['', 'talking', 'won'][1 + number % 3], {now:DateTime64(3, 'UTC')} - toIntervalHour(number % 20000), 1 FROM numbers({customers:UInt64})",
    "INSERT INTO relations (workspace, kind, target, customer, since, version) SELECT 1, 'referrer', 1 + cityHash64(number, 2) % {customers:UInt64}, number * 10 + 1, {now:DateTime64(3, 'UTC')} - toIntervalHour(number % 9000), 1 FROM numbers({tenth:UInt64})",
    "INSERT INTO dependants (workspace, customer, dependant, birthday, version) SELECT 1, number * 5 + 1, number + 1, toDate32('2014-01-01') + toInt32(cityHash64(number) % 4600), 1 FROM numbers({fifth:UInt64})",
    "INSERT INTO members (workspace, audience, customer, since, version) SELECT 1, 1, number * 10 + 3, {now:DateTime64(3, 'UTC')}, 1 FROM numbers({tenth:UInt64})",
)

_PROFILE_TEST = """
workspace = {workspace:UInt32} AND city = '北京' AND gender = 'female'
    AND joined_at <= {now:DateTime64(3, 'UTC')} - INTERVAL 1 YEAR"""
_FAVOURITED = """
workspace = {workspace:UInt32} AND type = 'favorite'
    AND ts > {now:DateTime64(3, 'UTC')} - INTERVAL 30 DAY AND ts <= {now:DateTime64(3, 'UTC')}"""
_ACTIVE = """
workspace = {workspace:UInt32}
    AND ts > {now:DateTime64(3, 'UTC')} - INTERVAL 7 DAY AND ts <= {now:DateTime64(3, 'UTC')}"""
BY_HAND = (
    f"""SELECT count() FROM profiles FINAL WHERE {_PROFILE_TEST}
        AND customer IN (SELECT customer FROM events WHERE {_FAVOURITED})
        AND customer IN (SELECT customer FROM events WHERE {_ACTIVE})""",  # noqa: S608 — constants
    f"""SELECT uniqExact(customer) FROM events WHERE {_ACTIVE}
        AND customer IN (SELECT customer FROM events WHERE {_FAVOURITED}
            AND customer IN (SELECT customer FROM profiles FINAL WHERE {_PROFILE_TEST}))""",  # noqa: S608
)


def _did(*types: str, days: int | None = None, **more: Any) -> dict[str, Any]:
    window = {"kind": "rolling", "amount": days, "unit": "day"} if days else None
    return {"kind": "event", "types": [*types], "window": window, **more}


def _attribute(name: str, op: str, value: Any = None) -> dict[str, Any]:
    return {"kind": "attribute", "attribute": name, "op": op, "value": value}


CANONICAL = {
    "kind": "all",
    "of": [
        _did("favorite", days=30),
        _did(days=7),
        _attribute("city", "eq", "北京"),
        _attribute("gender", "eq", "female"),
        _attribute("joined_at", "more_than_ago", {"amount": 1, "unit": "year"}),
    ],
}
_BEIJING = _attribute("city", "eq", "北京")
_MONTH = {"kind": "rolling", "amount": 1, "unit": "month"}
KINDS: dict[str, dict[str, Any]] = {
    "everyone": {"kind": "all", "of": []},
    "attribute": _BEIJING,
    "attribute_contains": _attribute("name", "contains", "9999"),
    "birthday": _attribute("birthday", "anniversary", {"within_days": 7}),
    "field": _attribute("points", "ge", 4000),
    "field_unknown": _attribute("points", "unknown"),
    "tag_any": {"kind": "tag", "op": "any", "tags": [1, 2, 3]},
    "tag_all": {"kind": "tag", "op": "all", "tags": [1, 2, 3]},
    "tag_none": {"kind": "tag", "op": "none", "tags": [1, 2, 3]},
    "did": _did("favorite", days=30),
    "did_ever": _did("order"),
    "did_anything_ever": _did(),
    "did_not": _did("order", days=90, did=False),
    "never": _did("order", did=False),
    "count": _did("favorite", days=365, op="ge", value=3),
    "sum": _did("order", days=365, measure="sum", property="amount", op="ge", value=100_000),
    "distinct": _did("view", days=90, measure="distinct", property="content", op="ge", value=5),
    "days": _did(days=90, measure="days", op="ge", value=5),
    "same_event": _did("order", days=365, where=[
        {"property": "category", "op": "eq", "value": "茶"}, {"property": "quantity", "op": "ge", "value": 3}]),
    "calendar": _did("order") | {"window": {"kind": "calendar", "period": "last", "unit": "month"}},
    "months": _did("order") | {"window": _MONTH},
    "first": {"kind": "moment", "which": "first", "types": ["order"], "op": "less_than_ago", "value": {"amount": 90, "unit": "day"}},
    "last": {"kind": "moment", "which": "last", "types": ["order"], "op": "more_than_ago", "value": {"amount": 90, "unit": "day"}},
    "sequence": {
        "kind": "sequence", "steps": [{"types": ["cart"]}, {"types": ["order"]}],
        "within": {"amount": 3, "unit": "day"}, "window": {"kind": "rolling", "amount": 90, "unit": "day"}},
    "sequence_of_three": {
        "kind": "sequence", "steps": [{"types": ["favorite"]}, {"types": ["cart"]}, {"types": ["order"]}],
        "within": {"amount": 7, "unit": "day"}, "window": {"kind": "rolling", "amount": 30, "unit": "day"}},
    "then_not": {
        "kind": "sequence", "steps": [{"types": ["cart"]}], "window": {"kind": "rolling", "amount": 30, "unit": "day"},
        "without": {"types": ["order"], "within": {"amount": 1, "unit": "day"}}},
    "staff": {"kind": "relation", "to": "staff", "op": "in", "ids": [1, 2, 3], "statuses": ["won"]},
    "referred": {"kind": "has_referred", "op": "ge", "value": 2},
    "dependant": {"kind": "dependant", "age_months": [12, 36]},
    "audience": {"kind": "audience", "op": "in", "audiences": [1]},
    "random": {"kind": "random", "salt": "盐", "to": 10},
    "nested": {"kind": "any", "of": [
        {"kind": "all", "of": [_BEIJING, _did("order", days=30)]},
        {"kind": "not", "of": {"kind": "any", "of": [_did(days=30), {"kind": "tag", "op": "any", "tags": [4]}]}}]},
}  # fmt: skip


def measure(stage: Stage, *, customers: int, events: int, rounds: int) -> Figures:
    """Make the data, let it settle, and ask."""
    _fill(stage, customers, events)
    stage.say("the canonical condition, in turn with the statements written by hand")
    ours, theirs, members = _in_turn(rounds)
    more: dict[str, Any] = {"members": members, "customers": customers, "events": events}
    for name, times in theirs.items():
        more[f"by_hand_{name}_ms"] = median(times)
    more["next_change_ms"] = _next_changes()
    more["one_customer_ms"] = _one_customer()
    stage.say("every other kind of node")
    kinds = {}
    for name, tree in KINDS.items():
        kinds[name] = median(_asked(tree)[0] for _ in range(3))
        stage.say(f"  {name}: {kinds[name]:,.0f} ms")
    more["kinds_ms"] = {name: round(took) for name, took in kinds.items()}
    more["slowest_kind_ms"] = max(kinds.values())
    value, floor = median(ours), min(median(times) for times in theirs.values())
    return Figures(value, "ms", floor, value / floor, more | percentiles(ours))


def _fill(stage: Stage, customers: int, events: int) -> None:
    from yutang.engines import warehouse

    store = warehouse()
    # The timeline answers for single customers (`yutang bench timeline`); no audience is counted from it.
    store.command("DROP VIEW IF EXISTS timeline_feed")
    stage.say(f"making {customers:,} customers")
    bound = {
        "now": f"{NOW:%Y-%m-%d %H:%M:%S}.000",
        "customers": customers,
        "half": customers // 2,
        "twice": customers * 2,
        "tenth": customers // 10,
        "fifth": customers // 5,
    }
    store.command(_PROFILES, bound)
    for statement in _OTHERS:
        store.command(statement, bound)
    for done, slice_ in _slices(events):
        store.command(
            _EVENTS, slice_ | {"customers": customers}, settings={"max_insert_threads": 2}
        )
        if done % (10 * _SLICE) < _SLICE:
            stage.say(f"{done:,} events")
    _settle(stage)


def _slices(events: int) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield pieces of the history in the order it happened: 400 days, evenly."""
    begin, whole = NOW - timedelta(days=DAYS), timedelta(days=DAYS)
    for first in range(0, events, _SLICE):
        many = min(_SLICE, events - first)
        start, end = (begin + whole * (each / events) for each in (first, first + many))
        length = max(1, int((end - start).total_seconds() * 1000))
        yield (
            first + many,
            {
                "first": first,
                "many": many,
                "begin": f"{start:%Y-%m-%d %H:%M:%S}.{start.microsecond // 1000:03d}",
                "length": length,
            },
        )


def _settle(stage: Stage) -> None:
    from yutang.engines import warehouse

    stage.say("waiting for merges")
    quiet = 0
    while quiet < 5:
        (merging,) = warehouse().rows("SELECT count() FROM system.merges")[0]
        quiet = 0 if merging else quiet + 1
        time.sleep(1)
    for table, parts, rows, size in warehouse().rows(
        "SELECT table, count(), sum(rows), formatReadableSize(sum(bytes_on_disk)) FROM system.parts"
        " WHERE active AND database = currentDatabase() GROUP BY table ORDER BY table"
    ):
        stage.say(f"  {table}: {rows:,} rows, {parts} parts, {size}")


def _in_turn(rounds: int) -> tuple[list[float], dict[str, list[float]], int]:
    from yutang.engines import warehouse

    ours: list[float] = []
    theirs: dict[str, list[float]] = {"ands": [], "chain": []}
    bound = {"workspace": HOUSE, "now": f"{NOW:%Y-%m-%d %H:%M:%S}.000"}
    for _ in range(rounds):
        took, members = _asked(CANONICAL)
        ours.append(took)
        for name, statement in zip(theirs, BY_HAND, strict=True):
            begun = time.perf_counter()
            answer = warehouse().value(statement, bound)
            theirs[name].append((time.perf_counter() - begun) * 1000)
            if answer != members:
                raise RuntimeError(f"the product counts {members}, by hand {name} counts {answer}")
    return ours[1:] or ours, {name: times[1:] or times for name, times in theirs.items()}, members


def _asked(tree: dict[str, Any]) -> tuple[float, int]:
    """Return how long a condition took from its JSON to its count, and the count."""
    from yutang.audiences.condition import count, from_json
    from yutang.engines import warehouse

    begun = time.perf_counter()
    statement = count(from_json(tree, _vocabulary()), _frame())
    found = warehouse().value(statement.sql, statement.parameters)
    return (time.perf_counter() - begun) * 1000, int(found)


def _next_changes() -> float:
    from yutang.audiences.condition import from_json, next_changes
    from yutang.engines import warehouse

    statement = next_changes(from_json(CANONICAL, _vocabulary()), _frame())
    begun = time.perf_counter()
    warehouse().rows(statement.sql, statement.parameters)
    return (time.perf_counter() - begun) * 1000


def _one_customer() -> float:
    from yutang.audiences.condition import Only, from_json, select
    from yutang.engines import warehouse

    statement = select(from_json(CANONICAL, _vocabulary()), _frame(only=Only({77: 77})))
    begun = time.perf_counter()
    warehouse().rows(statement.sql, statement.parameters)
    return (time.perf_counter() - begun) * 1000


def _frame(**more: Any) -> Any:
    from yutang.audiences.condition import Frame

    return Frame(HOUSE, NOW, quiet_types=("delete_friend", "leave_group"), **more)


def _vocabulary() -> Any:
    from yutang.audiences.condition import TagEntry, Vocabulary
    from yutang.kit.i18n import Text
    from yutang.loop import Attribute, AttributeKind, attributes, event_types

    points = Attribute("points", AttributeKind.NUMBER, Text("积分", "points"))
    return Vocabulary(
        attributes={**attributes, "points": points},
        event_types=event_types,
        tag_groups={1: "偏好"},
        tags={each: TagEntry(f"标签{each}", 1) for each in range(1, 21)},
        audiences={1: "老客"},
        staff={each: f"导购{each}" for each in range(1, 501)},
        statuses={"talking": Text("沟通中", "talking"), "won": Text("已成交", "won")},
    )
