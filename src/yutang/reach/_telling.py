"""What became of deliveries becomes what happened to customers: an event for each change of state."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from yutang.engines import bound, named_sql
from yutang.events import service as events
from yutang.kit.late import late
from yutang.workspaces.models import Workspace

if TYPE_CHECKING:
    import polars as pl
else:
    pl = late("polars")


__all__ = ["tell"]

_SQL = named_sql("yutang.reach", "telling")
_AT_ONCE = 25_000
_COLUMNS = {
    "workspace": int,
    "state": str,
    "ts": int,
    "customer": int,
    "origin": int,
    "staff": int,
    "message": int,
    "sending": int,
    "channel": str,
    "purpose": str,
    "reason": str,
    "journey": int,
    "node": str,
}
# On its way is nothing that happened to anybody.
_UNTOLD = ["queued", "sending", "awaiting_staff"]


@transaction.atomic
def tell(*, now: datetime) -> bool:
    """Record what changed as events, each once; True when there may be more.

    A change is taken out in the transaction that puts its event into the spool.
    """
    rows = bound(_SQL["take"], {"limit": _AT_ONCE}).fetchall()
    if not rows:
        bound(_SQL["orphans"], {})
        return False
    table = pl.DataFrame(rows, schema=_COLUMNS, orient="row")
    told = table.filter(~pl.col("state").is_in(_UNTOLD), pl.col("customer") > 0).sort("ts")
    for (workspace,), part in told.group_by("workspace"):
        events.record_columns(Workspace(pk=int(str(workspace))), _as_events(part), now=now)
    return len(rows) == _AT_ONCE


def _as_events(part: pl.DataFrame) -> pl.DataFrame:
    def said(name: str) -> pl.Series:
        return part[name].set(part[name] == "", None)

    properties = events.properties_column(
        len(part),
        {name: said(name) for name in ("channel", "purpose", "reason", "node")},
        {"journey": part["journey"]},
        {},
    )
    return part.select(
        ("delivery." + pl.col("state")).alias("type"),
        "ts",
        "customer",
        "origin",
        "staff",
        pl.col("message").cast(pl.String).alias("content"),
        pl.col("sending").cast(pl.String).alias("campaign"),
        pl.lit("reach").alias("source"),
        properties.alias("properties"),
    )
