"""Who waits for whom, journey by journey; all until the end of the transaction.

Batches of the engine *attend* a journey, any number at once. Whoever tells waiting people that something
happened, or stops a journey, *holds it up*: every batch has ended, and none begins. So nobody begins to
wait unseen: what was told before is older than the wait, what is told later finds it.
Entries of one journey come one after another, so that caps and re-entry are exact.
"""

from collections.abc import Iterable

from django.db import connection

__all__ = ["attend", "hold_up", "one_entry_at_a_time"]

_MOVING, _ENTERING = 0x59544A4D, 0x59544A45


def attend(journey_id: int) -> None:
    _lock("pg_advisory_xact_lock_shared", _MOVING, journey_id)


def hold_up(journey_ids: Iterable[int]) -> None:
    for each in sorted(set(journey_ids)):
        _lock("pg_advisory_xact_lock", _MOVING, each)


def one_entry_at_a_time(journey_id: int) -> None:
    _lock("pg_advisory_xact_lock", _ENTERING, journey_id)


def _lock(how: str, what: int, journey_id: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {how}(%s, %s)", [what, journey_id])
