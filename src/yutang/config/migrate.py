"""Brings both stores to this release's schema; harmless when they are."""

import django
from django.core.management import call_command

__all__ = ["migrate"]


def migrate(*, founded: bool = True) -> None:
    """Migrate PostgreSQL, then the warehouse.

    An empty database is founded from the snapshot, unless the migrations themselves are wanted.
    """
    django.setup()
    from django.conf import settings

    from yutang.config.snapshot import found_at_once
    from yutang.engines import warehouse
    from yutang.engines.migrate import migrate_warehouse

    if founded:
        found_at_once()
    call_command("migrate", verbosity=0, interactive=False)
    migrate_warehouse(warehouse(), settings.YUTANG_WAREHOUSE_CLUSTER)
