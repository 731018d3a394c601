"""`yutang-sandbox`: run the platform that is none."""

import logging
from pathlib import Path

import click

from yutang_sandbox.server import Sandbox, run


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
def serve(home: Path, host: str, port: int, *, forget: bool) -> None:
    """Run it, and keep its world in --home."""
    logging.basicConfig(level=logging.WARNING)
    sandbox = Sandbox(None if forget else home, host, port)
    click.echo(
        f"WeCom sandbox: http://{host}:{port}/sandbox/  (base address: http://{host}:{port})"
    )
    run(sandbox)
