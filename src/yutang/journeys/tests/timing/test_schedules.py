"""When schedules are due: once, by cron, by a plan of weekdays; on every clock."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

from croniter import croniter
from hypothesis import given, settings
from hypothesis import strategies as st

from yutang.journeys.graph.cron import next_cron, read_cron
from yutang.journeys.graph.nodes import ScheduleEntry
from yutang.journeys.timing import next_entry

SHANGHAI = ZoneInfo("Asia/Shanghai")
NEW_YORK = ZoneInfo("America/New_York")
FIRST = datetime(2026, 1, 1, tzinfo=UTC)


def firings(written: str, since: datetime, until: datetime, zone: ZoneInfo) -> list[str]:
    found = []
    due = next_cron(read_cron(written), since, zone)
    while due < until:
        found.append(f"{due.astimezone(zone):%m-%d %H:%M}")
        due = next_cron(read_cron(written), due, zone)
    return found


def test_mondays_at_ten() -> None:
    until = FIRST + timedelta(days=15)

    assert firings("0 10 * * 1", FIRST, until, SHANGHAI) == ["01-05 10:00", "01-12 10:00"]


def test_a_skipped_time_comes_when_clocks_have_jumped_and_a_doubled_one_once() -> None:
    spring = datetime(2026, 3, 8, tzinfo=UTC)
    autumn = datetime(2026, 10, 31, 12, tzinfo=UTC)

    assert firings("30 2 8 3 *", spring, spring + timedelta(days=2), NEW_YORK) == ["03-08 03:30"]
    assert firings("30 1 1 11 *", autumn, autumn + timedelta(days=2), NEW_YORK) == ["11-01 01:30"]


lines = st.tuples(
    st.sampled_from(["0", "*/15", "5,35", "10-12"]),
    st.sampled_from(["*", "9", "9-18", "*/6"]),
    st.sampled_from(["*", "1", "15,31", "*/10"]),
    st.sampled_from(["*", "2", "1-6"]),
    st.sampled_from(["*", "0", "1-5", "6,7"]),
).map(" ".join)


@given(lines, st.integers(0, 5 * 365 * 86_400))
@settings(max_examples=150)
def test_where_clocks_never_change_it_agrees_with_another_reader(
    written: str, seconds: int
) -> None:
    since = FIRST + timedelta(seconds=seconds)

    for_us = next_cron(read_cron(written), since, ZoneInfo("UTC"))

    assert for_us == croniter(written, since, implement_cron_bug=True).get_next(datetime)


@given(lines, st.sampled_from(sorted(available_timezones() - {"localtime", "Factory"})))
@settings(max_examples=150)
def test_it_always_goes_forward_on_every_clock(written: str, name: str) -> None:
    due = FIRST
    for _ in range(5):
        later = next_cron(read_cron(written), due, ZoneInfo(name))
        assert later > due
        due = later


def test_a_schedule_for_once_comes_once() -> None:
    entry = ScheduleEntry(at=FIRST)

    assert next_entry(entry, FIRST - timedelta(seconds=1), SHANGHAI) == FIRST
    assert next_entry(entry, FIRST, SHANGHAI) is None


def test_a_plan_of_weekdays_keeps_to_working_days() -> None:
    entry = ScheduleEntry(weekdays=(3, 4), time=time(20), days="working")
    wednesday = datetime(2025, 9, 30, 16, tzinfo=UTC)  # the holiday lasts until 8 October

    found = next_entry(entry, wednesday, SHANGHAI)

    assert found == datetime(2025, 10, 9, 12, tzinfo=UTC)


def test_a_line_of_cron_is_read_on_the_brands_clock() -> None:
    entry = ScheduleEntry(cron="0 10 * * 1")

    assert next_entry(entry, FIRST, SHANGHAI) == datetime(2026, 1, 5, 2, tzinfo=UTC)
