"""`yutang worker`: background work only, on external engines."""

import os
import signal
import threading

import click

__all__ = ["command", "refuse_embedded"]


@click.command(
    help="Do the background work (drain, mirror, audiences, jobs), on external engines"
    " (YUTANG_DATABASE_URL, YUTANG_WAREHOUSE_URL). Run as many as you like: each loop is led by one"
    " of them, and another takes over when it dies."
)
def command() -> None:
    refuse_embedded("worker")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yutang.config.settings")
    import django

    django.setup()
    from yutang.config.background import run_background
    from yutang.config.logs import set_up_logs

    set_up_logs()
    stop = threading.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda *_: stop.set())
    threads = run_background(stop)
    click.echo("Yutang worker: at work. Ctrl-C stops it.")
    while not stop.wait(1):
        pass
    for thread in threads:
        thread.join(timeout=10)


def refuse_embedded(what: str) -> None:
    """Refuse where the engines are embedded: one process has them, and that is `yutang up`.

    :raises Refused:
    """
    from yutang.config.runtime import Refused, is_embedded

    if is_embedded():
        raise Refused(
            f"yutang {what} 需要外部数据库：内置引擎只能由一个进程打开。单机请用 yutang up；"
            "多进程请设置 YUTANG_DATABASE_URL 和 YUTANG_WAREHOUSE_URL。\n"
            f"yutang {what} needs external databases: only one process can open the embedded engines."
            " On one machine use `yutang up`; for several processes set YUTANG_DATABASE_URL and"
            " YUTANG_WAREHOUSE_URL."
        )
