"""Tags in imports. Tags stand above tracking: they say here how a file's tags are given.

imports.tag_by(tags.tag_imported)       # once, from the app's apps.py
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from yutang.workspaces.models import Workspace

__all__ = ["give_tags", "tag_by"]


class Tagger(Protocol):
    """Gives customers tags of these names, in a group; runs in the transaction of the rows."""

    def __call__(
        self,
        workspace: Workspace,
        group_name: str,
        given: Mapping[str, Sequence[int]],
        *,
        source: str,
        actor: str,
        now: datetime,
    ) -> None: ...


_taggers: list[Tagger] = []


def tag_by(tagger: Tagger) -> None:
    """Let this function give the tags that files name."""
    _taggers[:] = [tagger]


def give_tags(
    workspace: Workspace,
    group_name: str,
    given: Mapping[str, Sequence[int]],
    *,
    source: str,
    actor: str,
    now: datetime,
) -> None:
    """Give the tags that a file names."""
    for tagger in _taggers:
        tagger(workspace, group_name, given, source=source, actor=actor, now=now)
