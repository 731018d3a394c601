"""Tags leave when their time is over: the row goes, the history says so, the mirror follows."""

from collections.abc import Sequence
from datetime import datetime

from django.db import connection, transaction

from yutang.kit.pulse import wake
from yutang.tags import _exclusivity as exclusivity
from yutang.tags._statements import EXPIRE
from yutang.tags._tagging import count_down
from yutang.tags.models import Tagging
from yutang.workspaces.models import Workspace

__all__ = ["expire_due"]

_AT_ONCE = 5000


def expire_due(*, now: datetime) -> bool:
    """End the taggings whose time is over, some thousands at a time; True when there may be more."""
    due = list(
        Tagging.objects.filter(expires_at__lte=now)
        .order_by("expires_at")
        .values_list("workspace_id", "tag_id", "pk")[:_AT_ONCE]
    )
    for workspace_id in sorted({row[0] for row in due}):
        rows = [row for row in due if row[0] == workspace_id]
        _expire(workspace_id, [row[1] for row in rows], [row[2] for row in rows], now)
    return len(due) == _AT_ONCE


@transaction.atomic
def _expire(
    workspace_id: int, tag_ids: Sequence[int], taggings: Sequence[int], now: datetime
) -> None:
    workspace = Workspace(pk=workspace_id)
    exclusivity.lock_tags(workspace, tag_ids)
    with connection.cursor() as cursor:
        cursor.execute(EXPIRE, {"workspace": workspace_id, "taggings": list(taggings), "now": now})
        count_down(workspace, cursor.fetchall())
    transaction.on_commit(lambda: wake("tags.mirror"))
