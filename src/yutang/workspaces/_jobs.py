"""Background work somebody waits for, and how far it is."""

from collections.abc import Mapping
from datetime import datetime

from django.db.models import F

from yutang.kit.errors import DomainError
from yutang.kit.i18n import Text
from yutang.workspaces.models import Job, JobState, Workspace

__all__ = [
    "begin_job",
    "fail_job",
    "finish_job",
    "job_is_cancelled",
    "report_progress",
    "start_job",
]


def start_job(
    workspace: Workspace,
    kind: str,
    label: Text,
    *,
    actor: str,
    total: int | None = None,
    now: datetime,
) -> Job:
    """Enter work that somebody will wait for; it waits until `begin_job`.

    Enter it in the transaction that defers the Procrastinate task, and give the task `job.pk`.
    `kind` is `<app>.<what>`; `label` says in both languages what is being done to what; `total` is
    the number of steps (rows, people), if known.
    """
    return Job.objects.create(
        workspace=workspace,
        kind=kind,
        label_zh=label.zh[:200],
        label_en=label.en[:200],
        actor=actor,
        total=total,
        created_at=now,
    )


def begin_job(job_id: int, *, now: datetime) -> bool:
    """Say that a worker has taken it up, again or for the first time. False: it was cancelled."""
    return bool(
        Job.objects.filter(pk=job_id)
        .exclude(state=JobState.CANCELLED)
        .update(
            state=JobState.RUNNING,
            attempts=F("attempts") + 1,
            started_at=now,
            finished_at=None,
            said_zh="",
            said_en="",
        )
    )


def report_progress(job_id: int, done: int, total: int | None = None) -> None:
    """Say how far it is. Call it outside the work's transaction, or nobody sees it before the end."""
    known = {} if total is None else {"total": total}
    Job.objects.filter(pk=job_id, state=JobState.RUNNING).update(done=done, **known)


def job_is_cancelled(job_id: int) -> bool:
    """Return whether somebody asked for it to stop; long work asks now and then."""
    return Job.objects.filter(pk=job_id, state=JobState.CANCELLED).exists()


def finish_job(
    job_id: int,
    *,
    summary: Text | None = None,
    result: Mapping[str, object] | None = None,
    now: datetime,
) -> None:
    """Say that it is done, in a sentence if there is something to say, with ids of what it made."""
    said = summary or Text("", "")
    Job.objects.filter(pk=job_id).exclude(state=JobState.CANCELLED).update(
        state=JobState.DONE,
        said_zh=said.zh[:500],
        said_en=said.en[:500],
        result=dict(result or {}),
        finished_at=now,
    )


def fail_job(job_id: int, reason: DomainError | Text, *, now: datetime) -> None:
    """Say that it stopped short, and why: a refusal, or a sentence in both languages."""
    zh, en = (
        (reason.sentence("zh"), reason.sentence("en"))
        if isinstance(reason, DomainError)
        else reason
    )
    Job.objects.filter(pk=job_id).exclude(state=JobState.CANCELLED).update(
        state=JobState.FAILED, said_zh=zh[:500], said_en=en[:500], finished_at=now
    )
