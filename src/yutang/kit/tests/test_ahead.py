"""A thread makes the next things while the caller works on those before."""

import threading
from collections.abc import Generator

import pytest

from yutang.kit.ahead import read_ahead


def test_everything_comes_once_and_in_order() -> None:
    some = list(read_ahead((n for n in range(100)), most=7, name="numbers"))

    assert [n for each in some for n in each] == list(range(100))
    assert all(1 <= len(each) <= 7 for each in some)


def test_what_making_them_raises_is_raised_after_all_that_was_made_before() -> None:
    def two_and_no_more() -> Generator[int]:
        yield 1
        yield 2
        raise ValueError("no third")

    taken: list[int] = []
    with pytest.raises(ValueError, match="no third"):
        for some in read_ahead(two_and_no_more(), most=9, name="numbers"):
            taken += some

    assert taken == [1, 2]


def test_who_stops_taking_stops_the_making_and_no_more_than_agreed_was_made() -> None:
    made: list[int] = []
    closed_by: list[str] = []

    def endless() -> Generator[int]:
        try:
            while True:
                made.append(len(made))
                yield made[-1]
        finally:
            closed_by.append(threading.current_thread().name)

    reading = read_ahead(endless(), most=3, name="numbers")
    taken = len(next(reading))
    reading.close()

    assert closed_by == ["numbers"]
    assert len(made) <= taken + 3 + 1  # those that lay ready, and the one in hand
