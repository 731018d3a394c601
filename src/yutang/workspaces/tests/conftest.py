"""Passwords are hashed lightly here: what is tested is not how long it takes."""

import pytest

from yutang.workspaces._hashing import Argon2


@pytest.fixture(autouse=True)
def _light_hashing(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if "real_hashing" not in request.fixturenames:
        monkeypatch.setattr(Argon2, "time_cost", 1)
        monkeypatch.setattr(Argon2, "memory_cost", 64)


@pytest.fixture
def real_hashing() -> None:
    """Hash as the product does."""
