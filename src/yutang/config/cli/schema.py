"""`yutang export-schema`: write what all migrations come to, for first starts."""

import click

__all__ = ["command"]


@click.command(
    help="For who adds a migration: run all of them in a temporary database, and write the schema they"
    " make to src/yutang/config/schema.sql, from which empty databases are founded."
)
def command() -> None:
    from yutang.config.bench.stage import empty_stage

    with empty_stage(founded=False):
        from yutang.config.snapshot import SNAPSHOT, dumped

        SNAPSHOT.write_text(dumped(), "utf-8")
    click.echo(f"{SNAPSHOT} is current.")
