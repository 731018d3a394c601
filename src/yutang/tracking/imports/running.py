"""Runs an import: block by block, while the next block is read beside it.

One process at a time runs an import (an advisory lock of PostgreSQL, which a killed process loses).
Each block and the checkpoint are one transaction, so that after any end the next run goes on with
the first row that is not in.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

import structlog
from django.db import connection
from django.db.models import F

from yutang.events import service as events
from yutang.kit.ahead import read_ahead
from yutang.kit.errors import DomainError
from yutang.kit.i18n import Text
from yutang.kit.pulse import wake
from yutang.tracking.imports.keeping import keep_or_forget
from yutang.tracking.imports.mapping import ImportMapping
from yutang.tracking.imports.models import Import, ImportState
from yutang.tracking.imports.readers import BLOCK_ROWS, Block
from yutang.tracking.imports.recording import forget_shared, is_past_receipts
from yutang.tracking.imports.storage import calling_it, source_of
from yutang.tracking.imports.taking import Prepared, prepare, take

__all__ = ["ImportAlreadyRunning", "is_running", "run"]

log = structlog.get_logger(__name__)
Clock = Callable[[], datetime]

_MOST_SPOOLED = 400_000  # events waiting for the warehouse; beyond, the import waits too
_LOCK_SPACE = 1_230_001  # the first half of our advisory locks' numbers


class ImportAlreadyRunning(DomainError):
    """Another process is at it."""

    zh = "“{file}”正在导入，进度见导入列表。"
    en = "“{file}” is being imported already; the list of imports shows how far it is."


def run(
    import_id: int,
    *,
    clock: Clock,
    progress: Callable[[Import], None] = lambda _: None,
    pause: Callable[[], None] | None = None,
    block_rows: int = BLOCK_ROWS,
) -> Import:
    """Run an import from where it is to its end, or until somebody stops it; return how it stands.

    `progress` is called after each block; `pause`, when too much waits for the warehouse.

    :raises ImportAlreadyRunning:
    """
    with _alone(import_id):
        it = Import.objects.select_related("workspace").get(pk=import_id)
        Import.objects.filter(pk=it.pk).update(
            state=ImportState.RUNNING,
            began_at=it.began_at or clock(),
            stopped_zh="",
            stopped_en="",
        )
        try:
            with calling_it(it.name):
                end = _blocks(it, clock, progress, pause or _let_drain, block_rows)
        except DomainError as refusal:
            end = Text(refusal.sentence("zh"), refusal.sentence("en"))
        now, why = clock(), end or Text("", "")
        Import.objects.filter(pk=it.pk).update(
            state=ImportState.STOPPED if end else ImportState.DONE,
            stop_asked=False,
            finished_at=now,
            stopped_zh=why.zh[:500],
            stopped_en=why.en[:500],
        )
        it.refresh_from_db()
        if not end:
            forget_shared(it)
        keep_or_forget(it, now=now)
        log.info(
            "import ended", import_id=it.pk, state=it.state, rows=it.rows_read, bad=it.rows_bad
        )
        return it


_ASKED = Text("有人停下了它", "Somebody stopped it")


def _blocks(
    it: Import,
    clock: Clock,
    progress: Callable[[Import], None],
    pause: Callable[[], None],
    rows: int,
) -> Text | None:
    """Take block after block; return why it ended before the end, if it did."""
    mapping = ImportMapping.model_validate(it.mapping)
    source = source_of(it, mapping.format)
    is_late = is_past_receipts(it, now=clock())
    began = time.monotonic()
    for prepared in _ahead(source.blocks(skip=it.rows_read, rows=rows), mapping, clock):
        taken = take(it, prepared, is_late=is_late)
        it.rows_bad += len(taken.bad)
        spent, began = time.monotonic() - began, time.monotonic()
        Import.objects.filter(pk=it.pk).update(seconds=F("seconds") + spent)
        it.refresh_from_db()
        progress(it)
        if it.stop_asked:
            return _ASKED
        while events.spooled() > _MOST_SPOOLED:
            pause()
    return None


def _let_drain() -> None:
    wake("events.drain")
    time.sleep(0.05)


def _ahead(blocks: Iterator[Block], mapping: ImportMapping, clock: Clock) -> Iterator[Prepared]:
    """Yield prepared blocks; the next is read and prepared while the stores work on this one."""
    prepared = (prepare(block, mapping, now=clock()) for block in blocks)
    for one in read_ahead(prepared, most=1, name="import reader"):
        yield from one


@contextmanager
def _alone(import_id: int) -> Iterator[None]:
    """Hold the lock of this import; the end of the process frees it, whatever the end.

    :raises ImportAlreadyRunning:
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [_LOCK_SPACE, import_id])
        if not cursor.fetchone()[0]:
            name = Import.objects.filter(pk=import_id).values_list("name", flat=True).first()
            raise ImportAlreadyRunning(file=name)
    try:
        yield
    finally:
        if connection.connection is not None and not connection.connection.closed:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [_LOCK_SPACE, import_id])


def is_running(import_id: int) -> bool:
    """Tell whether a living process is at this import: one that says so may have been killed."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND objsubid = 2"
            " AND classid = %s::bigint::oid AND objid = %s::bigint::oid AND granted"
            " AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))",
            [_LOCK_SPACE, import_id],
        )
        return bool(cursor.fetchone()[0])
