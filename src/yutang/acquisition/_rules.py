"""What a live code is told to do, as plain data: who, when, how much, what then.

Hours are those of the workspace's clock on the wall. A window that ends where it begins, or before, goes on into
the next day; a member without windows is always there.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Literal

import msgspec

__all__ = [
    "DAY",
    "WEEK",
    "GroupRule",
    "MemberRule",
    "Rules",
    "Skip",
    "Welcome",
    "Window",
    "covers",
    "minute_of_day",
    "minute_of_week",
    "next_edge",
    "read_rules",
]

DAY, WEEK = 24 * 60, 7 * 24 * 60  # minutes
Skip = Literal["always", "never", "hours"]


class Window(msgspec.Struct, frozen=True):
    """Some hours of some weekdays (1 Monday … 7 Sunday): `Window([1, 2, 3, 4, 5], "09:00", "18:00")`."""

    days: list[int]
    begin: str = "00:00"
    end: str = "24:00"

    def spans(self) -> Iterator[tuple[int, int]]:
        """Yield half-open spans in minutes since Monday 00:00; the last may reach beyond the week's end."""
        begin, end = minute_of_day(self.begin), minute_of_day(self.end)
        length = end - begin if end > begin else end - begin + DAY
        for day in self.days:
            yield (day - 1) * DAY + begin, (day - 1) * DAY + begin + length


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


def minute_of_day(written: str) -> int:
    """Return `09:30` as 570; `24:00` is the day's end."""
    hours, _, minutes = written.partition(":")
    return int(hours) * 60 + int(minutes)


def minute_of_week(local: datetime) -> int:
    """Return the minutes since Monday 00:00."""
    return local.weekday() * DAY + local.hour * 60 + local.minute


def covers(windows: Iterable[Window], minute: int) -> bool:
    """Tell whether a minute of the week lies in one of the windows."""
    return any(
        begin <= minute < end or begin <= minute + WEEK < end
        for window in windows
        for begin, end in window.spans()
    )


def next_edge(windows: Sequence[Window], local: datetime) -> datetime | None:
    """Return when, by the clock on the wall, one of these begins or ends next."""
    minute = minute_of_week(local)
    ahead = [
        (edge - minute - 1) % WEEK + 1
        for window in windows
        for span in window.spans()
        for edge in span
    ]
    if not ahead:
        return None
    return local.replace(second=0, microsecond=0) + timedelta(minutes=min(ahead))
