"""Cells become values as their writers meant them; what cannot be is a problem of that cell alone."""

from datetime import UTC, datetime, timedelta, timezone

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yutang.kit.money import fen_from_yuan
from yutang.tracking.imports.coercion import read
from yutang.tracking.imports.mapping import MappedValue


def values(cells: list, *, zone: str = "Asia/Shanghai", **how: object) -> list:
    found = read(pl.DataFrame({"a": cells}), MappedValue(column="a", **how), time_zone=zone)
    return ["?" if wrong else value for value, wrong in zip(*found, strict=True)]


def ms(*parts: int, hours: int = 8) -> int:
    return int(datetime(*parts, tzinfo=timezone(timedelta(hours=hours))).timestamp() * 1000)


@pytest.mark.parametrize(
    "written",
    [
        "2024-01-02 03:04:05", "2024/1/2 3:04:05", "２０２４-０１-０２ ０３：０４：０５",
        "2024年1月2日 3:04:05", "2024-01-02T03:04:05", "2024-01-01T19:04:05Z",
        "2024-01-02T03:04:05+08:00", "20240102030405", "1704135845", "1704135845000",
        " 2024-01-02 03:04:05 ",
    ],
)  # fmt: skip
def test_one_instant_has_many_spellings(written: str) -> None:
    assert values([written], read_as="time") == [ms(2024, 1, 2, 3, 4, 5)]


def test_a_column_may_mix_spellings_and_only_the_unreadable_cell_is_a_problem() -> None:
    cells = ["2024-01-02 03:04:05", "2024/01/02", "1704135845", "soon", "", None, "31/12/2024"]

    assert values(cells, read_as="time") == [
        ms(2024, 1, 2, 3, 4, 5), ms(2024, 1, 2), 1_704_135_845_000, "?", None, None, "?",
    ]  # fmt: skip


def test_day_and_month_come_in_the_order_that_was_said() -> None:
    assert values(["03/04/2024"], read_as="time", format="%d/%m/%Y") == [ms(2024, 4, 3)]
    assert values(["03/04/2024"], read_as="time", format="%m/%d/%Y") == [ms(2024, 3, 4)]


def test_an_hour_that_a_clock_change_skips_moves_forward() -> None:
    assert values(["2024-03-31 01:30"], zone="Europe/London", read_as="time") == [
        ms(2024, 3, 31, 1, 30, hours=0)
    ]


def test_an_hour_that_a_clock_change_repeats_is_the_first() -> None:
    assert values(["2024-10-27 01:30"], zone="Europe/London", read_as="time") == [
        ms(2024, 10, 27, 1, 30, hours=1)
    ]


def test_typed_columns_need_no_guessing() -> None:
    naive, aware = datetime(2024, 1, 2), datetime(2024, 1, 2, tzinfo=UTC)  # noqa: DTZ001

    assert values([naive], read_as="time") == [ms(2024, 1, 2)]
    assert values([aware], read_as="time") == [ms(2024, 1, 2, hours=0)]
    assert values([1_704_135_845], read_as="time") == [1_704_135_845_000]


def test_money_is_fen_however_it_is_written() -> None:
    cells = ["¥1,280.50", "１２.５", "12.005", "(3.00)", "100元", "1,234,567", "abc", "", "￥8"]

    assert values(cells, read_as="yuan") == [
        128_050, 1_250, 1_201, -300, 10_000, 123_456_700, "?", None, 800,
    ]  # fmt: skip
    assert values(["128", "12.5"], read_as="fen") == [128, "?"]


@settings(deadline=None)
@given(
    st.lists(st.decimals(min_value=-(10**12), max_value=10**12, places=3), min_size=1, max_size=20)
)
def test_whole_columns_of_money_agree_with_the_till(amounts: list) -> None:
    written = [str(each) for each in amounts]

    assert values(written, read_as="yuan") == [fen_from_yuan(each) for each in written]


def test_an_amount_may_be_quantity_times_price() -> None:
    frame = pl.DataFrame({"q": ["6", "-2", "x"], "p": ["2.55", "3.39", "1"]})
    value = MappedValue(product=["q", "p"], read_as="yuan", absolute=True)

    found = read(frame, value, time_zone="UTC")

    assert found.values.to_list() == [1530, 678, None]
    assert found.bad.to_list() == [False, False, True]


def test_genders_answers_and_lists_are_understood_in_both_languages() -> None:
    assert values(["男", "F", "女士", "保密", "?"], read_as="gender") == [
        "male",
        "female",
        "female",
        None,
        "?",
    ]
    assert values(["是", "0", "Yes", "maybe"], read_as="bool") == ["true", "false", "true", "?"]
    lists = values(["a, b,,c", '["x","y,z"]', ""], read_as="list")
    assert [None if each is None else list(each) for each in lists] == [
        ["a", "b", "c"],
        ["x", "y,z"],
        None,
    ]


def test_birthdays_are_dates_between_1900_and_2200() -> None:
    cells = ["1990-1-2", "1990年1月2日", "19900102", "1990-01-02 00:00:00", "1890-01-01", "199"]

    assert values(cells, read_as="date") == ["1990-01-02"] * 4 + ["?", "?"]


def test_text_stays_text_and_whole_numbers_have_no_point() -> None:
    assert values([1.0, 2.5], read_as="text") == ["1", "2.5"]
    assert values([" 茶　", "NULL", "\\N", "😀"], read_as="text") == ["茶", None, None, "😀"]
