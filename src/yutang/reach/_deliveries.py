"""Deliveries as people look at them: found, explained, counted into reach rates."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce
from django.db.models.lookups import GreaterThanOrEqual, LessThan

from yutang.audiences import service as audiences
from yutang.customers import service as customers
from yutang.engines import bound, named_sql
from yutang.kit.errors import DomainError
from yutang.kit.pages import PageOf
from yutang.reach.models import Delivery
from yutang.workspaces.models import Workspace
from yutang.workspaces.service import Member

__all__ = [
    "DeliveryNotFound",
    "Rate",
    "deliveries_of",
    "find_delivery",
    "meant_by",
    "name_customers",
    "rates",
]

_SQL = named_sql("yutang.reach", "rates")
BY = ("channel", "journey", "purpose", "sending")


class DeliveryNotFound(DomainError):
    """There is no such delivery, or its customer is not yours to see."""

    status = 404
    zh = "没有这条送达记录，或者它的客户不在你的范围里。"
    en = "There is no such delivery, or its customer is not among those you look after."


def deliveries_of(
    member: Member,
    *,
    states: Sequence[str] = (),
    reason: str = "",
    channel: str = "",
    sending_id: int | None = None,
    journey: int | None = None,
    customer_id: int | None = None,
    since: date | None = None,
    until: date | None = None,
) -> "QuerySet[Delivery, Delivery]":
    """Return the deliveries a member may see, narrowed; days are those of the workspace's clock.

    As for rates, a delivery belongs to the day it was planned for, and those meant are all but the holdout.
    """
    rows = Delivery.objects.within(member.workspace).select_related("sending__version__message")
    if not member.scope.is_everyone:
        rows = rows.filter(customer__in=customers.seen(member).values("pk"))
    given: dict[str, Any] = {
        "state__in": states,
        "reason": reason,
        "channel": channel,
        "sending_id": sending_id,
        "journey": journey,
        "customer": customer_id,
    }
    rows = rows.filter(**{name: value for name, value in given.items() if value})
    return rows.filter(*_days(member.workspace, since, until)) if since or until else rows


def _days(workspace: Workspace, since: date | None, until: date | None) -> Iterator[Q]:
    zone = ZoneInfo(workspace.time_zone)
    planned_for = Coalesce(F("not_before"), F("planned_at"))
    yield ~Q(reason="holdout")
    if since:
        yield Q(GreaterThanOrEqual(planned_for, datetime.combine(since, time(), tzinfo=zone)))
    if until:
        yield Q(LessThan(planned_for, datetime.combine(until, time(), tzinfo=zone)))


def find_delivery(member: Member, token: str) -> Delivery:
    """Return one delivery by its token.

    :raises DeliveryNotFound:
    """
    found = deliveries_of(member).filter(token=token).first()
    if found is None:
        raise DeliveryNotFound
    return found


def name_customers(workspace: Workspace, page: PageOf[Any]) -> PageOf[Any]:
    """Tell of each row what its customer is called; of whoever has no name, nothing."""
    numbers = {each.customer for each in page.items if each.customer is not None}
    known = customers.values_of(workspace, sorted(numbers), ["name"])
    for each in page.items:
        each.customer_name = known.get(each.customer, {}).get("name", "")
    return page


@dataclass(frozen=True)
class Rate:
    """How far messages came in one week to the people they were meant for.

    `meant` and `reached` count people once each, `messages` and what follows count deliveries; `exposure`
    is messages that reached for each person meant, a frequency that may exceed 1 (methods: the sum of
    its parts, not a probability).
    """

    week: date
    part: str
    meant: int
    reached: int
    messages: int
    sent: int
    opened: int
    clicked: int
    replied: int
    failed: int
    blocked: int

    @property
    def rate(self) -> float:
        """Return reached / meant to be reached."""
        return self.reached / self.meant if self.meant else 0.0

    @property
    def exposure(self) -> float:
        """Return messages that reached / people meant."""
        return self.sent / self.meant if self.meant else 0.0


def rates(
    workspace: Workspace,
    *,
    since: datetime,
    until: datetime,
    by: str = "channel",
    customer_ids: Iterable[int] | None = None,
    journey: int | None = None,
) -> list[Rate]:
    """Return reach rates by week of the workspace's clock and by channel, purpose, journey or sending.

    Those in a holdout were not meant to be reached; everybody else was, also who was held back. Of these customers
    or of everybody, of one journey or of all.
    """
    if by not in BY:
        raise ValueError(by)
    asked = {
        "workspace": workspace.pk,
        "zone": workspace.time_zone,
        "since": since,
        "until": until,
        "by": by,
        "customers": None if customer_ids is None else list(customer_ids),
        "journey": journey,
    }
    return [Rate(*row) for row in bound(_SQL["rates"], asked).fetchall()]


def meant_by(
    member: Member, *, audience_id: int | None = None, customer_id: int | None = None
) -> list[int] | None:
    """Return the customers in an audience whom the member may see, or the one; None where none is named.

    :raises audiences.NotFound, customers.NotFound:
    """
    if customer_id is not None:
        if not customers.visible(member, [customer_id]):
            raise customers.NotFound
        return [customer_id]
    if audience_id is None:
        return None
    audience = audiences.found(member.workspace, audience_id)
    everybody = audiences.all_in(member, audience, at_once=50_000)
    return [each.customer_id for some in everybody for each in some]
