"""The door of events: record them, say what arrived, read one person's timeline, keep the catalogue.

    events.record(workspace, [events.NewEvent(type="order", customer=7, amount=12_800)], now=now)

Customers are numbers here; who they are, the apps above know.
"""

from yutang.events._arrivals import Arrived, announce, arrivals, cross_off
from yutang.events._catalogue import forget_known, known, shape_all
from yutang.events._columns import properties_column, record_columns
from yutang.events._draining import drain, is_drained, spool_mark, spooled
from yutang.events._recording import (
    AgainstItsDeclaration,
    MostlyAhead,
    NewEvent,
    Recorded,
    forget_receipts,
    record,
)
from yutang.events._shaping import Shape, shown, wrong

__all__ = [
    "AgainstItsDeclaration",
    "Arrived",
    "MostlyAhead",
    "NewEvent",
    "Recorded",
    "Shape",
    "announce",
    "arrivals",
    "cross_off",
    "drain",
    "forget_known",
    "forget_receipts",
    "is_drained",
    "known",
    "properties_column",
    "record",
    "record_columns",
    "shape_all",
    "shown",
    "spool_mark",
    "spooled",
    "wrong",
]
