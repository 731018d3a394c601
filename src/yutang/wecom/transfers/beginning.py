"""Transfers as people begin, see and call them off."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import msgspec
from django.db import transaction
from django.db.models import Q

from yutang.customers import service as customers
from yutang.kit.errors import DomainError
from yutang.kit.pages import PageIn, PageOf, page_of
from yutang.kit.pulse import wake
from yutang.wecom._rows import run
from yutang.wecom.models import (
    ChatHandover,
    Handover,
    HandoverState,
    Transfer,
    TransferState,
)
from yutang.wecom.transfers.judging import Whom, judge, judge_chats, pair_of
from yutang.workspaces.models import WorkspaceQuerySet
from yutang.workspaces.service import Member, record_audit

__all__ = [
    "Counted",
    "HandedOver",
    "NoSuchTransfer",
    "NobodyToHandOver",
    "TransferOver",
    "begin_transfer",
    "call_off_transfer",
    "chats_of_transfer",
    "counted",
    "handovers_of",
    "transfer_of",
    "transfers_of",
]


class NoSuchTransfer(DomainError):
    """Not a transfer of this workspace, or of staff the member does not oversee."""

    status = 404
    zh = "没有这次交接，或不在你负责的员工里。"
    en = "There is no such handover, or it is not of staff you look after."


class NobodyToHandOver(DomainError):
    """Of those who were meant, none may go."""

    status = 422
    zh = "选中的客户和群现在都不能交接。预览里写明了各自的原因。"
    en = "None of the customers and groups can be handed over now. The preview says why."


class TransferOver(DomainError):
    """There is nothing left that has not been asked for."""

    zh = "这次交接已经全部提交给企业微信，不能再取消。客户可以在 24 小时内自己拒绝。"
    en = "All of this handover is with WeCom already and cannot be called off. Customers may refuse within 24 hours."


@dataclass(frozen=True)
class Counted:
    """What became of how many, and by which code the platform refused how many."""

    customers: Mapping[str, int] = field(default_factory=dict)
    chats: Mapping[str, int] = field(default_factory=dict)
    codes: Mapping[int, int] = field(default_factory=dict)


@dataclass(frozen=True)
class HandedOver:
    """One customer of a transfer, as far as the reader may see her."""

    row: Handover
    customer: int  # 0: out of the reader's sight
    name: str


def transfers_of(member: Member) -> WorkspaceQuerySet[Transfer]:
    """Return the transfers from or to staff whom the member oversees."""
    rows = Transfer.objects.within(member.workspace)
    rows = rows.select_related("giver__staff", "taker__staff", "corp")
    if member.scope.is_everyone:
        return rows
    mine = member.scope.staff_ids
    return rows.filter(Q(giver__staff__in=mine) | Q(taker__staff__in=mine))


def transfer_of(member: Member, transfer_id: int, *, lock: bool = False) -> Transfer:
    """Return one.

    :raises NoSuchTransfer:
    """
    rows = transfers_of(member).filter(pk=transfer_id)
    found = (rows.select_for_update(of=("self",)) if lock else rows).first()
    if found is None:
        raise NoSuchTransfer
    return found


@transaction.atomic
def begin_transfer(
    member: Member,
    giver_id: int,
    taker_id: int,
    whom: Whom,
    *,
    message: str = "",
    now: datetime,
) -> Transfer:
    """Hand over whoever may go now; what is due tomorrow by the platform's limits goes tomorrow.

    :raises NoSuchStaff, SameMember, NotInOneCorp, CannotTakeOver, NobodyToHandOver, audiences.NotFound,
        WarehouseTooBusy:
    """
    pair = pair_of(member, giver_id, taker_id)
    judged, _ = judge(member, pair, whom, now=now)
    chats = judge_chats(pair, whom.chats, now=now)
    transfer = Transfer(
        workspace=member.workspace,
        corp=pair.corp,
        giver=pair.giver,
        taker=pair.taker,
        is_resigned=pair.is_resigned,
        message="" if pair.is_resigned else message,
        actor=member.actor,
        created_at=now,
        due_at=now,
        leased_until=now,
    )
    transfer.save()
    going = [
        {"external": each.external, "home": each.home} for each in judged if each.verdict == "goes"
    ]
    given: dict[str, Any] = {
        "workspace": member.workspace.pk,
        "corp": pair.corp.pk,
        "transfer": transfer.pk,
        "rows": msgspec.json.encode(going).decode(),
        "chats": [each.id for each in chats if each.verdict == "goes"],
    }
    people = run("transfers", "add", given).rowcount
    groups = run("transfers", "add_chats", given).rowcount
    if not people and not groups:
        raise NobodyToHandOver
    detail = {
        "giver": pair.giver.staff.name,
        "taker": pair.taker.staff.name,
        "is_resigned": pair.is_resigned,
        "people": people,
        "groups": groups,
    }
    _audit(member, "wecom.transfer_begun", transfer, detail, now)
    transaction.on_commit(lambda: wake("wecom.transfers"))
    return transfer


@transaction.atomic
def call_off_transfer(member: Member, transfer_id: int, *, now: datetime) -> Transfer:
    """Leave what has not been asked for where it is; what has been cannot be taken back.

    :raises NoSuchTransfer, TransferOver:
    """
    transfer = transfer_of(member, transfer_id, lock=True)
    called_off = {"state": HandoverState.CALLED_OFF, "ended_at": now}
    waiting = HandoverState.WAITING
    people = _of(Handover, transfer).filter(state=waiting).update(**called_off)
    groups = _of(ChatHandover, transfer).filter(state=waiting).update(**called_off)
    if not people and not groups:
        raise TransferOver
    live = [HandoverState.ASKED, HandoverState.BEGUN]
    if not any(_of(model, transfer).filter(state__in=live).exists() for model in _ROWS):
        transfer.state, transfer.over_at = TransferState.CALLED_OFF, now
        transfer.save(update_fields=["state", "over_at"])
    detail = {"people": people, "groups": groups}
    _audit(member, "wecom.transfer_called_off", transfer, detail, now)
    return transfer


def counted(transfers: Sequence[Transfer]) -> dict[int, Counted]:
    """Return of each of these transfers what became of whom."""
    if not transfers:
        return {}
    given = {
        "workspace": transfers[0].workspace_id,
        "transfers": [each.pk for each in transfers],
    }
    found: dict[int, tuple[dict[str, int], dict[str, int], dict[int, int]]] = {
        each.pk: ({}, {}, {}) for each in transfers
    }
    for place, statement in enumerate(("counts", "chat_counts")):
        for transfer, state, code, count in run("transfers", statement, given):
            states, codes = found[transfer][place], found[transfer][2]
            assert isinstance(states, dict)
            states[state] = states.get(state, 0) + count
            if code:
                codes[code] = codes.get(code, 0) + count
    return {pk: Counted(*parts) for pk, parts in found.items()}


def handovers_of(
    member: Member, transfer_id: int, page: PageIn, *, state: str = ""
) -> PageOf[HandedOver]:
    """Return the customers of a transfer, named as far as the member may see them.

    :raises NoSuchTransfer:
    """
    rows = _of(Handover, transfer_of(member, transfer_id))
    if state:
        rows = rows.filter(state=state)
    found = page_of(rows, page, order=("id",))
    today = customers.today(member.workspace, [each.home for each in found.items])
    lines = customers.lines_of(member, list(set(today.values())))
    shown = []
    for each in found.items:
        line = lines.get(today.get(each.home, 0))
        number, name = (line.customer.pk, line.customer.name) if line else (0, "")
        shown.append(HandedOver(each, number, name))
    return PageOf(shown, found.next)


def chats_of_transfer(member: Member, transfer_id: int, page: PageIn) -> PageOf[ChatHandover]:
    """Return the groups of a transfer.

    :raises NoSuchTransfer:
    """
    rows = _of(ChatHandover, transfer_of(member, transfer_id)).select_related("chat")
    return page_of(rows, page, order=("id",))


_ROWS: Sequence[type[Handover | ChatHandover]] = (Handover, ChatHandover)


def _of(model: Any, transfer: Transfer) -> Any:
    return model.objects.within(transfer.workspace_id).filter(transfer=transfer)


def _audit(
    member: Member, action: str, transfer: Transfer, detail: Mapping[str, object], now: datetime
) -> None:
    target = f"transfer:{transfer.pk}"
    record_audit(member.workspace, member.actor, action, target, detail=detail, now=now)
