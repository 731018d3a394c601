"""The product as benches meet it: one real process, all of it, and threads that talk to it at once."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from yutang.config.bench.stage import Stage

__all__ = ["product_running", "served", "together"]

Share = TypeVar("Share")
SERVER = (
    "from yutang.config.server import serve;"
    "serve('{app}', '127.0.0.1', {port}, workers=1, threads=8)"
)


def served() -> object:
    """Return the application of the measured process, with its background work running."""
    from yutang.config.background import run_background
    from yutang.config.runtime import follow_parent
    from yutang.config.serving import application

    follow_parent()
    ready = application()
    run_background(threading.Event())
    return ready


@contextlib.contextmanager
def product_running(stage: Stage, app: str = "yutang.config.bench.product:served") -> Iterator[int]:
    """Run the product in a process of its own; this process lets go of the warehouse meanwhile."""
    from yutang.engines import warehouse

    warehouse().close()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    log = (stage.home / "server.log").open("wb")
    process = subprocess.Popen(
        [sys.executable, "-c", SERVER.format(app=app, port=port)],
        env=stage.environment,
        stdout=log,
        stderr=log,
        start_new_session=True,
    )
    try:
        _wait_for(port)
        yield port
    except BaseException:
        _tell(stage)
        raise
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGTERM)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(20)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _tell(stage: Stage) -> None:
    """Say what went wrong in the server, before its log goes with the stage."""
    lines = (stage.home / "server.log").read_text("utf-8", "replace").splitlines()
    for line in [each for each in lines if '"request"' not in each][-5:]:
        stage.say(line[:2000])


def _wait_for(port: int) -> None:
    for _ in range(600):
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.1)
    raise RuntimeError("the server did not start; see server.log")


def together(
    work: Callable[[Sequence[Share]], None], items: Sequence[Share], threads: int
) -> float:
    """Share items out among threads; return the seconds until the last is done."""
    problems: list[BaseException] = []

    def guarded(share: Sequence[Share]) -> None:
        try:
            work(share)
        except BaseException as problem:  # noqa: BLE001  raised again below
            problems.append(problem)

    running = [threading.Thread(target=guarded, args=(items[n::threads],)) for n in range(threads)]
    began = time.perf_counter()
    for each in running:
        each.start()
    for each in running:
        each.join()
    if problems:
        raise problems[0]
    return time.perf_counter() - began
