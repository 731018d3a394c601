"""Quiet hours on somebody's own clock: over midnight, daylight saving, and one after another."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yutang.reach.policy import Moment, Quiet, next_allowed

ZONES = sorted(zone for zone in available_timezones() if "/" in zone)
SHANGHAI = ZoneInfo("Asia/Shanghai")
clocks = st.times().map(lambda each: f"{each:%H:%M}")
instants = st.integers(0, 3 * 366 * 24 * 60).map(
    lambda minutes: datetime(2024, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)


def is_quiet(hours: Quiet, zone: ZoneInfo, at: datetime) -> bool:
    """Return the rule as one would say it: by the hands of the clock."""
    clock = f"{at.astimezone(zone):%H:%M}"
    if hours.start <= hours.end:
        return hours.start <= clock < hours.end
    return clock >= hours.start or clock < hours.end


@given(st.sampled_from(ZONES), clocks, clocks, instants)
def test_the_next_allowed_instant_is_the_first_outside_of_the_hours(
    zone_name: str, start: str, end: str, at: datetime
) -> None:
    zone, hours = ZoneInfo(zone_name), Quiet(start, end)

    found = next_allowed([hours], zone, at)

    if found.is_dropped:
        pytest.fail("one rule leaves room in every day")
    assert found.at >= at
    assert not is_quiet(hours, zone, found.at)
    minutes = int((found.at - at) / timedelta(minutes=1))
    assert all(is_quiet(hours, zone, at + timedelta(minutes=n)) for n in range(minutes))


def test_the_end_of_one_may_lie_within_another() -> None:
    evening, siesta = Quiet("21:00", "09:00"), Quiet("08:00", "14:00")
    at = datetime(2026, 3, 1, 15, tzinfo=UTC)  # 23:00

    found = next_allowed([evening, siesta], SHANGHAI, at)

    assert found == Moment(datetime(2026, 3, 2, 6, tzinfo=UTC))  # 14:00


def test_hours_that_leave_no_room_drop_the_message() -> None:
    found = next_allowed(
        [Quiet("00:00", "12:00"), Quiet("12:00", "00:00")],
        SHANGHAI,
        datetime(2026, 3, 1, tzinfo=UTC),
    )

    assert found.is_dropped


def test_an_end_that_daylight_saving_leaps_over_is_the_leaps_end() -> None:
    new_york = ZoneInfo("America/New_York")
    at = datetime(2026, 3, 8, 6, tzinfo=UTC)  # 01:00, and 02:00 becomes 03:00

    found = next_allowed([Quiet("22:00", "02:30")], new_york, at)

    assert f"{found.at.astimezone(new_york):%H:%M}" in {"03:00", "03:30"}
    assert found.at - at <= timedelta(hours=1, minutes=30)
