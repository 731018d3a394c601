"""What became of a mass message's customers, told to `reach`: each delivery once, and only forwards."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from django.db import transaction

from yutang.reach import service as reach
from yutang.reach.service import Receipt, ReceiptState
from yutang.wecom._rows import run
from yutang.wecom.models import MassTask, RecipientState

__all__ = ["Ended", "end", "end_rest"]

_REASONS: Mapping[int, str] = {
    RecipientState.NO_FRIEND: "no_friend",
    RecipientState.HAD_OTHERS: "had_others",
    RecipientState.NOT_TAKEN: "no_friend",
}


@dataclass(frozen=True)
class Ended:
    """What became of one customer's."""

    address: str
    state: RecipientState
    at: datetime
    userid: str = ""


@transaction.atomic
def end(task: MassTask, found: Sequence[Ended], *, now: datetime) -> int:
    """Write down what became of customers and tell `reach`; return of how many that was news."""
    if not found:
        return 0
    told = [
        {"address": each.address, "state": int(each.state), "userid": each.userid, "at": each.at}
        for each in found
    ]
    given = {
        "workspace": task.workspace_id,
        "task": task.pk,
        "told": msgspec.json.encode(told).decode(),
    }
    news = run("mass", "ended", given).fetchall()
    _tell(task, [_receipt(token, state, at) for token, state, at in news], now)
    return len(news)


@transaction.atomic
def end_rest(task: MassTask, reason: str, *, now: datetime) -> int:
    """Nobody who still waits will get it; return how many those were."""
    given: dict[str, Any] = {
        "workspace": task.workspace_id,
        "task": task.pk,
        "state": int(RecipientState.NEVER),
    }
    tokens = [token for (token,) in run("mass", "rest_ends", given)]
    failed = ReceiptState.FAILED
    _tell(task, (Receipt(failed, now, token=each, reason=reason) for each in tokens), now)
    return len(tokens)


def _receipt(token: UUID, state: int, at: datetime) -> Receipt:
    if state == RecipientState.SENT:
        return Receipt(ReceiptState.SENT, at, token=token)
    return Receipt(ReceiptState.FAILED, at, token=token, reason=_REASONS[state])


def _tell(task: MassTask, receipts: Iterable[Receipt], now: datetime) -> None:
    told = list(receipts)
    if told:
        account = reach.account_of(task.workspace, task.account)
        reach.take_receipts(account, told, now=now)
    run("mass", "count", {"workspace": task.workspace_id, "task": task.pk})
