"""Handing customers and groups over: who may go, doing it, what came of it, and who left somebody behind."""

from types import SimpleNamespace
from typing import Any

from ninja import Query, Router, Status

from yutang.audiences.service import NotFound as NoSuchAudience
from yutang.kit.clock import now
from yutang.kit.errors import refusals
from yutang.kit.i18n import language
from yutang.kit.pages import Page, PageIn, PageOf, page_of
from yutang.wecom import service as wecom
from yutang.wecom.api.transfer_shapes import (
    GroupHandoverOut,
    HandoverOut,
    HandoversQuery,
    LeaverOut,
    LeaversReadOut,
    StaffQuery,
    TransferableOut,
    TransferAsked,
    TransferIn,
    TransferOut,
    TransferPreviewOut,
    TransfersQuery,
)
from yutang.wecom.models import ChatHandover, StaffAccount, Transfer
from yutang.workspaces.service import MemberRequest, NoSuchStaff, needs

__all__ = ["router"]

router = Router(tags=["wecom"])

_PAIR = (wecom.SameMember, wecom.NotInOneCorp, wecom.CannotTakeOver, NoSuchStaff, NoSuchAudience)


@router.get("", summary="List transfers", response=Page[TransferOut])
@needs("transfers.read")
def list_transfers(
    request: MemberRequest, page: Query[PageIn], asked: Query[TransfersQuery]
) -> PageOf[SimpleNamespace]:
    rows = wecom.transfers_of(request.auth)
    if asked.state:
        rows = rows.filter(state=asked.state)
    found = page_of(rows, page, order=("-id",))
    counts = wecom.counted(found.items)
    return PageOf([_out(each, counts[each.pk]) for each in found.items], found.next)


@router.post(
    "",
    summary="Hand customers and groups over",
    response={201: TransferOut} | refusals(wecom.NobodyToHandOver, *_PAIR),
)
@needs("transfers.write")
def begin_transfer(request: MemberRequest, body: TransferIn) -> tuple[int, SimpleNamespace]:
    made = wecom.begin_transfer(
        request.auth, body.giver_id, body.taker_id, body.whom(), message=body.message, now=now()
    )
    return 201, _out(made, wecom.counted([made])[made.pk])


@router.post(
    "/preview",
    summary="Say what handing over would come to",
    description="Nothing is asked of WeCom.",
    response={200: TransferPreviewOut} | refusals(*_PAIR),
)
@needs("transfers.read")
def preview_transfer(request: MemberRequest, body: TransferAsked) -> dict[str, Any]:
    found = wecom.preview_transfer(
        request.auth, body.giver_id, body.taker_id, body.whom(), now=now()
    )
    verdicts, chats = found.verdicts, found.chats
    return {
        "is_resigned": found.pair.is_resigned,
        **{name: verdicts.get(name, 0) for name in ("goes", "lost", "pending", "too_often")},
        "not_hers": found.not_hers,
        "was_handed_over": found.was_handed_over,
        "has_refused": found.has_refused,
        "knows_taker": found.knows_taker,
        "groups": chats.get("goes", 0),
        "groups_today": found.chats_today,
        "groups_held": chats.get("pending", 0) + chats.get("too_often", 0),
        "limits": found.limits,
        "shown": found.shown,
    }


@router.get("/staff", summary="List staff with what they have", response=Page[TransferableOut])
@needs("transfers.read")
def list_transferable(
    request: MemberRequest, page: Query[PageIn], asked: Query[StaffQuery]
) -> PageOf[dict[str, Any]]:
    rows = wecom.transferable_of(request.auth, q=asked.q.strip())
    return page_of(rows, page, order=("staff__name", "id"), shape=_transferable)


@router.get("/leavers", summary="List who left customers or groups", response=Page[LeaverOut])
@needs("transfers.read")
def list_leavers(request: MemberRequest, page: Query[PageIn]) -> PageOf[dict[str, Any]]:
    rows = wecom.leavers_of(request.auth)
    return page_of(rows, page, order=("-id",), shape=_leaver)


@router.post(
    "/leavers/read",
    summary="Ask WeCom again whose customers nobody has taken",
    response={202: LeaversReadOut},
)
@needs("transfers.write")
def read_leavers(request: MemberRequest) -> Status[dict[str, int]]:
    return Status(202, {"corps": wecom.read_leavers_soon(request.auth, now=now())})


