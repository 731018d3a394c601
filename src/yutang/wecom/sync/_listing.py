"""What people see of the sync: totals, what did not go, what had been lost; and trying again."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Count

from yutang.kit.errors import DomainError
from yutang.wecom._rows import run as run_sql
from yutang.wecom.models import (
    AcquisitionLink,
    ContactWay,
    Corp,
    CorpTag,
    DepartmentLink,
    Failure,
    Gap,
    GroupChat,
    StaffAccount,
    Subject,
)
from yutang.wecom.sync._hearing import look_at_chat, look_at_contact
from yutang.wecom.sync._noting import note_failure
from yutang.wecom.sync._platform import Platform
from yutang.wecom.sync._runs import SyncRunning, begin_run
from yutang.workspaces.models import WorkspaceQuerySet
from yutang.workspaces.service import Member, record_audit

__all__ = ["NoSuchFailure", "Totals", "failures_of", "gaps_of", "retry_failure", "totals_of"]


class NoSuchFailure(DomainError):
    """It went meanwhile, or never was."""

    status = 404
    zh = "没有这一项，可能已经同步好了。"
    en = "There is no such item; it may have been brought over meanwhile."


@dataclass(frozen=True)
class Totals:
    """What is kept in step with a corp, in numbers."""

    departments: int
    staff: int
    followers: int  # members who may have customers
    relations: int
    lost: int  # the customer deleted the member
    contacts: int
    groups: int
    tags: dict[str, int]  # by place
    ways: int
    links: int
    failures: int
    gaps: int


def totals_of(corp: Corp) -> Totals:
    """Count what is here of a corp."""
    workspace = corp.workspace_id
    asked = {"workspace": workspace, "corp": corp.pk}
    relations, lost, contacts = run_sql("relations", "counts", asked).fetchone() or (0, 0, 0)
    accounts = StaffAccount.objects.within(workspace).filter(corp=corp).exclude(status=5)
    tags = CorpTag.objects.within(workspace).filter(corp=corp)
    return Totals(
        departments=DepartmentLink.objects.within(workspace).filter(corp=corp).count(),
        staff=accounts.count(),
        followers=accounts.filter(can_contact=True).count(),
        relations=relations,
        lost=lost,
        contacts=contacts,
        groups=GroupChat.objects.within(workspace).filter(corp=corp, dismissed_at=None).count(),
        tags=dict(tags.values_list("place").annotate(Count("pk")).order_by("place")),
        ways=ContactWay.objects.within(workspace).filter(corp=corp, gone_at=None).count(),
        links=AcquisitionLink.objects.within(workspace).filter(corp=corp, gone_at=None).count(),
        failures=failures_of(corp).count(),
        gaps=gaps_of(corp).count(),
    )


def failures_of(corp: Corp, subject: str = "") -> WorkspaceQuerySet[Failure]:
    """Return what did not go."""
    rows = Failure.objects.within(corp.workspace_id).filter(corp=corp)
    return rows.filter(subject=subject) if subject else rows


def gaps_of(corp: Corp, run_id: int | None = None) -> WorkspaceQuerySet[Gap]:
    """Return what no callback told of and a sync found."""
    rows = Gap.objects.within(corp.workspace_id).filter(corp=corp)
    return rows.filter(run=run_id) if run_id else rows


def retry_failure(
    member: Member,
    corp: Corp,
    failure_id: int,
    platform: Platform,
    *,
    clock: Callable[[], datetime],
) -> Failure | None:
    """Try one thing again, now: a contact or a group is read; for the rest a sync begins. None: it went.

    :raises NoSuchFailure:
    """
    failure = failures_of(corp).filter(pk=failure_id).first()
    if failure is None:
        raise NoSuchFailure
    now = clock()
    target, detail = f"wecom:{corp.pk}", {"subject": failure.subject}
    record_audit(corp.workspace, member.actor, "wecom.sync_retried", target, detail=detail, now=now)
    is_contact = failure.subject == Subject.CONTACTS and not failure.key.startswith("@")
    try:
        if is_contact:
            look_at_contact(corp, platform, failure.key, [], clock)
        elif failure.subject == Subject.GROUPS:
            look_at_chat(corp, platform, failure.key, [], clock)
        else:
            _begin(corp, member, now)
    except DomainError as refusal:
        with transaction.atomic():
            subject = Subject(failure.subject)
            note_failure(corp, subject, failure.key, refusal, home=failure.home, now=clock())
    return failures_of(corp).filter(pk=failure_id).first()


def _begin(corp: Corp, member: Member, now: datetime) -> None:
    try:
        begin_run(corp, actor=member.actor, anew=True, now=now)
    except SyncRunning:
        return  # it will come to it
