"""An instant with any offset is the same instant in UTC."""

import pytest
from pydantic import TypeAdapter

from yutang.kit.instants import Instant


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2026-05-01T10:00:00+08:00", "2026-05-01T02:00:00+00:00"),
        ("0546-08-21T05:54:32-22:57", "0546-08-22T04:51:32+00:00"),
        ("0001-01-01T00:00:00+23:00", "0001-01-01T00:00:00+00:00"),
        ("9999-12-31T23:59:59-23:00", "9999-12-31T23:59:59+00:00"),
    ],
)
def test_any_offset_is_read_as_utc(written: str, read: str) -> None:
    assert TypeAdapter(Instant).validate_python(written).isoformat() == read
