"""A command whose transaction was chosen to end a deadlock is done again, by whoever began it."""

import pytest
from django.db import OperationalError, transaction
from psycopg.errors import DeadlockDetected

from yutang.kit.deadlocks import survives_deadlocks


def wrapped() -> OperationalError:
    ended = OperationalError("deadlock detected")
    ended.__cause__ = DeadlockDetected()
    return ended


@pytest.mark.parametrize("ended", [DeadlockDetected(), wrapped()], ids=["driver", "django"])
@pytest.mark.django_db(transaction=True)
def test_it_is_done_again_and_its_answer_is_the_last_one(ended: Exception) -> None:
    waiting = [ended, ended]

    @survives_deadlocks
    def answer() -> int:
        if waiting:
            raise waiting.pop()
        return 7

    assert answer() == 7


@pytest.mark.django_db(transaction=True)
def test_what_is_no_deadlock_is_raised_at_once() -> None:
    tries: list[int] = []

    @survives_deadlocks
    def refuse() -> None:
        tries.append(1)
        raise OperationalError("the server is gone")

    with pytest.raises(OperationalError, match="gone"):
        refuse()

    assert len(tries) == 1


@pytest.mark.django_db(transaction=True)
def test_inside_a_transaction_it_is_the_outer_one_that_is_done_again() -> None:
    inner: list[int] = []
    outer: list[int] = []

    @survives_deadlocks
    def within() -> None:
        inner.append(1)
        if len(inner) < 3:
            raise DeadlockDetected

    @survives_deadlocks
    def around() -> None:
        outer.append(1)
        with transaction.atomic():
            within()

    around()

    assert (len(inner), len(outer)) == (3, 3)
