"""`yutang-sandbox`: run the platform that is none."""

import ctypes
import fcntl
import logging
import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from yutang_sandbox.acts import Scene
from yutang_sandbox.acts.making import peoples
from yutang_sandbox.platform import Platform
from yutang_sandbox.server import Sandbox, run
from yutang_sandbox.world.clock import DAY
from yutang_sandbox.world.corp import LifeSettings, new_corp


@click.group()
def main() -> None:
    """Stand in for the server API of WeCom."""


@main.command()
@click.option(
    "--home",
    type=click.Path(path_type=Path),
    default=Path("var/sandbox"),
    show_default=True,
    help="Where the world is kept.",
)
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8700, show_default=True)
@click.option("--forget", is_flag=True, help="Begin with an empty world and keep nothing.")
@click.option(
    "--people", default=0, help="Where nobody lives yet, found a corp of so many customers."
)
@click.option("--seed", default=7, show_default=True, help="Who they are.")
@click.option(
    "--pace", default=0.0, help="Hours they live in a second, up to now; 0: only when told."
)
@click.option(
    "--since", default=30, show_default=True, help="Days ago that they begin, with --pace."
)
@click.option("--still", is_flag=True, help="Let nobody live until told.")
@click.option("--quiet", is_flag=True, help="Do not print addresses and secrets.")
@click.option("--follow", default=0, help="End when this process, which started it, is no more.")
def serve(**given: Any) -> None:
    """Run it, and keep its world in --home."""
    logging.basicConfig(level=logging.WARNING)
    if given["follow"]:
        _follow(given["follow"])
    home = None if given["forget"] else given["home"]
    with _alone_in(home):
        _serve(home, given)


def _serve(home: Path | None, given: dict[str, Any]) -> None:
    sandbox = Sandbox(home, given["host"], given["port"])
    if given["people"] and not sandbox.platform.world.corps:
        if given["pace"]:
            sandbox.platform.world.clock.run(-DAY * given["since"])
        _found(sandbox.platform, given["people"], given["seed"], given["pace"])
    if given["still"]:
        for life in sandbox.platform.lives.values():
            life.settings.pace = life.settings.speed = 0.0
    base = f"http://{given['host']}:{given['port']}"
    if given["quiet"]:
        run(sandbox)
        return
    click.echo(f"WeCom sandbox   phone: {base}/sandbox/   base address: {base}")
    for corp in sandbox.platform.world.corps.values():
        app = corp.apps[0]
        click.echo(f"{corp.name}   corpid {corp.id}   agentid {app.agent}   secret {app.secret}")
    run(sandbox)


def _found(platform: Platform, people: int, seed: int, pace: float) -> None:
    """Found a brand: a guide for two hundred customers, and people who live."""
    corp = new_corp(f"ww01{seed:014x}", "清茶记", seed)
    platform.world.corps[corp.id] = corp
    platform.listen_to(corp)
    corp.life = LifeSettings(seed=seed, pace=pace)
    guides, groups = max(people // 200, 3), max(people // 1000, 1)
    scene = Scene(corp, platform.world.clock)
    peoples(scene, staff=guides, customers=people, groups=groups, seed=seed)
    platform.settle(corp)
    platform.changes += 1


@contextmanager
def _alone_in(home: Path | None) -> Iterator[None]:
    """Have the folder to oneself; whoever is about to end gets a moment to write its world down."""
    if home is None:
        yield
        return
    home.mkdir(parents=True, exist_ok=True)
    with (home / "lock").open("a") as lock:
        deadline = time.monotonic() + 10
        while True:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > deadline:
                    raise click.ClickException(f"another sandbox lives in {home}") from None
                time.sleep(0.1)
        yield


def _follow(parent: int) -> None:
    """Stop, as when asked to, once the process that started this one has ended, however it did."""
    if sys.platform == "linux":
        pr_set_pdeathsig = 1
        ctypes.CDLL(None).prctl(pr_set_pdeathsig, signal.SIGTERM)

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(1)
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(10)
        os._exit(1)

    threading.Thread(target=watch, name="follow parent", daemon=True).start()
