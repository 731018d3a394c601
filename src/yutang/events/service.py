"""The door of events: record them, say what arrived, read one person's timeline, keep the catalogue.

    events.record(workspace, [events.NewEvent(type="order", customer=7, amount=12_800)], now=now)

Customers are numbers here; who they are, the apps above know.
"""

from yutang.events._arrivals import Arrived, announce, arrivals, cross_off
from yutang.events._catalogue import forget_known, known, shape_all
from yutang.events._columns import (
    claim_receipts,
    properties_column,
    record_columns,
    restore_receipts,
)
from yutang.events._draining import drain, is_drained, spool_mark, spooled
from yutang.events._editing import (
    CatalogueEntry,
    CatalogueFull,
    KindFixed,
    NotATypeName,
    PropertyNotFound,
    PropertyTaken,
    TypeInUse,
    TypeNotFound,
    TypeTaken,
    add_property,
    add_type,
    change_property,
    change_type,
    entries,
    entry,
    remove_type,
)
from yutang.events._hearing import (
    HEARD_AFTER,
    Heard,
    Said,
    cross_off_heard,
    forget_heard,
    hear,
    heard,
    heard_of,
)
from yutang.events._past import MOST_PAST, TooMuchPast, past
from yutang.events._recording import (
    AgainstItsDeclaration,
    MostlyAhead,
    NewEvent,
    Recorded,
    forget_receipts,
    milliseconds,
    record,
)
from yutang.events._rhythm import rhythms
from yutang.events._shaping import Shape, shown, wrong
from yutang.events._timeline import TimelineEvent, timeline

__all__ = [
    "HEARD_AFTER",
    "MOST_PAST",
    "AgainstItsDeclaration",
    "Arrived",
    "CatalogueEntry",
    "CatalogueFull",
    "Heard",
    "KindFixed",
    "MostlyAhead",
    "NewEvent",
    "NotATypeName",
    "PropertyNotFound",
    "PropertyTaken",
    "Recorded",
    "Said",
    "Shape",
    "TimelineEvent",
    "TooMuchPast",
    "TypeInUse",
    "TypeNotFound",
    "TypeTaken",
    "add_property",
    "add_type",
    "announce",
    "arrivals",
    "change_property",
    "change_type",
    "claim_receipts",
    "cross_off",
    "cross_off_heard",
    "drain",
    "entries",
    "entry",
    "forget_heard",
    "forget_known",
    "forget_receipts",
    "hear",
    "heard",
    "heard_of",
    "is_drained",
    "known",
    "milliseconds",
    "past",
    "properties_column",
    "record",
    "record_columns",
    "remove_type",
    "restore_receipts",
    "rhythms",
    "shape_all",
    "shown",
    "spool_mark",
    "spooled",
    "timeline",
    "wrong",
]
