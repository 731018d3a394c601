"""What customers announces to the apps above."""

from dataclasses import dataclass

__all__ = ["CustomersMerged", "MergeUndone"]


@dataclass(frozen=True)
class CustomersMerged:
    """One customer became part of another."""

    workspace_id: int
    winner_id: int
    loser_id: int


@dataclass(frozen=True)
class MergeUndone:
    """A customer who had become part of another is herself again."""

    workspace_id: int
    winner_id: int
    loser_id: int
