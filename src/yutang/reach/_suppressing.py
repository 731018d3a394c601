"""Who is not to be reached, whatever the reason to write: added, taken off, found."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from yutang.customers import service as customers
from yutang.kit.errors import DomainError
from yutang.reach._standing import digest_of
from yutang.reach.models import Suppression
from yutang.workspaces.models import Workspace
from yutang.workspaces.service import Member, record_audit

__all__ = [
    "SUPPRESSION_REASONS",
    "SuppressionNotFound",
    "lift_suppression",
    "suppress",
    "suppress_addresses",
    "suppress_for",
    "suppressions_of",
]

SUPPRESSION_REASONS = ("opt_out", "bounce", "complaint", "manual", "other")


class SuppressionNotFound(DomainError):
    """There is no such line on the list."""

    status = 404
    zh = "免打扰名单里没有这一条。"
    en = "There is no such line on the list of those not to be reached."


def suppressions_of(member: Member) -> "QuerySet[Suppression, Suppression]":
    """Return the lines a member may see, addresses nobody is known by among them."""
    rows = Suppression.objects.within(member.workspace)
    if member.scope.is_everyone:
        return rows
    return rows.filter(customer__in=customers.seen(member).values("pk"))


@transaction.atomic
def suppress(
    member: Member,
    customer_ids: Sequence[int],
    *,
    channel: str,
    reason: str,
    note: str = "",
    until: datetime | None = None,
    now: datetime,
) -> int:
    """Put customers on the list, those already there as they are; returns how many are new."""
    mine = sorted(customers.visible(member, customer_ids))
    new = suppress_for(
        member.workspace,
        mine,
        channel=channel,
        reason=reason,
        note=note,
        until=until,
        actor=member.actor,
        now=now,
    )
    record_audit(
        member.workspace,
        member.actor,
        "reach.suppressed",
        f"customer:{mine[0]}" if len(mine) == 1 else "customers",
        detail={"count": len(mine), "channel": channel, "reason": reason},
        now=now,
    )
    return new


def suppress_for(
    workspace: Workspace,
    customer_ids: Sequence[int],
    *,
    channel: str,
    reason: str,
    actor: str,
    now: datetime,
    note: str = "",
    until: datetime | None = None,
) -> int:
    """Put customers on the list, as a channel's receipt or a page of ours found out; returns the new."""
    rows = Suppression.objects.within(workspace)
    known = set(
        rows.filter(customer__in=customer_ids, channel=channel).values_list("customer", flat=True)
    )
    Suppression.objects.bulk_create(
        (
            Suppression(
                workspace=workspace,
                customer=each,
                channel=channel,
                reason=reason,
                note=note,
                until=until,
                added_by=actor,
                added_at=now,
            )
            for each in customer_ids
            if each not in known
        ),
        ignore_conflicts=True,
    )
    return len(set(customer_ids) - known)


def suppress_addresses(
    workspace: Workspace,
    addresses: Sequence[str],
    *,
    channel: str,
    reason: str,
    actor: str,
    now: datetime,
) -> None:
    """Put addresses on the list, whoever has them: nobody is there, or somebody unknown wants no more."""
    Suppression.objects.bulk_create(
        (
            Suppression(
                workspace=workspace,
                digest=digest_of(workspace, each),
                channel=channel,
                reason=reason,
                added_by=actor,
                added_at=now,
            )
            for each in sorted(set(addresses))
        ),
        ignore_conflicts=True,
    )


@transaction.atomic
def lift_suppression(member: Member, suppression_id: int, *, now: datetime) -> None:
    """Take a line off the list.

    :raises SuppressionNotFound:
    """
    row = suppressions_of(member).filter(pk=suppression_id).first()
    if row is None:
        raise SuppressionNotFound
    whose = f"customer:{row.customer}" if row.customer else "address"
    record_audit(
        member.workspace,
        member.actor,
        "reach.suppression_lifted",
        whose,
        detail={"channel": row.channel, "reason": row.reason},
        now=now,
    )
    row.delete()
