"""Brings both stores to this release's schema; harmless when they are."""

import django
from django.core.management import call_command

__all__ = ["migrate"]


def migrate() -> None:
    """Migrate PostgreSQL, then the warehouse."""
    django.setup()
    from django.conf import settings

    from yutang.engines import warehouse
    from yutang.engines.migrate import migrate_warehouse

    call_command("migrate", verbosity=0, interactive=False)
    migrate_warehouse(warehouse(), settings.YUTANG_WAREHOUSE_CLUSTER)
