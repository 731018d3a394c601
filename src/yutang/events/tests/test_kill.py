"""kill -9 at any point: what was acknowledged is found, once, in both orders of the warehouse."""

import os
import random
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from yutang.workspaces.tests.builders import a_workspace

KILLS = int(os.environ.get("YUTANG_TEST_KILLS", "5"))


def start(what: str, workspace: int, environment: dict[str, str]) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-m", "yutang.events.tests.writer", what, str(workspace)],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )


def killed_after(seconds: float, workspace: int, environment: dict[str, str]) -> list[str]:
    """Let a writer work for a while, kill it, and return what it had acknowledged."""
    writer = start("record", workspace, environment)
    assert writer.stdout is not None
    assert writer.stdout.readline() == "ready\n"
    time.sleep(seconds)
    writer.kill()
    heard, _ = writer.communicate(timeout=60)
    whole, _, _cut_short = heard.rpartition("\n")
    return whole.splitlines()


@pytest.mark.processes
@pytest.mark.timeout(600)
@pytest.mark.usefixtures("transactional_db")
def test_a_killed_process_neither_loses_nor_doubles_what_it_acknowledged(tmp_path: Path) -> None:
    from django.db import connection

    settings: dict[str, Any] = connection.settings_dict
    environment = os.environ | {
        "PYTHONPATH": os.pathsep.join(sys.path),
        "YUTANG_WAREHOUSE_URL": f"chdb://{tmp_path}/warehouse",
        "YUTANG_DATABASE_URL": f"postgresql://{settings['USER']}@/{settings['NAME']}?host={settings['HOST']}",
    }
    house = a_workspace()
    chance = random.Random(4)

    acknowledged: list[str] = []
    for _ in range(KILLS):
        acknowledged += killed_after(chance.uniform(0.05, 2.5), house.pk, environment)
    shown = start("show", house.pk, environment)
    lines, _ = shown.communicate(timeout=300)

    assert len(acknowledged) > 40 * KILLS
    for table in ("events", "timeline"):
        found = Counter(
            line.removeprefix(f"{table} ")
            for line in lines.splitlines()
            if line.startswith(f"{table} ")
        )
        assert set(acknowledged) - found.keys() == set()
        assert [each for each, times in found.items() if times > 1] == []
