"""What tests leave behind in either store goes quickly: only what was filled is emptied."""

from functools import cache

from django.core.management import call_command
from django.db import connection
from django.test import TransactionTestCase

__all__ = ["empty_quickly", "lighten_warehouse"]

MUCH = 4 << 20  # bytes of one table's rows: from here on Django's TRUNCATE of everything is quicker
MANY_PARTS = 150


def empty_quickly() -> None:
    """Let tests that commit be followed by this instead of `flush`.

    `flush` gives each of a hundred tables and their indexes new files, and writes Django's own
    permissions anew, which nobody here reads: much longer than most of these tests take.
    """
    TransactionTestCase._fixture_teardown = _empty  # type: ignore[method-assign]


def _empty(_case: TransactionTestCase) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_asking())
        filled = cursor.fetchall()
        if any(size > MUCH for _, size in filled):
            call_command(
                "flush",
                verbosity=0,
                interactive=False,
                allow_cascade=True,
                reset_sequences=False,  # no number comes twice: the warehouse keeps what was there
                inhibit_post_migrate=True,
            )
        elif filled:
            # As a replica does it: whole tables at a time, so that no key is left without its row.
            deleted = "; ".join(f'DELETE FROM "{table}"' for table, _ in filled)
            cursor.execute(
                f"BEGIN; SET LOCAL session_replication_role = replica; {deleted}; COMMIT"
            )


@cache
def _asking() -> str:
    names = connection.introspection.django_table_names(only_existing=True, include_views=False)
    return " UNION ALL ".join(
        f"SELECT '{name}', pg_relation_size('{name}') WHERE EXISTS (SELECT FROM \"{name}\")"
        for name in names
    )


def lighten_warehouse() -> None:
    """Drop all events where they lie in many parts: each statement and each rewriting looks at all.

    For between modules: every test has a workspace of its own, and none looks for another's events.
    """
    from yutang.engines.service import _open, warehouse

    if not _open:
        return
    parts = (
        "SELECT count() FROM system.parts WHERE active AND database = currentDatabase()"
        " AND table IN ('events', 'timeline')"
    )
    if warehouse().value(parts) > MANY_PARTS:
        for table in ("events", "timeline"):
            warehouse().command(f"TRUNCATE TABLE {table}")
