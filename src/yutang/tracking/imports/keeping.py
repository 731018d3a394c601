"""How long files and left out rows are kept, and what becomes of them when a person is erased.

An uploaded file goes as soon as its rows are in. One that was not imported, and the rows that an
import left out, are kept for YUTANG_UPLOAD_DAYS. When somebody is erased, rows that name her are struck
out, and uploads from before go as a whole: nobody can take a line out of somebody's workbook.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F, Value
from django.db.models.functions import Least

from yutang.customers import service as customers
from yutang.kit.i18n import Text
from yutang.kit.pulse import wake
from yutang.tracking.imports.mapping import ImportMapping
from yutang.tracking.imports.models import BadRow, Import, ImportState
from yutang.tracking.imports.readers import BadLine
from yutang.tracking.imports.storage import forget_file, stray_files
from yutang.workspaces.models import Workspace

__all__ = [
    "forget_what_was_kept",
    "keep_or_forget",
    "kept",
    "strike_person",
    "uploads_linger",
    "without_erased",
]

_AT_ONCE = 20_000
_STRAY = timedelta(days=1)
_STRUCK = Text(
    "这一行的内容已应本人要求删除", "What stood in this line was removed at the person's request"
)
_CELLS = re.compile(r'[,;|\t\x1f"{}\[\]]+')
_WORDS = re.compile(r'[\s,;|"{}\[\]]+')


def kept() -> timedelta:
    """Return how long uploads that were not imported and left out rows are kept."""
    return timedelta(days=settings.YUTANG_UPLOAD_DAYS)


def keep_or_forget(it: Import, *, now: datetime) -> None:
    """Delete an uploaded file whose import ended, unless there is something left to import."""
    if it.state == ImportState.DONE or (it.kept_until is not None and it.kept_until <= now):
        forget_file(it)


def forget_what_was_kept(*, now: datetime) -> bool:
    """Delete uploads and left out rows whose time is over; True when there may be more at once."""
    over = Import.objects.filter(is_ours=True, kept_until__lte=now)
    done = Import.objects.filter(is_ours=True, state=ImportState.DONE).exclude(path="")
    for it in (over.exclude(state=ImportState.RUNNING) | done)[:1000]:
        forget_file(it)
    for path in stray_files(before=now - _STRAY):
        path.unlink(missing_ok=True)
    return _forget_bad_rows(now)


def _forget_bad_rows(now: datetime) -> bool:
    it = Import.objects.filter(bad_rows_until__lte=now).order_by("pk").first()
    if it is None:
        return False
    some = BadRow.objects.filter(import_of=it).values("pk")[:_AT_ONCE]
    gone, _ = BadRow.objects.filter(pk__in=some).delete()
    if gone < _AT_ONCE:
        Import.objects.filter(pk=it.pk).update(bad_rows_until=None)
    return True


def without_erased(it: Import, bad: Sequence[BadLine]) -> Sequence[BadLine]:
    """Strike out what stood in lines that name somebody who was erased."""
    mapping = ImportMapping.model_validate(it.mapping)
    names = {f"{e.kind}:{e.source}" if e.source else e.kind for e in mapping.identities}
    cells = [
        {cell.strip() for cell in (*_CELLS.split(line.content), *_WORDS.split(line.content))}
        for line in bad
    ]
    struck = customers.naming_erased(it.workspace, names, cells)
    return [
        line._replace(reason=_STRUCK, content="") if place in struck else line
        for place, line in enumerate(bad)
    ]


_STRIKE = """
    UPDATE tracking_badrow SET content = '', zh = %(zh)s, en = %(en)s
    FROM (
        SELECT id, lower(normalize(concat_ws(' ', content, zh, en), NFKC) COLLATE "C") AS said
        FROM tracking_badrow
        WHERE content <> '' AND import_of_id IN (
            SELECT id FROM tracking_import WHERE workspace_id = %(workspace)s
        )
    ) AS narrow
    WHERE tracking_badrow.id = narrow.id AND (
        (%(words)s::text <> '' AND said ~ %(words)s::text)
        OR regexp_replace(said, '[^0-9]+', '', 'g') LIKE ANY (%(digits)s::text[])
    )
"""


def strike_person(
    workspace: Workspace, traces: customers.Traces, *, now: datetime
) -> Mapping[str, int]:
    """Strike her out of rows that imports left out, and have every upload from before go: at once, or
    when the import that is at it ends. Return how many.
    """
    uploads = Import.objects.within(workspace).filter(is_ours=True, kept_until__isnull=False)
    count = uploads.update(kept_until=Least(F("kept_until"), Value(now)))
    transaction.on_commit(lambda: wake("tracking.forget_uploads"))
    bound: dict[str, Any] = {
        "workspace": workspace.pk,
        "zh": _STRUCK.zh,
        "en": _STRUCK.en,
        "words": traces.words,
        "digits": [f"%{each}%" for each in traces.digits],
    }
    with connection.cursor() as cursor:
        cursor.execute(_STRIKE, bound)
        return {"uploads": count, "bad_rows": cursor.rowcount}


def uploads_linger(workspace: Workspace, before: datetime) -> bool:
    """Tell whether an upload from before this instant is still there."""
    return (
        Import.objects.within(workspace)
        .filter(is_ours=True, created_at__lt=before)
        .exclude(path="")
        .exists()
    )
