"""The past of the demo's audiences: who was in them these two months, told once the warehouse has everything."""

from datetime import datetime, timedelta

from yutang.audiences import service as audiences
from yutang.config.demo.labels import AUDIENCES
from yutang.customers import service as customers
from yutang.events import service as events
from yutang.kit import clock
from yutang.kit.i18n import Text
from yutang.kit.pulse import pulse
from yutang.workspaces import service as workspaces
from yutang.workspaces.models import Job, JobState, Role, Workspace

__all__ = ["ask_for_history", "tell_history"]

_KIND = "config.demo_history"
_marks: dict[int, int] = {}  # job → what was spooled when this process first looked at it


def ask_for_history(workspace: Workspace, *, now: datetime) -> None:
    """Have the demo's audiences made, with their past up to `now`, when its events are all in."""
    label = Text("演示品牌：人群和它们的两个月", "Demo brand: audiences and their last two months")
    workspaces.start_job(
        workspace, _KIND, label, actor="system:demo", total=len(AUDIENCES), now=now
    )


@pulse("demo.history", every=2.0)
def tell_history() -> bool:
    """Make one audience of the demo with its past; True when there are more."""
    for workspace in workspaces.workspaces_of_everyone().filter(is_demo=True):
        open_states = [JobState.WAITING, JobState.RUNNING]
        job = workspaces.jobs_of(workspace, kind=_KIND).filter(state__in=open_states).first()
        if job and _has_everything(workspace, job):
            return _tell_next(workspace, job)
    return False


def _has_everything(workspace: Workspace, job: Job) -> bool:
    mark = _marks.setdefault(job.pk, events.spool_mark())
    return events.is_drained(mark) and customers.is_mirrored(workspace)


def _tell_next(workspace: Workspace, job: Job) -> bool:
    if job.state == JobState.WAITING:
        workspaces.begin_job(job.pk, now=clock.now())
    name, condition = list(AUDIENCES.items())[job.done]
    owner = workspaces.members_of(workspace).filter(role=Role.OWNER).order_by("pk")[0].user
    audiences.make_with_past(
        workspace,
        audiences.Draft(name, condition),
        _instants(job.created_at),
        owner=owner,
        actor="system:demo",
        now=clock.now(),
    )
    workspaces.report_progress(job.pk, job.done + 1)
    if job.done + 1 < len(AUDIENCES):
        return True
    workspaces.finish_job(job.pk, now=clock.now())
    return False


def _instants(now: datetime) -> list[datetime]:
    """Return when the audiences were looked at: every week, every day of the last, every few hours of today."""
    weeks = [now - timedelta(days=days) for days in range(60, 7, -7)]
    days = [now - timedelta(days=days) for days in range(7, 1, -1)]
    hours = [now - timedelta(hours=hours) for hours in range(24, 0, -6)]
    return [*weeks, *days, *hours]
