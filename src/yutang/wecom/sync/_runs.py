"""A run's state: begun, counted, stopped, taken up again."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction
from django.db.models import Count

from yutang.kit.errors import DomainError
from yutang.kit.i18n import Text
from yutang.kit.pulse import wake
from yutang.wecom.models import (
    Corp,
    CorpState,
    PartState,
    RunState,
    Subject,
    SyncPart,
    SyncRun,
)
from yutang.wecom.sync._batches import batches
from yutang.workspaces import service as workspaces
from yutang.workspaces.models import WorkspaceQuerySet
from yutang.workspaces.service import Member

_A_DAY, _A_NIGHT = timedelta(hours=30), timedelta(hours=18)
_NIGHT = range(2, 6)  # o'clock, where the workspace is
_MEMBERS = 100  # of a part: as many as the platform takes at once

__all__ = [
    "CorpNotActive",
    "NoSuchSync",
    "Stop",
    "SyncRunning",
    "begin_due",
    "begin_run",
    "begin_sync",
    "count",
    "get_sync",
    "parts_left",
    "parts_of_sync",
    "plan_contacts",
    "stop_sync",
    "syncs_of",
]

Stop = Callable[[], None]  # called between transactions; raises when somebody wants it to end


class NoSuchSync(DomainError):
    """Not a run of this corp."""

    status = 404
    zh = "没有这次同步。"
    en = "There is no such sync."


class SyncRunning(DomainError):
    """One at a time."""

    zh = "“{corp}”正在同步，进度见下方。"
    en = "“{corp}” is being synced; how far it is stands below."


class CorpNotActive(DomainError):
    """Being set up, or paused."""

    zh = "“{corp}”还没有启用。请先完成接入诊断并启用，再同步。"
    en = "“{corp}” is not active. Finish the diagnosis and activate it first."


def begin_sync(member: Member, corp: Corp, *, anew: bool = False, now: datetime) -> SyncRun:
    """Start a pass over everything, or go on with the one that stopped last.

    :raises CorpNotActive, SyncRunning:
    """
    run = begin_run(corp, actor=member.actor, anew=anew, now=now)
    workspaces.record_audit(
        corp.workspace,
        member.actor,
        "wecom.sync_started",
        f"wecom:{corp.pk}",
        detail={"run": run.pk},
        now=now,
    )
    return run


@transaction.atomic
def begin_run(corp: Corp, *, actor: str, anew: bool = False, now: datetime) -> SyncRun:
    """Start a pass, whoever wants it.

    :raises CorpNotActive, SyncRunning:
    """
    if corp.state != CorpState.ACTIVE:
        raise CorpNotActive(corp=corp.name)
    label = Text(f"同步企业微信“{corp.name}”", f"Sync WeCom “{corp.name}”")
    job = workspaces.start_job(corp.workspace, "wecom.sync", label, actor=actor, now=now)
    mine = SyncRun.objects.within(corp.workspace_id).filter(corp=corp)
    last = mine.order_by("-id").first()
    try:
        with transaction.atomic():
            if last is not None and last.state == RunState.STOPPED and not anew:
                run = last
                run.state, run.job, run.finished_at = RunState.RUNNING, job.pk, None
                run.stopped_zh = run.stopped_en = ""
                run.save()
            else:
                run = SyncRun.objects.create(
                    workspace_id=corp.workspace_id,
                    corp=corp,
                    job=job.pk,
                    actor=actor,
                    is_first=not mine.filter(state=RunState.DONE).exists(),
                    began_at=now,
                )
                _plan(run)
    except IntegrityError:
        raise SyncRunning(corp=corp.name) from None
    transaction.on_commit(lambda: wake("wecom.sync"))
    return run


def begin_due(*, now: datetime) -> int:
    """Begin what a corp is owed: a pass a day, at night where it can be, for what callbacks lost.

    A corp is passed over once somebody synced it; return how many began.
    """
    begun = 0
    for corp in Corp.objects.filter(state=CorpState.ACTIVE).select_related("workspace"):
        last = syncs_of(corp).first()
        if last is None or last.state != RunState.DONE:
            continue
        since = now - last.began_at
        hour = now.astimezone(ZoneInfo(corp.workspace.time_zone)).hour
        if since > _A_DAY or (since > _A_NIGHT and hour in _NIGHT):
            with suppress(SyncRunning):
                begin_run(corp, actor="system:wecom", anew=True, now=now)
                begun += 1
    return begun


def _plan(run: SyncRun) -> None:
    """Enter what is one stretch each; contacts are planned once the members are known."""
    SyncPart.objects.bulk_create(
        SyncPart(workspace_id=run.workspace_id, run=run, subject=subject, place=0)
        for subject in Subject
        if subject != Subject.CONTACTS
    )


@transaction.atomic
def stop_sync(member: Member, run: SyncRun, *, now: datetime) -> SyncRun:
    """Ask a run to stop where it is; started again, it goes on from there.

    :raises JobIsOver, NotYourJob:
    """
    workspaces.cancel_job(member, run.job, now=now)
    said = Text("有人停下了它", "Somebody stopped it")
    SyncRun.objects.within(run.workspace_id).filter(pk=run.pk, state=RunState.RUNNING).update(
        state=RunState.STOPPED, finished_at=now, stopped_zh=said.zh, stopped_en=said.en
    )
    run.refresh_from_db()
    return run


def plan_contacts(run: SyncRun, userids: Sequence[str]) -> None:
    """Enter the parts of a run: up to a hundred members' contacts each."""
    SyncPart.objects.bulk_create(
        (
            SyncPart(
                workspace_id=run.workspace_id,
                run=run,
                subject=Subject.CONTACTS,
                place=place,
                members=list(some),
            )
            for place, some in enumerate(batches(userids, _MEMBERS))
        ),
        ignore_conflicts=True,
    )


def syncs_of(corp: Corp) -> WorkspaceQuerySet[SyncRun]:
    """Return the runs of a corp, the newest first."""
    return SyncRun.objects.within(corp.workspace_id).filter(corp=corp).order_by("-id")


def get_sync(corp: Corp, run_id: int) -> SyncRun:
    """Return one run.

    :raises NoSuchSync:
    """
    found = syncs_of(corp).filter(pk=run_id).first()
    if found is None:
        raise NoSuchSync
    return found


def parts_left(run: SyncRun, subject: Subject) -> list[SyncPart]:
    """Return the stretches that are not done, in their order."""
    mine = SyncPart.objects.within(run.workspace_id).filter(run=run, subject=subject)
    return list(mine.exclude(state=PartState.DONE).order_by("place"))


def parts_of_sync(run: SyncRun) -> dict[str, tuple[int, int]]:
    """Return by subject how many stretches are done, and how many there are."""
    mine = SyncPart.objects.within(run.workspace_id).filter(run=run)
    found: dict[str, tuple[int, int]] = {}
    for subject, state, number in mine.values_list("subject", "state").annotate(Count("pk")):
        done, all_ = found.get(subject, (0, 0))
        found[subject] = done + (number if state == PartState.DONE else 0), all_ + number
    return found


def count(run: SyncRun, **more: int) -> None:
    """Add to what a run came to, in the transaction of what is counted."""
    row = SyncRun.objects.within(run.workspace_id).select_for_update().get(pk=run.pk)
    for name, number in more.items():
        if number:
            row.counts[name] = row.counts.get(name, 0) + number
    row.save(update_fields=["counts"])
    run.counts = row.counts
