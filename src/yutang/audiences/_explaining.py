"""Why one customer is in or out of a condition, as the asking member may see it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from yutang.audiences import _conditions, _vocabulary
from yutang.audiences.condition import Reason
from yutang.audiences.condition import explain as explained
from yutang.customers import service as customers
from yutang.workspaces.service import Member

__all__ = ["explain"]


def explain(
    member: Member,
    tree: Mapping[str, Any],
    customer_id: int,
    *,
    at: datetime | None = None,
    now: datetime,
) -> Reason:
    """Return node by node whether the condition holds for this customer, and what says so.

    Personal attributes are named, their values shown only to who may unmask them.

    :raises ConditionUnreadable, MineNeedsReader, customers.NotFound, WarehouseTooBusy:
    """
    condition = _conditions.recalled(member.workspace, tree)
    customer = customers.seen_one(member, customer_id)
    framed = _conditions.reader(member, now=at or now, only=[customer.pk])
    reason = explained(
        condition,
        framed,
        _vocabulary.lasting_words(member.workspace),
        show_personal=member.may("customers.unmask"),
    )
    if reason is None:  # not mirrored to the warehouse yet, or erased a moment ago
        raise customers.NotFound
    return reason
