"""`yutang export-openapi`: the API as a document."""

import json
import os
import tempfile
from pathlib import Path

import click

__all__ = ["command", "document"]


@click.command(
    help="Write the OpenAPI document of this release. The console's client is made from it."
)
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path), default="openapi.json")
@click.option("--check", is_flag=True, help="Change nothing; fail if the file is not current.")
def command(file: Path, check: bool) -> None:
    written = document()
    if check:
        if not file.exists() or file.read_text("utf-8") != written:
            raise click.ClickException(
                f"{file} is not current. Run `make api` and commit the result."
            )
        return
    file.write_text(written, "utf-8")
    click.echo(f"{file}: {len(written):,} characters")


def document() -> str:
    """Return the OpenAPI document as stable, readable JSON."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yutang.config.settings")
    os.environ.setdefault("YUTANG_SECRET_KEY", "not-needed-here")
    os.environ.setdefault("YUTANG_HOME", tempfile.gettempdir())
    import django

    django.setup()
    from yutang.config.api import api

    # Once through JSON, so that every key is text and they can be sorted.
    plain = json.loads(json.dumps(api.get_openapi_schema()))
    return json.dumps(plain, indent=1, ensure_ascii=False, sort_keys=True) + "\n"
