"""What became of a task's customers and groups, told to `reach`: each delivery once, and only forwards.

What has no deliveries (a message to groups, a post made by hand) is told as whom it was for and whom it reached.
"""

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from django.db import transaction

from yutang.customers import service as customers
from yutang.reach import service as reach
from yutang.reach.service import Receipt, ReceiptState
from yutang.wecom._rows import run
from yutang.wecom.models import ChatMember, MassKind, MassRecipient, MassTask, RecipientState

__all__ = ["Ended", "end", "end_rest", "expose_groups", "expose_post"]

_SENT = RecipientState.SENT
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
    if task.account:
        _tell(task, [_receipt(token, state, at) for token, state, at, *_ in news], now)
    else:
        reached = [(address, home, at) for _, state, at, address, home in news if state == _SENT]
        _reached(task, reached)
        _count(task)
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
    if task.account:
        _tell(task, (Receipt(failed, now, token=each, reason=reason) for each in tokens), now)
    else:
        _count(task)
    return len(tokens)


def expose_groups(task: MassTask, now: datetime, *chats: str, reached: bool = False) -> None:
    """Write down who is in the groups of a task (in these, by default), and that it reached them."""
    recipients = MassRecipient.objects.within(task.workspace_id).filter(task=task)
    wanted = chats or tuple(recipients.values_list("external_userid", flat=True).distinct())
    members = ChatMember.objects.within(task.workspace_id).filter(
        chat__corp=task.corp_id, chat__chat__in=wanted, home__gt=0
    )
    by_chat: dict[str, set[int]] = {}
    for chat, home in members.values_list("chat__chat", "home"):
        by_chat.setdefault(chat, set()).add(home)
    for chat, homes in sorted(by_chat.items()):
        _expose(task, homes, f"group:{task.pk}:{chat}", now if reached else None)


def expose_post(task: MassTask, homes: Iterable[int], at: datetime | None = None) -> None:
    """Write down whom a post is for, and with `at`, that it was shown to them."""
    _expose(task, set(homes), f"moments:{task.pk}", at)


def _expose(task: MassTask, homes: AbstractSet[int], key: str, reached_at: datetime | None) -> None:
    today = customers.origins_of_several(task.workspace, sorted(homes))
    reach.expose(
        task.workspace,
        {home: today[home] for home in sorted(homes) if home in today},
        channel="group" if task.kind == MassKind.GROUPS else "moments",
        key=key,
        at=task.asked_at or task.created_at,
        reached_at=reached_at,
        purpose=task.purpose,
        journey=task.journey,
    )


def _reached(task: MassTask, told: Sequence[tuple[str, int, datetime]]) -> None:
    if task.kind == MassKind.GROUPS:
        for chat, _, at in told:
            expose_groups(task, at, chat, reached=True)
    else:
        by_instant: dict[datetime, list[int]] = {}
        for _, home, at in told:
            by_instant.setdefault(at, []).append(home)
        for at, homes in by_instant.items():
            expose_post(task, homes, at)


def _receipt(token: UUID, state: int, at: datetime) -> Receipt:
    if state == RecipientState.SENT:
        return Receipt(ReceiptState.SENT, at, token=token)
    return Receipt(ReceiptState.FAILED, at, token=token, reason=_REASONS[state])


def _tell(task: MassTask, receipts: Iterable[Receipt], now: datetime) -> None:
    told = list(receipts)
    if told:
        account = reach.account_of(task.workspace, task.account)
        reach.take_receipts(account, told, now=now)
    _count(task)


def _count(task: MassTask) -> None:
    run("mass", "count", {"workspace": task.workspace_id, "task": task.pk})
