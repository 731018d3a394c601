"""A channel that only writes down what it would have sent: for trying things out."""

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection

from yutang.kit.clock import now as present
from yutang.kit.i18n import Text
from yutang.reach.channels.interface import (
    Account,
    Answer,
    Asked,
    Outcome,
    Outgoing,
    Receipt,
    ReceiptRefused,
    Setting,
)
from yutang.reach.models import PaperMessage

__all__ = ["Paper"]

_WRITE = """
    INSERT INTO reach_papermessage
        (workspace_id, account, token, customer, subject, parts, copies, at)
    SELECT %s, %s, given.token, given.customer, given.subject, given.parts, 1, %s
    FROM unnest(%s::uuid[], %s::bigint[], %s::text[], %s::jsonb[])
        AS given (token, customer, subject, parts)
    ORDER BY given.token
    ON CONFLICT (token) DO UPDATE SET copies = reach_papermessage.copies + 1
"""


class Paper:
    """Records. Told to by `acts`, it behaves as channels do on a bad day."""

    name = "paper"
    label = Text("纸上演练", "Paper: only writes down")
    channel = ""
    address_kind: str | None = None
    batch = 500
    patience = 10.0
    sure_after = 0.0
    parts = frozenset(
        {"text", "image", "link", "mini_program", "video", "file", "template", "html"}
    )
    can_look_up = True
    acknowledgement: Mapping[str, object] = {"ok": True}
    settings: Sequence[Setting] = (
        Setting(
            "acts",
            Text("演练情形", "How it behaves"),
            required=False,
            hint=Text(
                "不选则每条都记下；其他情形用来看出错时会怎样。",
                "By default it writes down everything; the rest shows what happens when things go wrong.",
            ),
            choices={
                "": Text("全部记下", "Writes down everything"),
                "fails": Text("全部拒绝", "Turns everything down"),
                "later": Text("要求稍后再发", "Wants it later"),
                "limited": Text("限流", "Has a limit"),
                "silent": Text("记下但不回答", "Writes down, and does not answer"),
                "lost": Text("没收到，也不回答", "Gets nothing, and does not answer"),
            },
        ),
    )

    def check(self, settings: Mapping[str, str]) -> Mapping[str, Text]:
        return {}

    def send(self, account: Account, batch: Sequence[Outgoing]) -> Sequence[Outcome]:
        acts = account.settings.get("acts", "")
        if acts in ("", "silent"):
            _write(account, batch)
        return [_ANSWERS[acts](each.token) for each in batch]

    def look_up(
        self, account: Account, asked: Sequence[Asked], *, now: datetime
    ) -> Mapping[UUID, Outcome]:
        written = set(
            PaperMessage.objects.within(account.workspace_id)
            .filter(token__in=[each.token for each in asked])
            .values_list("token", flat=True)
        )
        return {
            each.token: _sent(each.token)
            if each.token in written
            else Outcome(each.token, Answer.LATER, reason="never_came")
            for each in asked
        }

    def receipts(
        self, account: Account, headers: Mapping[str, str], body: bytes, *, now: datetime
    ) -> Sequence[Receipt]:
        raise ReceiptRefused("paper tells nothing afterwards")


def _write(account: Account, batch: Sequence[Outgoing]) -> None:
    columns: list[list[Any]] = [
        [each.token for each in batch],
        [each.customer for each in batch],
        [each.rendered.subject[:500] for each in batch],
        [json.dumps(list(each.rendered.parts), ensure_ascii=False) for each in batch],
    ]
    with connection.cursor() as cursor:
        cursor.execute(_WRITE, [account.workspace_id, account.id, present(), *columns])


def _sent(token: UUID) -> Outcome:
    return Outcome(token, Answer.SENT, provider_ref=f"paper:{token}")


_ANSWERS: Mapping[str, Callable[[UUID], Outcome]] = {
    "": _sent,
    "fails": lambda token: Outcome(token, Answer.FAILED, reason="turned_down"),
    "later": lambda token: Outcome(token, Answer.LATER, reason="busy"),
    "limited": lambda token: Outcome(
        token, Answer.LATER, reason="limited", rest=timedelta(seconds=30), counts=False
    ),
    "silent": lambda token: Outcome(token, Answer.UNKNOWN, reason="no_answer"),
    "lost": lambda token: Outcome(token, Answer.UNKNOWN, reason="no_answer"),
}
