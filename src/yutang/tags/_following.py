"""Tags follow their customers: a merge moves them to the one who stays, its undo brings them back.

What both had is kept with the merge. Undone, the one who went has again what she had then (but for what
has ended since), and the one who stayed keeps her own and whatever was given since the merge. The history
needs no moving: it is read under every number a person has had.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Self

from django.db import transaction
from django.db.models import F

from yutang.kit.pulse import wake
from yutang.tags import _exclusivity as exclusivity
from yutang.tags._tagging import is_rule
from yutang.tags._tags import resolved
from yutang.tags.models import (
    FollowedMerge,
    Tag,
    TagChange,
    TagChangeKind,
    Tagging,
    UnmirroredTagging,
)
from yutang.workspaces.models import Workspace

__all__ = ["follow_merges", "follow_undoings"]

Held = dict[int, Tagging]  # by tag


@transaction.atomic
def follow_merges(workspace: Workspace, pairs: Sequence[tuple[int, int]], *, now: datetime) -> None:
    """Move the taggings of merged customers to those they are now part of: pairs of (winner, loser).

    Followed again, it moves what came to the old number since.
    """
    for winner, loser in pairs:
        _follow_merge(workspace, winner, loser, now)


@transaction.atomic
def follow_undoings(
    workspace: Workspace, pairs: Sequence[tuple[int, int]], *, now: datetime
) -> None:
    """Give both of each pair (winner, loser) what they had; what was never followed stays as it is."""
    for winner, loser in pairs:
        _follow_undo(workspace, winner, loser, now)


def _follow_merge(workspace: Workspace, winner: int, loser: int, now: datetime) -> None:
    with _Change(workspace, winner, loser) as change:
        displaced = _move(change, now)
        merge, is_new = FollowedMerge.objects.get_or_create(
            workspace=workspace,
            loser=loser,
            defaults={"winner": winner, "merged_at": now, "before": change.before},
        )
        if is_new:
            merge.before["displaced"] = displaced
            merge.save(update_fields=["before"])


def _follow_undo(workspace: Workspace, winner: int, loser: int, now: datetime) -> None:
    merge = FollowedMerge.objects.within(workspace).filter(loser=loser).first()
    if merge is None:
        return
    meant = resolved(
        workspace, [row["tag"] for side in ("winner", "loser") for row in merge.before[side]]
    )
    theirs = _remembered(merge.before["winner"], meant, now)
    ours = _remembered(merge.before["loser"], meant, now)
    with _Change(workspace, winner, loser, also=[*theirs, *ours]) as change:
        _part(change, theirs, ours)
        displaced = {meant.get(tag) for tag in merge.before.get("displaced", [])}
        for tag, row in theirs.items():
            if tag in displaced:
                change.put(winner, tag, row)
        for tag, row in ours.items():
            change.put(loser, tag, row)
        merge.delete()


class _Change:
    """Two customers' taggings, changed together: locked at the start, counted and marked at the end."""

    def __init__(
        self, workspace: Workspace, winner: int, loser: int, *, also: Iterable[int] = ()
    ) -> None:
        self.workspace, self.winner, self.loser = workspace, winner, loser
        self._also = list(also)

    def __enter__(self) -> Self:
        ids = self._rows().values_list("tag_id", flat=True)
        self.tags = {
            tag.pk: tag for tag in exclusivity.lock_tags(self.workspace, [*ids, *self._also])
        }
        self.had = Counter(self._rows().values_list("tag_id", flat=True))
        self.winners, self.losers = self.held(self.winner), self.held(self.loser)
        self.before = {
            "winner": [_as_json(row) for row in self.winners.values()],
            "loser": [_as_json(row) for row in self.losers.values()],
        }
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        if kind is not None:
            return
        have = Counter(self._rows().values_list("tag_id", flat=True))
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

    def held(self, customer: int) -> Held:
        return {row.tag_id: row for row in self._rows().filter(customer=customer)}

    def put(self, customer: int, tag_id: int, row: Mapping[str, Any]) -> None:
        """Give a customer a remembered tagging, unless she has the tag or another of its group."""
        tag = self.tags.get(tag_id)
        if tag is None:
            return
        group = tag.group if tag.group.is_exclusive else None
        hers = self.held(customer)
        if tag_id in hers or (
            group and any(t.exclusive_group_id == group.pk for t in hers.values())
        ):
            return
        Tagging.objects.create(
            workspace=self.workspace, tag=tag, customer=customer, exclusive_group=group, **row
        )

    def _rows(self) -> Any:
        return Tagging.objects.within(self.workspace).filter(customer__in=(self.winner, self.loser))


