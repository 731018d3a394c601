"""Asks the platform to hand over, each customer and group once; who dies in the midst leaves it to be looked for.

What is asked for is marked so before it is. No answer: the platform's own results tell whether it came, and
only what they do not know after a while is asked for again.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

import msgspec
from django.db import transaction
from django.db.models import F

from yutang.kit.errors import DomainError
from yutang.wecom._rows import run
from yutang.wecom.client.client import Client
from yutang.wecom.client.errors import NoAnswer, PlatformRefused
from yutang.wecom.client.limits import Lane, most
from yutang.wecom.models import ChatHandover, Handover, HandoverState, Transfer
from yutang.wecom.transfers.judging import chats_left_today
from yutang.wecom.transfers.reasons import OF_THE_PAIR

__all__ = ["NeverBetweenThese", "ask_chats", "ask_customers", "settle"]

_BUSY = {40100, 40129, 90507}
_OWNS_IT = 90504


class NeverBetweenThese(Exception):
    """The platform will not hand anything over between these two; `refusal` says why."""

    def __init__(self, refusal: PlatformRefused) -> None:
        super().__init__(refusal.errcode)
        self.refusal = refusal


def ask_customers(transfer: Transfer, *, now: datetime) -> bool:
    """Ask for the next customers; return whether there were any.

    :raises NeverBetweenThese, DomainError: what concerns all of it; those asked for wait again
    """
    given = _of(transfer) | {"now": now, "most": most("transfer_customers_per_call", transfer.corp)}
    rows = run("transfers", "ask", given).fetchall()
    if not rows:
        return False
    times = {external: count for _, external, count in rows}
    asked: dict[str, Any] = {
        "handover_userid": transfer.giver.spelling,
        "takeover_userid": transfer.taker.spelling,
        "external_userid": list(times),
    }
    api = "externalcontact/transfer_customer"
    if transfer.is_resigned:
        api = "externalcontact/resigned/transfer_customer"
    elif transfer.message:
        asked["transfer_success_msg"] = transfer.message
    try:
        answer = Client(transfer.corp).call(api, asked, lane=Lane.MASS)
    except DomainError as trouble:
        _was_refused(trouble, Handover, [pk for pk, _, _ in rows])
        return True
    takeover = now + timedelta(hours=most("transfer_refusal_hours", transfer.corp))
    told = [
        _answered(each, times, takeover_at=takeover, now=now)
        for each in answer.get("customer") or ()
        if each.get("external_userid") in times
    ]
    settle(transfer, told, now=now)
    return True


def _answered(
    answer: Mapping[str, Any], times: Mapping[str, int], *, takeover_at: datetime, now: datetime
) -> dict[str, Any]:
    """Read one customer's answer; that she is being handed over is ours if we had asked before."""
    external, code = str(answer["external_userid"]), int(answer.get("errcode") or 0)
    if code == 0 or (code in _BUSY and times[external] > 1):
        return {"external": external, "state": "begun", "code": 0, "takeover_at": takeover_at}
    return {"external": external, "state": "not_taken", "code": code, "ended_at": now}


def ask_chats(transfer: Transfer, *, now: datetime) -> int:
    """Ask for the next groups, as many as the day allows; return how many.

    :raises NeverBetweenThese, DomainError: what concerns all of it
    """
    room = min(
        most("group_transfers_per_call", transfer.corp), chats_left_today(transfer.giver, now=now)
    )
    with transaction.atomic():
        mine = ChatHandover.objects.within(transfer.workspace_id).filter(transfer=transfer)
        next_ones = mine.filter(state=HandoverState.WAITING).select_for_update(of=("self",))
        rows = list(next_ones.select_related("chat").order_by("pk")[:room])
        ids = [each.pk for each in rows]
        mine.filter(pk__in=ids).update(state=HandoverState.ASKED, asked_at=now)
    if not rows:
        return 0
    kind = "transfer" if transfer.is_resigned else "onjob_transfer"
    asked = {
        "chat_id_list": [each.chat.chat for each in rows],
        "new_owner": transfer.taker.spelling,
    }
    try:
        answer = Client(transfer.corp).call(
            f"externalcontact/groupchat/{kind}", asked, lane=Lane.MASS
        )
    except DomainError as trouble:
        _was_refused(trouble, ChatHandover, ids)
        return len(rows)
    failed = {
        str(each["chat_id"]): int(each.get("errcode") or 0)
        for each in answer.get("failed_chat_list") or ()
    }
    for each in rows:
        code = failed.get(each.chat.chat, 0)
        each.state = HandoverState.NOT_TAKEN if code else HandoverState.DONE
        if code == _OWNS_IT:
            each.state, code = HandoverState.DONE, 0
        each.code, each.ended_at = code, now
    ChatHandover.objects.bulk_update(rows, ["state", "code", "ended_at"])
    return len(rows)


def settle(transfer: Transfer, told: Sequence[Mapping[str, Any]], *, now: datetime) -> None:
    """Write down what the platform said of customers; only what is open changes."""
    if told:
        given = _of(transfer) | {"told": msgspec.json.encode(told).decode(), "now": now}
        run("transfers", "settle", given)


def _was_refused(
    trouble: DomainError, model: type[Handover | ChatHandover], ids: Sequence[int]
) -> None:
    """Let those asked for wait again, unless they may have been received; raise what it means for all."""
    if isinstance(trouble, NoAnswer) and trouble.began:
        return
    rows: Any = model
    again: dict[str, Any] = {"state": HandoverState.WAITING}
    if model is Handover:
        again["times"] = F("times") - 1  # it was not asked for after all
    rows.objects.filter(pk__in=ids, state=HandoverState.ASKED).update(**again)
    if isinstance(trouble, PlatformRefused) and trouble.errcode in OF_THE_PAIR:
        raise NeverBetweenThese(trouble)
    raise trouble


def _of(transfer: Transfer) -> dict[str, Any]:
    return {"workspace": transfer.workspace_id, "transfer": transfer.pk}
