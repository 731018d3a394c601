"""How many came, when, to whom, and what a friend cost."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Count, QuerySet
from django.db.models.functions import ExtractHour, TruncDate

from yutang.acquisition._channels import spent_by_channel, spent_by_code
from yutang.acquisition._rows import run
from yutang.acquisition._standings import midnight
from yutang.acquisition.models import CodeFriend, LiveCode, SourceChannel
from yutang.kit.errors import DomainError
from yutang.workspaces import service as workspaces
from yutang.workspaces.models import Workspace

__all__ = [
    "ChannelFigures",
    "CodeFigures",
    "CodeStatistics",
    "SpanTooLong",
    "StaffFigures",
    "each_cost_fen",
    "figures_of_channels",
    "figures_of_codes",
    "statistics",
]

_MOST_DAYS = 366


class SpanTooLong(DomainError):
    """More than a year, or the wrong way round."""

    status = 422
    zh = "时间要从前到后，最多一年。"
    en = "A span runs forward and covers a year at most."


@dataclass(frozen=True)
class CodeFigures:
    """A code in a list."""

    today: int
    total: int
    spent_fen: int

    @property
    def each_fen(self) -> int | None:
        """Return what a friend cost, in fen; None where nothing was spent or nobody came."""
        return each_cost_fen(self.spent_fen, self.total)


@dataclass(frozen=True)
class ChannelFigures:
    """A channel in a list: its codes together, and everything in its ledger."""

    codes: int
    total: int
    spent_fen: int

    @property
    def each_fen(self) -> int | None:
        """Return what a friend cost, in fen."""
        return each_cost_fen(self.spent_fen, self.total)


@dataclass(frozen=True)
class StaffFigures:
    """What one of the staff received."""

    staff_id: int
    name: str
    friends: int
    is_active: bool = True


@dataclass(frozen=True)
class CodeStatistics:
    """Friends of a span of days, by the workspace's clock."""

    total: int
    by_day: Sequence[tuple[date, int]]
    by_hour: Sequence[int]  # 24
    by_staff: Sequence[StaffFigures]


def each_cost_fen(spent_fen: int, friends: int) -> int | None:
    """Return the cost of each friend, rounded to the fen."""
    return round(spent_fen / friends) if friends and spent_fen else None


def figures_of_codes(
    workspace: Workspace, codes: Sequence[LiveCode], *, now: datetime
) -> dict[int, CodeFigures]:
    """Return the figures of some codes."""
    ids = [each.pk for each in codes]
    asked = {"workspace": workspace.pk, "codes": ids, "since": midnight(workspace, now)}
    counted = {code: (total, today) for code, total, today in run("friends", "counts", asked)}
    spent = spent_by_code(workspace, ids)
    return {
        each: CodeFigures(
            counted.get(each, (0, 0))[1], counted.get(each, (0, 0))[0], spent.get(each, 0)
        )
        for each in ids
    }


def figures_of_channels(
    workspace: Workspace, channels: Sequence[SourceChannel]
) -> dict[int, ChannelFigures]:
    """Return the figures of some channels."""
    ids = [each.pk for each in channels]
    codes = LiveCode.objects.within(workspace).filter(channel__in=ids)
    open_ones = codes.filter(archived_at=None).values_list("channel")
    in_use = dict(open_ones.annotate(Count("pk")).order_by("channel"))
    friends = CodeFriend.objects.within(workspace).filter(code__channel__in=ids)
    came = dict(
        friends.values_list("code__channel").annotate(Count("pk")).order_by("code__channel")
    )
    spent = spent_by_channel(workspace, ids)
    return {
        each: ChannelFigures(in_use.get(each, 0), came.get(each, 0), spent.get(each, 0))
        for each in ids
    }


def statistics(code: LiveCode, first: date, last: date) -> CodeStatistics:
    """Return who came from the first day to the last, both included.

    :raises SpanTooLong:
    """
    days = (last - first).days + 1
    if not 0 < days <= _MOST_DAYS:
        raise SpanTooLong
    zone = ZoneInfo(code.workspace.time_zone)
    begin, end = _midnight(first, zone), _midnight(last + timedelta(days=1), zone)
    rows = CodeFriend.objects.filter(code=code, added_at__gte=begin, added_at__lt=end)
    by_day = _counted(rows, TruncDate("added_at", tzinfo=zone))
    by_hour = _counted(rows, ExtractHour("added_at", tzinfo=zone))
    return CodeStatistics(
        rows.count(),
        [(day, by_day.get(day, 0)) for n in range(days) for day in [first + timedelta(days=n)]],
        [by_hour.get(hour, 0) for hour in range(24)],
        _by_staff(code, rows),
    )


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=zone)


def _counted(rows: "QuerySet[CodeFriend, CodeFriend]", by: object) -> dict[object, int]:
    parts = rows.annotate(part=by).order_by("part").values_list("part")
    return dict(parts.annotate(Count("pk")))


def _by_staff(code: LiveCode, rows: "QuerySet[CodeFriend, CodeFriend]") -> list[StaffFigures]:
    counted = dict(
        rows.exclude(staff=0).order_by("staff").values_list("staff").annotate(Count("pk"))
    )
    people = workspaces.staff_by_id(code.workspace, counted)
    found = [
        StaffFigures(staff, people[staff].name, count, people[staff].is_active)
        for staff, count in counted.items()
        if staff in people
    ]
    return sorted(found, key=lambda each: (-each.friends, each.staff_id))
