"""The way out `wecom`: a message becomes part of a task that staff confirm, never sent by itself.

What `reach` lets through is gathered by content and sender; `making` tells the platform once nothing has come
for a while, `results` fetches what members did. Written down is handed over: a delivery's token is
gathered once, however often it is told.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec
from django.db import transaction

from yutang.kit.clock import now as present
from yutang.kit.i18n import Text
from yutang.reach.service import (
    Account,
    Answer,
    Asked,
    Outcome,
    Outgoing,
    Receipt,
    ReceiptRefused,
    Setting,
)
from yutang.wecom._rows import run
from yutang.wecom.models import Corp, CorpState, MassRecipient, RecipientState, StaffAccount
from yutang.wecom.ways.content import digest_of

__all__ = ["GATHERS_FOR", "MassMessages"]

# A campaign's portions follow each other within a second; a task is made when no more has come for as long.
GATHERS_FOR = timedelta(seconds=10)
# Everybody's content is the same on the platform: of contents that are nearly everybody's own, none is a mass.
_MOST_CONTENTS = 20
_ENDED = {
    RecipientState.SENT: Answer.SENT,
    RecipientState.NO_FRIEND: Answer.FAILED,
    RecipientState.HAD_OTHERS: Answer.FAILED,
    RecipientState.NOT_TAKEN: Answer.FAILED,
    RecipientState.NEVER: Answer.FAILED,
}


class MassMessages:
    """Customers' mass messages (add_msg_template), which each member confirms."""

    name = "wecom"
    label = Text("企业微信群发（员工确认后发出）", "WeCom mass messages, confirmed by staff")
    channel = "wecom"
    address_kind: str | None = "external_userid"
    batch = 500
    patience = 10.0
    sure_after = 0.0
    parts = frozenset({"text", "image", "link", "mini_program", "video", "file"})
    can_look_up = True
    acknowledgement: Mapping[str, object] = {}
    settings: Sequence[Setting] = (
        Setting(
            "corp_id",
            Text("企业 ID", "Corp ID"),
            hint=Text(
                "已在“企业微信”页连接的企业，以 ww 开头",
                "Of a corp that is connected on the WeCom page; begins with ww",
            ),
        ),
    )

    def check(self, settings: Mapping[str, str]) -> Mapping[str, Text]:
        if settings.get("corp_id", "").startswith(("ww", "wx", "wl")):
            return {}
        return {"corp_id": Text("应以 ww 开头", "should begin with ww")}

    def send(self, account: Account, batch: Sequence[Outgoing]) -> Sequence[Outcome]:
        corp = _corp(account)
        if corp is None or corp.state != CorpState.ACTIVE:
            rest = timedelta(minutes=1)
            return [
                Outcome(each.token, Answer.LATER, reason="account", rest=rest, counts=False)
                for each in batch
            ]
        digests = {each.token: digest_of(each.rendered.parts) for each in batch}
        if len(set(digests.values())) > _MOST_CONTENTS:
            said = "personal"
            return [Outcome(each.token, Answer.FAILED, reason=said) for each in batch]
        _gather(account, corp, batch, digests)
        return [
            Outcome(each.token, Answer.AWAITING_STAFF, provider_ref=str(each.token))
            for each in batch
        ]

    def look_up(
        self, account: Account, asked: Sequence[Asked], *, now: datetime
    ) -> Mapping[UUID, Outcome]:
        states = dict(
            MassRecipient.objects.within(account.workspace_id)
            .filter(token__in=[each.token for each in asked])
            .values_list("token", "state")
        )
        return {each.token: _found(each.token, states.get(each.token)) for each in asked}

    def receipts(
        self, account: Account, headers: Mapping[str, str], body: bytes, *, now: datetime
    ) -> Sequence[Receipt]:
        raise ReceiptRefused("the platform's results are fetched")


def _corp(account: Account) -> Corp | None:
    corps = Corp.objects.within(account.workspace_id)
    return corps.filter(corp_id=account.settings.get("corp_id", "")).first()


def _found(token: UUID, state: int | None) -> Outcome:
    if state is None:
        return Outcome(token, Answer.LATER, reason="never_came")
    answer = _ENDED.get(RecipientState(state), Answer.AWAITING_STAFF)
    return Outcome(token, answer, provider_ref=str(token))


@transaction.atomic
def _gather(
    account: Account, corp: Corp, batch: Sequence[Outgoing], digests: Mapping[UUID, bytes]
) -> None:
    """Add deliveries to the tasks of their content and sender; those that are in stay as they are."""
    userids = _userids(corp, {each.sender for each in batch if each.sender})
    keys = {each.token: (digests[each.token], userids.get(each.sender or 0, "")) for each in batch}
    parts = {digests[each.token]: each.rendered.parts for each in batch}
    now = present()
    for digest, sender in sorted(set(keys.values())):
        given = {
            "workspace": corp.workspace_id,
            "corp": corp.pk,
            "account": account.id,
            "digest": digest,
            "parts": _json(parts[digest]),
            "sender": sender,
            "due": now + GATHERS_FOR,
            "now": now,
        }
        mine = [each for each in batch if keys[each.token] == (digest, sender)]
        (task,) = run("mass", "gathering", given).fetchone() or (0,)
        people: dict[str, Any] = {
            "workspace": corp.workspace_id,
            "task": task,
            "tokens": ",".join(str(each.token) for each in mine),
            "customers": ",".join(str(each.customer) for each in mine),
            "addresses": "\x1f".join(each.address for each in mine),
        }
        run("mass", "recipients", people)


def _userids(corp: Corp, staff: set[int]) -> dict[int, str]:
    """Return how the platform calls those of the staff who may write to customers."""
    accounts = StaffAccount.objects.within(corp.workspace_id).filter(
        corp=corp, staff_id__in=staff, status=1
    )
    return dict(accounts.values_list("staff_id", "spelling"))


def _json(parts: Sequence[Mapping[str, Any]]) -> str:
    return msgspec.json.encode(list(parts)).decode()
