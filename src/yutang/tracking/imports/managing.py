"""An import from upload to end, as people steer it: look, map, preview, start, stop, resume, remove."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import QuerySet

from yutang.kit.errors import DomainError
from yutang.kit.i18n import Text
from yutang.kit.late import late
from yutang.tracking.imports.guessing import ColumnGuess, guess_columns, propose
from yutang.tracking.imports.keeping import kept
from yutang.tracking.imports.mapping import ImportMapping, check
from yutang.tracking.imports.models import BadRow, Import, ImportState
from yutang.tracking.imports.readers import (
    EmptyFile,
    FileFormat,
    HeaderDoubtful,
)
from yutang.tracking.imports.recipes import Recipe, matching
from yutang.tracking.imports.running import ImportAlreadyRunning, is_running
from yutang.tracking.imports.storage import (
    digest_of,
    file_of,
    first_block,
    forget_file,
    source_of,
    store,
)
from yutang.workspaces import service as workspaces
from yutang.workspaces.models import Workspace

if TYPE_CHECKING:
    import polars as pl
else:
    pl = late("polars")


__all__ = [
    "FileImportedBefore",
    "ImportNotFound",
    "ImportNotMapped",
    "ImportNotRunning",
    "Inspection",
    "adopt",
    "bad_rows",
    "find",
    "imports",
    "inspect",
    "remove",
    "resume",
    "revive",
    "start",
    "stop",
    "upload",
]

_LOOKED_AT = 1000  # rows from which columns are guessed
RUN_TASK = "tracking.run_import"


class ImportNotFound(DomainError):
    status = 404
    zh = "没有这个导入。"
    en = "There is no such import."


class ImportNotMapped(DomainError):
    """It is not known yet which column becomes what."""

    zh = "“{file}”还没有设置列的对应。请先在预览里确认，再开始导入。"
    en = "The columns of “{file}” are not mapped yet. Confirm the preview first, then start."


class ImportNotRunning(DomainError):
    """There is nothing to stop."""

    zh = "“{file}”没有在导入，不需要停止。"
    en = "“{file}” is not being imported; there is nothing to stop."


class FileImportedBefore(DomainError):
    """The same bytes were imported before."""

    zh = "“{file}”和 {on} 导入过的“{earlier}”内容完全相同。确实要再导入一次的话，请勾选“仍然导入”。"
    en = (
        "“{file}” holds exactly what “{earlier}” held, which was imported on {on}. To import it once"
        " more all the same, say so with `again`."
    )


@dataclass(frozen=True)
class Inspection:
    """What a file seems to hold, and the mapping to begin with."""

    format: FileFormat
    columns: list[ColumnGuess]
    rows: list[list[str | None]]
    doubts: list[HeaderDoubtful]
    sheets: list[str]
    recipe: Recipe | None
    proposal: ImportMapping


def upload(
    workspace: Workspace, actor: str, name: str, pieces: Iterable[bytes], *, now: datetime
) -> Import:
    """Keep an uploaded file; nothing is read of it yet but its size.

    :raises FileTooLarge, EmptyFile:
    """
    shown = Path(name.replace("\\", "/")).name[:255] or "file"
    path, digest, size = store(workspace.pk, shown, pieces)
    if size == 0:
        path.unlink(missing_ok=True)
        raise EmptyFile(file=shown)
    return _enter(workspace, actor, _Kept(shown, path, digest, size, is_ours=True), now=now)


def adopt(workspace: Workspace, actor: str, path: Path, *, now: datetime) -> Import:
    """Enter a file that lies on this machine, where it lies; a run that was cut off is taken up again.

    :raises EmptyFile:
    """
    path = path.resolve()
    size, digest = path.stat().st_size, digest_of(path)
    if size == 0:
        raise EmptyFile(file=path.name)
    begun = (
        Import.objects.within(workspace)
        .filter(sha256=digest, path=str(path), state__in=[ImportState.RUNNING, ImportState.STOPPED])
        .order_by("-id")
        .first()
    )
    if begun is not None:
        return begun
    return _enter(workspace, actor, _Kept(path.name, path, digest, size, is_ours=False), now=now)


@dataclass(frozen=True)
class _Kept:
    """A file on disk."""

    name: str
    path: Path
    sha256: str
    size: int
    is_ours: bool


@transaction.atomic
def _enter(workspace: Workspace, actor: str, kept_file: _Kept, *, now: datetime) -> Import:
    it = Import.objects.create(
        workspace=workspace,
        name=kept_file.name.replace("\0", ""),
        path=str(kept_file.path),
        is_ours=kept_file.is_ours,
        size=kept_file.size,
        sha256=kept_file.sha256,
        kept_until=now + kept() if kept_file.is_ours else None,
        created_by=actor,
        created_at=now,
    )
    detail = {"file": it.name, "size": it.size, "sha256": it.sha256}
    _audit(it, actor, "tracking.import_uploaded", now, detail)
    return it


def imports(workspace: Workspace) -> QuerySet[Import]:
    """Return the imports of a workspace."""
    return Import.objects.within(workspace)


def find(workspace: Workspace, import_id: int) -> Import:
    """Return an import.

    :raises ImportNotFound:
    """
    it = Import.objects.within(workspace).select_related("workspace").filter(pk=import_id).first()
    if it is None:
        raise ImportNotFound
    return it


def bad_rows(workspace: Workspace, import_id: int) -> QuerySet[BadRow]:
    """Return the rows that were left out.

    :raises ImportNotFound:
    """
    it = find(workspace, import_id)
    return BadRow.objects.within(workspace).filter(import_of=it)


def inspect(
    workspace: Workspace, import_id: int, form: FileFormat | None = None, kind: str | None = None
) -> Inspection:
    """Look at the first rows of a file: how it is written, what its columns are, what they might become.

    :raises ImportNotFound, FileGone, EmptyFile, FileUnreadable:
    """
    it = find(workspace, import_id)
    source = source_of(it, form)
    block = first_block(source, _LOOKED_AT, it)
    guesses = guess_columns(block.frame)
    proposal = propose(block.frame, guesses, kind=kind, time_zone=workspace.time_zone)
    if not form or form == FileFormat():
        form = None
    recipe = matching(block.frame.columns)
    settled = source.form if form or recipe is None else proposal.format
    return Inspection(
        format=source.form,
        columns=guesses,
        rows=_shown(block.frame.head(20)),
        doubts=source.doubts,
        sheets=source.sheets,
        recipe=recipe,
        proposal=proposal.model_copy(update={"format": settled}),
    )


def _shown(frame: pl.DataFrame) -> list[list[str | None]]:
    texts = frame.select(pl.all().cast(pl.String, strict=False).str.slice(0, 200))
    return [
        [None if cell is None else cell.replace("\0", "\\0") for cell in row]
        for row in texts.rows()
    ]


@transaction.atomic
def start(
    workspace: Workspace,
    actor: str,
    import_id: int,
    mapping: ImportMapping | None = None,
    *,
    again: bool = False,
    in_background: bool = True,
    now: datetime,
) -> Import:
    """Settle the mapping and begin; the work itself is a background job, unless the caller does it.

    An import that has taken rows keeps its mapping: half a file under one mapping and half under another
    would be nobody's wish.

    :raises ImportNotFound, ImportNotMapped, ImportAlreadyRunning, MappingIncomplete, FileGone:
    :raises FileImportedBefore, EmptyFile, FileUnreadable:
    """
    it = _locked(workspace, import_id)
    if is_running(it.pk) or (in_background and it.state == ImportState.RUNNING):
        raise ImportAlreadyRunning(file=it.name)
    if it.rows_read == 0:
        if not again:
            _refuse_same_file(it, mapping)
        if mapping is not None:
            check(mapping, source_of(it, mapping.format).columns)
            it.mapping = mapping.model_dump(mode="json", exclude_defaults=True) | {
                "kind": mapping.kind,
                "time_zone": mapping.time_zone,
            }
    if not it.mapping:
        raise ImportNotMapped(file=it.name)
    file_of(it)
    it.state, it.stop_asked = ImportState.RUNNING, False
    if in_background:
        it.job_id = _enqueue(it, actor, now)
    it.save(update_fields=["mapping", "state", "stop_asked", "job_id"])
    _audit(it, actor, "tracking.import_started", now, {"file": it.name, "from_row": it.rows_read})
    return it


def resume(workspace: Workspace, actor: str, import_id: int, *, now: datetime) -> Import:
    """Go on with an import that was stopped or killed, with the first row that is not in.

    :raises ImportNotFound, ImportNotMapped, ImportAlreadyRunning, FileGone:
    """
    return start(workspace, actor, import_id, again=True, now=now)


@transaction.atomic
def stop(workspace: Workspace, actor: str, import_id: int, *, now: datetime) -> Import:
    """Ask a running import to stop after the block it is at; what is in stays in.

    :raises ImportNotFound, ImportNotRunning:
    """
    it = _locked(workspace, import_id)
    if it.state != ImportState.RUNNING:
        raise ImportNotRunning(file=it.name)
    it.stop_asked = True
    if not is_running(it.pk):  # nobody is at it: it was killed, or waits in the queue
        it.state = ImportState.STOPPED
    it.save(update_fields=["stop_asked", "state"])
    _audit(it, actor, "tracking.import_stopped", now, {"file": it.name, "at_row": it.rows_read})
    return it


@transaction.atomic
def remove(workspace: Workspace, actor: str, import_id: int, *, now: datetime) -> None:
    """Forget an import, its file and its bad rows; the rows that are in stay in.

    :raises ImportNotFound, ImportAlreadyRunning:
    """
    it = _locked(workspace, import_id)
    if it.state == ImportState.RUNNING or is_running(it.pk):
        raise ImportAlreadyRunning(file=it.name)
    _audit(it, actor, "tracking.import_removed", now, {"file": it.name, "rows_in": it.rows_in})
    transaction.on_commit(lambda: forget_file(it))
    BadRow.objects.within(workspace).filter(import_of=it).delete()
    Import.objects.within(workspace).filter(pk=it.pk).delete()


def revive() -> int:
    """Put imports back into the queue whose process was killed; return how many."""
    revived = 0
    for it in Import.objects.filter(state=ImportState.RUNNING, is_ours=True, job_id__isnull=False):
        if not is_running(it.pk) and _defer(it):
            revived += 1
    return revived


def _locked(workspace: Workspace, import_id: int) -> Import:
    it = Import.objects.within(workspace).select_for_update().filter(pk=import_id).first()
    if it is None:
        raise ImportNotFound
    return it


def _refuse_same_file(it: Import, mapping: ImportMapping | None) -> None:
    alike = Import.objects.within(it.workspace_id).filter(sha256=it.sha256, rows_in__gt=0)
    if mapping is not None:
        alike = alike.filter(mapping__kind=mapping.kind)  # who they are, then what they did
    earlier = alike.exclude(pk=it.pk).order_by("-id").first()
    if earlier is not None:
        on = (earlier.finished_at or earlier.created_at).date().isoformat()
        raise FileImportedBefore(file=it.name, earlier=earlier.name, on=on)


def _enqueue(it: Import, actor: str, now: datetime) -> int:
    label = Text(f"导入“{it.name}”", f"Import “{it.name}”")
    job = workspaces.start_job(it.workspace, "tracking.import", label, actor=actor, now=now)
    it.job_id = job.pk
    _defer(it)
    return int(job.pk)


def _defer(it: Import) -> bool:
    from procrastinate.contrib.django import app
    from procrastinate.exceptions import AlreadyEnqueued

    task = app.configure_task(RUN_TASK, queueing_lock=f"import:{it.pk}")
    try:
        with transaction.atomic():
            task.defer(import_id=it.pk, job_id=it.job_id)
    except AlreadyEnqueued:
        return False
    return True


def _audit(it: Import, actor: str, action: str, now: datetime, detail: dict[str, object]) -> None:
    workspaces.record_audit(it.workspace, actor, action, f"import:{it.pk}", detail=detail, now=now)
