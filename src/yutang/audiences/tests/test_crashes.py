"""kill -9 at any point of a run: the run is completed or undone, nobody is lost, nothing is told twice."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from yutang.audiences.tests.victim import FULL_POINTS, GIVEN_POINTS, PEOPLE, POINTS
from yutang.engines.postgres import EmbeddedPostgres

pytestmark = [pytest.mark.processes, pytest.mark.timeout(600)]
SOURCE = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def left_behind(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, dict[str, object]]]:
    """Kill one process at each point, let one more mend it all, and return what it finds."""
    home = tmp_path_factory.mktemp("crashes")
    for folder in (home, home.parent, home.parent.parent):
        folder.chmod(0o755)
    postgres = EmbeddedPostgres(home / "postgres")
    environment = os.environ | {
        "YUTANG_HOME": str(home),
        "YUTANG_DATABASE_URL": postgres.start(),
        "PYTHONPATH": f"{SOURCE}{os.pathsep}{SOURCE.parent}",
    }
    migrate = "import django; django.setup(); from yutang.config.migrate import migrate; migrate()"
    subprocess.run([sys.executable, "-c", migrate], env=environment, check=True)
    command = [sys.executable, "-m", "yutang.audiences.tests.victim", str(home / "answer")]
    ended = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr
    yield json.loads((home / "answer").read_text())
    postgres.stop()


def test_every_run_is_mended_once(left_behind: dict[str, dict[str, object]]) -> None:
    assert left_behind["all"] == {"mended": len(POINTS), "runs": 0}


@pytest.mark.parametrize("point", FULL_POINTS)
def test_a_full_refresh_killed_there_counts_once(
    left_behind: dict[str, dict[str, object]], point: str
) -> None:
    assert left_behind[point] == {
        "members": PEOPLE,
        "count": PEOPLE,
        "busy": None,
        "events": PEOPLE,
        "told": PEOPLE,
        "timeline": PEOPLE,
        "changes": PEOPLE,
    }


@pytest.mark.parametrize("point", GIVEN_POINTS)
def test_one_customers_change_killed_there_counts_once(
    left_behind: dict[str, dict[str, object]], point: str
) -> None:
    everybody = PEOPLE + 1
    assert left_behind[point] == {
        "members": everybody,
        "count": everybody,
        "busy": None,
        "events": everybody,
        "told": everybody,
        "timeline": everybody,
        "changes": everybody,
    }
