"""An empty database is founded from a script, which is what all migrations come to."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from yutang.config.migrate import migrate
from yutang.config.runtime import Refused
from yutang.config.snapshot import SNAPSHOT, dumped, found_at_once

APPS = {
    "acquisition",
    "audiences",
    "customers",
    "events",
    "guides",
    "journeys",
    "reach",
    "tags",
    "tracking",
    "wecom",
    "workspaces",
}
_COLUMNS = """
    SELECT table_name, column_name, data_type, is_nullable, column_default
    FROM information_schema.columns WHERE table_schema = 'public'
    ORDER BY table_name, column_name
"""


def _asked(statement: str) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return list(cursor.fetchall())


@pytest.fixture
def migrated(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Another database of the same server, made by all migrations."""
    founded = connection.settings_dict["NAME"]
    with django_db_blocker.unblock():
        _at_once("CREATE DATABASE migrated")
        connection.settings_dict["NAME"] = "migrated"
        call_command("migrate", verbosity=0, interactive=False)
        yield
        connection.close()
        connection.settings_dict["NAME"] = founded
        _at_once("DROP DATABASE migrated")


def _at_once(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
    connection.close()


@pytest.mark.usefixtures("migrated")
def test_the_script_is_what_the_migrations_make() -> None:
    assert dumped() == SNAPSHOT.read_text("utf-8"), "run `yutang export-schema`"


@pytest.mark.usefixtures("db")
def test_an_empty_database_has_every_table_at_once_and_no_migration_to_run() -> None:
    migrated = _asked(_COLUMNS)
    with connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA public CASCADE")
        cursor.execute("CREATE SCHEMA public")

    assert found_at_once()

    assert _asked(_COLUMNS) == migrated
    executor = MigrationExecutor(connection)
    assert executor.migration_plan(executor.loader.graph.leaf_nodes()) == []


@pytest.mark.usefixtures("db")
def test_a_database_of_before_the_squash_goes_on(open_warehouse) -> None:
    recorder = MigrationRecorder(connection)
    squashed = recorder.migration_qs.filter(name="0001_squashed")
    assert {app for (app,) in squashed.values_list("app")} == APPS
    squashed.delete()

    migrate(founded=False)

    assert squashed.count() == len(APPS)


@pytest.mark.usefixtures("db")
@pytest.mark.parametrize("app", sorted(APPS - {"acquisition"}))  # of one migration, none is half
def test_a_database_that_lacks_one_of_them_is_refused(app: str) -> None:
    recorder = MigrationRecorder(connection)
    squashed = MigrationLoader(connection).disk_migrations[app, "0001_squashed"]
    last = squashed.replaces[-1]
    recorder.record_unapplied(*last)
    recorder.record_unapplied(app, "0001_squashed")

    with pytest.raises(Refused, match=f"it lacks {app}.{last[1]}"):
        migrate()


@pytest.mark.usefixtures("db")
def test_a_database_that_holds_something_is_left_to_the_migrations() -> None:
    assert not found_at_once()
