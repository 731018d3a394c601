"""Hours of the week on the clock on the wall: who receives when, what is said when.

A window that ends where it begins, or before, goes on into the next day.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Annotated

import msgspec
from ninja import Schema
from pydantic import Field

from yutang.kit.i18n import Text

__all__ = [
    "DAY",
    "WEEK",
    "WeekWindow",
    "WeekWindows",
    "Window",
    "covers",
    "minute_of_week",
    "mistake_in",
    "next_edge",
]

DAY, WEEK = 24 * 60, 7 * 24 * 60  # minutes
_HOURS = re.compile(r"([01]\d|2[0-3]):[0-5]\d|24:00")
_NO_DAY = Text("每个时段至少选一天", "every window needs a day of the week")
_NO_TIME = Text("时间应写成 09:30", "times are written 09:30")
_EMPTY = Text("时段的开始和结束不能相同", "a window cannot begin where it ends")


class Window(msgspec.Struct, frozen=True):
    """Some hours of some weekdays (1 Monday … 7 Sunday): `Window([1, 2, 3, 4, 5], "09:00", "18:00")`."""

    days: list[int]
    begin: str = "00:00"
    end: str = "24:00"

    def spans(self) -> Iterator[tuple[int, int]]:
        """Yield half-open spans in minutes since Monday 00:00; the last may reach beyond the week's end."""
        begin, end = _minute_of_day(self.begin), _minute_of_day(self.end)
        length = end - begin if end > begin else end - begin + DAY
        for day in self.days:
            yield (day - 1) * DAY + begin, (day - 1) * DAY + begin + length


Hour = Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$|^24:00$", examples=["09:00"])]


class WeekWindow(Schema):
    """Some hours of some weekdays; an end before its begin lies on the next day."""

    days: Annotated[
        list[Annotated[int, Field(ge=1, le=7)]],
        Field(min_length=1, max_length=7, description="1 Monday … 7 Sunday.", examples=[[1, 2]]),
    ]
    begin: Hour = "00:00"
    end: Hour = "24:00"


WeekWindows = Annotated[list[WeekWindow], Field(max_length=20, description="Empty: at any time.")]


def mistake_in(window: Window) -> Text | None:
    """Return what is wrong with a window, if anything is."""
    if not window.days or set(window.days) - set(range(1, 8)):
        return _NO_DAY
    if not (_HOURS.fullmatch(window.begin) and _HOURS.fullmatch(window.end)):
        return _NO_TIME
    if _minute_of_day(window.begin) == _minute_of_day(window.end) or window.begin == "24:00":
        return _EMPTY
    return None


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


def _minute_of_day(written: str) -> int:
    """Return `09:30` as 570; `24:00` is the day's end."""
    hours, _, minutes = written.partition(":")
    return int(hours) * 60 + int(minutes)
