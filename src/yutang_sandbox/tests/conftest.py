"""One sandbox for all tests of it; each test makes a corp of its own."""

from collections.abc import Callable, Iterator
from itertools import count
from typing import Any

import pytest

from yutang_sandbox.testing import Corp, Running, running

_numbers = count(1)


@pytest.fixture(scope="session")
def sandbox() -> Iterator[Running]:
    with running() as handle:
        yield handle


@pytest.fixture
def make_corp(sandbox: Running) -> Callable[..., Corp]:
    def make(**given: Any) -> Corp:
        given = {"staff": 3, "customers": 12, **given}
        return sandbox.make_corp(id=f"wwtest{next(_numbers):04}", **given)

    return make


@pytest.fixture
def corp(make_corp: Callable[..., Corp]) -> Corp:
    return make_corp()
