"""Who has left, and whose customers nobody has taken: as the platform lists them, with relations kept in step."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import structlog
from django.db import transaction
from django.db.models import Count, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from yutang.kit import clock
from yutang.kit.errors import DomainError
from yutang.kit.pulse import wake
from yutang.wecom._rows import run
from yutang.wecom.callbacks.handlers import Told, handles
from yutang.wecom.client.client import Client
from yutang.wecom.client.limits import Lane
from yutang.wecom.models import (
    LIVE,
    Corp,
    CorpState,
    FollowRelation,
    GroupChat,
    Handover,
    Leaver,
    StaffAccount,
)
from yutang.wecom.sync._calling import platform_of
from yutang.wecom.sync._hearing import hear_staff, look_at_contact
from yutang.wecom.sync._staff import take_members
from yutang.wecom.transfers.judging import accounts_seen
from yutang.workspaces.models import WorkspaceQuerySet
from yutang.workspaces.service import Member

__all__ = [
    "hear_who_left",
    "leavers_of",
    "read_leavers",
    "read_leavers_due",
    "read_leavers_soon",
    "transferable_of",
]

log = structlog.get_logger(__name__)

_LEFT = 5
_PAGE = 1000
_AGAIN, _AFTER_TROUBLE = timedelta(hours=6), timedelta(minutes=10)
_MOST_LOOKS = 500


@dataclass
class _Left:
    """What the platform lists of somebody who left."""

    spelling: str
    at: datetime
    customers: set[str]


@handles("change_contact", "delete_user", name="transfers.leavers")
def hear_who_left(corp: Corp, told: Sequence[Told], *, now: datetime) -> None:
    """Have whoever is unassigned read soon after somebody leaves."""
    del told
    Corp.objects.within(corp.workspace_id).filter(pk=corp.pk).update(leavers_due_at=now)


def read_leavers_soon(member: Member, *, now: datetime) -> int:
    """Have the platform asked at once; return of how many corps."""
    rows = Corp.objects.within(member.workspace).filter(state=CorpState.ACTIVE)
    count = rows.update(leavers_due_at=now)
    transaction.on_commit(lambda: wake("wecom.leavers"))
    return count


def read_leavers_due(*, now: datetime) -> bool:
    """Read, of one corp whose time has come, whose customers nobody has taken; True where there was one."""
    with transaction.atomic():
        rows = Corp.objects.filter(state=CorpState.ACTIVE).select_for_update(
            skip_locked=True, no_key=True
        )
        due = rows.filter(Q(leavers_due_at=None) | Q(leavers_due_at__lte=now))
        corp = due.order_by("leavers_due_at", "pk").first()
        if corp is None:
            return False
        mine = Corp.objects.within(corp.workspace_id).filter(pk=corp.pk)
        mine.update(leavers_due_at=now + _AFTER_TROUBLE)
    try:
        read_leavers(corp, now=now)
    except DomainError as trouble:
        log.warning("leavers not read", corp=corp.pk, code=trouble.code())
    else:
        mine.update(leavers_due_at=now + _AGAIN, leavers_read_at=now)
    return True


def read_leavers(corp: Corp, *, now: datetime) -> None:
    """Read who left whom, and bring relations here in line with it.

    :raises PlatformRefused, NoAnswer, Throttled, CorpPaused:
    """
    left = _listed(corp)
    _hear_of(corp, left)
    accounts = StaffAccount.objects.within(corp.workspace_id).filter(corp=corp)
    known = set(accounts.filter(userid__in=list(left)).values_list("userid", flat=True))
    with transaction.atomic():
        strangers = [
            {"userid": each.spelling, "status": _LEFT}
            for userid, each in left.items()
            if userid not in known
        ]
        take_members(corp, strangers, {}, now=now)
        gone = {row.userid: row for row in accounts.filter(Q(status=_LEFT) | Q(userid__in=left))}
        Leaver.objects.within(corp.workspace_id).filter(account__corp=corp).exclude(
            account__userid__in=list(left)
        ).delete()
        for userid, each in left.items():
            Leaver.objects.within(corp.workspace_id).update_or_create(
                account=gone[userid],
                defaults={
                    "workspace_id": corp.workspace_id,
                    "customers": len(each.customers),
                    "left_at": each.at,
                },
            )
    _bring_in_line(corp, left, gone)


def _hear_of(corp: Corp, left: Mapping[str, _Left]) -> None:
    """Look at listed members who are still on the job here: word of their leaving was lost, or they came back."""
    accounts = StaffAccount.objects.within(corp.workspace_id).filter(
        corp=corp, userid__in=list(left)
    )
    at = clock.now()
    words = [
        Told(0, "change_contact", "delete_user", {"UserID": account.spelling}, at, at)
        for account in accounts.exclude(status=_LEFT)
    ]
    if words:
        hear_staff(corp, platform_of(corp, lane=Lane.SYNC), words, clock=clock.now)


def _listed(corp: Corp) -> dict[str, _Left]:
    left: dict[str, _Left] = {}
    client, cursor = Client(corp), ""
    while True:
        page = client.call(
            "externalcontact/get_unassigned_list",
            {"page_size": _PAGE, "cursor": cursor},
            lane=Lane.SYNC,
        )
        for each in page.get("info") or ():
            spelling = str(each["handover_userid"])
            at = datetime.fromtimestamp(int(each.get("dimission_time") or 0), UTC)
            one = left.setdefault(spelling.lower(), _Left(spelling, at, set()))
            one.customers.add(str(each["external_userid"]))
        cursor = str(page.get("next_cursor") or "")
        if not cursor:
            return left


def _bring_in_line(
    corp: Corp, left: Mapping[str, _Left], accounts: Mapping[str, StaffAccount]
) -> None:
    """Read whoever is here and not listed (taken elsewhere), or listed and not here; some hundred at a time."""
    platform, room = platform_of(corp, lane=Lane.SYNC), _MOST_LOOKS
    for userid, account in accounts.items():
        listed = sorted(left[userid].customers) if userid in left else []
        given = {
            "workspace": corp.workspace_id,
            "account": account.pk,
            "listed": listed,
            "most": room,
        }
        for (external,) in run("transfers", "differing", given).fetchall():
            at = clock.now()
            fields = {
                "UserID": account.spelling,
                "ExternalUserID": external,
                "Source": "DELETE_BY_TRANSFER",  # if she is his no more, somebody was given her
            }
            word = Told(0, "change_external_contact", "del_external_contact", fields, at, at)
            look_at_contact(corp, platform, external, [word], clock.now)
            room -= 1
        if room <= 0:
            return


def leavers_of(member: Member) -> "WorkspaceQuerySet[StaffAccount]":
    """Return who left and still has customers, groups, or somebody on the way to another."""
    rows = _counted(accounts_seen(member).filter(status=_LEFT).select_related("leaver"))
    return rows.filter(Q(customers__gt=0) | Q(unassigned__gt=0) | Q(chats__gt=0) | Q(moving__gt=0))


def transferable_of(member: Member, *, q: str = "") -> "WorkspaceQuerySet[StaffAccount]":
    """Return the staff a member oversees as members of corps, with what they have to hand over."""
    rows = accounts_seen(member).exclude(status=_LEFT)
    if q:
        rows = rows.filter(staff__name__icontains=q)
    return _counted(rows)


def _counted(rows: "WorkspaceQuerySet[StaffAccount]") -> "WorkspaceQuerySet[StaffAccount]":
    """Add to accounts what they have: `customers`, `unassigned`, `chats`, and how many are `moving`."""
    friends = FollowRelation.objects.filter(account=OuterRef("pk"), ended="")
    chats = GroupChat.objects.filter(
        corp=OuterRef("corp"), owner=OuterRef("userid"), dismissed_at=None
    )
    moving = Handover.objects.filter(transfer__giver=OuterRef("pk"), state__in=LIVE)
    counted: WorkspaceQuerySet[Any] = rows.annotate(
        customers=_count(friends),
        chats=_count(chats),
        moving=_count(moving),
        unassigned=Coalesce("leaver__customers", Value(0)),
    )
    return counted


def _count(rows: "QuerySet[Any]") -> Coalesce:
    """Return how many rows there are, as a column."""
    alone = rows.order_by().annotate(_=Value(1)).values("_").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(alone, output_field=IntegerField()), Value(0))
