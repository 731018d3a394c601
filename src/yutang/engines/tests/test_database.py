"""A kept connection is looked at before it is used: one that PostgreSQL ended is made anew, unseen."""

import pytest
from django.db import connection

from yutang.engines import bound

pytestmark = pytest.mark.django_db(transaction=True)


def backend() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return int(cursor.fetchone()[0])


def cut(victim: int) -> None:
    """End one connection by another."""
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [victim])
    other.close()


def test_a_request_after_a_restart_of_postgresql_finds_a_connection() -> None:
    before = backend()
    cut(before)
    connection.close_if_unusable_or_obsolete()  # as Django does when a request begins

    assert backend() != before


def test_so_does_one_whose_first_statement_is_bound_by_hand() -> None:
    before = backend()
    cut(before)
    connection.close_if_unusable_or_obsolete()

    ((now,),) = bound("SELECT pg_backend_pid()", {}).fetchall()

    assert now != before
