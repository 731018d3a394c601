"""What tags do when customers become one, or themselves again."""

from yutang.customers.facts import CustomersMerged, MergeUndone
from yutang.kit.clock import now
from yutang.kit.facts import on
from yutang.tags import service as tags

__all__ = ["move_back", "move_with"]


@on(CustomersMerged)
def move_with(fact: CustomersMerged) -> None:
    """Bring the tags of the one who went to the one who stays."""
    tags.follow_merge(fact.workspace_id, fact.winner_id, fact.loser_id, now=now())


@on(MergeUndone)
def move_back(fact: MergeUndone) -> None:
    """Give both what they had."""
    tags.follow_undo(fact.workspace_id, fact.winner_id, fact.loser_id, now=now())
