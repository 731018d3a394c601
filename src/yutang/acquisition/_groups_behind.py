"""Which groups a group code leads to now: the first ones with room, five at most, as the platform wants it."""

from collections.abc import Mapping, Sequence

from yutang.acquisition._duty import Cover
from yutang.acquisition._rules import GroupRule

__all__ = ["MOST_GROUPS", "with_room"]

MOST_GROUPS = 5


def with_room(groups: Sequence[GroupRule], sizes: Mapping[str, int]) -> tuple[list[str], Cover]:
    """Return the groups to lead to, in their order, and whether any of them has room.

    A group without a size is not there any more. With no room anywhere the last group stays: the platform
    founds the next one beside it, where it may.
    """
    there = [each for each in groups if each.chat in sizes]
    roomy = [each.chat for each in there if sizes[each.chat] < each.cap]
    if roomy:
        return roomy[:MOST_GROUPS], Cover.MEMBERS
    return [each.chat for each in there[-1:]], Cover.NOBODY
