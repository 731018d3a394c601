"""A second pair of eyes: asked for, given, or refused with a reason. Nobody approves what she wrote."""

from datetime import datetime

from django.db import transaction

from yutang.kit.errors import DomainError
from yutang.reach.messages._drafting import find_version
from yutang.reach.models import MessageVersion, Review
from yutang.workspaces import service as workspaces
from yutang.workspaces.models import Workspace
from yutang.workspaces.service import Member

__all__ = [
    "AlreadyReviewed",
    "NotAskedFor",
    "OwnMessage",
    "ReasonMissing",
    "approve",
    "ask_for_review",
    "is_approved",
    "reject",
]


class OwnMessage(DomainError):
    status = 403
    zh = "这一版是你写的，要由别人来审批。"
    en = "You wrote this version; somebody else has to approve it."


class NotAskedFor(DomainError):
    zh = "“{message}”第 {number} 版还没有提交审批。"
    en = "Nobody asked for version {number} of “{message}” to be approved."


class AlreadyReviewed(DomainError):
    zh = "“{message}”第 {number} 版已经审批过了。改动后会成为新的一版，再提交。"
    en = "Version {number} of “{message}” was reviewed already. Change it and ask again for the new version."


class ReasonMissing(DomainError):
    status = 422
    zh = "写一句为什么退回，作者才知道怎么改。"
    en = "Say in a sentence why it goes back, so that its author knows what to change."


def is_approved(workspace: Workspace, version_id: int) -> bool:
    """Whether somebody besides its author approved this version."""
    rows = MessageVersion.objects.within(workspace).filter(pk=version_id)
    return rows.filter(review=Review.APPROVED).exists()


@transaction.atomic
def ask_for_review(
    member: Member, message_id: int, number: int, *, note: str = "", now: datetime
) -> MessageVersion:
    """Ask for a second pair of eyes. Asking twice is harmless.

    :raises MessageNotFound, MessageVersionNotFound, AlreadyReviewed:
    """
    version = _locked(member.workspace, message_id, number)
    if version.review in {Review.APPROVED, Review.REJECTED}:
        raise AlreadyReviewed(message=version.message.name, number=number)
    if version.review == Review.NONE:
        version.review = Review.ASKED
        version.asked_by, version.asked_at, version.asked_note = member.actor, now, note.strip()
        version.save(update_fields=["review", "asked_by", "asked_at", "asked_note"])
        _audit(member, "reach.message_review_asked", version, now)
    return version


@transaction.atomic
def approve(member: Member, message_id: int, number: int, *, now: datetime) -> MessageVersion:
    """Let a version be sent to many.

    :raises MessageNotFound, MessageVersionNotFound, NotAskedFor, AlreadyReviewed, OwnMessage:
    """
    version = _asked(member, message_id, number)
    version.review = Review.APPROVED
    version.approved_by, version.approved_at = member.actor, now
    version.save(update_fields=["review", "approved_by", "approved_at"])
    _audit(member, "reach.message_approved", version, now)
    return version


@transaction.atomic
def reject(
    member: Member, message_id: int, number: int, *, reason: str, now: datetime
) -> MessageVersion:
    """Send a version back to its author, with a reason.

    :raises MessageNotFound, MessageVersionNotFound, NotAskedFor, AlreadyReviewed, OwnMessage, ReasonMissing:
    """
    if not reason.strip():
        raise ReasonMissing
    version = _asked(member, message_id, number)
    version.review = Review.REJECTED
    version.rejected_by, version.rejected_at, version.answer = member.actor, now, reason.strip()
    version.save(update_fields=["review", "rejected_by", "rejected_at", "answer"])
    _audit(member, "reach.message_rejected", version, now)
    return version


def _asked(member: Member, message_id: int, number: int) -> MessageVersion:
    version = _locked(member.workspace, message_id, number)
    if version.review == Review.NONE:
        raise NotAskedFor(message=version.message.name, number=number)
    if version.review != Review.ASKED:
        raise AlreadyReviewed(message=version.message.name, number=number)
    if version.author == member.actor:
        raise OwnMessage
    return version


def _locked(workspace: Workspace, message_id: int, number: int) -> MessageVersion:
    version = find_version(workspace, message_id, number)
    rows = MessageVersion.objects.within(workspace).select_for_update(of=("self",))
    return rows.select_related("message").get(pk=version.pk)


def _audit(member: Member, action: str, version: MessageVersion, now: datetime) -> None:
    workspaces.record_audit(
        member.workspace,
        member.actor,
        action,
        f"message:{version.message_id}",
        detail={"name": version.message.name, "version": version.number},
        now=now,
    )
