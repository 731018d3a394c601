"""An import that is stopped, killed or left without its file goes on with the first row that is not in."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.db import connection

from yutang.engines import warehouse
from yutang.tracking.imports import service as imports
from yutang.tracking.imports.mapping import (
    ImportMapping,
    MappedIdentity,
    MappedProperty,
    MappedType,
    MappedValue,
)
from yutang.tracking.imports.tests.builders import (
    NOON,
    a_file,
    a_workspace,
    clock,
    counted,
    drained,
)
from yutang.tracking.models import Import

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("open_warehouse")]

VIEWS = ImportMapping(
    kind="events",
    identities=[MappedIdentity(kind="buyer_id", source="shop", value=MappedValue(column="who"))],
    type=MappedType(constant="view"),
    occurred_at=MappedValue(column="at", read_as="unix_seconds"),
    properties=[MappedProperty(name="n", value=MappedValue(column="n", read_as="number"))],
)


def many_views(folder: Path, count: int) -> Path:
    lines = (
        f"u{n % 97},{1_760_000_000 + n},{n}\n" if n % 1000 else f"u1,never,{n}\n"
        for n in range(count)
    )
    return a_file(folder, "who,at,n\n" + "".join(lines), "views.csv")


def started(house, path: Path) -> Import:
    it = imports.adopt(house, "user:1", path, now=NOON)
    return imports.start(house, "user:1", it.pk, VIEWS, in_background=False, now=NOON)


def test_a_stopped_import_goes_on_with_the_first_row_that_is_not_in(tmp_path: Path) -> None:
    house = a_workspace()
    it = started(house, many_views(tmp_path, 3_000))

    def ask_to_stop(at: Import) -> None:
        if at.rows_read == 1_000:
            imports.stop(house, "user:1", at.pk, now=NOON)
            at.refresh_from_db()

    stopped = imports.run(it.pk, clock=clock, progress=ask_to_stop, block_rows=500)
    assert (stopped.state, stopped.rows_read, stopped.stopped_en) == (
        "stopped",
        1_000,
        "Somebody stopped it",
    )
    imports.start(house, "user:1", it.pk, in_background=False, now=NOON)
    ended = imports.run(it.pk, clock=clock, block_rows=500)
    drained()

    assert (ended.state, ended.rows_read, ended.rows_in, ended.rows_bad) == (
        "done",
        3_000,
        2_997,
        3,
    )
    assert counted(house) == 2_997


RUN = """
import sys, django
django.setup()
from yutang.kit import clock
from yutang.tracking.imports import service as imports
imports.run(int(sys.argv[1]), clock=clock.now, block_rows=200)
"""


@pytest.mark.processes
def test_an_import_that_is_killed_half_way_and_resumed_has_every_good_row_exactly_once(
    tmp_path: Path,
) -> None:
    house = a_workspace()
    it = started(house, many_views(tmp_path, 8_000))
    at = connection.settings_dict
    environment = os.environ | {
        "YUTANG_DATABASE_URL": f"postgresql://postgres@/{at['NAME']}?host={at['HOST']}"
    }

    kills = 0
    for goal in (1, 4_000):
        process = subprocess.Popen([sys.executable, "-c", RUN, str(it.pk)], env=environment)
        while process.poll() is None:
            it.refresh_from_db()
            if it.rows_read >= goal:
                process.send_signal(signal.SIGKILL)
                kills += process.wait() == -signal.SIGKILL
            time.sleep(0.02)
    it.refresh_from_db()
    assert (kills, it.state) == (2, "running")
    assert 4_000 <= it.rows_read < 8_000
    ended = imports.run(it.pk, clock=clock)
    drained()

    assert (ended.state, ended.rows_read, ended.rows_in, ended.rows_bad) == (
        "done",
        8_000,
        7_992,
        8,
    )
    exact = (
        "SELECT count(), uniqExact(numbers['n']) FROM events WHERE workspace = {workspace:UInt32}"
    )
    assert warehouse().rows(exact, {"workspace": house.pk}) == [(7_992, 7_992)]
    assert imports.bad_rows(house, it.pk).count() == 8


def test_an_import_runs_in_one_process_at_a_time(tmp_path: Path) -> None:
    house = a_workspace()
    it = started(house, many_views(tmp_path, 100))
    refused = []

    def run_again(at: Import) -> None:
        from threading import Thread

        def attempt() -> None:
            try:
                imports.run(at.pk, clock=clock)
            except imports.ImportAlreadyRunning as refusal:
                refused.append(refusal)
            finally:
                connection.close()

        thread = Thread(target=attempt)
        thread.start()
        thread.join()

    imports.run(it.pk, clock=clock, progress=run_again)

    assert [each.params for each in refused] == [{"file": "views.csv"}]


def test_a_file_that_is_gone_stops_the_import_and_says_so(tmp_path: Path) -> None:
    house = a_workspace()
    path = many_views(tmp_path, 100)
    it = started(house, path)
    path.unlink()

    ended = imports.run(it.pk, clock=clock)

    assert (ended.state, ended.stopped_zh) == (
        "stopped",
        imports.FileGone(file="views.csv").sentence("zh"),
    )
