"""`yutang demo`: a believable brand to look at."""

import time

import click

__all__ = ["command"]


@click.command(
    help="Fill the workspace “青山茶事 · 演示” with a believable tea brand: people, purchases in everybody's own"
    " rhythm, visits, favourites, groups, guides, tags, saved audiences, up to this minute.\n\n"
    "The same seed gives the same brand. A second run says that it is there; one that was cut off goes"
    " on. `make demo` does this and starts Yutang."
)
@click.option("--people", default=20_000, show_default=True, type=click.IntRange(100, 5_000_000))
@click.option("--seed", default=7, show_default=True, type=int)
def command(people: int, seed: int) -> None:
    from yutang.config.standing import kept_in_step, standing
    from yutang.kit.pulse import beat_all_once

    with standing() as drains:
        began = time.monotonic()
        fill(people, seed)
        if drains:
            with kept_in_step():
                pass
            beat_all_once("demo.history")
        click.echo(f"{time.monotonic() - began:.1f} s", err=True)


def fill(people: int, seed: int) -> None:
    """Make the demo brand for the first owner, and say what there is."""
    from django.conf import settings

    from yutang.config.beside import beside_here
    from yutang.config.demo import DEMO_NAME, make_demo
    from yutang.config.demo.living import connect
    from yutang.kit.clock import now
    from yutang.workspaces import service as workspaces
    from yutang.workspaces.models import Role

    workspaces.found_installation(
        settings.YUTANG_OWNER_EMAIL, settings.YUTANG_OWNER_PASSWORD, now=now()
    )
    first = workspaces.workspaces_of_everyone()[0]
    owner = workspaces.members_of(first).filter(role=Role.OWNER).order_by("pk")[0].user
    beside = beside_here()
    if beside:
        beside.wait()
    made = make_demo(owner, count=people, seed=seed, now=now(), say=click.echo, beside=beside)
    if beside:
        connect(beside, now=now())
    if made.is_new:
        click.echo(f"“{DEMO_NAME}”：{made.people:,} 位客户，{made.events:,} 条行为 · ready")
    else:
        click.echo(f"“{DEMO_NAME}”已经在了 · “{DEMO_NAME}” is there already")
