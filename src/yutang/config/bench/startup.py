"""From a cold `yutang up` in an empty folder to the first page, then a warm one, and memory at rest.

The floor is the engines alone: initialising and starting PostgreSQL and opening the warehouse.
Memory is the proportional share (PSS) of every process of the tree: shared pages count once.
"""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import psutil

from yutang.config.bench.stage import Figures, Stage

__all__ = ["FLAGS", "measure"]

FLAGS = {"rest_seconds": 15}


def measure(stage: Stage, *, rest_seconds: int) -> Figures:
    """Return seconds to the first page of a cold start; `idle_mb` after `rest_seconds` of rest."""
    with _folder() as home:
        with _up(home) as (process, cold):
            stage.say(f"cold start: {cold:.2f} s; resting {rest_seconds} s")
            time.sleep(rest_seconds)
            idle_mb = _proportional_mb(process.pid, home)
            cpu = _cpu_share(process.pid, seconds=5)
        with _up(home) as (_, warm):
            stage.say(f"warm start: {warm:.2f} s")
    with _folder() as home:
        floor = _engines_alone(home)
    more = {"warm_s": warm, "idle_mb": idle_mb, "idle_cpu_percent": cpu}
    return Figures(cold, "s", floor, cold / floor, more)


@contextlib.contextmanager
def _folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="yutang-start-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


@contextlib.contextmanager
def _up(home: Path) -> Iterator[tuple[subprocess.Popen[bytes], float]]:
    port = _free_port()
    environment = os.environ | {"YUTANG_HOME": str(home), "YUTANG_DATABASE_URL": ""}
    began = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "yutang.config.cli", "up", "--port", str(port)],
        env=environment,
        stdout=subprocess.DEVNULL,
    )
    try:
        yield process, _seconds_until_page(f"http://127.0.0.1:{port}/", process) - began
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(30)


def _seconds_until_page(address: str, process: subprocess.Popen[bytes]) -> float:
    while process.poll() is None:
        with contextlib.suppress(OSError), urllib.request.urlopen(address, timeout=5) as page:  # noqa: S310
            page.read()
            return time.perf_counter()
        time.sleep(0.02)
    raise RuntimeError("yutang up ended before its first page")


def _tree(pid: int, home: Path | None = None) -> list[psutil.Process]:
    top = psutil.Process(pid)
    processes = [top, *top.children(recursive=True)]
    if home is not None and (pidfile := home / "postgres" / "postmaster.pid").exists():
        postmaster = psutil.Process(int(pidfile.read_text().split()[0]))
        processes += [postmaster, *postmaster.children(recursive=True)]
    return processes


def _proportional_mb(pid: int, home: Path) -> float:
    shares = _each(_tree(pid, home), lambda process: float(process.memory_full_info().pss))
    return sum(shares.values()) / 1e6


def _cpu_share(pid: int, *, seconds: float) -> float:
    def used() -> Mapping[int, float]:
        return _each(_tree(pid), lambda process: sum(process.cpu_times()[:2]))

    before = used()
    time.sleep(seconds)
    return sum(now - before.get(each, 0) for each, now in used().items()) / seconds * 100


def _each(
    processes: Sequence[psutil.Process], read: Callable[[psutil.Process], float]
) -> Mapping[int, float]:
    """Return a figure of each process by its number, without those that ended meanwhile."""
    found = {}
    for process in processes:
        with contextlib.suppress(psutil.NoSuchProcess):
            found[process.pid] = read(process)
    return found


def _engines_alone(home: Path) -> float:
    os.environ["DJANGO_SETTINGS_MODULE"] = "yutang.config.settings"
    began = time.perf_counter()
    from yutang.engines.postgres import EmbeddedPostgres
    from yutang.engines.service import Warehouse

    postgres = EmbeddedPostgres(home / "postgres")
    postgres.start()
    raw = Warehouse(f"chdb://{home}/warehouse")
    raw.value("SELECT 1")
    seconds = time.perf_counter() - began
    raw.close()
    postgres.stop()
    return seconds


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
