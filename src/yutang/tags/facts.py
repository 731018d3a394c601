"""What tags announce to the apps above."""

from dataclasses import dataclass

__all__ = ["TagGone", "TagsMerged"]


@dataclass(frozen=True)
class TagsMerged:
    """`merged` became part of `into`: whatever named the one means the other from now on."""

    workspace_id: int
    merged: int
    into: int


@dataclass(frozen=True)
class TagGone:
    """A tag was archived: it can no longer be given, by rules neither."""

    workspace_id: int
    tag_id: int
