"""The way out `wecom`: a message becomes part of a task that staff confirm, never sent by itself.

What `reach` lets through is gathered by content and sender; `making` tells the platform once nothing has come
for a while, `results` fetches what members did. Written down is handed over: a delivery's token is
gathered once, however often it is told.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

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
from yutang.wecom.models import (
    Corp,
    CorpState,
    MassKind,
    MassRecipient,
    RecipientState,
    StaffAccount,
)
from yutang.wecom.ways.content import digest_of
from yutang.wecom.ways.gathering import Gathered, One, gather

__all__ = ["GATHERS_FOR", "MassMessages", "corp_behind", "found_by", "hand_over", "userids_of"]

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


Gathers = Callable[[Account, Corp, Sequence[Outgoing], Mapping[UUID, bytes]], None]


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
        return hand_over(account, batch, _gather)

    def look_up(
        self, account: Account, asked: Sequence[Asked], *, now: datetime
    ) -> Mapping[UUID, Outcome]:
        return found_by(account, asked)

    def receipts(
        self, account: Account, headers: Mapping[str, str], body: bytes, *, now: datetime
    ) -> Sequence[Receipt]:
        raise ReceiptRefused("the platform's results are fetched")


def hand_over(account: Account, batch: Sequence[Outgoing], gathers: Gathers) -> list[Outcome]:
    """Gather deliveries into tasks and say that staff are awaited; who has more contents than a mass has, fails."""
    corp = corp_behind(account)
    if corp is None or corp.state != CorpState.ACTIVE:
        rest = timedelta(minutes=1)
        return [
            Outcome(each.token, Answer.LATER, reason="account", rest=rest, counts=False)
            for each in batch
        ]
    digests = {each.token: digest_of(each.rendered.parts) for each in batch}
    if len(set(digests.values())) > _MOST_CONTENTS:
        return [Outcome(each.token, Answer.FAILED, reason="personal") for each in batch]
    gathers(account, corp, batch, digests)
    awaited = Answer.AWAITING_STAFF
    return [Outcome(each.token, awaited, provider_ref=str(each.token)) for each in batch]


def corp_behind(account: Account) -> Corp | None:
    """Return the corp an account of reach’s names."""
    corps = Corp.objects.within(account.workspace_id)
    return corps.filter(corp_id=account.settings.get("corp_id", "")).first()


def found_by(account: Account, asked: Sequence[Asked]) -> Mapping[UUID, Outcome]:
    """Return what became of deliveries, from what was written down of them."""
    states = dict(
        MassRecipient.objects.within(account.workspace_id)
        .filter(token__in=[each.token for each in asked])
        .values_list("token", "state")
    )
    return {each.token: _found(each.token, states.get(each.token)) for each in asked}


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
    userids = userids_of(corp, {each.sender for each in batch if each.sender})
    keys = {each.token: (digests[each.token], userids.get(each.sender or 0, "")) for each in batch}
    now = present()
    for digest, sender in sorted(set(keys.values())):
        mine = [each for each in batch if keys[each.token] == (digest, sender)]
        kind = MassKind.CUSTOMERS
        what = Gathered(kind, digest, mine[0].rendered.parts, sender, account.id, mine[0].purpose)
        whom = [One(each.token, each.address, each.customer) for each in mine]
        gather(corp, what, whom, due=now + GATHERS_FOR, now=now)


def userids_of(corp: Corp, staff: set[int]) -> dict[int, str]:
    """Return how the platform calls those of the staff who may write to customers."""
    accounts = StaffAccount.objects.within(corp.workspace_id).filter(
        corp=corp, staff_id__in=staff, status=1
    )
    return dict(accounts.values_list("staff_id", "spelling"))
