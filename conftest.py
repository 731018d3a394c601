"""Fixtures every test may ask for. The engines themselves are started by tests/embedded.py."""

from collections.abc import Iterator

import pytest

from tests import embedded


@pytest.fixture(scope="session")
def django_db_modify_db_settings() -> None:
    """Start PostgreSQL when the first test asks for the database."""
    from django.db import connections

    connections["default"].settings_dict.update(embedded.start_postgres())


@pytest.fixture(scope="session")
def open_warehouse() -> Iterator[object]:
    """Open the warehouse of this run, with its tables."""
    from yutang.engines import warehouse
    from yutang.engines.migrate import migrate_warehouse

    migrate_warehouse(warehouse())
    yield warehouse()
    warehouse().close()
