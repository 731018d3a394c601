"""What one of the staff remarks of a customer: changed in WeCom first, then here.

WeCom keeps what was written last; a remark that is not in WeCom as well would be written over by the next sync.
A pair WeCom does not know has its remark here alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import structlog
from django.db import transaction

from yutang.customers import service as customers
from yutang.customers.models import RelationKind
from yutang.kit import clock
from yutang.kit.errors import DomainError
from yutang.kit.i18n import Text
from yutang.wecom.client.client import Client
from yutang.wecom.client.limits import Lane, most
from yutang.wecom.models import CorpState, Ended, FollowRelation
from yutang.wecom.sync._calling import platform_of
from yutang.wecom.sync._hearing import look_at_contact
from yutang.workspaces.service import Member, record_audit

__all__ = ["NotFollowedBy", "RemarkGiven", "RemarkTooLong", "Remarked", "change_remark"]

log = structlog.get_logger(__name__)

_LABELS = {
    "remark": (Text("备注", "remark"), "remark_characters"),
    "description": (Text("描述", "description"), "description_characters"),
    "company": (Text("公司", "company"), "remark_characters"),
}


class NotFollowedBy(DomainError):
    """She is none of this colleague's customers, or not one the member may speak for."""

    status = 404
    zh = "这位客户不由这位员工跟进，改不了备注。"
    en = "This customer is not followed up by this colleague; there is nothing to remark."


class RemarkTooLong(DomainError):
    """WeCom keeps shorter ones."""

    status = 422
    zh = "企业微信里{what}最多 {most} 个字，现在 {length} 个。"
    en = "WeCom keeps at most {most} characters of a {what}; these are {length}."


@dataclass(frozen=True)
class RemarkGiven:
    """What is to be changed; None stays. Phones take the place of those that were there."""

    remark: str | None = None
    description: str | None = None
    company: str | None = None
    phones: Sequence[str] | None = None


@dataclass(frozen=True)
class Remarked:
    """What was changed, and whether WeCom has it too."""

    staff: int
    remark: str
    in_wecom: bool


def change_remark(
    member: Member, customer_id: int, staff_id: int, given: RemarkGiven, *, now: datetime
) -> Remarked:
    """Change what one of the staff remarks of a customer of hers.

    :raises customers.NotFound, NotFollowedBy, RemarkTooLong, PlatformRefused, NoAnswer, Throttled, CorpPaused:
    """
    customer = customers.seen_one(member, customer_id)
    if not member.scope.is_everyone and staff_id not in member.scope.staff_ids:
        raise NotFollowedBy
    pair = _pair(member, customer.pk, staff_id)
    if pair is not None:
        _tell(pair, given)
    elif not _is_followed(member, customer.pk, staff_id):
        raise NotFollowedBy
    with transaction.atomic():
        relation = customers.relate(
            member, customer.pk, RelationKind.STAFF, staff_id, remark=given.remark, now=now
        )
        changed = [name for name in vars(given) if getattr(given, name) is not None]
        record_audit(
            member.workspace,
            member.actor,
            "wecom.remark_changed",
            f"customer:{customer.pk}",
            detail={"staff": staff_id, "changed": changed, "in_wecom": pair is not None},
            now=now,
        )
    if pair is not None:
        _read_back(pair)
    return Remarked(staff_id, relation.remark, in_wecom=pair is not None)


def _pair(member: Member, customer: int, staff: int) -> FollowRelation | None:
    homes = customers.origins(member.workspace, customer)
    rows = (
        FollowRelation.objects.within(member.workspace)
        .filter(home__in=homes, account__staff=staff, corp__state=CorpState.ACTIVE)
        .exclude(ended__in=[Ended.STAFF, Ended.TRANSFER])
    )
    return rows.select_related("corp__workspace", "account").order_by("-since").first()


def _is_followed(member: Member, customer: int, staff: int) -> bool:
    related = customers.lines_of(member, [customer])[customer].staff
    return any(each.target == staff for each in related)


def _tell(pair: FollowRelation, given: RemarkGiven) -> None:
    for name, (what, limit) in _LABELS.items():
        written = getattr(given, name)
        if written is not None and len(written) > most(limit, pair.corp):
            raise RemarkTooLong(what=what, most=most(limit, pair.corp), length=len(written))
    asked: dict[str, Any] = {
        "userid": pair.account.spelling,
        "external_userid": pair.external,
        "remark": given.remark,
        "description": given.description,
        "remark_company": given.company,
        # One that is empty clears the list: an empty list changes nothing there.
        "remark_mobiles": None if given.phones is None else (list(given.phones) or [""]),
    }
    body = {name: value for name, value in asked.items() if value is not None}
    if len(body) > 2:  # more than whose it is
        Client(pair.corp).call("externalcontact/remark", body, lane=Lane.STAFF)


def _read_back(pair: FollowRelation) -> None:
    """Bring the contact in line: what is changed through the API is not called back."""
    try:
        look_at_contact(pair.corp, platform_of(pair.corp), pair.external, (), clock.now)
    except DomainError as trouble:  # the next sync does
        log.warning("contact not read back", corp=pair.corp.pk, code=trouble.code())
