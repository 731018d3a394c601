"""`yutang warehouse-ddl`: the warehouse's schema, to read or to run by hand."""

import os

import click

__all__ = ["command"]


@click.command(
    help="Print the warehouse's schema. With --cluster: Replicated tables on each shard and"
    " Distributed ones over them, sharded by customer."
)
@click.option(
    "--cluster", envvar="YUTANG_WAREHOUSE_CLUSTER", default="", help="The cluster's name."
)
def command(cluster: str) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yutang.config.settings")
    from yutang.engines.migrate import warehouse_statements

    try:
        statements = warehouse_statements(cluster)
    except ValueError as error:
        raise click.BadParameter(str(error)) from None
    click.echo(";\n\n".join(statements) + ";")
