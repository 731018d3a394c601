"""The `yutang` command. Each command is a module here, imported only when it is called."""

import importlib
from collections.abc import Mapping

import click

__all__ = ["main"]

# command → module that holds a click command of the same name
COMMANDS: Mapping[str, str] = {
    "up": "up",
    "web": "web",
    "worker": "worker",
    "migrate": "migrate",
    "import": "import_",
    "audience": "audience",
    "demo": "demo",
    "bench": "bench",
    "export-openapi": "openapi",
    "export-schema": "schema",
    "secrets": "sealing",
    "warehouse-ddl": "warehouse_ddl",
}


class Lazy(click.Group):
    """A group whose commands are imported when they are asked for: `--help` starts in a moment."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        module = COMMANDS.get(cmd_name)
        if module is None:
            return None
        found = importlib.import_module(f"yutang.config.cli.{module}").command
        assert isinstance(found, click.Command)
        return found


@click.command(
    cls=Lazy, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.version_option(package_name="yutang")
def main() -> None:
    """Yutang 鱼塘: know your customers, choose whom to care about, see what it changed.

    Start with `yutang up`: it runs everything on this machine, on embedded engines, and prints the
    address. `yutang demo` fills a demo workspace so that every screen has something to show.

    \b
    Each command explains itself:  yutang COMMAND --help
    Settings are environment variables (docs/settings.md), such as YUTANG_HOME and YUTANG_PORT.
    """
