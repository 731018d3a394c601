"""Tags follow their customers: a merge shows the tags of both on the one who stays, its undo parts them.

As with attributes, each customer keeps what is hers while she is one with others (`OwnTagging`), so that
what is shown depends on who is one, not on the order in which they became it; merges can be undone
in any order, also in the middle of a chain. The history needs no moving: it is read under every number
a person has had.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Self

from django.db import transaction
from django.db.models import F, Q

from yutang.customers import service as customers
from yutang.kit.pulse import wake
from yutang.tags import _exclusivity as exclusivity
from yutang.tags._parts import Own, absorbed, meaning_today, still_running, together
from yutang.tags._tags import resolved
from yutang.tags.models import (
    OwnTagging,
    Tag,
    TagChange,
    TagChangeKind,
    Tagging,
    UnmirroredTagging,
)
from yutang.workspaces.models import Workspace

__all__ = ["follow_merges", "follow_undoings"]


@transaction.atomic
def follow_merges(workspace: Workspace, pairs: Sequence[tuple[int, int]], *, now: datetime) -> None:
    """Show the tags of merged customers on those they are now part of: pairs of (winner, loser).

    Followed again, it moves what came to the old number since.
    """
    for winner, loser in pairs:
        if not _has_any(workspace, loser):
            continue
        with _Change(workspace, winner, loser) as change:
            had = [*change.held(winner).values(), *change.held(loser).values()]
            change.show(loser, [], now=now)
            change.show(winner, change.own, now=now)
            shown = change.held(winner)
            change.note_displaced([row for row in had if row.tag_id not in shown], now)


@transaction.atomic
def follow_undoings(
    workspace: Workspace, pairs: Sequence[tuple[int, int]], *, now: datetime
) -> None:
    """Give both of each pair (winner, loser) what is theirs; what was never followed stays as it is."""
    for winner, loser in pairs:
        if not OwnTagging.objects.within(workspace).filter(shown_on=winner).exists():
            continue
        parted = {loser, *customers.origins(workspace, loser)}
        with _Change(workspace, winner, loser) as change:
            theirs = [row for row in change.own if row.customer in parted]
            ours = [row for row in change.own if row.customer not in parted]
            change.show(winner, ours, now=now)
            change.show(loser, theirs, now=now)


def _has_any(workspace: Workspace, customer: int) -> bool:
    return (
        Tagging.objects.within(workspace).filter(customer=customer).exists()
        or OwnTagging.objects.within(workspace).filter(shown_on=customer).exists()
    )


class _Change:
    """Two customers' taggings, changed together: locked at the start, counted and marked at the end."""

    def __init__(self, workspace: Workspace, winner: int, loser: int) -> None:
        self.workspace, self.winner, self.loser = workspace, winner, loser

    def __enter__(self) -> Self:
        whose = Q(customer__in=(self.winner, self.loser))
        self._shown = Tagging.objects.within(self.workspace).filter(whose)
        self._kept = OwnTagging.objects.within(self.workspace).filter(
            whose | Q(shown_on__in=(self.winner, self.loser))
        )
        meant = self._locked()
        self.had = self._counted()
        self.own: Own = []
        kept = meaning_today(self._kept, meant)
        for customer in (self.winner, self.loser):
            hers = [row for row in kept if row.shown_on == customer]
            self.own += absorbed(hers, self.held(customer), customer, self.tags)
        self._kept.delete()
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        if kind is not None:
            return
        have = self._counted()
        for tag in self.tags:
            if have[tag] != self.had[tag]:
                Tag.objects.within(self.workspace).filter(pk=tag).update(
                    customers=F("customers") + have[tag] - self.had[tag]
                )
        UnmirroredTagging.objects.bulk_create(
            UnmirroredTagging(workspace=self.workspace, tag=tag, customer=customer)
            for tag in self.tags
            for customer in (self.winner, self.loser)
        )
        transaction.on_commit(lambda: wake("tags.mirror"))

    def held(self, customer: int) -> dict[int, Tagging]:
        return {row.tag_id: row for row in self._shown.filter(customer=customer)}

    def show(self, customer: int, own: Own, *, now: datetime) -> None:
        """Have a customer show what these parts have together, and each part keep what is hers."""
        own = still_running(own, now)
        shown = together(own, customer, self.tags)
        self._shown.filter(customer=customer).delete()
        Tagging.objects.bulk_create(self._tagging(customer, row) for row in shown.values())
        parts = {customer, *customers.origins(self.workspace, customer)}
        if len(parts) > 1 or any(row.customer != customer for row in own):
            for row in own:
                row.pk = None
            OwnTagging.objects.bulk_create(own)

    def note_displaced(self, rows: Iterable[Tagging], now: datetime) -> None:
        TagChange.objects.bulk_create(
            TagChange(
                workspace=self.workspace,
                tag_id=row.tag_id,
                customer=row.customer,
                kind=TagChangeKind.DISPLACED,
                source="merge",
                actor="system:customers.merge",
                at=now,
            )
            for row in rows
        )

    def _tagging(self, customer: int, row: OwnTagging) -> Tagging:
        tag = self.tags[row.tag_id]
        return Tagging(
            workspace=self.workspace,
            tag=tag,
            customer=customer,
            exclusive_group=tag.group if tag.group.is_exclusive else None,
            sources=row.sources,
            tagged_at=row.tagged_at,
            tagged_by=row.tagged_by,
            expires_at=row.expires_at,
        )

    def _locked(self) -> Mapping[int, int]:
        """Lock the tags of both, with what their parts keep; return what each means today."""
        ids = [*self._ids(self._shown), *self._ids(self._kept)]
        meant = resolved(self.workspace, ids)
        locked = exclusivity.lock_tags(self.workspace, [*ids, *meant.values()])
        self.tags = {tag.pk: tag for tag in locked}
        return resolved(self.workspace, ids)

    def _counted(self) -> Counter[int]:
        return Counter(self._ids(self._shown))

    @staticmethod
    def _ids(rows: Any) -> Iterable[int]:
        return list(rows.values_list("tag_id", flat=True))
