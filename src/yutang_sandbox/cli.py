"""`yutang-sandbox`: run the platform that is none."""

import logging
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
def serve(**given: Any) -> None:
    """Run it, and keep its world in --home."""
    logging.basicConfig(level=logging.WARNING)
    home = None if given["forget"] else given["home"]
    sandbox = Sandbox(home, given["host"], given["port"])
    if given["people"] and not sandbox.platform.world.corps:
        if given["pace"]:
            sandbox.platform.world.clock.run(-DAY * given["since"])
        _found(sandbox.platform, given["people"], given["seed"], given["pace"])
    base = f"http://{given['host']}:{given['port']}"
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