@router.get(
    "/{int:transfer_id}",
    summary="Read a transfer",
    response={200: TransferOut} | refusals(wecom.NoSuchTransfer),
)
@needs("transfers.read")
def read_transfer(request: MemberRequest, transfer_id: int) -> SimpleNamespace:
    found = wecom.transfer_of(request.auth, transfer_id)
    return _out(found, wecom.counted([found])[found.pk])


@router.get(
    "/{int:transfer_id}/customers",
    summary="List what became of each customer",
    response={200: Page[HandoverOut]} | refusals(wecom.NoSuchTransfer),
)
@needs("transfers.read")
def list_handovers(
    request: MemberRequest, transfer_id: int, page: Query[HandoversQuery]
) -> PageOf[dict[str, Any]]:
    found = wecom.handovers_of(request.auth, transfer_id, page, state=page.state or "")
    return PageOf([_handover(each) for each in found.items], found.next)


@router.get(
    "/{int:transfer_id}/groups",
    summary="List what became of each group",
    response={200: Page[GroupHandoverOut]} | refusals(wecom.NoSuchTransfer),
)
@needs("transfers.read")
def list_group_handovers(
    request: MemberRequest, transfer_id: int, page: Query[PageIn]
) -> PageOf[dict[str, Any]]:
    found = wecom.chats_of_transfer(request.auth, transfer_id, page)
    return PageOf([_group(each) for each in found.items], found.next)


@router.post(
    "/{int:transfer_id}/cancel",
    summary="Leave what has not been asked for where it is",
    description="What is with WeCom already cannot be taken back.",
    response={200: TransferOut} | refusals(wecom.NoSuchTransfer, wecom.TransferOver),
)
@needs("transfers.write")
def cancel_transfer(request: MemberRequest, transfer_id: int) -> SimpleNamespace:
    found = wecom.call_off_transfer(request.auth, transfer_id, now=now())
    return _out(found, wecom.counted([found])[found.pk])


def _out(transfer: Transfer, counts: wecom.Counted) -> SimpleNamespace:
    codes = [
        {"code": code, "why": wecom.reason_of(code).said(), "count": count}
        for code, count in sorted(counts.codes.items())
    ]
    return SimpleNamespace(
        id=transfer.pk,
        giver=_party(transfer.giver, has_left=transfer.is_resigned),
        taker=_party(transfer.taker),
        is_resigned=transfer.is_resigned,
        message=transfer.message,
        state=transfer.state,
        customers=counts.customers,
        groups=counts.chats,
        codes=codes,
        trouble=transfer.trouble_zh if language() == "zh" else transfer.trouble_en,
        created_at=transfer.created_at,
        over_at=transfer.over_at,
    )


def _party(account: StaffAccount, *, has_left: bool = False) -> dict[str, Any]:
    return {"staff_id": account.staff_id, "name": account.staff.name, "has_left": has_left}


def _transferable(account: Any) -> dict[str, Any]:
    return {
        "staff_id": account.staff_id,
        "name": account.staff.name,
        "corp_id": account.corp_id,
        "corp_name": account.corp.name,
        "can_take_over": account.status == 1 and account.can_contact,
        "customers": account.customers,
        "groups": account.chats,
        "moving": account.moving,
    }


def _leaver(account: Any) -> dict[str, Any]:
    told = getattr(account, "leaver", None)
    return {
        "staff_id": account.staff_id,
        "name": account.staff.name,
        "corp_name": account.corp.name,
        "left_at": told.left_at if told else None,
        "unassigned": account.unassigned,
        "customers": account.customers,
        "groups": account.chats,
        "moving": account.moving,
        "read_at": account.corp.leavers_read_at,
    }


def _handover(each: wecom.HandedOver) -> dict[str, Any]:
    row = each.row
    return {
        "id": row.pk,
        "customer": each.customer,
        "name": each.name,
        "state": row.state,
        "why": wecom.reason_of(row.code).said() if row.code else "",
        "takeover_at": row.takeover_at,
        "ended_at": row.ended_at,
    }


def _group(row: ChatHandover) -> dict[str, Any]:
    return {
        "id": row.pk,
        "name": row.chat.name,
        "state": row.state,
        "why": wecom.reason_of(row.code).said() if row.code else "",
        "ended_at": row.ended_at,
    }
