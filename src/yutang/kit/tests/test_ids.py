"""Ids sort by their instant, and the same content at the same instant has the same id."""

from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from yutang.kit.ids import time_ordered_id, time_ordered_id_from

MOMENT = st.integers(0, 2**48 - 1)
REST = st.binary(min_size=10, max_size=10)


@given(MOMENT, MOMENT, REST, REST)
def test_an_earlier_instant_sorts_first(one: int, other: int, a: bytes, b: bytes) -> None:
    early, late = sorted((one, other))

    assert early == late or time_ordered_id_from(early, a).int < time_ordered_id_from(late, b).int


@given(MOMENT, REST)
def test_it_is_a_uuid_of_version_seven(moment: int, rest: bytes) -> None:
    made = time_ordered_id_from(moment, rest)

    assert (made.version, made.variant) == (7, "specified in RFC 4122")
    assert made == time_ordered_id_from(moment, rest) == UUID(str(made))


def test_two_are_never_the_same() -> None:
    assert len({time_ordered_id() for _ in range(1000)}) == 1000
