"""What came of handing over: fetched until of everybody it is known, with relations that follow it.

The platform tells by callbacks too; they make a transfer due at once. What they lost, the results tell.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import structlog
from django.db.models import Max, Min, Q

from yutang.kit import clock
from yutang.kit.errors import DomainError
from yutang.wecom._rows import run
from yutang.wecom.callbacks.handlers import Told, handles
from yutang.wecom.client.client import Client
from yutang.wecom.client.limits import Lane
from yutang.wecom.models import (
    LIVE,
    ChatHandover,
    Corp,
    Handover,
    HandoverState,
    Transfer,
    TransferState,
)
from yutang.wecom.sync._calling import platform_of
from yutang.wecom.sync._hearing import look_at_chat, look_at_contact
from yutang.wecom.transfers.beginning import counted
from yutang.wecom.transfers.telling import NeverBetweenThese, ask_chats, ask_customers, settle
from yutang.workspaces.service import record_audit

__all__ = ["hand_over_due", "hurry"]

log = structlog.get_logger(__name__)

_AT_ONCE = 4
_CALLS_A_BEAT = 10
_LOOKS_A_BEAT = 200
_LEASE = timedelta(minutes=5)
_LATER = timedelta(minutes=2)
_FIRST_LOOK = timedelta(seconds=60)
_NEVER_CAME_AFTER = timedelta(minutes=10)
_PACE = timedelta(minutes=30)
_LAPSED_AFTER = timedelta(days=3)
_DONE, _WAITS, _REFUSED, _FULL, _UNKNOWN = 1, 2, 3, 4, 5
_ENDS: Mapping[int, HandoverState] = {
    _DONE: HandoverState.DONE,
    _REFUSED: HandoverState.REFUSED,
    _FULL: HandoverState.FULL,
}


@handles(
    "change_external_contact",
    "transfer_fail",
    "del_external_contact",
    name="transfers",
    batch=100,
)
def hurry(corp: Corp, told: Sequence[Told], *, now: datetime) -> None:
    """Make due at once what a callback speaks of: a refusal, or the end of the old relation."""
    externals = {str(each.fields.get("ExternalUserID") or "") for each in told} - {""}
    given = {"workspace": corp.workspace_id, "corp": corp.pk, "externals": list(externals)}
    run("transfers", "hurry", given | {"now": now})


def hand_over_due(*, now: datetime) -> bool:
    """Go on with transfers whose time has come; return whether there may be more at once."""
    given = {"now": now, "until": now + _LEASE, "most": _AT_ONCE}
    ids = [pk for (pk,) in run("transfers", "claim", given)]
    rows = Transfer.objects.filter(pk__in=ids)
    for transfer in rows.select_related("corp__workspace", "giver", "taker", "workspace"):
        due = _go_on(transfer, now)
        run(
            "transfers",
            "give_back",
            {
                "workspace": transfer.workspace_id,
                "transfer": transfer.pk,
                "due": due,
                "now": now,
            },
        )
    return len(ids) == _AT_ONCE


def _go_on(transfer: Transfer, now: datetime) -> datetime:
    """Do what there is to do of a transfer; return when there is more."""
    try:
        asked = 0
        while asked < _CALLS_A_BEAT and ask_customers(transfer, now=now):
            asked += 1
        chats = ask_chats(transfer, now=now)
        _look_at_chats(transfer, now)
        _look_at_customers(transfer, now)
        _say(transfer, None)
    except NeverBetweenThese as never:
        _refused(transfer, never, now)
        return now
    except DomainError as trouble:
        log.warning("transfer put off", transfer=transfer.pk, code=trouble.code())
        _say(transfer, trouble)
        return now + _LATER
    if asked == _CALLS_A_BEAT:
        return now
    return _next(transfer, now, chats)


def _next(transfer: Transfer, now: datetime, chats: int) -> datetime:
    """Return when to look again; a transfer of whom all is known is over."""
    mine = _handovers(transfer).filter(state__in=LIVE)
    groups = _chats(transfer).filter(state__in=LIVE)
    if not mine.exists() and not groups.exists():
        _over(transfer, TransferState.OVER, now)
        return now
    due = now + _PACE
    if (
        mine.filter(state=HandoverState.ASKED).exists()
        or groups.filter(state=HandoverState.ASKED).exists()
    ):
        due = min(due, now + _FIRST_LOOK)
    if mine.filter(state=HandoverState.WAITING).exists() or (chats and groups.exists()):
        due = min(due, now + _FIRST_LOOK)
    soonest = mine.filter(takeover_at__gt=now).aggregate(at=Min("takeover_at"))["at"]
    return min(due, soonest + timedelta(seconds=30)) if soonest else due


def _look_at_customers(transfer: Transfer, now: datetime) -> None:
    """Fetch what became of customers who were asked for, and let relations follow."""
    open_ = {
        each.external: each
        for each in _handovers(transfer).filter(
            state__in=[HandoverState.ASKED, HandoverState.BEGUN]
        )
    }
    if not open_:
        return
    if all(each.asked_at == now for each in open_.values()):
        return  # asked for a moment ago, and answered
    for page in _results(transfer):
        found = [each for each in page if each.get("external_userid") in open_]
        told = [_read(open_[str(each["external_userid"])], each, now) for each in found]
        for each in found:
            open_.pop(str(each["external_userid"]), None)
        news = [each for each in told if each is not None]
        done = [each["external"] for each in news if each["state"] == HandoverState.DONE]
        followed = _follow(transfer, done, now)
        settle(
            transfer,
            [
                each
                for each in news
                if each["state"] != HandoverState.DONE or each["external"] in followed
            ],
            now=now,
        )
    lost = [_unknown(row, now) for row in open_.values()]
    settle(transfer, [each for each in lost if each is not None], now=now)


def _results(transfer: Transfer) -> Iterator[Sequence[Mapping[str, Any]]]:
    api = "externalcontact/transfer_result"
    if transfer.is_resigned:
        api = "externalcontact/resigned/transfer_result"
    client, cursor = Client(transfer.corp), ""
    while True:
        asked = {
            "handover_userid": transfer.giver.spelling,
            "takeover_userid": transfer.taker.spelling,
            "cursor": cursor,
        }
        page = client.call(api, asked, lane=Lane.SYNC)
        yield page.get("customer") or ()
        cursor = str(page.get("next_cursor") or "")
        if not cursor:
            return


def _read(row: Handover, told: Mapping[str, Any], now: datetime) -> dict[str, Any] | None:
    """Return what a result says of a customer; None where it is of an earlier transfer, or no news."""
    status, seconds = int(told.get("status") or 0), int(told.get("takeover_time") or 0)
    at = datetime.fromtimestamp(seconds, UTC) if seconds else None
    line: dict[str, Any] = {"external": row.external, "code": 0}
    if status == _WAITS:
        return line | {"state": HandoverState.BEGUN, "takeover_at": at}
    if status == _UNKNOWN or status not in _ENDS:
        return _unknown(row, now)
    if row.state == HandoverState.ASKED and _is_of_before(row, status, at):
        return _unknown(row, now)
    return line | {"state": _ENDS[status], "ended_at": at or now}


def _is_of_before(row: Handover, status: int, at: datetime | None) -> bool:
    """Tell whether a result that nobody answered for speaks of an earlier transfer between the same two."""
    if status == _DONE and at is not None and row.asked_at is not None:
        return at < row.asked_at - timedelta(minutes=1)
    before = Handover.objects.within(row.workspace_id).filter(
        external=row.external,
        transfer__giver=row.transfer.giver_id,
        transfer__taker=row.transfer.taker_id,
        state=_ENDS[status],
    )
    return before.exists()


def _unknown(row: Handover, now: datetime) -> dict[str, Any] | None:
    """Return what becomes of a customer whom the results do not know."""
    line: dict[str, Any] = {"external": row.external, "code": 0}
    asked_at = row.asked_at or now
    if row.state == HandoverState.ASKED and now - asked_at > _NEVER_CAME_AFTER:
        return line | {"state": HandoverState.WAITING}
    if row.state == HandoverState.BEGUN and now - asked_at > _LAPSED_AFTER:
        return line | {"state": HandoverState.LAPSED, "ended_at": now}
    return None


def _follow(transfer: Transfer, externals: Sequence[str], now: datetime) -> set[str]:
    """Let relations here be as they are there; return of whom they are (the rest next time)."""
    if not externals:
        return set()
    given = {
        "workspace": transfer.workspace_id,
        "giver": transfer.giver_id,
        "taker": transfer.taker_id,
        "externals": list(externals),
    }
    behind = [external for (external,) in run("transfers", "not_followed", given)]
    left = set(behind[_LOOKS_A_BEAT:])
    platform = platform_of(transfer.corp, lane=Lane.MASS)
    fields = {"UserID": transfer.giver.spelling, "Source": "DELETE_BY_TRANSFER"}
    for external in behind[:_LOOKS_A_BEAT]:
        word = Told(
            0,
            "change_external_contact",
            "del_external_contact",
            fields | {"ExternalUserID": external},
            now,
            now,
        )
        try:
            look_at_contact(transfer.corp, platform, external, [word], clock.now)
        except DomainError as trouble:
            log.warning("handed over, not read", transfer=transfer.pk, code=trouble.code())
            left.add(external)
    return set(externals) - left


def _look_at_chats(transfer: Transfer, now: datetime) -> None:
    """Read the groups that were asked for: whose they are now tells what nobody answered."""
    platform = platform_of(transfer.corp, lane=Lane.MASS)
    asked = Q(state=HandoverState.ASKED)
    moved = Q(state=HandoverState.DONE, ended_at__gt=now - _NEVER_CAME_AFTER)
    unread = _chats(transfer).filter(asked | moved & ~Q(chat__owner=transfer.taker.userid))
    for row in unread.select_related("chat")[:_LOOKS_A_BEAT]:
        look_at_chat(transfer.corp, platform, row.chat.chat, [], clock.now)
        row.chat.refresh_from_db()
        if row.state != HandoverState.ASKED:
            continue
        if row.chat.owner == transfer.taker.userid:
            row.state, row.ended_at = HandoverState.DONE, now
        elif row.asked_at and now - row.asked_at > _NEVER_CAME_AFTER:
            row.state = HandoverState.WAITING
        row.save(update_fields=["state", "ended_at"])


def _refused(transfer: Transfer, never: NeverBetweenThese, now: datetime) -> None:
    """End what was not asked for yet: the platform never will. What has begun is still followed."""
    code = never.refusal.errcode
    ended = {"state": HandoverState.NOT_TAKEN, "code": code, "ended_at": now}
    _handovers(transfer).filter(state=HandoverState.WAITING).update(**ended)
    _chats(transfer).filter(state=HandoverState.WAITING).update(**ended)
    _say(transfer, never.refusal)
    if not any(rows(transfer).filter(state__in=LIVE).exists() for rows in (_handovers, _chats)):
        _over(transfer, TransferState.REFUSED, now)


def _over(transfer: Transfer, state: TransferState, now: datetime) -> None:
    last = _handovers(transfer).aggregate(at=Max("ended_at"))["at"]
    transfer.state, transfer.over_at = state, max(last or now, now)
    transfer.save(update_fields=["state", "over_at"])
    found = counted([transfer])[transfer.pk]
    record_audit(
        transfer.workspace,
        "system:wecom",
        "wecom.transfer_over",
        f"transfer:{transfer.pk}",
        detail={
            "asked": sum(found.customers.values()),
            "people": found.customers.get("done", 0),
            "groups": found.chats.get("done", 0),
        },
        now=now,
    )


def _say(transfer: Transfer, trouble: DomainError | None) -> None:
    zh, en = (trouble.sentence("zh"), trouble.sentence("en")) if trouble else ("", "")
    if (transfer.trouble_zh, transfer.trouble_en) != (zh[:300], en[:300]):
        transfer.trouble_zh, transfer.trouble_en = zh[:300], en[:300]
        transfer.save(update_fields=["trouble_zh", "trouble_en"])


def _handovers(transfer: Transfer) -> Any:
    return Handover.objects.within(transfer.workspace_id).filter(transfer=transfer)


def _chats(transfer: Transfer) -> Any:
    return ChatHandover.objects.within(transfer.workspace_id).filter(transfer=transfer)
