"""Customer relations a second, brought over from a corp: over HTTP, resolved, related, recorded, resumable.

The sandbox of WeCom runs as a process of its own on the same cores. One real process of the product syncs;
once a third is in it is killed, and another goes on. At the end every relation is there, once. The clock
stands still between the two.

The floor writes the same rows with nothing in between: customers, identities, relations and what is kept
of them, as large a transaction at a time, by hand.
"""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import httpx

from yutang.config.bench.product import product_running
from yutang.config.bench.stage import Figures, Stage

if TYPE_CHECKING:
    from yutang.wecom.models import Corp

__all__ = ["FLAGS", "measure"]

FLAGS = {"relations": 1_000_000, "staff": 1000}
_AT_ONCE = 800


def measure(stage: Stage, *, relations: int, staff: int) -> Figures:
    """Bring over `relations` of `staff` members; return relations per second."""
    with _sandbox_running(stage) as base:
        _allow(base)
        stage.say(f"peopling a corp with {relations:,} relations")
        corp, truth = _corp(base, relations, staff)
        alone = _read_only(corp, pages=min(200, truth // 100))
        stage.say("syncing, until a third is in")
        first, before, peak = _until(stage, corp, truth // 3)
        stage.say(f"killed at {before:,}; another process goes on")
        second, done, later = _until(stage, corp, None)
    found, related = _found(corp)
    if not truth == found == related == done:
        raise RuntimeError(f"{truth} relations there, {found} kept, {related} here, {done} read")
    stage.say("the same by hand")
    floor = truth / _by_hand(stage, truth)
    value = truth / (first + second)
    more = {
        "relations": truth,
        "staff": staff,
        "sandbox_relations_per_s": alone,
        "seconds": first + second,
        "killed_at": before,
        "lost": 0,
        "doubled": 0,
        "memory_peak_mb": max(peak, later),
    }
    return Figures(value, "relations/s", floor, value / floor, more)


@contextlib.contextmanager
def _sandbox_running(stage: Stage) -> Iterator[str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    log = (stage.home / "sandbox.log").open("wb")
    command = [sys.executable, "-m", "yutang_sandbox", "serve", "--forget", "--port", str(port)]
    process = subprocess.Popen(command, stdout=log, stderr=log, env=stage.environment)
    base = f"http://127.0.0.1:{port}"
    try:
        for _ in range(300):
            with contextlib.suppress(httpx.TransportError):
                httpx.get(f"{base}/sandbox/clock", timeout=1, trust_env=False)
                break
            time.sleep(0.1)
        yield base
    finally:
        process.kill()
        process.wait()


def _allow(base: str) -> None:
    from django.conf import settings

    settings.YUTANG_WECOM_BASES = base
    os.environ["YUTANG_WECOM_BASES"] = base


def _corp(base: str, relations: int, staff: int) -> "tuple[Corp, int]":
    """Return the corp as it is connected here, and how many relations it has there."""
    from yutang.kit.clock import now
    from yutang.wecom import service as wecom
    from yutang.workspaces import service as workspaces

    people = {"staff": staff, "customers": round(relations / 1.25), "relations": 1.25}
    asked = {"name": "清茶记", "people": people}
    made = httpx.post(f"{base}/sandbox/corps", json=asked, timeout=600, trust_env=False).json()
    workspaces.found_installation("bench@yutang.local", "a-bench-needs-no-secret", now=now())
    house = workspaces.workspaces_of_everyone()[0]
    owner = workspaces.member_of_user(workspaces.members_of(house)[0].user, str(house.pk))
    app = made["apps"][0]
    corp = wecom.add_corp(
        owner,
        corp_id=made["id"],
        agent_id=app["agent"],
        secret=app["secret"],
        name="清茶记",
        base=base,
        now=now(),
    )
    corp = wecom.change_corp(owner, corp.pk, state=wecom.CorpState.ACTIVE, now=now())
    return corp, int(made["relations"])


def _read_only(corp: "Corp", *, pages: int) -> float:
    """Return how many relations a second the sandbox tells when nobody does anything with them."""
    from yutang.wecom import service as wecom

    platform = wecom.platform_of(corp)
    members = platform("externalcontact/get_follow_user_list")["follow_user"][:100]
    began, cursor, read = time.perf_counter(), "", 0
    for _ in range(pages):
        asked = {"userid_list": members, "cursor": cursor, "limit": 100}
        answer = platform("externalcontact/batch/get_by_user", asked)
        read += len(answer["external_contact_list"])
        cursor = answer.get("next_cursor") or ""
        if not cursor:
            break
    return read / (time.perf_counter() - began)


def _until(stage: Stage, corp: "Corp", enough: int | None) -> tuple[float, int, float]:
    """Let the product sync until so many are in, and kill it; or to the end. Return seconds, how many, MB."""
    from django.db import connection

    from yutang.kit.clock import now
    from yutang.wecom import service as wecom
    from yutang.wecom.models import RunState

    with product_running(stage):
        if not wecom.syncs_of(corp).exists():
            wecom.begin_run(corp, actor="system:bench", now=now())
        peak, began, before = 0.0, time.perf_counter(), _read(corp)
        while True:
            time.sleep(0.25)
            run, process = wecom.syncs_of(corp)[0], _process(stage)
            read = run.counts.get("contacts_read", 0)
            peak = max(peak, _memory_mb(process))
            if read == before == 0:
                began = time.perf_counter()  # departments, members and tags come first
            if enough is not None and read >= enough:
                os.killpg(os.getpgid(process), signal.SIGKILL)
                break
            if run.state != RunState.RUNNING:
                if run.state != RunState.DONE:
                    raise RuntimeError(run.stopped_en)
                break
        seconds = time.perf_counter() - began
    connection.close()
    return seconds, _read(corp), peak


def _read(corp: "Corp") -> int:
    from yutang.wecom import service as wecom

    run = wecom.syncs_of(corp).first()
    return int(run.counts.get("contacts_read", 0)) if run else 0


def _process(stage: Stage) -> int:
    """Return the process of the product on this stage that works; the one that started it only waits."""
    home = f"YUTANG_HOME={stage.home}".encode()
    found: list[int] = []
    for each in Path("/proc").iterdir():
        if not each.name.isdigit() or int(each.name) == os.getpid():
            continue
        with contextlib.suppress(OSError):
            is_product = b"config.bench.product:served" in (each / "cmdline").read_bytes()
            if is_product and home in (each / "environ").read_bytes():
                found.append(int(each.name))
    if not found:
        raise RuntimeError("the product is not running")
    return max(found, key=_memory_mb)


def _memory_mb(process: int) -> float:
    with contextlib.suppress(OSError, StopIteration, ValueError):
        lines = Path(f"/proc/{process}/status").read_text().splitlines()
        return int(next(each for each in lines if each.startswith("VmHWM")).split()[1]) / 1024
    return 0.0


def _found(corp: "Corp") -> tuple[int, int]:
    """Return how many relations are kept of the corp, and how many customers have."""
    from django.db import connection

    from yutang.wecom import service as wecom

    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM customers_relation WHERE kind = 'staff'")
        (related,) = cursor.fetchone()
    return wecom.totals_of(corp).relations, related


_BY_HAND = (
    "INSERT INTO hand_customer SELECT n, 'wm' || n, '客' || n, now() FROM generate_series(%(a)s::bigint, %(b)s::bigint) n",
    "INSERT INTO hand_identity SELECT n, n, 'external_userid', 'wmSandbox' || n FROM generate_series(%(a)s::bigint, %(b)s::bigint) n",
    "INSERT INTO hand_relation SELECT n, n, n %% 1000, '备注', now() FROM generate_series(%(a)s::bigint, %(b)s::bigint) n",
    "INSERT INTO hand_follow SELECT n, n %% 1000, 'wmSandbox' || n, n, now() FROM generate_series(%(a)s::bigint, %(b)s::bigint) n",
)


def _by_hand(stage: Stage, rows: int) -> float:
    """Write as many rows of the four tables with their keys; return the seconds."""
    import psycopg

    with psycopg.connect(stage.database_url) as hand:
        hand.execute(
            "CREATE TABLE hand_customer (id bigint PRIMARY KEY, external text, name text, at timestamptz);"
            "CREATE TABLE hand_identity (id bigint PRIMARY KEY, customer bigint, name text, value text,"
            " UNIQUE (value, name));"
            "CREATE TABLE hand_relation (id bigint PRIMARY KEY, customer bigint, target bigint, remark text,"
            " since timestamptz, UNIQUE (target, customer));"
            "CREATE TABLE hand_follow (id bigint PRIMARY KEY, account bigint, external text, home bigint,"
            " read_at timestamptz, UNIQUE (external, account))"
        )
        hand.commit()
        began = time.perf_counter()
        for start in range(1, rows + 1, _AT_ONCE):
            for statement in _BY_HAND:
                hand.execute(statement, {"a": start, "b": min(start + _AT_ONCE - 1, rows)})
            hand.commit()
        return time.perf_counter() - began
