"""What somebody finds who scans what is printed: the platform's code, or that it is over."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from yutang.acquisition._rules import Welcome, read_rules
from yutang.acquisition.models import CodeKind, LiveCode
from yutang.kit.week import covers, minute_of_week

__all__ = ["Landing", "landing", "welcome_for"]


@dataclass(frozen=True)
class Landing:
    """The page behind a printed code."""

    brand: str
    picture: str  # empty: there is none to show, for now or for good
    is_over: bool
    is_group: bool


def landing(key: str, *, now: datetime) -> Landing | None:
    """Return what a printed code leads to; None where there never was one."""
    code = LiveCode.objects.filter(key=key).select_related("workspace").defer("logo").first()
    if code is None:
        return None
    expired = code.expires_at is not None and code.expires_at <= now
    is_over = code.archived_at is not None or expired
    return Landing(
        code.workspace.name,
        "" if is_over else code.picture,
        is_over,
        code.kind == CodeKind.GROUP,
    )


def welcome_for(code: LiveCode, *, at: datetime) -> Welcome | None:
    """Return how somebody is welcomed who comes at an instant: by the hour, or as at any other."""
    minute = minute_of_week(at.astimezone(ZoneInfo(code.workspace.time_zone)))
    welcomes = read_rules(code.rules).welcomes
    for each in welcomes:
        if each.windows and covers(each.windows, minute):
            return each
    return next((each for each in welcomes if not each.windows), None)
