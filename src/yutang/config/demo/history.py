"""The past of the demo: who was in its audiences, what they were sent; told once the warehouse has everything."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import partial

from django.db import transaction

from yutang.audiences import service as audiences
from yutang.config.demo.labels import AUDIENCES
from yutang.config.demo.library import fill_library
from yutang.config.demo.reaching import CAMPAIGNS, begin_to_reach, run_journeys, send_campaign
from yutang.customers import service as customers
from yutang.events import service as events
from yutang.kit import clock
from yutang.kit.i18n import Text
from yutang.kit.pulse import pulse
from yutang.workspaces import service as workspaces
from yutang.workspaces.models import Job, JobState, Role, Workspace
from yutang.workspaces.service import Member

__all__ = ["ask_for_history", "owner_of", "tell_history"]

_KIND = "config.demo_history"
# Job → what was spooled, and had changed of customers, when this process first looked at it. People live on
# meanwhile, so that the stores are never still.
_marks: dict[int, tuple[int, int]] = {}


def ask_for_history(workspace: Workspace, *, now: datetime) -> None:
    """Have the demo's audiences and messages made, with their past up to `now`, when its events are all in."""
    label = Text("演示品牌：人群和消息的两个月", "Demo brand: two months of audiences and messages")
    workspaces.start_job(workspace, _KIND, label, actor="system:demo", total=len(_STEPS), now=now)


def _open(workspace: Workspace) -> Job | None:
    open_states = [JobState.WAITING, JobState.RUNNING]
    return workspaces.jobs_of(workspace, kind=_KIND).filter(state__in=open_states).first()


@pulse("demo.history", every=2.0)
def tell_history() -> bool:
    """Do one step of the demo's past; True when there are more."""
    for workspace in workspaces.workspaces_of_everyone().filter(is_demo=True):
        job = _open(workspace)
        if job and (job.state == JobState.RUNNING or _has_everything(workspace, job)):
            return _tell_next(workspace, job)
    return False


def _has_everything(workspace: Workspace, job: Job) -> bool:
    spooled, changed = _marks.setdefault(job.pk, (events.spool_mark(), customers.mark_to_mirror()))
    return events.is_drained(spooled) and customers.is_mirrored(workspace, changed)


def _tell_next(workspace: Workspace, job: Job) -> bool:
    if job.state == JobState.WAITING:
        workspaces.begin_job(job.pk, now=clock.now())
    _STEPS[job.done](workspace, job)
    if job.done + 1 < len(_STEPS):
        return True
    workspaces.finish_job(job.pk, now=clock.now())
    return False


def _make_audience(name: str, workspace: Workspace, job: Job) -> None:
    audiences.make_with_past(
        workspace,
        audiences.Draft(name, AUDIENCES[name]),
        _instants(job.created_at),
        owner=owner_of(workspace).user,
        actor="system:demo",
        now=clock.now(),
    )
    workspaces.report_progress(job.pk, job.done + 1)


@transaction.atomic
def _begin_to_reach(workspace: Workspace, job: Job) -> None:
    begin_to_reach(owner_of(workspace), now=job.created_at)
    fill_library(owner_of(workspace), now=job.created_at)
    workspaces.report_progress(job.pk, job.done + 1)


@transaction.atomic
def _send_campaign(place: int, workspace: Workspace, job: Job) -> None:
    send_campaign(owner_of(workspace), place, now=job.created_at)
    workspaces.report_progress(job.pk, job.done + 1)


@transaction.atomic
def _run_journeys(workspace: Workspace, job: Job) -> None:
    run_journeys(owner_of(workspace), now=clock.now())
    workspaces.report_progress(job.pk, job.done + 1)


# Each is done as a whole or not at all, and counts in the same transaction; an audience is found again.
_STEPS: Sequence[Callable[[Workspace, Job], None]] = (
    *(partial(_make_audience, name) for name in AUDIENCES),
    _begin_to_reach,
    *(partial(_send_campaign, place) for place in range(len(CAMPAIGNS))),
    _run_journeys,
)


def owner_of(workspace: Workspace) -> Member:
    """Return the demo's first owner."""
    user = workspaces.members_of(workspace).filter(role=Role.OWNER).order_by("pk")[0].user
    return workspaces.member_of_user(user, str(workspace.pk))


def _instants(now: datetime) -> list[datetime]:
    """Return when the audiences were looked at: every week, every day of the last, every few hours of today."""
    weeks = [now - timedelta(days=days) for days in range(60, 7, -7)]
    days = [now - timedelta(days=days) for days in range(7, 1, -1)]
    hours = [now - timedelta(hours=hours) for hours in range(24, 0, -6)]
    return [*weeks, *days, *hours]
