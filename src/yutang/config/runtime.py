"""The life of a process: who owns the embedded engines, and how it ends."""

import contextlib
import ctypes
import fcntl
import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import click

__all__ = [
    "Refused",
    "engines_owned",
    "engines_running",
    "follow_parent",
    "home",
    "is_embedded",
    "start_postgres",
]


class Refused(click.ClickException):
    """A command that cannot run here; its sentence says what to do."""

    def show(self, file: IO[str] | None = None) -> None:
        click.echo(self.message, err=True, file=file)


def home() -> Path:
    """Return the folder that holds everything which must survive."""
    return Path(os.environ.get("YUTANG_HOME") or "var").absolute()


def is_embedded() -> bool:
    """Return whether at least one engine is ours to start."""
    return not (os.environ.get("YUTANG_DATABASE_URL") and os.environ.get("YUTANG_WAREHOUSE_URL"))


@contextlib.contextmanager
def engines_running() -> Iterator[str]:
    """Own the embedded engines, start PostgreSQL if it is embedded, stop it at the end.

    Yields PostgreSQL's URL and puts it into YUTANG_DATABASE_URL for child processes.

    :raises Refused: when another process owns them
    """
    with engines_owned() as url:
        start_postgres()
        yield url


@contextlib.contextmanager
def engines_owned() -> Iterator[str]:
    """Do all of `engines_running` but the starting: a child process does that with `start_postgres`.

    :raises Refused: when another process owns them
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yutang.config.settings")
    external = os.environ.get("YUTANG_DATABASE_URL")
    with _owning(home()) if is_embedded() else contextlib.nullcontext():
        if external:
            yield external
            return
        from yutang.engines.postgres import EmbeddedPostgres

        postgres = EmbeddedPostgres(home() / "postgres")
        ours = {"YUTANG_DATABASE_URL": postgres.url, _POSTGRES: str(postgres.folder)}
        os.environ |= ours
        try:
            yield postgres.url
        finally:
            for name in ours:
                del os.environ[name]
            postgres.stop()


def start_postgres() -> None:
    """Start the PostgreSQL that this process or its parent owns; nothing where it is external."""
    if folder := os.environ.get(_POSTGRES):
        from yutang.engines.postgres import EmbeddedPostgres

        EmbeddedPostgres(Path(folder)).start()


_POSTGRES = "YUTANG_OWN_POSTGRES"  # from the process that owns the engines to its children


@contextlib.contextmanager
def _owning(folder: Path) -> Iterator[None]:
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("a+") as lock:
        deadline = time.monotonic() + 5  # a killed owner's children need a moment to notice
        while True:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > deadline:
                    raise Refused(_busy(folder)) from None
                time.sleep(0.2)
        yield


def _busy(folder: Path) -> str:
    return (
        f"另一个 Yutang 进程正在使用 {folder} 里的内置引擎。请先停掉它，或用 YUTANG_HOME 换一个目录；"
        "要同时运行多个进程，请用 YUTANG_DATABASE_URL 和 YUTANG_WAREHOUSE_URL 连接外部数据库。\n"
        f"Another Yutang process is using the embedded engines in {folder}. Stop it first, or choose"
        " another folder with YUTANG_HOME; to run several processes, point YUTANG_DATABASE_URL and"
        " YUTANG_WAREHOUSE_URL to external databases."
    )


def follow_parent() -> None:
    """End this process when its parent has died, so that nobody holds the engines unseen."""
    parent = os.getppid()
    if sys.platform == "linux":
        pr_set_pdeathsig = 1
        ctypes.CDLL(None).prctl(pr_set_pdeathsig, signal.SIGKILL)

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(1)
        os._exit(1)

    threading.Thread(target=watch, name="follow parent", daemon=True).start()
