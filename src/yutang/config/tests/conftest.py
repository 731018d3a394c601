"""What the process logs, as tests read it."""

from collections.abc import Callable

import pytest

from yutang.config.logs import set_up_logs


@pytest.fixture
def logged(capsys: pytest.CaptureFixture[str]) -> Callable[[], str]:
    """Return a function that returns what was logged since it was last called."""
    set_up_logs()
    return lambda: capsys.readouterr().err
