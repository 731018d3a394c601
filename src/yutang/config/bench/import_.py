"""Rows per second of a file of events on its way in, with the memory peak: CSV and Parquet.

The files are made on the spot: views and orders of a shop, one identity a row, four properties. Each is
imported into a workspace of its own (in a ledger that holds ids of the same days already, new ones cost
more), by a process of its own, whose peak resident memory is read at its end; a second CSV four times as
long shows that the peak does not grow with the file. Events are in PostgreSQL, durable, when a block is
counted; what brings them into the warehouse runs beside it, as in `yutang up`, and is timed too.

The floor is PostgreSQL taking the same ids into a table of the same shape by COPY, and nothing else.
"""

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from yutang.config.bench.stage import Figures, Stage

__all__ = ["FLAGS", "measure"]

FLAGS = {"rows": 400_000, "customers": 40_000}

_CHILD = """
import json, os, resource, sys, threading, time
import django
django.setup()
from pathlib import Path
from yutang.events import service as events
from yutang.kit import clock
from yutang.tracking.service import imports
from yutang.workspaces.models import Workspace
from yutang.workspaces.service import workspace_by_slug

house = workspace_by_slug(sys.argv[2])
it = imports.adopt(house, "system:bench", Path(sys.argv[1]), now=clock.now())
mapping = imports.ImportMapping.model_validate_json(sys.argv[3])
imports.start(house, "system:bench", it.pk, mapping, in_background=False, now=clock.now())
done = threading.Event()

def drain():
    while not done.is_set():
        if not events.drain():
            time.sleep(0.05)

drainer = threading.Thread(target=drain)
drainer.start()
began = time.monotonic()
it = imports.run(it.pk, clock=clock.now)
took = time.monotonic() - began
done.set()
drainer.join()
while events.drain():
    pass
peak = int(next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM")))
print(json.dumps({
    "rows": it.rows_in, "bad": it.rows_bad, "seconds": took,
    "visible_seconds": time.monotonic() - began, "peak_mb": round(peak / 1024),
}))
os._exit(0)
"""


def measure(stage: Stage, *, rows: int, customers: int) -> Figures:
    """Return rows per second of the CSV path; Parquet and the peaks beside it."""
    from yutang.engines import warehouse

    files = {
        "csv": _file(stage, rows, customers, "csv", seed=1),
        "parquet": _file(stage, rows, customers, "parquet", seed=2),
        "large_csv": _file(stage, rows * 4, customers, "csv", seed=3),
    }
    for name in files:
        _workspace(name)
    warehouse().close()  # one process at a time has the embedded engine open
    found = {name: _imported(stage, path, name) for name, path in files.items()}
    floor = _floor(rows)
    csv, parquet, large = (found[name] for name in ("csv", "parquet", "large_csv"))
    rate = csv["rows"] / csv["seconds"]
    more = {
        "parquet_rows_per_s": parquet["rows"] / parquet["seconds"],
        "large_csv_rows_per_s": large["rows"] / large["seconds"],
        "csv_visible_rows_per_s": csv["rows"] / csv["visible_seconds"],
        "parquet_visible_rows_per_s": parquet["rows"] / parquet["visible_seconds"],
        "csv_peak_mb": csv["peak_mb"],
        "parquet_peak_mb": parquet["peak_mb"],
        "large_csv_peak_mb": large["peak_mb"],
        "csv_mb": round(files["csv"].stat().st_size / 2**20, 1),
        "large_csv_mb": round(files["large_csv"].stat().st_size / 2**20, 1),
    }
    return Figures(rate, "rows/s", floor, rate / floor, more)


_MAPPING = {
    "kind": "events",
    "identities": [{"kind": "buyer_id", "source": "bench", "value": {"column": "user_id"}}],
    "type": {"column": "action", "values": {"pv": "view", "fav": "favorite", "buy": "order"}},
    "occurred_at": {"column": "ts", "read_as": "time"},
    "amount": {"column": "paid", "read_as": "yuan"},
    "source": {"constant": "bench"},
    "properties": [
        {"name": "item", "value": {"column": "item"}},
        {"name": "category", "value": {"column": "category"}},
        {"name": "quantity", "value": {"column": "quantity", "read_as": "number"}},
    ],
}


def _workspace(name: str) -> None:
    from yutang.kit.clock import now
    from yutang.workspaces import service as workspaces

    workspaces.found_installation("bench@yutang.local", "a-bench-needs-no-secret", now=now())
    first = workspaces.workspaces_of_everyone()[0]
    owner = workspaces.members_of(first)[0].user
    workspaces.create_workspace(owner, name="Bench", slug=_slug(name), now=now())


def _slug(name: str) -> str:
    return f"bench-{name.replace('_', '-')}"


def _file(stage: Stage, rows: int, customers: int, kind: str, seed: int) -> Path:
    import numpy as np
    import polars as pl

    rng = np.random.default_rng(seed)
    begin = 1_760_000_000
    seconds = pl.Series(np.sort(rng.integers(begin, begin + 90 * 86_400, rows)))
    frame = pl.DataFrame(
        {
            "user_id": rng.integers(1, customers, rows),
            "action": rng.choice(["pv", "pv", "pv", "pv", "fav", "buy"], rows),
            "ts": pl.from_epoch(seconds, "s").dt.to_string("%Y-%m-%d %H:%M:%S"),
            "paid": (rng.integers(100, 99_999, rows) / 100),
            "item": pl.Series(rng.integers(1, 5_000, rows)).cast(pl.String),
            "category": rng.choice(["绿茶", "红茶", "乌龙", "普洱", "茶器"], rows),
            "quantity": rng.integers(1, 5, rows),
        }
    )
    path = stage.home / f"{seed}.{kind}"
    if kind == "csv":
        frame.write_csv(path)
    else:
        typed = frame.with_columns(pl.col("ts").str.to_datetime("%Y-%m-%d %H:%M:%S"))
        typed.write_parquet(path, row_group_size=100_000)
    stage.say(f"made {path.name}: {rows:,} rows, {path.stat().st_size / 2**20:.0f} MB")
    return path


def _imported(stage: Stage, path: Path, name: str) -> dict[str, Any]:
    environment = stage.environment | {"YUTANG_DATABASE_URL": stage.database_url}
    answer = subprocess.run(
        [sys.executable, "-c", _CHILD, str(path), _slug(name), json.dumps(_MAPPING)],
        env=environment,
        stdout=subprocess.PIPE,
        check=True,
    )
    found: dict[str, Any] = json.loads(answer.stdout.splitlines()[-1])
    stage.say(f"{path.name}: {found['rows'] / found['seconds']:,.0f} rows/s, {found['peak_mb']} MB")
    return found


def _floor(rows: int) -> float:
    """Return rows per second of a bare COPY of as many ids and digests, with the same primary key."""
    from django.db import connection

    ids = [os.urandom(16).hex() for _ in range(rows)]
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TABLE bench_floor (workspace_id bigint, id uuid, digest bigint,"
            " received_on date, PRIMARY KEY (workspace_id, id))"
        )
        began = time.monotonic()
        with cursor.copy("COPY bench_floor FROM STDIN") as copy:
            for each in sorted(ids):
                copy.write_row((1, each, 7, "2026-01-01"))
        took = time.monotonic() - began
        cursor.execute("DROP TABLE bench_floor")
    return rows / took
