"""Brings both stores to this release's schema; harmless when they are."""

import django
from django.core.management import call_command

from yutang.config.runtime import Refused

__all__ = ["migrate"]


def migrate(*, founded: bool = True) -> None:
    """Migrate PostgreSQL, then the warehouse.

    An empty database is founded from the snapshot, unless the migrations themselves are wanted.

    :raises Refused: where the database is older than what the squashed migrations replace
    """
    django.setup()
    from django.conf import settings

    from yutang.config.snapshot import found_at_once
    from yutang.engines import warehouse
    from yutang.engines.migrate import migrate_warehouse

    if founded:
        found_at_once()
    _refuse_half_replaced()
    call_command("migrate", verbosity=0, interactive=False)
    migrate_warehouse(warehouse(), settings.YUTANG_WAREHOUSE_CLUSTER)


def _refuse_half_replaced() -> None:
    """Refuse a database that has some of what a squashed migration replaces, but not all of it.

    Django leaves such a migration out of its plan: the app's tables would stay as they are, without a word.
    """
    from django.db import connection
    from django.db.migrations.loader import MigrationLoader

    loader = MigrationLoader(connection)
    missing = [
        f"{app}.{name}"
        for squashed in loader.replacements.values()
        if any(key in loader.applied_migrations for key in squashed.replaces)
        for app, name in squashed.replaces
        if (app, name) not in loader.applied_migrations
    ]
    if missing:
        listed = ", ".join(missing)
        raise Refused(
            f"这个数据库比本版本能直接升级的还旧，缺 {listed}。请先用上一个版本运行 yutang migrate。\n"
            f"This database is older than this release can upgrade; it lacks {listed}."
            " Run `yutang migrate` of the release before this one first."
        )
