"""`yutang up`: everything, in one process, on this machine."""

import os
import signal
import threading
from contextlib import nullcontext

import click

__all__ = ["command"]


@click.command(
    help="Run everything on this machine: the embedded engines (unless YUTANG_DATABASE_URL and"
    " YUTANG_WAREHOUSE_URL name external ones), migrations, web, background work.\n\n"
    "The first start creates the owner and prints the address and a one-time password;"
    " YUTANG_OWNER_EMAIL and YUTANG_OWNER_PASSWORD choose them instead. Ctrl-C stops cleanly;"
    " nothing acknowledged is lost however it ends."
)
@click.option("--host", envvar="YUTANG_HOST", default="127.0.0.1", show_default=True)
@click.option("--port", envvar="YUTANG_PORT", default=8000, show_default=True, type=int)
@click.option("--threads", default=8, show_default=True, help="Requests answered at once.")
@click.option(
    "--demo-people", type=click.IntRange(100, 5_000_000), help="Fill a demo workspace first."
)
@click.option("--demo-seed", default=7, show_default=True, type=int)
@click.option(
    "--demo-speed",
    default=0.25,
    show_default=True,
    type=click.FloatRange(0, 60),
    help="Days its people live in a minute, in a WeCom sandbox beside it; 0: it stands still, without one.",
)
def command(
    *,
    host: str,
    port: int,
    threads: int,
    demo_people: int | None,
    demo_seed: int,
    demo_speed: float,
) -> None:
    from yutang.config.beside import sandbox_beside
    from yutang.config.runtime import Refused, engines_owned, home
    from yutang.config.server import serve
    from yutang.config.serving import DID_NOT_START

    failed: list[int] = []

    def give_up(number: int, _frame: object) -> None:
        failed.append(number)
        os.kill(os.getpid(), signal.SIGTERM)

    signal.signal(DID_NOT_START, give_up)
    os.environ |= {"YUTANG_HOST": host, "YUTANG_PORT": str(port)}
    if demo_people:
        os.environ |= {"YUTANG_DEMO_PEOPLE": str(demo_people), "YUTANG_DEMO_SEED": str(demo_seed)}
    lives = demo_people and demo_speed
    beside = sandbox_beside(home(), port, demo_speed) if lives else nullcontext()
    with engines_owned(), beside:
        serve("yutang.config.serving:everything", host, port, workers=1, threads=threads)
    # The workers' watcher threads of the server may outlive it by a moment; nothing waits on them.
    for thread in threading.enumerate():
        if thread is not threading.main_thread():
            thread.join(timeout=1)
    if failed:
        raise Refused("Yutang 没有启动，原因见上。\nYutang did not start; the reason stands above.")
