"""Dead letters: what was given up or turned down may be sent again, when somebody asks for it."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from yutang.customers import service as customers
from yutang.kit.pulse import wake
from yutang.reach._rows import run
from yutang.workspaces.service import Member, record_audit

__all__ = ["MOST_RESENT", "resend"]

MOST_RESENT = 10_000


@transaction.atomic
def resend(
    member: Member,
    *,
    tokens: Sequence[UUID] = (),
    sending_id: int | None = None,
    unknown_too: bool = False,
    now: datetime,
) -> int:
    """Queue failed deliveries again, named one by one or all of a sending; return how many.

    `unknown_too` also sends what may have arrived already. Before it leaves, who may be reached is
    looked at again, as always.
    """
    given = {
        "workspace": member.workspace.pk,
        "tokens": ",".join(map(str, tokens)),
        "sending": sending_id,
        "states": "failed,unknown" if unknown_too else "failed",
        "most": MOST_RESENT,
    }
    if not tokens and sending_id is None:
        return 0
    found = run("receipts", "resendable", given).fetchall()
    mine = customers.visible(member, sorted({customer for _, customer in found}))
    ids = [id_ for id_, customer in found if customer in mine]
    if not ids:
        return 0
    run("receipts", "resend", {"ids": ",".join(map(str, ids)), "now": now, **given})
    record_audit(
        member.workspace,
        member.actor,
        "reach.resent",
        f"sending:{sending_id}" if sending_id is not None else "deliveries",
        detail={"count": len(ids), "unknown_too": unknown_too},
        now=now,
    )
    transaction.on_commit(lambda: wake("reach.dispatch"))
    return len(ids)
