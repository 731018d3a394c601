"""Background work of events: the spool is drained within half a second, receipts expire."""

from datetime import timedelta

from django.conf import settings

from yutang.events import service as events
from yutang.kit import clock
from yutang.kit.pulse import pulse

__all__ = ["drain", "forget_receipts"]


@pulse("events.drain", every=0.5, rest=0.5)
def drain() -> bool:
    """Move what is spooled into the warehouse; True means there may be more at once.

    A single event is there at once; of a stream, half a second's are taken together: small inserts cost
    the warehouse as much again in merges.
    """
    return events.drain()


@pulse("events.forget_receipts", every=600)
def forget_receipts() -> bool:
    """Forget the receipts of events accepted longer ago than YUTANG_RECEIPT_DAYS."""
    before = clock.now() - timedelta(days=settings.YUTANG_RECEIPT_DAYS)
    return events.forget_receipts(before) > 0
