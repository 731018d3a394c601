"""Rows into the ledger of events, so that a row counts once however often and wherever it is exported.

With an id of its own a row is known by it. Without one it is known by what it says and by its number among
rows that say the same (`ids.Derived`). The ledger says of each derived id which import had it last: where
that is this very one, the row is a further one of its kind and takes the next number; where it was
another, the row is known, and from now on this import's. One that was read by another mapping
contradicts. So of a row that stands three times in this file
and stood twice in the one before, one is new. An import that goes on after a crash finds its numbers there.

What belongs to an import that has not come to its end is left to it: it asks again. That this one had it
too stands in `SharedRow`.
"""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import Q

from yutang.events import service as events
from yutang.kit.late import late
from yutang.tracking.imports.ids import Derived
from yutang.tracking.imports.models import Import, ImportState, SharedRow

if TYPE_CHECKING:
    import polars as pl
else:
    pl = late("polars")


__all__ = ["RowsRecorded", "forget_shared", "is_past_receipts", "record_rows"]


@dataclass
class RowsRecorded:
    """How many rows are new, and the places of those that are known and that contradict."""

    accepted: int = 0
    known: set[int] = field(default_factory=set)
    conflicts: list[int] = field(default_factory=list)


def is_past_receipts(it: Import, *, now: datetime) -> bool:
    """Tell whether rows of this file may be in whose receipts are forgotten: then the warehouse is asked."""
    before = now - timedelta(days=settings.YUTANG_RECEIPT_DAYS)
    same = Import.objects.within(it.workspace_id).filter(sha256=it.sha256, rows_in__gt=0)
    return same.filter(Q(began_at__lt=before) | Q(finished_at__lt=before)).exists()


def record_rows(
    it: Import, good: pl.DataFrame, ids: pl.Series | Derived, *, now: datetime, is_late: bool
) -> RowsRecorded:
    """Record rows (as `events.record_columns` takes them, with their `place`)."""
    done = RowsRecorded()
    while not good.is_empty():
        if is_late:
            by_nobody = pl.lit(ids.digest(0)) if isinstance(ids, Derived) else pl.col("digest")
            unknown = good.with_columns(by_nobody.cast(pl.Int64).alias("digest"))
            events.restore_receipts(it.workspace, unknown, now=now)
        recorded = events.record_columns(it.workspace, good.drop("place"), now=now)
        done.accepted += recorded.accepted
        places = good["place"]
        duplicates, conflicts = list(recorded.duplicates), list(recorded.conflicts)
        if not isinstance(ids, Derived):
            done.known.update(places.gather(duplicates))
            done.conflicts.extend(places.gather(conflicts))
            return done
        met = good["id"].gather(conflicts).to_list()
        known, again = _met(it, met, ids.digest(it.pk))
        for place, at, each in zip(conflicts, places.gather(conflicts), met, strict=True):
            if each in again:
                duplicates.append(place)
            elif each in known:
                done.known.add(at)
            else:
                done.conflicts.append(at)
        good = good[sorted(duplicates)]
        if not ids.are_distinct:
            done.known.update(good["place"])
            return done
        good = good.with_columns(ids.further(good["place"]))
    return done


def _met(it: Import, met: Sequence[str], digest: int) -> tuple[AbstractSet[str], AbstractSet[str]]:
    """Say that this import has these ids, which others had; return those that are known, and its own."""
    if not met:
        return frozenset(), frozenset()
    noted = SharedRow.objects.within(it.workspace_id).filter(import_of=it)
    again: set[str] = set()
    if noted.exists():  # mostly there are none, and a block may have met 50,000
        again = {str(row) for row in noted.filter(row__in=met).values_list("row", flat=True)}
    going_on = [ImportState.RUNNING, ImportState.STOPPED]
    others = Import.objects.within(it.workspace_id).filter(state__in=going_on).exclude(pk=it.pk)
    claimed, theirs = events.claim_receipts(
        it.workspace,
        [each for each in met if each not in again],
        digest,
        sparing=list(others.values_list("pk", flat=True)),
    )
    SharedRow.objects.bulk_create(
        [SharedRow(workspace=it.workspace, import_of=it, row=each) for each in theirs]
    )
    return claimed | theirs, again


def forget_shared(it: Import) -> None:
    """Forget what was noted for an import that is at its end."""
    SharedRow.objects.within(it.workspace_id).filter(import_of=it).delete()
