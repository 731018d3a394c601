"""What a live code is told to do, as plain data: who, when, how much, what then.

Hours are those of the workspace's clock on the wall; a member without windows is always there.
"""

from typing import Literal

import msgspec

from yutang.kit.week import Window

__all__ = [
    "GroupRule",
    "MemberRule",
    "Rules",
    "Skip",
    "Welcome",
    "read_rules",
]

Skip = Literal["always", "never", "hours"]


class MemberRule(msgspec.Struct, frozen=True):
    """One of the staff behind a code: when, how much of what comes, how many a day at most."""

    staff: int
    windows: list[Window] = []
    weight: int = 1
    cap: int | None = None


class GroupRule(msgspec.Struct, frozen=True):
    """One of the groups behind a code, and how many people it is filled up to."""

    chat: str
    cap: int = 200


class Welcome(msgspec.Struct, frozen=True):
    """What a new friend is told; without windows, whenever no other holds."""

    text: str
    windows: list[Window] = []
    message: int | None = None  # one of reach's messages, instead of the text


class Rules(msgspec.Struct, frozen=True):
    """Everything a code is told."""

    members: list[MemberRule] = []
    backups: list[int] = []
    skip: Skip = "always"
    skip_windows: list[Window] = []
    tags: list[int] = []
    remark: str = ""  # `{name}` stands for what she calls herself
    welcomes: list[Welcome] = []
    exclusive: bool = False
    groups: list[GroupRule] = []
    founds_groups: bool = True
    group_name: str = ""
    group_number: int = 1

    @property
    def staff(self) -> list[int]:
        """Return everybody who may ever stand behind it, backups last."""
        return list(dict.fromkeys([*(each.staff for each in self.members), *self.backups]))


def read_rules(kept: object) -> Rules:
    """Return rules as they were kept."""
    return msgspec.convert(kept, Rules)
