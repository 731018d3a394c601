"""For journeys: which of these customers meet a condition now, and who entered or left since."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from yutang.audiences import _conditions
from yutang.audiences._conditions import audiences_in
from yutang.audiences._judging import aware
from yutang.audiences.models import Audience
from yutang.engines import named_sql, warehouse
from yutang.workspaces.models import Workspace

__all__ = ["Moved", "check", "everybody", "meet", "moves", "versions"]

SQL = named_sql("yutang.audiences", "meeting")


def check(workspace: Workspace, tree: Mapping[str, Any] | None) -> set[int]:
    """Refuse a condition that cannot be read or names what is gone; return the audiences it asks about.

    :raises ConditionUnreadable:
    """
    return audiences_in(_conditions.read(workspace, tree))


def meet(
    workspace: Workspace, tree: Mapping[str, Any], customers: Sequence[int], *, now: datetime
) -> set[int]:
    """Return those of these customers who meet a condition at `now`, as the warehouse shows them.

    What is still on its way there it does not see: see `events.is_drained`.

    :raises ConditionUnreadable, MineNeedsReader, WarehouseTooBusy:
    """
    condition = _conditions.recalled(workspace, tree)
    named = audiences_in(condition)
    in_use = Audience.objects.within(workspace).in_use().filter(pk__in=named)
    if named and in_use.count() < len(named):
        _conditions.read(workspace, tree)  # says which of them is gone
    framed = _conditions.frame(workspace, now=now, only=customers)
    statement = _conditions.members(condition, framed)
    rows = warehouse().rows(statement.sql, statement.parameters, lane="background")
    return {customer for (customer,) in rows}


def everybody(
    workspace: Workspace, tree: Mapping[str, Any], *, after: int, at_most: int, now: datetime
) -> list[int]:
    """Return who meets a condition at `now`, by number, those after this one.

    :raises ConditionUnreadable, MineNeedsReader, WarehouseTooBusy:
    """
    condition = _conditions.read(workspace, tree)
    statement = _conditions.members(condition, _conditions.frame(workspace, now=now))
    sql = SQL["page"].replace("/*condition*/", statement.sql)
    asked = statement.parameters | {"after": after, "limit": at_most}
    return [customer for (customer,) in warehouse().rows(sql, asked, lane="background")]


def versions(workspace_id: int, audience_ids: Iterable[int]) -> dict[int, int]:
    """Return up to which version the changes of each audience are complete; archived ones are left out."""
    rows = Audience.objects.within(workspace_id).in_use().filter(pk__in=list(audience_ids))
    return dict(rows.values_list("pk", "version"))


@dataclass(frozen=True, slots=True)
class Moved:
    """One customer entered (step 1) or left (-1) an audience."""

    version: int
    customer: int
    step: int
    at: datetime


def moves(
    workspace_id: int, audience_id: int, *, after: tuple[int, int], upto: int, at_most: int
) -> list[Moved]:
    """Return who entered and left, by version and number, after (version, customer)."""
    asked = {
        "workspace": workspace_id,
        "audience": audience_id,
        "version": after[0],
        "customer": after[1],
        "upto": upto,
        "limit": at_most,
    }
    rows = warehouse().rows(SQL["moves"], asked, lane="background")
    return [Moved(version, customer, step, aware(at)) for version, customer, step, at in rows]
