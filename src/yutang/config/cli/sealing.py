"""`yutang secrets`: the keys under which secrets lie in the database."""

import click

__all__ = ["command"]


@click.group(
    help="Make and change the keys under which second factors lie in the database.\n\n"
    "To change a key: `yutang secrets key 2027`, put the entry it prints in front of the others in"
    " YUTANG_SECRETS_KEYS, restart every process, run `yutang secrets rotate`, and then take the old"
    " entry away. docs/settings.md says more."
)
def command() -> None:
    """Hold the two below together."""


@command.command("key", help="Print a new entry for YUTANG_SECRETS_KEYS. Changes nothing.")
@click.argument("key_id", metavar="ID")
def key(key_id: str) -> None:
    from yutang.kit.sealing import new_key

    if not key_id.replace("-", "").replace("_", "").isalnum() or not key_id.isascii():
        raise click.BadParameter("letters, digits, - and _, such as 2027")
    click.echo(new_key(key_id[:20]))


@command.command("rotate", help="Seal every stored secret anew under the first key.")
def rotate() -> None:
    from yutang.config.standing import standing

    with standing():
        from yutang.customers import service as customers
        from yutang.reach import service as reach
        from yutang.wecom import service as wecom
        from yutang.workspaces import service as workspaces

        each = [app.seal_anew() for app in (workspaces, customers, reach, wecom)]
        broken = sum(count for _, count in each)
        click.echo(f"{sum(count for count, _ in each)} sealed anew.")
        if broken:
            raise click.ClickException(
                f"{broken} could not be opened: their key is in neither"
                " YUTANG_SECRETS_KEYS nor YUTANG_SECRET_KEY. They were left as they are."
            )
