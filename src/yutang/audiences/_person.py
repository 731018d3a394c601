"""What audiences know of one person: told when she asks, forgotten when she wishes, and her place on
static lists when she turns out to be two.

Live audiences need no following: a merge arrives as `@profile`, and both are judged again.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db.models import F, Q

from yutang.audiences import _history, _lists, _people
from yutang.audiences._forgetting import forget_customers
from yutang.audiences._refreshing import Refreshing
from yutang.audiences.models import (
    Audience,
    AudienceKind,
    AudienceTimer,
    AudienceTouch,
    ListMove,
    MergeToFollow,
)
from yutang.workspaces.models import Workspace

__all__ = ["erase_person", "export_person", "follow_merges", "note_merges", "note_undone"]


def export_person(workspace: Workspace, numbers: Sequence[int]) -> dict[str, list[dict[str, Any]]]:
    """Return every stay of a person in every audience, under all her numbers."""
    return {
        "audiences": [
            {"name": audience.name, "entered_at": stay.entered_at, "left_at": stay.left_at}
            for audience in Audience.objects.within(workspace).listed().order_by("pk")
            for number in numbers
            for stay in _history.stays(audience, number)
        ]
    }


def erase_person(workspace: Workspace, numbers: Sequence[int]) -> Mapping[str, int]:
    """Forget a person: where she is, where she was, and when she would have moved.

    Nothing is recorded as leaving: that would be one more trace.
    """
    for number in numbers:
        for audience_id in _people.audience_ids_of(workspace, number):
            Audience.objects.within(workspace).filter(pk=audience_id, count__gt=0).update(
                count=F("count") - 1
            )
    AudienceTimer.objects.within(workspace).filter(customer__in=numbers).delete()
    for touch in AudienceTouch.objects.within(workspace).filter(customers__overlap=list(numbers)):
        touch.customers = [each for each in touch.customers if each not in numbers]
        touch.save(update_fields=["customers"])
    hers = Q(winner__in=numbers) | Q(loser__in=numbers)
    ListMove.objects.within(workspace).filter(hers).delete()
    MergeToFollow.objects.within(workspace).filter(hers).delete()
    return forget_customers(workspace.pk, numbers)


def note_merges(workspace: Workspace, pairs: Sequence[tuple[int, int]], *, now: datetime) -> None:
    """Keep, in the merge's transaction, that static lists have a (winner, loser) to follow."""
    _note(workspace, pairs, is_undo=False)


def note_undone(workspace: Workspace, pairs: Sequence[tuple[int, int]], *, now: datetime) -> None:
    """Keep that static lists have the undoing of a merge to follow."""
    _note(workspace, pairs, is_undo=True)


def _note(workspace: Workspace, pairs: Sequence[tuple[int, int]], *, is_undo: bool) -> None:
    if _static(workspace.pk):
        MergeToFollow.objects.bulk_create(
            MergeToFollow(workspace=workspace, winner=winner, loser=loser, is_undo=is_undo)
            for winner, loser in pairs
        )


def follow_merges(*, now: datetime) -> None:
    """Let static lists follow the merges that happened, in their order."""
    for merge in MergeToFollow.objects.order_by("pk")[:500]:
        try:
            if merge.is_undo:
                _undo(merge, now=now)
            else:
                _follow(merge, now=now)
        except Refreshing:
            return  # a list is being filled; the next beat goes on from here
        merge.delete()


def _follow(merge: MergeToFollow, *, now: datetime) -> None:
    lists = _static(merge.workspace_id)
    winners = set(_people.among(merge.workspace_id, lists, merge.winner))
    for audience_id in _people.among(merge.workspace_id, lists, merge.loser):
        ListMove.objects.update_or_create(
            workspace_id=merge.workspace_id,
            audience_id=audience_id,
            loser=merge.loser,
            defaults={"winner": merge.winner, "winner_was_on": audience_id in winners},
        )
        _lists.write(lists[audience_id], [merge.winner], step=1, now=now)
        _lists.write(lists[audience_id], [merge.loser], step=-1, now=now)


def _undo(merge: MergeToFollow, *, now: datetime) -> None:
    lists = _static(merge.workspace_id)
    moves = ListMove.objects.within(merge.workspace_id).filter(
        winner=merge.winner, loser=merge.loser
    )
    for move in moves:
        if move.audience_id in lists:
            audience = lists[move.audience_id]
            _lists.write(audience, [move.loser], step=1, now=now)
            if not move.winner_was_on:
                _lists.write(audience, [move.winner], step=-1, now=now)
        move.delete()


def _static(workspace_id: int) -> dict[int, Audience]:
    return Audience.objects.within(workspace_id).in_use().filter(kind=AudienceKind.STATIC).in_bulk()
