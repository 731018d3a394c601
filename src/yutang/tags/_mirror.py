"""The mirror: what PostgreSQL knows of taggings, written to the warehouse's `tags`.

Marks are left in the transaction that changes a tagging. Here, and only here, by whoever holds the
pulse's lock, they become rows with a rising version, then an announcement that tags of these customers
changed. A crash in between repeats it: the same state under a higher version.
"""

from collections.abc import Sequence
from typing import Any

import msgspec
from django.db import connection, transaction

from yutang.engines.service import warehouse
from yutang.events import service as events
from yutang.tags._statements import CROSS_OFF, MIRRORED
from yutang.tags.models import UnmirroredTagging
from yutang.workspaces.models import Workspace

__all__ = ["mirror_marked", "unmirrored"]

_AT_ONCE = 50_000
_NAMED_AT_MOST = 20_000  # customers an announcement names; of more it says “many”
_NEVER = "1970-01-01T00:00:00.000Z"
_FOREVER = "2299-01-01T00:00:00.000Z"


def unmirrored(workspace: Workspace, customer_ids: Sequence[int]) -> set[int]:
    """Return those of whom a tag changed that the warehouse does not show yet."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT customer FROM tags_unmirroredtagging WHERE workspace_id = %s"
            " AND customer = ANY(%s::bigint[])",
            [workspace.pk, "{" + ",".join(map(str, customer_ids)) + "}"],
        )
        return {customer for (customer,) in cursor.fetchall()}


def mirror_marked() -> bool:
    """Write one batch of marked taggings to the warehouse; True when there may be more."""
    marks = list(
        UnmirroredTagging.objects.order_by("pk").values_list("workspace_id", "pk")[:_AT_ONCE]
    )
    for workspace_id in sorted({workspace_id for workspace_id, _ in marks}):
        _mirror(workspace_id, [pk for owner, pk in marks if owner == workspace_id])
    return len(marks) == _AT_ONCE


def _mirror(workspace_id: int, marks: list[int]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('tags_mirror_version')")
        (version,) = cursor.fetchone()
        cursor.execute(MIRRORED, {"workspace": workspace_id, "marks": marks})
        rows = cursor.fetchall()
    lines = b"\n".join(_line(workspace_id, version, row) for row in rows)
    warehouse().insert_lines("tags", lines, token=f"tags:{version}")
    customers = sorted({row[1] for row in rows})
    with transaction.atomic():
        events.announce(
            workspace_id, "@tags", customers if len(customers) <= _NAMED_AT_MOST else None
        )
        with connection.cursor() as cursor:
            cursor.execute(CROSS_OFF, {"workspace": workspace_id, "marks": marks})


_encode = msgspec.json.Encoder().encode


def _line(workspace_id: int, version: int, row: Sequence[Any]) -> bytes:
    tag, customer, removed, tagged_at, expires_at = row
    return _encode(
        {
            "workspace": workspace_id,
            "tag": tag,
            "customer": customer,
            "tagged_at": tagged_at or _NEVER,
            "expires_at": expires_at or _FOREVER,
            "version": version,
            "removed": int(removed),
        }
    )
