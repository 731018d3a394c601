"""Birthdays by sun and moon, the age of children, and China's holidays."""

import csv
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yutang.journeys.timing import is_working, known_years, next_anniversary
from yutang.journeys.timing.anniversaries import anniversaries, day_of_age
from yutang.journeys.timing.lunar import LunarDay, kept_on, lunar

days = st.dates(date(1920, 1, 1), date(2030, 1, 1))


def test_the_29th_of_february_is_kept_on_the_28th_in_other_years() -> None:
    born = date(2000, 2, 29)

    assert next_anniversary(born, date(2025, 12, 1), "year") == date(2026, 2, 28)
    assert next_anniversary(born, date(2027, 12, 1), "year") == date(2028, 2, 29)


def test_months_are_counted_from_birth_not_from_the_month_before() -> None:
    born = date(2026, 1, 31)

    found = [next_anniversary(born, date(2026, each, 15), "month") for each in (2, 3, 4)]

    assert found == [date(2026, 2, 28), date(2026, 3, 31), date(2026, 4, 30)]


def test_a_child_is_six_months_old_on_the_day_six_months_later() -> None:
    assert day_of_age(date(2026, 8, 31), 6) == date(2027, 2, 28)


@pytest.mark.parametrize(
    ("day", "place"),
    [
        (date(2026, 2, 17), LunarDay(2026, 1, 1, leap=False)),  # 春节
        (date(2026, 9, 25), LunarDay(2026, 8, 15, leap=False)),  # 中秋
        (date(2025, 7, 25), LunarDay(2025, 6, 1, leap=True)),  # 闰六月初一
        (date(1984, 2, 2), LunarDay(1984, 1, 1, leap=False)),
        (date(1899, 1, 1), None),
    ],
)
def test_a_day_has_its_place_in_the_lunar_calendar(day: date, place: LunarDay | None) -> None:
    assert lunar(day) == place


def test_a_birthday_in_a_leap_month_is_kept_there_or_in_the_month_of_that_number() -> None:
    born = LunarDay(1987, 6, 10, leap=True)

    assert lunar(kept_on(born, 2025) or date.min) == LunarDay(2025, 6, 10, leap=True)
    assert lunar(kept_on(born, 2026) or date.min) == LunarDay(2026, 6, 10, leap=False)


def test_the_30th_of_a_lunar_month_is_kept_on_the_29th_where_there_is_no_30th() -> None:
    born = LunarDay(1990, 12, 30, leap=False)
    kept = [lunar(kept_on(born, year) or date.min) for year in range(2020, 2030)]

    assert {each.day for each in kept if each} == {29, 30}
    assert {each.month for each in kept if each} == {12}


@given(days)
@settings(max_examples=200)
def test_a_lunar_birthday_comes_exactly_once_in_each_lunar_year(born: date) -> None:
    found = []
    for each in anniversaries(born, date(2019, 12, 31), "year", lunar=True):
        if each > date(2050, 1, 1):
            break
        found.append(each)

    years = [place.year for each in found if (place := lunar(each))]
    assert years == list(range(years[0], years[0] + len(years)))
    assert len(years) >= min(30, 2050 - born.year - 2)
    assert all(350 <= (b - a).days <= 386 for a, b in pairwise(found))


@given(days)
def test_every_lunar_day_leads_back_to_its_day(day: date) -> None:
    place = lunar(day)
    assert place is not None

    assert kept_on(place, place.year) == day


@given(days, st.dates(date(1950, 1, 1), date(2060, 1, 1)), st.sampled_from(["year", "month"]))
def test_the_next_is_later_and_none_lies_between(born: date, after: date, every: str) -> None:
    found = next_anniversary(born, after, every)
    assert found is not None
    step = 12 if every == "year" else 1
    all_of_them = [day_of_age(born, step * n) for n in range(1, 160 * 12 // step)]

    assert found == min(each for each in all_of_them if each and each > after)


def test_beyond_the_lunar_calendar_no_birthday_comes() -> None:
    assert next_anniversary(date(1990, 5, 5), date(2101, 1, 1), "year", lunar=True) is None


def test_in_years_nobody_announced_weekends_are_free_and_the_other_days_worked() -> None:
    first, last = known_years()
    unknown = [date(last + 1, 1, 1) + timedelta(days=n) for n in range(60)]

    assert first <= 2007
    assert last >= 2026
    assert all(is_working(each) == (each.weekday() < 5) for each in unknown)


# The public data sets lie in `shared` beside the project, where they are at all.
PUBLISHED = next(
    (
        folder / "shared" / "data" / "china_public_holidays"
        for folder in Path(__file__).parents
        if (folder / "shared" / "data" / "china_public_holidays").is_dir()
    ),
    None,
)


@pytest.mark.public_data
@pytest.mark.skipif(PUBLISHED is None, reason="the public data are not beside us")
def test_working_days_are_those_the_state_council_announced_since_2007() -> None:
    assert PUBLISHED
    with next(PUBLISHED.glob("*.csv")).open(encoding="utf-8") as lines:
        moved = {
            date.fromisoformat(row["date"]): row["is_off_day"] == "0"
            for row in csv.DictReader(lines)
        }
    all_days = [date(2007, 1, 1) + timedelta(days=n) for n in range(366 * 20)]

    wrong = [
        each
        for each in all_days
        if each.year <= 2026 and is_working(each) != moved.get(each, each.weekday() < 5)
    ]

    assert wrong == []
