"""Background work somebody waits for, and how far it is."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime

from django.db import transaction
from django.db.models import F

from yutang.kit import clock
from yutang.kit.errors import DomainError
from yutang.kit.i18n import Text
from yutang.workspaces._audit import record_audit
from yutang.workspaces._members import Member
from yutang.workspaces.models import Job, JobState, Workspace, WorkspaceQuerySet

__all__ = [
    "JobIsOver",
    "NoSuchJob",
    "NotYourJob",
    "begin_job",
    "cancel_job",
    "fail_job",
    "finish_job",
    "get_job",
    "job_is_cancelled",
    "jobs_of",
    "report_progress",
    "running_job",
    "start_job",
]

_STUMBLED = Text(
    "这里出了意料之外的问题，已经记录下来。",
    "Something unexpected happened here; it was recorded.",
)


class NoSuchJob(DomainError):
    """Not a job of this workspace."""

    status = 404
    zh = "没有这个后台任务。"
    en = "There is no such job."


class NotYourJob(DomainError):
    """Somebody else waits for it."""

    status = 403
    zh = "这个后台任务是别人发起的，只有发起人和所有者能停止它。"
    en = "Somebody else started this job; only she or an owner can stop it."


class JobIsOver(DomainError):
    """Nothing is left to stop."""

    zh = "“{label}”已经结束，没有可停止的。"
    en = "“{label}” is over; there is nothing to stop."


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


def jobs_of(workspace: Workspace, *, kind: str = "", state: str = "") -> WorkspaceQuerySet[Job]:
    """Return the workspace's jobs, or those of a kind (or app, before the dot) and state."""
    rows = Job.objects.within(workspace)
    if kind:
        rows = rows.filter(kind=kind) if "." in kind else rows.filter(kind__startswith=f"{kind}.")
    return rows.filter(state=state) if state else rows


def get_job(workspace: Workspace, job_id: int) -> Job:
    """Return one job.

    :raises NoSuchJob:
    """
    found = Job.objects.within(workspace).filter(pk=job_id).first()
    if found is None:
        raise NoSuchJob
    return found


@transaction.atomic
def cancel_job(member: Member, job_id: int, *, now: datetime) -> Job:
    """Ask a job to stop: what waits never begins, what runs stops at its next look.

    Whoever started it may, and an owner.

    :raises NoSuchJob, NotYourJob, JobIsOver:
    """
    job = get_job(member.workspace, job_id)
    if job.actor != member.actor and not member.may("settings.write"):
        raise NotYourJob
    stopped = Job.objects.within(member.workspace).filter(
        pk=job_id, state__in=[JobState.WAITING, JobState.RUNNING]
    )
    if not stopped.update(state=JobState.CANCELLED, finished_at=now):
        raise JobIsOver(label=Text(job.label_zh, job.label_en))
    record_audit(
        member.workspace, member.actor, "workspaces.job_cancelled", f"job:{job_id}", now=now
    )
    return get_job(member.workspace, job_id)


@contextmanager
def running_job(job_id: int) -> Iterator[bool]:
    """Run a job's body: begun before it, failed with a sentence if it raises.

    Yields False when the job was cancelled: then do nothing. The body calls `finish_job` itself. A
    refusal ends the job; anything else is raised again after it was noted, for Procrastinate's
    retries and the log.

        with running_job(job_id) as goes_on:
            if goes_on: …
    """
    try:
        yield begin_job(job_id, now=clock.now())
    except DomainError as refusal:
        fail_job(job_id, refusal, now=clock.now())
    except Exception:
        fail_job(job_id, _STUMBLED, now=clock.now())
        raise
