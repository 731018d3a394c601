"""The first rows as they would be imported: taken in, looked at, and rolled back."""

from collections.abc import Mapping as ReadOnly
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from yutang.events import service as events
from yutang.tracking.imports.managing import find
from yutang.tracking.imports.mapping import ImportMapping, check
from yutang.tracking.imports.recording import is_past_receipts
from yutang.tracking.imports.storage import first_block, source_of
from yutang.tracking.imports.taking import Prepared, Taken, judge, prepare
from yutang.workspaces.models import Workspace

__all__ = ["Preview", "PreviewedRow", "preview"]

_SHOWN = 20


@dataclass(frozen=True)
class PreviewedRow:
    """One row: what it would become, or why it would be left out."""

    line: int
    customer: ReadOnly[str, Any] = field(default_factory=dict)
    type: str | None = None
    occurred_at: datetime | None = None
    amount: int | None = None
    values: ReadOnly[str, Any] = field(default_factory=dict)
    is_known: bool = False
    problems: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Preview:
    """The first rows, and how many of those looked at would be left out."""

    rows: list[PreviewedRow]
    looked_at: int
    bad: int


def preview(
    workspace: Workspace, import_id: int, mapping: ImportMapping, *, now: datetime
) -> Preview:
    """Return the first rows as they would be imported; nothing of it stays.

    :raises ImportNotFound, MappingIncomplete, FileGone, EmptyFile, FileUnreadable:
    """
    it = find(workspace, import_id)
    source = source_of(it, mapping.format)
    check(mapping, source.columns)
    block = first_block(source, 200, it)
    prepared = prepare(block, mapping, now=now)
    with transaction.atomic():
        taken = judge(it, prepared, is_late=is_past_receipts(it, now=now))
        transaction.set_rollback(True)
    events.forget_known(workspace)
    return Preview(_rows(prepared, taken)[:_SHOWN], block.rows_read, len(taken.bad))


def _rows(prepared: Prepared, taken: Taken) -> list[PreviewedRow]:
    block, rows = prepared.block, prepared.rows
    shown = [
        PreviewedRow(
            line=line,
            is_known=place in taken.known,
            problems=[each.said() for each in rows.problems.by_row.get(place, [])],
            **rows.shown(place),
        )
        for place, line in enumerate(block.lines[:_SHOWN])
    ]
    bad = [PreviewedRow(line=each.line, problems=[each.reason.said()]) for each in block.bad]
    return sorted(shown + bad, key=lambda row: row.line)
