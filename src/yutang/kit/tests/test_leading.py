"""Locks kept for others: held by one process at a time, and free when its connection is gone."""

from collections.abc import Iterator

import pytest
from django.db import OperationalError, connection

from yutang.kit.leading import KeptLocks

pytestmark = pytest.mark.django_db(transaction=True)
FIRST, SECOND = 4_000_000_001, 4_000_000_002


@pytest.fixture
def kept() -> Iterator[tuple[KeptLocks, KeptLocks]]:
    """Return what two processes keep."""
    yield (both := (KeptLocks(), KeptLocks()))
    for each in both:
        each.give_back(FIRST)
        each.give_back(SECOND)


def cut() -> None:
    """End every other connection to this database, as a restart of PostgreSQL does."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


def test_who_has_a_lock_has_it_until_it_is_given_back(kept: tuple[KeptLocks, KeptLocks]) -> None:
    here, there = kept

    assert here.take(FIRST)
    assert here.take(FIRST)
    assert there.take(SECOND)
    assert not there.take(FIRST)
    here.give_back(FIRST)
    assert there.take(FIRST)


def test_who_lost_the_connection_learns_it_before_acting_again(
    kept: tuple[KeptLocks, KeptLocks],
) -> None:
    here, there = kept
    here.take(FIRST)
    cut()
    assert there.take(FIRST)

    with pytest.raises(OperationalError):
        here.take(FIRST)
    assert not here.take(FIRST)
    there.give_back(FIRST)
    assert here.take(FIRST)
