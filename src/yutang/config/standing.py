"""What a command stands on: engines that run, whoever runs them, and the workspace it is about."""

import os
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

from yutang.config.runtime import Refused, engines_running

if TYPE_CHECKING:
    from yutang.workspaces.models import Workspace

__all__ = ["chosen_workspace", "kept_in_step", "standing"]


@contextmanager
def standing() -> Iterator[bool]:
    """Start the embedded engines and migrate, or join the Yutang that runs them already.

    Yields whether this process is the one that brings events into the warehouse. Where another is,
    only PostgreSQL is used here: what is recorded there reaches the warehouse through that process.

    :raises Refused: when neither can be done
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yutang.config.settings")
    with ExitStack() as stack:
        try:
            stack.enter_context(engines_running())
        except Refused as busy:
            if not _joined():
                raise busy from None
            yield False
            return
        from yutang.config.migrate import migrate

        migrate()
        try:
            yield not os.environ.get("YUTANG_WAREHOUSE_URL")
        finally:
            from django.db import connections

            from yutang.engines import warehouse

            connections.close_all()
            warehouse().close()


def _joined() -> bool:
    """Connect to the PostgreSQL that another process of this machine has started."""
    import django

    django.setup()
    from django.db import OperationalError, connection

    try:
        connection.ensure_connection()
    except OperationalError:
        return False
    return True


def chosen_workspace(slug: str | None) -> "Workspace":
    """Return the workspace of this slug, or the only one that is no demo.

    :raises Refused: when it is not clear which
    """
    from django.conf import settings

    from yutang.kit.clock import now
    from yutang.workspaces import service as workspaces

    workspaces.found_installation(
        settings.YUTANG_OWNER_EMAIL, settings.YUTANG_OWNER_PASSWORD, now=now()
    )
    if slug is not None:
        try:
            return workspaces.workspace_by_slug(slug)
        except workspaces.NoSuchWorkspace:
            pass
    everyone = list(workspaces.workspaces_of_everyone())
    real = [each for each in everyone if not each.is_demo]
    if slug is None and len(real) == 1:
        return real[0]
    names = "、".join(f"{each.slug}（{each.name}）" for each in everyone)
    raise Refused(
        f"请用 --workspace 选一个工作区：{names}。\nChoose a workspace with --workspace: {names}."
    )


@contextmanager
def kept_in_step() -> Iterator[None]:
    """Run the pulses beside the block, and bring everything into the warehouse before it ends."""
    from yutang.kit.pulse import beat_all_once, pulses, run_pulses

    stop = threading.Event()
    threads = run_pulses(stop)
    try:
        yield
    finally:
        stop.set()
        for each in pulses.values():
            each.woken.set()
        for thread in threads:
            thread.join()
    beat_all_once(*(name for name in pulses if name.endswith((".drain", ".mirror"))))
