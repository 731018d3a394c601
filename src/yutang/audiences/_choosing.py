"""Whom a condition chose at an instant that has passed, and who came and went, as columns."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from yutang.audiences import _conditions
from yutang.audiences.models import Audience
from yutang.engines import named_sql, warehouse
from yutang.workspaces.models import Workspace

if TYPE_CHECKING:
    import polars as pl

__all__ = ["changes_upto", "chosen_at"]

_SQL = named_sql("yutang.audiences", "choosing")


def chosen_at(
    workspace: Workspace,
    tree: Mapping[str, Any],
    *,
    at: datetime,
    among: Sequence[int] | None = None,
) -> "pl.Series":
    """Return who met a condition at an instant, in no order.

    Events and dates are those of the instant; what customers are is what they are today.

    :raises ConditionUnreadable, MineNeedsReader, WarehouseTooBusy:
    """
    framed = _conditions.frame(workspace, now=at, only=among)
    statement = _conditions.members(_conditions.recalled(workspace, tree), framed)
    return warehouse().frame(statement.sql, statement.parameters, lane="background").to_series()


def changes_upto(workspace: Workspace, audience_id: int, *, upto: datetime) -> "pl.DataFrame":
    """Return everybody's entering (step 1) and leaving (-1) of an audience: customer, at (ms), step.

    In order of time; empty where the audience is gone or was never refreshed.

    :raises WarehouseTooBusy:
    """
    version = Audience.objects.within(workspace).filter(pk=audience_id).values_list("version")
    asked = {
        "workspace": workspace.pk,
        "audience": audience_id,
        "version": (version.first() or (0,))[0],
        "upto": upto,
    }
    return warehouse().frame(_SQL["changes"], asked, lane="background")
