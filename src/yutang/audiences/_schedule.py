"""When a live audience is judged anew, on the workspace's clock."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from yutang.audiences.models import Audience, RefreshSchedule

__all__ = ["after_trouble", "next_refresh"]

_TRY_AGAIN = timedelta(minutes=10)


def next_refresh(audience: Audience, *, now: datetime) -> datetime | None:
    """Return when the schedule asks for the next refresh after `now`; None for never.

    An audience that is kept on time has no schedule: its horizon says when.
    """
    match audience.schedule:
        case RefreshSchedule.HOURLY:
            return now.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
        case RefreshSchedule.DAILY:
            return _at_hour(audience, now=now, weekday=None)
        case RefreshSchedule.WEEKLY:
            return _at_hour(audience, now=now, weekday=audience.refresh_weekday)
        case _:
            return None


def _at_hour(audience: Audience, *, now: datetime, weekday: int | None) -> datetime:
    zone = ZoneInfo(audience.workspace.time_zone)
    local = now.astimezone(zone)
    day = local.date()
    while True:
        at = datetime(day.year, day.month, day.day, audience.refresh_hour, tzinfo=zone)
        if at > local and weekday in {None, day.weekday()}:
            return at.astimezone(now.tzinfo)
        day += timedelta(days=1)


def after_trouble(audience: Audience, *, now: datetime) -> datetime:
    """Return when to try again what was refused."""
    following = next_refresh(audience, now=now)
    return min(following, now + _TRY_AGAIN) if following else now + _TRY_AGAIN
