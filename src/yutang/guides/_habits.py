"""What people bought and wanted, as far as it says something about today."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import NamedTuple

from yutang.customers import service as customers
from yutang.engines import named_sql, warehouse
from yutang.workspaces.models import Workspace

__all__ = ["Habit", "Wish", "habits_of"]

_SQL = named_sql("yutang.guides", "habits")
_LOOKED_AT = timedelta(days=3 * 365)  # habits change
_LATELY = timedelta(days=14)  # what was wanted longer ago is forgotten


@dataclass(frozen=True)
class Wish:
    """Something put in the cart or favourited, and not bought since."""

    type: str
    content: str
    at: datetime


@dataclass(frozen=True)
class Habit:
    """What one person bought; `dates` are the days on which she did, by the brand's clock."""

    dates: Sequence[date] = ()
    orders: int = 0
    spent_fen: int = 0
    bought_at: datetime | None = None
    complained_at: datetime | None = None
    wishes: Sequence[Wish] = ()

    @property
    def rhythm(self) -> int | None:
        """Return the usual number of days between purchases: the median, of two gaps at least."""
        gaps = sorted((later - sooner).days for sooner, later in pairwise(self.dates))
        return gaps[(len(gaps) - 1) // 2] if len(gaps) >= 2 else None


class _Row(NamedTuple):
    """A line of the warehouse's answer."""

    customer: int
    dates: Sequence[date]
    paid: int
    ordered: int
    paid_fen: int
    ordered_fen: int
    refunded_fen: int
    bought_at: datetime
    complained_at: datetime
    moves: Sequence[tuple[datetime, str, str]]


def habits_of(
    workspace: Workspace, customer_ids: Sequence[int], *, now: datetime
) -> Mapping[int, Habit]:
    """Return the habits of those of these customers who have any.

    :raises WarehouseTooBusy:
    """
    origins = customers.origins_of_several(workspace, customer_ids)
    if not origins:
        return {}
    asked = {
        "workspace": workspace.pk,
        "origins": list(origins),
        "customers": list(origins.values()),
        "zone": workspace.time_zone,
        "after": now - _LOOKED_AT,
        "lately": now - _LATELY,
        "upto": now,
    }
    rows = [_Row(*row) for row in warehouse().rows(_SQL["habits"], asked)]
    return {row.customer: _habit(row) for row in rows}


def _habit(row: "_Row") -> Habit:
    # Where nothing is told of payments, orders are what there is.
    orders, fen = (row.paid, row.paid_fen) if row.paid else (row.ordered, row.ordered_fen)
    return Habit(
        list(row.dates),
        orders,
        fen - row.refunded_fen,
        _instant(row.bought_at),
        _instant(row.complained_at),
        _wishes(row.moves),
    )


def _instant(at: datetime) -> datetime | None:
    return at.replace(tzinfo=UTC) if at.year > 1970 else None


def _wishes(moves: Sequence[tuple[datetime, str, str]]) -> list[Wish]:
    """Return what is still wanted, the newest first: buying the thing, or anything at all, ends it."""
    wanted: dict[tuple[str, str], Wish] = {}
    for at, kind, content in moves:
        if kind in {"pay", "order"}:
            wanted.clear()
        elif kind == "unfavorite":
            wanted.pop(("favorite", content), None)
        else:
            wanted[kind, content] = Wish(kind, content, at.replace(tzinfo=UTC))
    return sorted(wanted.values(), key=lambda each: each.at, reverse=True)
