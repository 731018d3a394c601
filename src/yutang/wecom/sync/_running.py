"""Runs a sync from where it is to its end, in one process at a time.

Whoever runs it holds an advisory lock of PostgreSQL, which a killed process loses: the next beat, in
whichever process, goes on with the first page that is not in.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

import structlog
from django.db import connection

from yutang.events import service as events
from yutang.kit.errors import DomainError
from yutang.kit.i18n import Text
from yutang.kit.pulse import wake
from yutang.wecom.client.errors import Busy, NoAnswer, Throttled, TooOften
from yutang.wecom.models import Corp, CorpState, RunState, Subject, SyncRun
from yutang.wecom.sync._chats import follow_chats
from yutang.wecom.sync._following import follow_contacts
from yutang.wecom.sync._noting import said
from yutang.wecom.sync._platform import Platform
from yutang.wecom.sync._runs import Stop, parts_left
from yutang.wecom.sync._staff import follow_staff
from yutang.wecom.sync._tags import follow_tags
from yutang.wecom.sync._ways import follow_links, follow_ways
from yutang.workspaces import service as workspaces

__all__ = ["Stopped", "run_sync", "run_syncs"]

log = structlog.get_logger(__name__)
_LOCK_SPACE = 1_230_004  # the first half of our advisory locks' numbers
_MOST_SPOOLED = 400_000  # events waiting for the warehouse; beyond, the sync waits too
_PATIENCE = 30  # seconds until it is tried again when nothing answers
_ASKED = Text("有人停下了它，或暂停了连接。", "Somebody stopped it, or paused the connection.")
_STUMBLED = Text(
    "这里出了意料之外的问题，已经记录下来。重新开始会接着同步。",
    "Something unexpected happened here; it was recorded. Started again, it goes on from there.",
)


class Stopped(Exception):
    """Somebody stopped the run, or paused the corp."""


def run_syncs(platform_of: Callable[[Corp], Platform], *, clock: Callable[[], datetime]) -> bool:
    """Run what is to be run and nobody is at; True where something was."""
    running = SyncRun.objects.filter(state=RunState.RUNNING).order_by("pk")
    waiting = running.exclude(not_before__gt=clock())
    ran = [run_sync(pk, platform_of, clock=clock) for pk in waiting.values_list("pk", flat=True)]
    return any(ran)


def run_sync(
    run_id: int, platform_of: Callable[[Corp], Platform], *, clock: Callable[[], datetime]
) -> bool:
    """Run one to its end; False where another process is at it, or it is over."""
    with _alone(run_id) as is_mine:
        run = SyncRun.objects.select_related("corp__workspace").filter(pk=run_id).first()
        if not is_mine or run is None or run.state != RunState.RUNNING:
            return False
        if not workspaces.begin_job(run.job, now=clock()):
            _end(run, RunState.STOPPED, _ASKED, now=clock())
            return True
        waited = SyncRun.objects.within(run.workspace_id).filter(pk=run.pk)
        waited.update(not_before=None, stopped_zh="", stopped_en="")
        if _went_through(run, platform_of, clock):
            _finish(run, now=clock())
        return True


def _went_through(
    run: SyncRun, platform_of: Callable[[Corp], Platform], clock: Callable[[], datetime]
) -> bool:
    """Follow everything; False where it ended before, and why is written down."""
    why = _STUMBLED
    try:
        _follow(run, platform_of(run.corp), clock)
    except Stopped:
        return False  # whoever stopped it has said so
    except (Throttled, NoAnswer, Busy, TooOften) as passing:
        wait = timedelta(seconds=max(getattr(passing, "seconds", 0), _PATIENCE))
        why = said(passing)
        SyncRun.objects.within(run.workspace_id).filter(pk=run.pk).update(
            not_before=clock() + wait, stopped_zh=why.zh[:500], stopped_en=why.en[:500]
        )
        return False  # it goes on by itself
    except DomainError as refusal:
        why = said(refusal)
    except Exception:
        log.exception("sync stumbled", run=run.pk)
    else:
        return True
    workspaces.fail_job(run.job, why, now=clock())
    _end(run, RunState.STOPPED, why, now=clock())
    return False


def _follow(run: SyncRun, platform: Platform, clock: Callable[[], datetime]) -> None:
    """Do what is left, in the order in which one thing names another."""
    pause = _pause_of(run, clock)
    if parts_left(run, Subject.STAFF):
        follow_staff(run, platform, clock=clock)
    pause()
    if parts_left(run, Subject.TAGS):
        follow_tags(run, platform, clock=clock)
    pause()
    follow_contacts(run, platform, clock=clock, pause=pause)
    follow_chats(run, platform, clock=clock, pause=pause)
    follow_ways(run, platform, clock=clock, pause=pause)
    follow_links(run, platform, clock=clock, pause=pause)


def _pause_of(run: SyncRun, clock: Callable[[], datetime]) -> Stop:
    """Return what is called between transactions: tells how far it is, waits, ends."""
    told_at = [0.0]

    def pause() -> None:
        if time.monotonic() - told_at[0] > 1:
            told_at[0] = time.monotonic()
            workspaces.report_progress(run.job, run.counts.get("contacts_read", 0))
            going = SyncRun.objects.filter(
                pk=run.pk, state=RunState.RUNNING, corp__state=CorpState.ACTIVE
            )
            if workspaces.job_is_cancelled(run.job) or not going.exists():
                workspaces.fail_job(run.job, _ASKED, now=clock())
                _end(run, RunState.STOPPED, _ASKED, now=clock())
                raise Stopped
            while events.spooled() > _MOST_SPOOLED:
                wake("events.drain")
                time.sleep(0.05)

    return pause


def _end(run: SyncRun, state: RunState, why: Text, *, now: datetime) -> None:
    """Say how a run ended; one that somebody ended meanwhile stays as it is."""
    running = SyncRun.objects.within(run.workspace_id).filter(pk=run.pk, state=RunState.RUNNING)
    running.update(state=state, stopped_zh=why.zh[:500], stopped_en=why.en[:500], finished_at=now)


def _finish(run: SyncRun, *, now: datetime) -> None:
    _end(run, RunState.DONE, Text("", ""), now=now)
    run.refresh_from_db()
    counts = run.counts
    read, new = counts.get("contacts_read", 0), counts.get("contacts_new", 0)
    changed, ended = counts.get("contacts_changed", 0), counts.get("contacts_ended", 0)
    summary = Text(
        f"读到 {read} 条客户关系：新增 {new}，变化 {changed}，结束 {ended}",
        f"{read} relations read: {new} new, {changed} changed, {ended} ended",
    )
    workspaces.finish_job(run.job, summary=summary, result={"run": run.pk}, now=now)
    log.info("sync done", run=run.pk, corp=run.corp_id, **counts)


@contextmanager
def _alone(run_id: int) -> Iterator[bool]:
    """Hold the lock of this run, if it is free; the end of the process frees it, whatever the end."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [_LOCK_SPACE, run_id])
        (is_mine,) = cursor.fetchone()
    try:
        yield bool(is_mine)
    finally:
        if is_mine and connection.connection is not None and not connection.connection.closed:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [_LOCK_SPACE, run_id])
