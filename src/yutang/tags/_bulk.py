"""Many customers at once: first what it would come to, then the same thing done."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from django.db import connection

from yutang.tags import _people as people
from yutang.tags._giving import refuse_passed, source_of
from yutang.tags._tagging import Applied, Stroke, give, take
from yutang.tags._tags import find_tag, refuse_unless_in_use
from yutang.workspaces import service as workspaces
from yutang.workspaces.service import Member

__all__ = ["BulkAction", "BulkOutcome", "BulkPreview", "bulk", "preview_bulk"]

BulkAction = Literal["give", "take"]


@dataclass(frozen=True)
class BulkPreview:
    """What a bulk act would come to, in customers. `asked` = the other numbers but the last, summed."""

    asked: int = 0
    would_change: int = 0
    already: int = 0  # have it and are to have it, or lack it and are to lack it
    kept_by_rule: int = 0  # to lack it, but a rule holds it
    out_of_scope: int = 0  # not the member's customers, or nobody's any more
    displaced: int = 0  # of those who would change: would lose another tag of the exclusive group

    def __add__(self, other: "BulkPreview") -> "BulkPreview":
        return BulkPreview(
            self.asked + other.asked,
            self.would_change + other.would_change,
            self.already + other.already,
            self.kept_by_rule + other.kept_by_rule,
            self.out_of_scope + other.out_of_scope,
            self.displaced + other.displaced,
        )


@dataclass(frozen=True)
class BulkOutcome:
    """What a bulk act came to, in customers."""

    asked: int
    applied: Applied
    out_of_scope: int


def preview_bulk(
    member: Member, tag_id: int, batches: Iterable[Sequence[int]], *, action: BulkAction
) -> BulkPreview:
    """Return what giving the tag to these customers, or taking it from them, would come to.

    `batches` yields customer numbers, each number once, some tens of thousands at a time.

    :raises NotFound, TagArchived, TagWasMerged:
    """
    tag = find_tag(member.workspace, tag_id)
    if action == "give":
        refuse_unless_in_use(tag)
    group = tag.group_id if tag.group.is_exclusive and action == "give" else None
    found = BulkPreview()
    for batch in batches:
        asked = set(batch)
        seen = people.visible(member, sorted(asked))
        having, by_rule, displaced = _holdings(member, tag_id, group, seen)
        kept = by_rule if action == "take" else 0
        changing = len(seen) - having if action == "give" else having - kept
        found += BulkPreview(
            asked=len(asked),
            would_change=changing,
            already=len(seen) - changing - kept,
            kept_by_rule=kept,
            out_of_scope=len(asked) - len(seen),
            displaced=displaced,
        )
    return found


def bulk(
    member: Member,
    tag_id: int,
    batches: Iterable[Sequence[int]],
    *,
    action: BulkAction,
    now: datetime,
    expires_at: datetime | None = None,
    reason: str = "",
    progress: Callable[[int], None] = lambda done: None,
) -> BulkOutcome:
    """Give the tag to these customers, or take it from them; those out of scope are left alone.

    Each batch is done or not done; done twice it changes nothing more. `progress` hears how many
    customers have been dealt with.

    :raises NotFound, TagArchived, TagWasMerged, EndPassed:
    """
    find_tag(member.workspace, tag_id)
    refuse_passed(expires_at, now)
    stroke = Stroke(member.workspace, tag_id, source_of(member), member.actor, reason, now)
    asked, unseen, applied = 0, 0, Applied()
    for batch in batches:
        seen = sorted(people.visible(member, sorted(set(batch))))
        applied += (
            give(stroke, seen, expires_at=expires_at) if action == "give" else take(stroke, seen)
        )
        asked += len(set(batch))
        unseen += len(set(batch)) - len(seen)
        progress(asked)
    outcome = BulkOutcome(asked, applied, unseen)
    _audit(member, stroke, action, outcome)
    return outcome


def _holdings(
    member: Member, tag_id: int, group: int | None, customers: Iterable[int]
) -> tuple[int, int, int]:
    """Return how many have the tag, have it from a rule, and lack it but have another of the group."""
    with connection.cursor() as cursor:
        cursor.execute(
            _HOLDINGS,
            {
                "workspace": member.workspace.pk,
                "tag": tag_id,
                "group": group,
                "customers": list(customers),
            },
        )
        having, by_rule, displaced = cursor.fetchone()
    return having, by_rule, displaced


def _audit(member: Member, stroke: Stroke, action: BulkAction, outcome: BulkOutcome) -> None:
    workspaces.record_audit(
        member.workspace,
        member.actor,
        "tags.given_in_bulk" if action == "give" else "tags.taken_in_bulk",
        f"tag:{stroke.tag_id}",
        detail={
            "asked": outcome.asked,
            "given": outcome.applied.given,
            "removed": outcome.applied.removed,
        },
        now=stroke.now,
    )


_HOLDINGS = """
SELECT count(*) FILTER (WHERE tag_id = %(tag)s),
    count(*) FILTER (WHERE tag_id = %(tag)s
        AND EXISTS (SELECT FROM unnest(sources) AS s WHERE s LIKE 'rule:%%')),
    count(*) FILTER (WHERE tag_id <> %(tag)s)
FROM tags_tagging JOIN unnest(%(customers)s::bigint[]) AS whom (customer) USING (customer)
WHERE workspace_id = %(workspace)s AND (tag_id = %(tag)s OR exclusive_group_id = %(group)s)
"""
