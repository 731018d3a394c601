"""Routes of the sync: begin it, see how far it is, what did not go, what had been lost."""

from datetime import datetime
from typing import Literal

from ninja import Query, Schema
from pydantic import Field

from yutang.kit.clock import now
from yutang.kit.errors import refusals
from yutang.kit.i18n import language
from yutang.kit.pages import Page, PageIn, PageOf, page_of
from yutang.wecom import service as wecom
from yutang.wecom.api.router import router
from yutang.wecom.models import Failure, Gap, SyncRun
from yutang.workspaces.service import JobIsOver, MemberRequest, NotYourJob, needs

__all__: list[str] = []

SubjectName = Literal["staff", "tags", "contacts", "groups", "ways", "links"]


class SyncPartsOut(Schema):
    """How far one subject is: stretches done, of how many."""

    subject: SubjectName
    done: int
    of: int


class SyncOut(Schema):
    """One pass over everything a corp has."""

    id: int
    state: Literal["running", "stopped", "done"]
    is_first: bool = Field(description="The first knows nothing yet: what it finds is no gap.")
    began_at: datetime
    finished_at: datetime | None
    waits_until: datetime | None = Field(
        description="It waits for room in the platform's quota, or for an answer."
    )
    why: str = Field(description="Why it stopped or waits, in the reader's language.")
    job_id: int
    parts: list[SyncPartsOut]
    counts: dict[str, int] = Field(
        description="What it came to: contacts_read, contacts_new, contacts_changed, contacts_ended, …"
    )


class SyncIn(Schema):
    """How to begin."""

    anew: bool = Field(
        False, description="From the start, also where one stopped that could be gone on with."
    )


class SyncTotalsOut(Schema):
    """What is kept in step with a corp, in numbers."""

    departments: int
    staff: int
    followers: int = Field(description="Members who may have customers.")
    relations: int
    lost: int = Field(description="Relations whose customer deleted the member.")
    contacts: int
    groups: int
    tags: dict[str, int] = Field(description="By place: both, overflow, refused, gone.")
    ways: int
    links: int
    failures: int
    gaps: int


class SyncFailureOut(Schema):
    """Something that could not be brought over; a sync tries it again."""

    id: int
    subject: SubjectName
    key: str
    code: int = Field(description="The platform's code; 0 where it was not the platform.")
    why: str
    times: int
    at: datetime

    @staticmethod
    def resolve_why(row: Failure) -> str:
        return row.zh if language() == "zh" else row.en


class SyncRetriedOut(Schema):
    """What came of trying again."""

    went: bool
    failure: SyncFailureOut | None


class SyncGapOut(Schema):
    """A difference no callback told of; a sync found and repaired it."""

    id: int
    run_id: int
    subject: SubjectName
    kind: Literal["missing", "changed", "left_over"]
    key: str
    at: datetime


class FailuresIn(PageIn):
    """Which failures."""

    subject: SubjectName | None = None


class GapsIn(PageIn):
    """Which gaps."""

    run_id: int | None = None


def _out(run: SyncRun) -> SyncOut:
    return SyncOut.model_validate(
        {
            "id": run.pk,
            "state": run.state,
            "is_first": run.is_first,
            "began_at": run.began_at,
            "finished_at": run.finished_at,
            "waits_until": run.not_before,
            "why": run.stopped_zh if language() == "zh" else run.stopped_en,
            "job_id": run.job,
            "parts": [
                {"subject": subject, "done": done, "of": of}
                for subject, (done, of) in sorted(wecom.parts_of_sync(run).items())
            ],
            "counts": run.counts,
        }
    )


@router.get(
    "/corps/{int:corp_id}/syncs",
    summary="List the syncs of a corp",
    response={200: Page[SyncOut]} | refusals(wecom.NoSuchCorp),
)
@needs("wecom.read")
def list_syncs(request: MemberRequest, corp_id: int, page: Query[PageIn]) -> PageOf[SyncOut]:
    corp = wecom.corp_of(request.auth.workspace, corp_id)
    found = page_of(wecom.syncs_of(corp), page, order=("-id",))
    return PageOf([_out(run) for run in found.items], found.next)


