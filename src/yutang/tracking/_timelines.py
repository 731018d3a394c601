"""A customer's timeline, within what a member may see: events know numbers only, people are known here."""

from collections.abc import Sequence

from yutang.customers import service as customers
from yutang.events import service as events
from yutang.events.service import TimelineEvent
from yutang.kit.pages import PageOf
from yutang.workspaces.service import Member

__all__ = ["timeline"]


def timeline(
    member: Member,
    customer_id: int,
    *,
    before: str | None = None,
    types: Sequence[str] = (),
    limit: int = 50,
) -> PageOf[TimelineEvent]:
    """Return a page of what a customer did, newest first, whoever she was known as at the time.

    :raises customers.NotFound, CursorUnknown, WarehouseTooBusy:
    """
    customer = customers.seen_one(member, customer_id)
    origins = customers.origins(member.workspace, customer.pk)
    return events.timeline(member.workspace, origins, before=before, types=types, limit=limit)
