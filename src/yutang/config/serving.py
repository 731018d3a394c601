"""The WSGI application as it is served: the console's files, the API, and, where one process does
everything (`yutang up`), the migrations before the first request and the background work beside it.
"""

import os
import signal
import threading
import traceback
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import click

__all__ = ["CONSOLE", "DID_NOT_START", "application", "everything"]

DID_NOT_START = signal.SIGUSR2  # from the process that serves to the one that began it
CONSOLE = Path(__file__).parents[3] / "console" / "dist"


def application() -> object:
    """Return the application of `yutang web`: requests only."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yutang.config.settings")
    from whitenoise import WhiteNoise

    from yutang.config.logs import set_up_logs
    from yutang.config.wsgi import application as django

    set_up_logs()
    served = WhiteNoise(django, max_age=0, index_file=False, charset="utf-8")
    if CONSOLE.exists():
        served.immutable_file_test = lambda _path, url: url.startswith("/assets/")
        served.add_files(str(CONSOLE), prefix="")
    return served


def everything() -> object:
    """Return the application of `yutang up`, with both stores migrated and the background running.

    What cannot start ends the whole, with its reason: starting again would not mend it.
    """
    try:
        return _everything()
    except Exception:
        traceback.print_exc()
        os.kill(os.getppid(), DID_NOT_START)
        raise


def _everything() -> object:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yutang.config.settings")
    from yutang.config.runtime import follow_parent, start_postgres

    follow_parent()
    with ThreadPoolExecutor(1) as aside:  # the code is read while PostgreSQL starts
        started = aside.submit(start_postgres)
        served = application()
        from yutang.config.background import run_background
        from yutang.config.migrate import migrate

        started.result()
    migrate()
    welcome, demo = _first_owner(), list[str]()
    if people := os.environ.get("YUTANG_DEMO_PEOPLE"):
        from yutang.config.cli.demo import fill

        fill(int(people), int(os.environ["YUTANG_DEMO_SEED"]))
        demo = _demo()
    run_background(threading.Event())
    click.echo("\n".join([*welcome, *demo, "  Ctrl-C 停止 stops.", ""]))
    return served


def _demo() -> list[str]:
    from yutang.config.beside import beside_here
    from yutang.config.demo.living import ways_in

    beside = beside_here()
    return ways_in(beside) if beside else []


def _first_owner() -> list[str]:
    from django.conf import settings

    from yutang.kit.clock import now
    from yutang.workspaces import service as workspaces

    founded = workspaces.found_installation(
        settings.YUTANG_OWNER_EMAIL, settings.YUTANG_OWNER_PASSWORD, now=now()
    )
    lines = ["", f"  Yutang 鱼塘   {settings.YUTANG_PUBLIC_URL}"]
    if founded:
        lines.append(f"  账号 sign in  {founded.email}")
    if founded and founded.password:
        lines.append(
            f"  密码 password {founded.password}   （首次登录后要改 to be changed at first sign-in）"
        )
    return lines
