"""Fixtures every test may ask for. The engines themselves are started by tests/embedded.py."""

import gc
import os
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import settings

from tests import embedded
from tests.emptying import empty_quickly, lighten_warehouse
from tests.ordering import place

# The same cases at every run; YUTANG_EXPLORE=1 looks for new ones. How long a case takes is no test.
settings.register_profile("steady", derandomize=True, database=None, deadline=None)
settings.register_profile("exploring", deadline=None)
settings.load_profile("exploring" if os.environ.get("YUTANG_EXPLORE") else "steady")


def pytest_make_parametrize_id(config: pytest.Config, val: object, argname: str) -> str | None:
    """Name bytes by their argument: content that changes by the second makes no steady name."""
    return argname if isinstance(val, bytes) else None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Refuse tests of one name: of several, xdist runs one and says nothing. Begin with what takes long."""
    names = Counter(item.nodeid for item in items)
    if twice := [name for name, count in names.items() if count > 1]:
        raise pytest.UsageError(f"several tests are called {', '.join(twice[:5])}")
    items.sort(key=lambda item: place(item.nodeid))


def pytest_collection_finish() -> None:
    """Let the collector of garbage pass over what stays: a million objects of code and tests."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment: None, django_db_blocker: Any) -> Iterator[None]:
    """Start PostgreSQL when the first test asks for it, founded as a first start founds it.

    The server is this run's alone, so its own database serves; `test_snapshot` holds the script to
    the migrations.
    """
    from django.db import connections

    from yutang.config.snapshot import found_at_once

    with django_db_blocker.unblock():
        connections["default"].settings_dict.update(embedded.start_postgres())
        assert found_at_once()
        empty_quickly()
        yield
        connections.close_all()


@pytest.fixture(scope="session")
def open_warehouse() -> Iterator[object]:
    """Open the warehouse of this run, with its tables."""
    from yutang.engines import warehouse
    from yutang.engines.migrate import migrate_warehouse

    migrate_warehouse(warehouse())
    yield warehouse()
    warehouse().close()


@pytest.fixture(scope="module", autouse=True)
def _light_warehouse() -> Iterator[None]:
    yield
    lighten_warehouse()
