"""Builders of tests: a tea house, its rival, and small files of invented lines."""

import gzip
import itertools
from datetime import UTC, datetime, timedelta
from pathlib import Path

from yutang.engines import warehouse
from yutang.kit.pulse import beat_all_once
from yutang.tracking.imports import service as imports
from yutang.tracking.imports.models import Import
from yutang.workspaces.models import Workspace

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
_numbers = itertools.count(1)
# The public data lie beside the project, where they lie at all.
PUBLIC = next(
    (
        folder
        for parent in Path(__file__).resolve().parents
        if (folder := parent.parent / "shared" / "data").is_dir()
    ),
    None,
)


def a_workspace(name: str = "茶馆") -> Workspace:
    return Workspace.objects.create(name=name, slug=f"tea-house-{next(_numbers)}-{id(name)}")


def a_file(folder: Path, content: bytes | str, name: str = "rows.csv") -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def gzipped(folder: Path, content: str, name: str = "rows.csv.gz") -> Path:
    return a_file(folder, gzip.compress(content.encode()), name)


def clock() -> datetime:
    return NOON


def run_file(
    workspace: Workspace,
    path: Path,
    mapping: imports.ImportMapping | None = None,
    *,
    again: bool = False,
    now: datetime = NOON,
) -> Import:
    """Import a file to its end, in this thread."""
    it = imports.adopt(workspace, "user:1", path, now=now)
    chosen = mapping or imports.inspect(workspace, it.pk).proposal
    imports.start(workspace, "user:1", it.pk, chosen, again=again, in_background=False, now=now)
    ended = imports.run(it.pk, clock=lambda: now, pause=drained)
    drained()
    return ended


def drained() -> None:
    beat_all_once("events.drain")


def counted(workspace: Workspace, extra: str = "") -> int:
    """Count the workspace's events in the warehouse."""
    sql = "SELECT count() FROM events WHERE workspace = {workspace:UInt32}"
    return int(warehouse().value(f"{sql} {extra}", {"workspace": workspace.pk}))


def later(days: float) -> datetime:
    return NOON + timedelta(days=days)
