"""Background work of tracking: imports run here, and go on when the process that ran them was killed."""

from procrastinate.contrib.django import app

from yutang.kit import clock
from yutang.kit.pulse import pulse
from yutang.tracking import service as tracking
from yutang.tracking.service import imports

__all__ = ["forget_deliveries", "forget_uploads", "revive_imports", "run_import"]


@app.task(name="tracking.run_import", queue="imports")
def run_import(*, import_id: int, job_id: int, **_: object) -> None:
    imports.run_import_job(import_id, job_id, clock=clock.now)


@pulse("tracking.revive_imports", every=10)
def revive_imports() -> bool:
    """Put imports whose process was killed back into the queue."""
    imports.revive()
    return False


@pulse("tracking.forget_deliveries", every=3600)
def forget_deliveries() -> bool:
    """Forget webhook deliveries of more than a month ago."""
    return tracking.forget_deliveries(clock.now())


@pulse("tracking.forget_uploads", every=600)
def forget_uploads() -> bool:
    """Delete uploads and left out rows that were kept for YUTANG_UPLOAD_DAYS."""
    return imports.forget_what_was_kept(now=clock.now())
