"""Takes what was told to those who make something of it, again and again until it is done.

At least once: a callback is taken with a lease, handled outside of any transaction, and crossed off. Who
dies in between leaves it to the next. One of a batch that cannot be handled does not hold up the others: a
batch that raises is done again one by one.
"""

import random
import threading
import time
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import structlog
from django.db import transaction

from yutang.kit import clock
from yutang.kit.errors import DomainError
from yutang.kit.metrics import counter
from yutang.wecom._rows import run
from yutang.wecom.callbacks.envelope import CallbackUnreadable
from yutang.wecom.callbacks.handlers import Handler, Told, handler_named, names
from yutang.wecom.callbacks.reading import read
from yutang.wecom.callbacks.rush import give_way
from yutang.wecom.models import Corp

__all__ = ["LATER", "PAUSES", "handle_due"]

log = structlog.get_logger(__name__)

_LEASE = timedelta(minutes=5)
# Seconds until the next try after the first, second … one; then somebody looks at it.
PAUSES = [2, 10, 60, 300, 1800, 7200, 21600]
# The answer of a handler for what it could not do yet, through no fault of the callback's.
LATER = "later"
_HANDLED = counter("yutang_wecom_handled", "Callbacks handled.", "handler", "outcome")


class _Spent(threading.local):
    """How long this thread worked on its last batch."""

    seconds = 0.0


_spent = _Spent()


def handle_due(*, urgent: bool) -> bool:
    """Hand out what is due, a batch per corp and handler; True where there may be more.

    What is not urgent waits a little while callbacks come in a rush.
    """
    now = clock.now()
    due = run("callbacks", "due", {"handlers": names(urgent=urgent), "now": now}).fetchall()
    random.shuffle(due)  # of several who do this, each begins elsewhere
    more = False
    for name, corp in due:
        if not urgent:
            give_way(_spent.seconds)
        began = time.monotonic()
        more = _take(name, corp) or more
        _spent.seconds = time.monotonic() - began
    return more


def _take(name: str, corp_id: int) -> bool:
    handler = handler_named(name)
    corp = Corp.objects.filter(pk=corp_id).select_related("workspace").first()
    if handler is None or corp is None:
        return False
    now = clock.now()
    lease = uuid4()
    with transaction.atomic():
        rows = run(
            "callbacks",
            "claim",
            {
                "handler": name,
                "corp": corp_id,
                "most": handler.batch,
                "lease": lease,
                "until": now + _LEASE,
                "now": now,
            },
        ).fetchall()
    if rows:
        _handle(handler, corp, lease, [_told(row) for row in rows])
    return len(rows) == handler.batch


def _told(row: Sequence[Any]) -> Told:
    id_, event, change_type, body, *times = row
    try:
        fields = read(body)
    except CallbackUnreadable:
        fields = {}
    return Told(id_, event, change_type, fields, *times)


def _handle(handler: Handler, corp: Corp, lease: UUID, told: Sequence[Told]) -> None:
    refused = _tried(handler, corp, told)
    if refused is None:  # one of them, or all: each by itself tells
        refused = {}
        for each in told:
            alone = _tried(handler, corp, [each], is_last=True)
            refused |= alone or {}
    done = [each.id for each in told if each.id not in refused]
    _settle(lease, done, refused)
    _HANDLED.labels(handler.name, "done").inc(len(done))
    _HANDLED.labels(handler.name, "put_off").inc(len(refused))


def _tried(
    handler: Handler, corp: Corp, told: Sequence[Told], *, is_last: bool = False
) -> Mapping[int, str] | None:
    """Return why some were not done; None where the batch raised and its members are to be tried alone."""
    try:
        return handler.run(corp, told, now=clock.now()) or {}
    except DomainError as refused:
        if len(told) > 1 and not is_last:
            return None
        return {each.id: refused.sentence("zh") for each in told}
    except Exception as reason:
        if len(told) > 1 and not is_last:
            return None
        log.exception("callback not handled", handler=handler.name, callback=told[0].id)
        return {each.id: type(reason).__name__ for each in told}


@transaction.atomic
def _settle(lease: UUID, done: Sequence[int], refused: Mapping[int, str]) -> None:
    now = clock.now()
    if done:
        run("callbacks", "done", {"lease": lease, "callbacks": list(done)})
    later = [id_ for id_, reason in refused.items() if reason == LATER]
    if later:
        soon = now + timedelta(seconds=PAUSES[0])
        given = {"lease": lease, "callbacks": later, "until": soon, "reason": LATER}
        run("callbacks", "give_back", given)
    for id_, reason in refused.items():
        if reason != LATER:
            given = {"lease": lease, "callback": id_, "reason": reason[:300], "pauses": PAUSES}
            run("callbacks", "put_off", given | {"now": now})
