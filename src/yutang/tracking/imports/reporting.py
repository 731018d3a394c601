"""How far an import is, and its bad rows as a file people can open in a spreadsheet."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from yutang.kit.i18n import Text, language
from yutang.tracking.imports.managing import bad_rows, find
from yutang.tracking.imports.models import Import, ImportState
from yutang.workspaces import service as workspaces
from yutang.workspaces.models import Workspace

__all__ = ["Progress", "bad_rows_csv", "progress_of"]


@dataclass(frozen=True)
class Progress:
    """How far an import is: rows so far, how many there may be, how fast, how long it may take."""

    share: float
    rows_total: int | None
    rows_per_second: float | None
    seconds_left: float | None


def progress_of(it: Import) -> Progress:
    """Return how far an import is; the total is estimated from the bytes read so far."""
    if it.state == ImportState.DONE:
        share = 1.0
    else:
        share = min(it.bytes_read / it.size, 1.0) if it.size else 0.0
    rate = it.rows_read / it.seconds if it.seconds > 0 and it.rows_read else None
    total = round(it.rows_read / share) if share > 0 and it.rows_read else None
    left = (total - it.rows_read) / rate if total and rate else None
    return Progress(share, total, rate, left)


_HEADER = Text("行号,原因,内容", "line,reason,content")


def bad_rows_csv(
    workspace: Workspace, import_id: int, *, actor: str, now: datetime
) -> Iterator[str]:
    """Return the bad rows as CSV in the reader's language, piece by piece; no cell is a formula.

    They hold what stood in the file, unmasked: the download is audited.

    :raises ImportNotFound:
    """
    it = find(workspace, import_id)
    workspaces.record_audit(
        workspace,
        actor,
        "tracking.bad_rows_downloaded",
        f"import:{it.pk}",
        detail={"rows": it.rows_bad},
        now=now,
    )
    rows = bad_rows(workspace, import_id).order_by("line", "id")
    column = "zh" if language() == "zh" else "en"
    return _csv(_HEADER.said(), rows.values_list("line", column, "content").iterator(2000))


def _csv(header: str, rows: Iterator[tuple[int, str, str]]) -> Iterator[str]:
    yield f"\ufeff{header}\r\n"
    piece = io.StringIO()
    writer = csv.writer(piece)
    for number, (line, reason, content) in enumerate(rows, 1):
        writer.writerow([line, reason, _harmless(content)])
        if number % 500 == 0:
            yield piece.getvalue()
            piece.seek(0)
            piece.truncate()
    yield piece.getvalue()


def _harmless(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.lstrip().startswith(("=", "+", "-", "@", "\t", "\r")) else cell
