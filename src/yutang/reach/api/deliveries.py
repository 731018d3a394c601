"""Routes of sendings and deliveries: what went out, how far it came, and why it did not."""

from functools import lru_cache
from uuid import UUID

from ninja import Path, Query

from yutang.audiences import service as audiences
from yutang.customers import service as customers
from yutang.kit.clock import now
from yutang.kit.errors import refusals
from yutang.kit.pages import Page, PageIn, PageOf, page_of
from yutang.reach import service as reach
from yutang.reach.api.router import router
from yutang.reach.api.shapes import (
    DeliveriesQuery,
    RateOut,
    RatesQuery,
    ReachDeliveryOut,
    SendingOut,
)
from yutang.reach.models import Delivery, Sending
from yutang.workspaces.models import Workspace
from yutang.workspaces.service import MemberRequest, needs


@router.get("/sendings", summary="List what is and was sent", response=Page[SendingOut])
@needs("reach.read")
def list_sendings(
    request: MemberRequest, page: Query[PageIn], journey: int | None = None
) -> PageOf[Sending]:
    rows = reach.sendings_of(request.auth.workspace)
    if journey is not None:
        rows = rows.filter(journey=journey)
    return page_of(rows, page, order=("-id",))


@router.get(
    "/sendings/{int:sending_id}",
    summary="Read a sending, with how far everybody came",
    response={200: SendingOut} | refusals(reach.SendingNotFound),
)
@needs("reach.read")
def read_sending(request: MemberRequest, sending_id: int) -> Sending:
    return _counted(reach.find_sending(request.auth.workspace, sending_id))


@router.post(
    "/sendings/{int:sending_id}/pause",
    summary="Let nothing more of a sending leave for now",
    response={200: SendingOut} | refusals(reach.SendingNotFound, reach.AlreadyCancelled),
)
@needs("reach.write")
def pause_sending(request: MemberRequest, sending_id: int) -> Sending:
    return _counted(reach.pause_sending(request.auth, sending_id, now=now()))


@router.post(
    "/sendings/{int:sending_id}/resume",
    summary="Let a paused sending go on",
    response={200: SendingOut} | refusals(reach.SendingNotFound, reach.AlreadyCancelled),
)
@needs("reach.write")
def resume_sending(request: MemberRequest, sending_id: int) -> Sending:
    return _counted(reach.resume_sending(request.auth, sending_id, now=now()))


@router.post(
    "/sendings/{int:sending_id}/cancel",
    summary="Let nothing more of a sending leave, ever",
    response={200: SendingOut} | refusals(reach.SendingNotFound),
)
@needs("reach.write")
def cancel_sending(request: MemberRequest, sending_id: int) -> Sending:
    sending, _ = reach.cancel_sending(request.auth, sending_id, now=now())
    return _counted(sending)


@router.get(
    "/deliveries",
    summary="List deliveries",
    response={200: Page[ReachDeliveryOut]} | refusals(audiences.NotFound),
)
@needs("reach.read")
def list_deliveries(
    request: MemberRequest, page: Query[PageIn], asked: Query[DeliveriesQuery]
) -> PageOf[Delivery]:
    rows = reach.deliveries_of(
        request.auth,
        states=asked.state,
        reason=asked.reason,
        channel=asked.channel,
        sending_id=asked.sending_id,
        journey=asked.journey,
        customer_id=asked.customer_id,
        since=asked.since,
        until=asked.until,
    )
    if asked.audience_id is not None:
        meant = reach.meant_by(request.auth, audience_id=asked.audience_id)
        rows = rows.filter(customer__in=meant or ())
    why = _Why(request.auth.workspace)
    return reach.name_customers(
        request.auth.workspace, page_of(rows, page, order=("-id",), shape=why.told)
    )


@router.get(
    "/deliveries/{token}",
    summary="Read a delivery, with its why",
    response={200: ReachDeliveryOut} | refusals(reach.DeliveryNotFound),
)
@needs("reach.read")
def read_delivery(request: MemberRequest, token: Path[UUID]) -> Delivery:
    found = _Why(request.auth.workspace).told(reach.find_delivery(request.auth, str(token)))
    reach.name_customers(request.auth.workspace, PageOf([found]))
    return found


@router.get(
    "/rates",
    summary="Say how far messages came, week by week",
    description="Whoever is held out was not meant to be reached; whoever was held back was.",
    response={200: list[RateOut]} | refusals(audiences.NotFound, customers.NotFound),
)
@needs("reach.read")
def read_rates(request: MemberRequest, asked: Query[RatesQuery]) -> list[dict[str, object]]:
    found = reach.rates(
        request.auth.workspace,
        since=asked.since,
        until=asked.until,
        by=asked.by,
        customer_ids=reach.meant_by(
            request.auth, audience_id=asked.audience_id, customer_id=asked.customer_id
        ),
        journey=asked.journey,
    )
    return [
        {**vars(each), "week": str(each.week), "rate": each.rate, "exposure": each.exposure}
        for each in found
    ]


class _Why:
    """Says why deliveries were held back; each rule is read once for a page."""

    def __init__(self, workspace: Workspace) -> None:
        self._said = lru_cache(maxsize=None)(
            lambda reason, detail: reach.reason_said(workspace, reason, detail).said()
        )

    def told(self, row: Delivery) -> Delivery:
        row.why = self._said(row.reason, row.detail) if row.reason else ""  # type: ignore[attr-defined]
        return row


def _counted(sending: Sending) -> Sending:
    why = _Why(sending.workspace)
    sending.counts = [  # type: ignore[attr-defined]
        {
            "state": state,
            "reason": reason,
            "sentence": why._said(reason, "") if reason else "",
            "count": count,
        }
        for state, reason, count in reach.counts_of(sending)
    ]
    return sending
