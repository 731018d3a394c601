"""What a million people wait for at once is what each of them would wait for alone."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from yutang.journeys.dry_run.times import NEVER, later, micros, until_date, until_time
from yutang.journeys.graph.nodes import WaitDateNode, WaitTimeNode
from yutang.journeys.graph.spans import Span
from yutang.journeys.timing import next_date, next_time

zones = st.sampled_from(
    ["Asia/Shanghai", "America/New_York", "Australia/Lord_Howe", "Europe/London", "Pacific/Apia"]
).map(ZoneInfo)
instants = st.lists(
    st.integers(0, 400 * 86_400).map(
        lambda seconds: datetime(2025, 2, 1, tzinfo=UTC) + timedelta(seconds=seconds)
    ),
    min_size=1,
    max_size=12,
)
clocks = st.builds(time, st.integers(0, 23), st.sampled_from([0, 30]))
units = st.sampled_from(["minute", "hour", "day", "week", "month", "year"])
spans = st.builds(Span, st.integers(1, 30), units)


def stamps(at: list[datetime]) -> Any:
    return np.array([micros(each) for each in at], dtype=np.int64)


def alone(found: list[datetime | None]) -> list[int]:
    return [NEVER if each is None else micros(each) for each in found]


@given(spans, instants, zones)
@settings(max_examples=150)
def test_a_length_of_time(span: Span, at: list[datetime], zone: ZoneInfo) -> None:
    together = later(span, stamps(at), zone).tolist()

    assert together == alone([span.after(each, zone) for each in at])


@given(
    clocks,
    instants,
    zones,
    st.none() | spans,
    st.lists(st.integers(0, 6), max_size=2, unique=True).map(tuple),
    st.sampled_from(["any", "working", "free"]),
)
@settings(max_examples=200)
def test_a_time_of_day(
    clock: time,
    at: list[datetime],
    zone: ZoneInfo,
    after: Span | None,
    weekdays: tuple[int, ...],
    days: Any,
) -> None:
    node = WaitTimeNode(id="n", at=clock, weekdays=weekdays, days=days, after=after)

    together = until_time(node, stamps(at), zone).tolist()

    each_alone = [
        next_time(each, clock, zone, weekdays=weekdays, days=days, after=after) for each in at
    ]
    assert together == alone(each_alone)


@given(
    st.lists(st.none() | st.dates(date(1980, 1, 1), date(2026, 6, 1)), min_size=12, max_size=12),
    clocks,
    instants,
    zones,
    st.none() | st.builds(Span, st.integers(-20, 20), units),
    st.sampled_from([None, "year", "month"]),
    st.booleans(),
)
@settings(max_examples=200)
def test_a_date_of_her_own(
    days: list[date | None],
    clock: time,
    at: list[datetime],
    zone: ZoneInfo,
    offset: Span | None,
    every: Any,
    lunar: bool,
) -> None:
    node = WaitDateNode(
        id="n", attribute="d", at=clock, offset=offset, every=every, lunar=lunar and every == "year"
    )
    ordinals = np.array([each.toordinal() if each else 0 for each in days[: len(at)]])

    together = until_date(node, ordinals, stamps(at), zone).tolist()

    each_alone = [
        day and next_date(since, day, clock, zone, offset=offset, every=every, lunar=node.lunar)
        for since, day in zip(at, days, strict=False)
    ]
    assert together == alone(each_alone)
