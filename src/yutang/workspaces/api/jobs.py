"""Background jobs: what is being done, how far it is, how it ended."""

from datetime import datetime
from typing import Annotated, Any

from ninja import Query, Router, Schema
from pydantic import Field

from yutang.kit.clock import now
from yutang.kit.errors import refusals
from yutang.kit.i18n import Text
from yutang.kit.pages import Page, PageIn, PageOf, page_of
from yutang.workspaces import service as workspaces
from yutang.workspaces.models import Job, JobState
from yutang.workspaces.service import MemberRequest, needs

__all__ = ["router"]

router = Router(tags=["jobs"])


class JobOut(Schema):
    """One background job."""

    id: int
    kind: Annotated[str, Field(examples=["tracking.import"])]
    label: Annotated[str, Field(description="What is done, in the reader's language.")]
    state: JobState
    actor: str
    done: Annotated[int, Field(description="How many steps (rows, people) are done.")]
    total: Annotated[int | None, Field(description="Of how many; null while not known.")]
    attempts: int
    said: Annotated[str, Field(description="How it ended, in the reader's language.")]
    result: dict[str, Any]
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None

    @staticmethod
    def resolve_label(job: Job) -> str:
        return Text(job.label_zh, job.label_en).said()

    @staticmethod
    def resolve_said(job: Job) -> str:
        return Text(job.said_zh, job.said_en).said()


class JobFilter(Schema):
    """Which jobs."""

    kind: Annotated[str, Field(max_length=60, description="A kind, or the app before the dot.")] = (
        ""
    )
    state: JobState | None = None


@router.get("", summary="List jobs", response={200: Page[JobOut]})
@needs("jobs.read")
def list_jobs(request: MemberRequest, page: Query[PageIn], only: Query[JobFilter]) -> PageOf[Job]:
    rows = workspaces.jobs_of(request.auth.workspace, kind=only.kind, state=only.state or "")
    return page_of(rows, page, order=("-id",))


@router.get(
    "/{job_id}", summary="Show a job", response={200: JobOut} | refusals(workspaces.NoSuchJob)
)
@needs("jobs.read")
def show_job(request: MemberRequest, job_id: int) -> Job:
    return workspaces.get_job(request.auth.workspace, job_id)


@router.post(
    "/{job_id}/cancel",
    summary="Cancel a job",
    response={200: JobOut}
    | refusals(workspaces.NoSuchJob, workspaces.NotYourJob, workspaces.JobIsOver),
)
@needs("jobs.read")
def cancel_job(request: MemberRequest, job_id: int) -> Job:
    """Who started it may, and an owner."""
    return workspaces.cancel_job(request.auth, job_id, now=now())
