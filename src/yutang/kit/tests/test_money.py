"""Amounts are whole fen; a person types and reads yuan."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yutang.kit.money import fen_from_yuan, yuan


@pytest.mark.parametrize(
    ("written", "fen"),
    [
        ("12", 1200),
        ("¥1,280.50", 128050),
        ("￥ 9.9", 990),
        ("-3.20", -320),
        ("0.005", 1),
        (12.34, 1234),
        ("twelve", None),
        ("", None),
        ("NaN", None),
        ("1e40", None),
    ],
)
def test_yuan_as_people_write_them_become_fen(written: str | float, fen: int | None) -> None:
    assert fen_from_yuan(written) == fen


@given(st.integers(-(10**15), 10**15))
def test_what_is_shown_reads_back(fen: int) -> None:
    shown = yuan(fen)

    assert fen_from_yuan(shown.replace("-¥", "-")) == fen