def _move(change: _Change, now: datetime) -> list[int]:
    """Move what the loser has to the winner; return the winner's tags that lost their place."""
    displaced = []
    by_group = {
        row.exclusive_group_id: row for row in change.winners.values() if row.exclusive_group_id
    }
    for tag, row in change.losers.items():
        rival = by_group.get(row.exclusive_group_id or 0)
        if tag in change.winners:
            _join(change.winners[tag], row)
            row.delete()
        elif rival is None:
            row.customer = change.winner
            row.save(update_fields=["customer"])
        elif rival.tagged_at >= row.tagged_at:
            _displace(row, now)
        else:
            displaced.append(rival.tag_id)
            _displace(rival, now)
            row.customer = change.winner
            row.save(update_fields=["customer"])
    return displaced


def _join(into: Tagging, row: Tagging) -> None:
    into.expires_at = _later(into, row)
    into.sources = sorted({*into.sources, *row.sources})
    if row.tagged_at < into.tagged_at:
        into.tagged_at, into.tagged_by = row.tagged_at, row.tagged_by
    into.save()


def _later(one: Tagging, other: Tagging) -> datetime | None:
    """Return the later end of those that have one by anybody but rules."""
    ends = [row.expires_at for row in (one, other) if not all(map(is_rule, row.sources))]
    if not ends or None in ends:
        return None
    return max(end for end in ends if end is not None)


def _displace(row: Tagging, now: datetime) -> None:
    TagChange.objects.create(
        workspace_id=row.workspace_id,
        tag_id=row.tag_id,
        customer=row.customer,
        kind=TagChangeKind.DISPLACED,
        source="merge",
        actor="system:customers.merge",
        at=now,
    )
    row.delete()


def _part(
    change: _Change, theirs: Mapping[int, dict[str, Any]], ours: Mapping[int, dict[str, Any]]
) -> None:
    """Take from the winner what she has only through the loser."""
    for tag, row in ours.items():
        held = change.winners.get(tag)
        if held is None:
            continue
        hers = theirs.get(tag)
        own = set(hers["sources"]) if hers else set()
        since = set(held.sources) - set(row["sources"])
        if not own and not since:
            held.delete()
            continue
        held.sources = sorted(own | since)
        if hers is not None:
            held.tagged_at, held.tagged_by = hers["tagged_at"], hers["tagged_by"]
            held.expires_at = hers["expires_at"] if not since else held.expires_at
        held.save()


def _remembered(
    rows: Iterable[Mapping[str, Any]], meant: Mapping[int, int], now: datetime
) -> dict[int, dict[str, Any]]:
    """Return remembered taggings by the tag they mean today, but for those that have ended."""
    found: dict[int, dict[str, Any]] = {}
    moment: Callable[[str], datetime] = datetime.fromisoformat
    for row in rows:
        end = moment(row["expires_at"]) if row["expires_at"] else None
        if row["tag"] not in meant or (end is not None and end <= now):
            continue
        found[meant[row["tag"]]] = {
            "sources": row["sources"],
            "tagged_at": moment(row["tagged_at"]),
            "tagged_by": row["tagged_by"],
            "expires_at": end,
        }
    return found


def _as_json(row: Tagging) -> dict[str, Any]:
    return {
        "tag": row.tag_id,
        "sources": list(row.sources),
        "tagged_at": row.tagged_at.isoformat(),
        "tagged_by": row.tagged_by,
        "expires_at": row.expires_at.isoformat() if row.expires_at else None,
    }
