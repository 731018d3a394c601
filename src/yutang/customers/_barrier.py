"""When is everything that was recorded under an old answer in the warehouse?

Who reads identities and records what people did does both in one transaction. So: once every
transaction that began before a change was seen to be committed has ended, the spool holds all that was
recorded without knowing of it; once the spool is drained to its mark of that moment, the warehouse
holds it too. A change then can be carried out there, and nothing arrives behind its back.

Rows that wait have `seen_at` (PostgreSQL's clock) and `spooled_to` (the spool's mark).
"""

from typing import Any

from django.db import connection, transaction
from django.db.models import Model, QuerySet
from django.db.models.functions import Now

from yutang.events import service as events

__all__ = ["advance"]


def advance(waiting: "QuerySet[Any, Any]") -> list[Model]:
    """Move waiting rows on by a step; return those behind which everything is in the warehouse."""
    with transaction.atomic():
        waiting.filter(seen_at=None).update(seen_at=_ClockNow())
    oldest = _oldest_transaction()
    passed = waiting.filter(spooled_to=None, seen_at__isnull=False)
    if oldest is not None:
        passed = passed.filter(seen_at__lt=oldest)
    passed.update(spooled_to=events.spool_mark())
    marked = waiting.filter(spooled_to__isnull=False)
    marks = marked.values_list("spooled_to", flat=True).distinct()
    drained = [mark for mark in marks if events.is_drained(mark)]
    return list(marked.filter(spooled_to__in=drained).order_by("pk")[:5000])


class _ClockNow(Now):
    """PostgreSQL's clock at this very statement; `now()` would be when the transaction began."""

    template = "clock_timestamp()"

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(compiler, connection, template=self.template, **context)


def _oldest_transaction() -> Any:
    """Return when the oldest other transaction began; None when there is no other."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT min(xact_start) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            " AND backend_type = 'client backend'"
        )
        (oldest,) = cursor.fetchone()
    return oldest
