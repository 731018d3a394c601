"""`yutang migrate`: bring external stores to this release's schema."""

import os

import click

__all__ = ["command"]


@click.command(help="Bring both stores to this release's schema. `yutang up` does it by itself.")
def command() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yutang.config.settings")
    from yutang.config.runtime import engines_running

    with engines_running():
        from yutang.config.migrate import migrate

        migrate()
    click.echo("Both stores are at this release's schema.")
