"""An import as a background job: its progress is the job's progress."""

from collections.abc import Callable
from datetime import datetime

from yutang.kit.i18n import Text
from yutang.tracking.imports.models import Import, ImportState
from yutang.tracking.imports.reporting import progress_of
from yutang.tracking.imports.running import ImportAlreadyRunning, run
from yutang.workspaces import service as workspaces

__all__ = ["run_import_job"]


def run_import_job(import_id: int, job_id: int, *, clock: Callable[[], datetime]) -> None:
    """Run an import and say in its job how far it is; stop it when the job is cancelled.

    Does nothing for an import that is gone, was stopped while it waited, or is run by another process.
    """
    it = Import.objects.filter(pk=import_id, state=ImportState.RUNNING).first()
    if it is None or not workspaces.begin_job(job_id, now=clock()):
        Import.objects.filter(pk=import_id, state=ImportState.RUNNING).update(
            state=ImportState.STOPPED
        )
        return

    def report(it: Import) -> None:
        workspaces.report_progress(job_id, it.rows_read, progress_of(it).rows_total)
        if workspaces.job_is_cancelled(job_id):
            Import.objects.filter(pk=it.pk).update(stop_asked=True)
            it.stop_asked = True

    try:
        ended = run(import_id, clock=clock, progress=report)
    except ImportAlreadyRunning:
        return
    _end(ended, job_id, clock())


def _end(it: Import, job_id: int, now: datetime) -> None:
    counts = {"import": it.pk, "rows_in": it.rows_in, "rows_bad": it.rows_bad}
    if it.state == ImportState.DONE:
        summary = Text(
            f"导入 {it.rows_in} 行，重复 {it.rows_known} 行，坏行 {it.rows_bad} 行",
            f"{it.rows_in} rows in, {it.rows_known} known before, {it.rows_bad} bad",
        )
        workspaces.finish_job(job_id, summary=summary, result=counts, now=now)
    else:
        workspaces.fail_job(job_id, Text(it.stopped_zh, it.stopped_en), now=now)
