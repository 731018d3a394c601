"""`yutang web`: requests only, on external engines."""

import click

__all__ = ["command"]


@click.command(
    help="Answer requests, on external engines (YUTANG_DATABASE_URL, YUTANG_WAREHOUSE_URL). Run as"
    " many as you like behind a balancer, with at least one `yutang worker` beside them."
)
@click.option("--host", envvar="YUTANG_HOST", default="127.0.0.1", show_default=True)
@click.option("--port", envvar="YUTANG_PORT", default=8000, show_default=True, type=int)
@click.option("--workers", default=2, show_default=True, help="Processes.")
@click.option(
    "--threads", default=8, show_default=True, help="Requests answered at once, a process."
)
def command(host: str, port: int, workers: int, threads: int) -> None:
    from yutang.config.cli.worker import refuse_embedded
    from yutang.config.server import serve

    refuse_embedded("web")
    serve("yutang.config.serving:application", host, port, workers=workers, threads=threads)
