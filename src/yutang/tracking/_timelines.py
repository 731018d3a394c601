"""A customer's timeline, within what a member may see: events know numbers only, people are known here."""

from collections.abc import Sequence
from dataclasses import replace

from yutang.customers import service as customers
from yutang.events import service as events
from yutang.events.service import TimelineEvent
from yutang.kit.pages import PageOf
from yutang.workspaces.models import Workspace
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
    origins = customers.origins_seen(member, customer_id)
    page = events.timeline(member.workspace, origins, before=before, types=types, limit=limit)
    return PageOf(_with_groups(member.workspace, page.items), page.next)


def _with_groups(workspace: Workspace, shown: Sequence[TimelineEvent]) -> list[TimelineEvent]:
    """Say what the groups are called; events know their numbers only."""
    numbers = {each.group for each in shown if each.group}
    if not numbers:
        return list(shown)
    groups = customers.groups_of(workspace) | customers.groups_of(workspace, archived=True)
    called = {group.pk: group.name for group in groups.filter(pk__in=numbers)}
    return [
        replace(each, names={**each.names, "group": called[each.group]})
        if each.group in called
        else each
        for each in shown
    ]