@router.post(
    "/corps/{int:corp_id}/syncs",
    summary="Sync a corp",
    description="Goes on with the one that stopped last, or begins a new one.",
    response={201: SyncOut} | refusals(wecom.NoSuchCorp, wecom.CorpNotActive, wecom.SyncRunning),
)
@needs("wecom.write")
def start_sync(request: MemberRequest, corp_id: int, body: SyncIn) -> tuple[int, SyncOut]:
    corp = wecom.corp_of(request.auth.workspace, corp_id)
    return 201, _out(wecom.begin_sync(request.auth, corp, anew=body.anew, now=now()))


@router.get(
    "/corps/{int:corp_id}/syncs/{int:run_id}",
    summary="See how far a sync is",
    response={200: SyncOut} | refusals(wecom.NoSuchCorp, wecom.NoSuchSync),
)
@needs("wecom.read")
def get_sync(request: MemberRequest, corp_id: int, run_id: int) -> SyncOut:
    corp = wecom.corp_of(request.auth.workspace, corp_id)
    return _out(wecom.get_sync(corp, run_id))


@router.post(
    "/corps/{int:corp_id}/syncs/{int:run_id}/stop",
    summary="Stop a sync where it is",
    description="Started again, it goes on from there.",
    response={200: SyncOut} | refusals(wecom.NoSuchCorp, wecom.NoSuchSync, JobIsOver, NotYourJob),
)
@needs("wecom.write")
def stop_sync(request: MemberRequest, corp_id: int, run_id: int) -> SyncOut:
    corp = wecom.corp_of(request.auth.workspace, corp_id)
    return _out(wecom.stop_sync(request.auth, wecom.get_sync(corp, run_id), now=now()))


@router.get(
    "/corps/{int:corp_id}/sync-totals",
    summary="Count what is kept in step with a corp",
    response={200: SyncTotalsOut} | refusals(wecom.NoSuchCorp),
)
@needs("wecom.read")
def sync_totals(request: MemberRequest, corp_id: int) -> wecom.Totals:
    return wecom.totals_of(wecom.corp_of(request.auth.workspace, corp_id))


@router.get(
    "/corps/{int:corp_id}/sync-failures",
    summary="List what could not be brought over",
    response={200: Page[SyncFailureOut]} | refusals(wecom.NoSuchCorp),
)
@needs("wecom.read")
def list_sync_failures(
    request: MemberRequest, corp_id: int, page: Query[FailuresIn]
) -> PageOf[Failure]:
    corp = wecom.corp_of(request.auth.workspace, corp_id)
    return page_of(wecom.failures_of(corp, page.subject or ""), page, order=("-at", "-id"))


@router.post(
    "/corps/{int:corp_id}/sync-failures/{int:failure_id}/retry",
    summary="Try again what could not be brought over",
    description="A contact or a group is read now; for anything else a sync begins.",
    response={200: SyncRetriedOut} | refusals(wecom.NoSuchCorp, wecom.NoSuchFailure),
)
@needs("wecom.write")
def retry_sync_failure(request: MemberRequest, corp_id: int, failure_id: int) -> dict[str, object]:
    corp = wecom.corp_of(request.auth.workspace, corp_id)
    platform = wecom.platform_of(corp)
    left = wecom.retry_failure(request.auth, corp, failure_id, platform, clock=now)
    return {"went": left is None, "failure": left}


@router.get(
    "/corps/{int:corp_id}/sync-gaps",
    summary="List what callbacks lost",
    description="Differences a sync found that no callback told of; they are repaired.",
    response={200: Page[SyncGapOut]} | refusals(wecom.NoSuchCorp),
)
@needs("wecom.read")
def list_sync_gaps(request: MemberRequest, corp_id: int, page: Query[GapsIn]) -> PageOf[Gap]:
    corp = wecom.corp_of(request.auth.workspace, corp_id)
    return page_of(wecom.gaps_of(corp, page.run_id), page, order=("-id",))
