"""One customer's tags: read, given, taken, given an end, by a member who may see her."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from yutang.customers import service as customers
from yutang.kit.errors import DomainError
from yutang.kit.pulse import wake
from yutang.tags import _exclusivity as exclusivity
from yutang.tags import _people as people
from yutang.tags._tagging import Stroke, give, is_rule, take
from yutang.tags._tags import NotFound, find_tag
from yutang.tags.models import TagChange, TagChangeKind, Tagging, UnmirroredTagging
from yutang.workspaces import service as workspaces
from yutang.workspaces.models import Workspace
from yutang.workspaces.service import Member

__all__ = [
    "EndPassed",
    "KeptByRule",
    "NotTagged",
    "change_end",
    "refuse_passed",
    "source_of",
    "tag_customer",
    "tags_of",
    "tags_of_several",
    "untag_customer",
]


class KeptByRule(DomainError):
    zh = "标签“{tag}”由自动规则保持，客户符合规则就会一直有。要去掉，请改规则。"
    en = "Tag “{tag}” is kept by a rule for as long as the customer matches. Change the rule to take it away."


class NotTagged(DomainError):
    status = 404
    zh = "这位客户没有标签“{tag}”。请刷新后再看。"
    en = "This customer does not have the tag “{tag}”. Reload to see the tags as they are."


class EndPassed(DomainError):
    status = 422
    zh = "到期时间 {came} 已经过去。请选一个以后的时间，或不设到期。"
    en = "The end {came} has passed. Choose a later time, or none."


def tags_of(member: Member, customer_id: int, *, now: datetime) -> QuerySet[Tagging]:
    """Return one customer's taggings, with their tags and groups.

    :raises customers.NotFound: also when the member may not see her
    """
    _refuse_unseen(member, customer_id)
    return _current(member.workspace, now).filter(customer=customer_id)


def tags_of_several(
    member: Member, customer_ids: Sequence[int], *, now: datetime
) -> dict[int, list[Tagging]]:
    """Return the taggings of those of these customers whom the member may see."""
    seen = people.visible(member, customer_ids)
    found: dict[int, list[Tagging]] = {
        customer: [] for customer in customer_ids if customer in seen
    }
    for tagging in _current(member.workspace, now).filter(customer__in=seen):
        found[tagging.customer].append(tagging)
    return found


@transaction.atomic
def tag_customer(
    member: Member,
    customer_id: int,
    tag_id: int,
    *,
    now: datetime,
    expires_at: datetime | None = None,
    reason: str = "",
) -> Tagging:
    """Give a customer a tag; in an exclusive group it takes the other's place.

    Giving what she has confirms it: the longer end holds.

    :raises customers.NotFound, NotFound, TagArchived, TagWasMerged, EndPassed:
    """
    _refuse_unseen(member, customer_id)
    refuse_passed(expires_at, now)
    stroke = Stroke(member.workspace, tag_id, source_of(member), member.actor, reason, now)
    give(stroke, [customer_id], expires_at=expires_at)
    _audit(member, "tags.given", customer_id, stroke)
    return _current(member.workspace, now).get(customer=customer_id, tag_id=tag_id)


@transaction.atomic
def untag_customer(
    member: Member, customer_id: int, tag_id: int, *, now: datetime, reason: str = ""
) -> None:
    """Take a tag from a customer.

    :raises customers.NotFound, NotFound, NotTagged, KeptByRule:
    """
    tagging = _locked(member, customer_id, tag_id)
    if any(is_rule(source) for source in tagging.sources):
        raise KeptByRule(tag=tagging.tag.name)
    stroke = Stroke(member.workspace, tag_id, source_of(member), member.actor, reason, now)
    take(stroke, [customer_id])
    _audit(member, "tags.taken", customer_id, stroke)


@transaction.atomic
def change_end(
    member: Member,
    customer_id: int,
    tag_id: int,
    *,
    expires_at: datetime | None,
    now: datetime,
    reason: str = "",
) -> Tagging:
    """Set when a customer's tag ends, sooner or later than before; None is never.

    :raises customers.NotFound, NotFound, NotTagged, KeptByRule, EndPassed:
    """
    refuse_passed(expires_at, now)
    tagging = _locked(member, customer_id, tag_id)
    if all(is_rule(source) for source in tagging.sources):
        raise KeptByRule(tag=tagging.tag.name)
    stroke = Stroke(member.workspace, tag_id, source_of(member), member.actor, reason, now)
    tagging.expires_at = expires_at
    tagging.save(update_fields=["expires_at"])
    TagChange.objects.create(
        workspace=member.workspace,
        tag=tagging.tag,
        customer=customer_id,
        kind=TagChangeKind.CONFIRMED,
        source=source_of(member),
        actor=member.actor,
        reason=reason,
        at=now,
    )
    UnmirroredTagging.objects.create(workspace=member.workspace, tag=tag_id, customer=customer_id)
    transaction.on_commit(lambda: wake("tags.mirror"))
    _audit(member, "tags.end_changed", customer_id, stroke)
    return tagging


def source_of(member: Member) -> str:
    """Return the source of what a member gives: her own hand, or a program's key."""
    return "manual" if member.user else "api"


def refuse_passed(expires_at: datetime | None, now: datetime) -> None:
    """Refuse an end that is not ahead.

    :raises EndPassed:
    """
    if expires_at is not None and expires_at <= now:
        raise EndPassed(came=expires_at.isoformat(timespec="minutes"))


def _current(workspace: Workspace, now: datetime) -> QuerySet[Tagging]:
    """Return taggings that hold at this instant, also while those that ended await the pulse."""
    return (
        Tagging.objects.within(workspace)
        .exclude(expires_at__lte=now)
        .select_related("tag__group")
        .order_by("tag__group__place", "tag__group_id", "tag__place", "tag_id")
    )


def _refuse_unseen(member: Member, customer_id: int) -> None:
    if customer_id not in people.visible(member, [customer_id]):
        raise customers.NotFound


def _locked(member: Member, customer_id: int, tag_id: int) -> Tagging:
    _refuse_unseen(member, customer_id)
    if not exclusivity.lock_tags(member.workspace, [tag_id]):
        raise NotFound
    rows = Tagging.objects.within(member.workspace).select_related("tag")
    try:
        return rows.get(customer=customer_id, tag_id=tag_id)
    except Tagging.DoesNotExist:
        raise NotTagged(tag=find_tag(member.workspace, tag_id).name) from None


def _audit(member: Member, action: str, customer_id: int, stroke: Stroke) -> None:
    # Why stands in the tag's history, which is erased with the person.
    workspaces.record_audit(
        member.workspace,
        member.actor,
        action,
        f"customer:{customer_id}",
        detail={"tag": stroke.tag_id},
        now=stroke.now,
    )
