"""Until when waits last, on every clock of the world."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from yutang.journeys.graph.spans import Span, local
from yutang.journeys.timing import next_date, next_time

SHANGHAI = ZoneInfo("Asia/Shanghai")
NEW_YORK = ZoneInfo("America/New_York")
ZONES = sorted(available_timezones() - {"localtime", "Factory"})

zones = st.sampled_from(ZONES).map(ZoneInfo)
instants = st.integers(0, 55 * 365 * 86_400).map(
    lambda seconds: datetime(1990, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
)
clocks = instants.map(lambda instant: instant.replace(tzinfo=None))
times = st.builds(time, st.integers(0, 23), st.integers(0, 59))
days = st.dates(date(1930, 1, 1), date(2040, 1, 1))
weekdays = st.lists(st.integers(0, 6), unique=True).map(tuple)


def at(written: str, zone: ZoneInfo = SHANGHAI) -> datetime:
    return datetime.fromisoformat(written).replace(tzinfo=zone).astimezone(UTC)


def clock(instant: datetime, zone: ZoneInfo) -> datetime:
    return instant.astimezone(zone).replace(tzinfo=None, fold=0)


def shown(instant: datetime | None, zone: ZoneInfo = SHANGHAI) -> str | None:
    return None if instant is None else f"{clock(instant, zone):%Y-%m-%d %H:%M}"


def existing(there: datetime, zone: ZoneInfo) -> bool:
    return clock(local(there, zone), zone) == there


@given(instants, times, zones)
@settings(max_examples=400)
def test_a_time_of_day_comes_within_a_day_or_two_and_shows_on_the_clock(
    since: datetime, of_day: time, zone: ZoneInfo
) -> None:
    due = next_time(since, of_day, zone)

    assert due is not None
    assert since < due <= since + timedelta(hours=49)
    if existing(datetime.combine(clock(due, zone).date(), of_day), zone):
        assert clock(due, zone).time() == of_day


@given(instants, times, zones)
@settings(max_examples=200)
def test_of_a_time_that_comes_twice_only_the_first_counts(
    since: datetime, of_day: time, zone: ZoneInfo
) -> None:
    due = next_time(since, of_day, zone)
    assert due is not None
    again = next_time(due, of_day, zone)
    assert again is not None

    assert clock(again, zone).date() > clock(due, zone).date()


@given(instants, times, zones, weekdays)
@settings(max_examples=200)
def test_waiting_longer_never_ends_sooner(
    since: datetime, of_day: time, zone: ZoneInfo, on: tuple[int, ...]
) -> None:
    due = next_time(since, of_day, zone, weekdays=on)
    assert due is not None

    assert next_time(due - timedelta(milliseconds=1), of_day, zone, weekdays=on) == due
    assert (next_time(due, of_day, zone, weekdays=on) or due) > due


@given(zones, clocks)
@settings(max_examples=300)
def test_a_time_that_clocks_skip_moves_forward_never_back(zone: ZoneInfo, there: datetime) -> None:
    found = clock(local(there, zone), zone)

    assert there <= found <= there + timedelta(hours=24)


def test_half_past_two_is_half_past_three_where_clocks_jump() -> None:
    night = at("2026-03-07T12:00", NEW_YORK)

    due = next_time(night, time(2, 30), NEW_YORK)

    assert shown(due, NEW_YORK) == "2026-03-08 03:30"


def test_the_day_samoa_left_out_is_not_waited_for_twice() -> None:
    apia = ZoneInfo("Pacific/Apia")
    first = next_time(at("2011-12-29T10:30", apia), time(10), apia)
    assert first is not None

    assert shown(first, apia) == "2011-12-31 10:00"
    assert shown(next_time(first, time(10), apia), apia) == "2012-01-01 10:00"


def test_the_very_instant_does_not_count_so_that_a_loop_goes_on_to_the_next_day() -> None:
    assert shown(next_time(at("2026-05-01T10:00"), time(10), SHANGHAI)) == "2026-05-02 10:00"


def test_on_the_third_day_at_eight_in_the_evening() -> None:
    due = next_time(at("2026-05-01T22:10"), time(20), SHANGHAI, after=Span(3, "day"))

    assert shown(due) == "2026-05-04 20:00"


def test_after_two_hours_at_the_next_ten_o_clock() -> None:
    due = next_time(at("2026-05-01T09:00"), time(10), SHANGHAI, after=Span(2, "hour"))

    assert shown(due) == "2026-05-02 10:00"


def test_a_working_day_may_be_a_sunday_and_a_wednesday_may_be_free() -> None:
    # 2025: national day and mid-autumn 1–8 October; Sunday 28 September and Saturday 11 October worked
    before = at("2025-09-27T12:00")

    sunday = next_time(before, time(10), SHANGHAI, days="working")
    holiday = next_time(at("2025-09-30T12:00"), time(10), SHANGHAI, days="working")
    saturday = next_time(at("2025-10-10T12:00"), time(10), SHANGHAI, days="working")

    assert shown(sunday) == "2025-09-28 10:00"
    assert shown(holiday) == "2025-10-09 10:00"
    assert shown(saturday) == "2025-10-11 10:00"
    assert shown(next_time(before, time(10), SHANGHAI, days="free")) == "2025-10-01 10:00"


def test_a_day_that_never_comes_is_said_to_be_none() -> None:
    later = at("2090-01-01T10:00")  # nobody announced holidays for then

    assert next_time(later, time(10), SHANGHAI, weekdays=(5, 6), days="working") is None


def test_a_week_before_membership_ends() -> None:
    due = next_date(
        at("2026-05-01T09:00"), date(2026, 6, 10), time(10), SHANGHAI, offset=Span(-7, "day")
    )

    assert shown(due) == "2026-06-03 10:00"


def test_a_date_that_has_passed_is_not_waited_for() -> None:
    assert next_date(at("2026-05-01T10:00"), date(2026, 5, 1), time(10), SHANGHAI) is None


@given(instants, days, times, zones, st.sampled_from(["year", "month"]), st.booleans())
@settings(max_examples=300)
def test_what_comes_every_year_or_month_always_comes_and_soon(
    since: datetime, day: date, of_day: time, zone: ZoneInfo, every: str, lunar: bool
) -> None:
    lunar = lunar and every == "year"
    assume(clock(since, zone).date() > day)

    due = next_date(since, day, of_day, zone, every=every, lunar=lunar)

    assert due is not None
    longest = {"month": 32, "year": 367}[every] + (30 if lunar else 0)
    assert since < due <= since + timedelta(days=longest + 1)


@given(
    instants, days, zones, st.integers(-40, 400), st.sampled_from(["hour", "day", "week", "month"])
)
@settings(max_examples=200)
def test_an_offset_misses_no_anniversary(
    since: datetime, day: date, zone: ZoneInfo, amount: int, unit: str
) -> None:
    assume(clock(since, zone).date() > day)
    offset = Span(amount, unit)

    due = next_date(since, day, time(10), zone, offset=offset, every="year")

    every = [
        moved
        for years in range(1, 160)
        if (moved := next_date(_LONG_AGO, _years(day, years), time(10), zone, offset=offset))
    ]
    assert due == min((each for each in every if each > since), default=None)


_LONG_AGO = datetime(1800, 1, 1, tzinfo=UTC)


def _years(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 2, 28)
