"""Fixtures every test may ask for. The engines themselves are started by tests/embedded.py."""

import os
from collections.abc import Iterator

import pytest
from hypothesis import settings

from tests import embedded

# The same cases at every run; YUTANG_EXPLORE=1 looks for new ones.
settings.register_profile("steady", derandomize=True, database=None)
settings.register_profile("exploring")
settings.load_profile("exploring" if os.environ.get("YUTANG_EXPLORE") else "steady")


def pytest_make_parametrize_id(config: pytest.Config, val: object, argname: str) -> str | None:
    """Name bytes by their argument: content that changes by the second makes no steady name."""
    return argname if isinstance(val, bytes) else None


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
