"""The clock: `now` enters at the edge (a route, a job, a command) and is passed down as an argument."""

from datetime import UTC, date, datetime, timedelta, timezone

__all__ = ["PLATFORM_ZONE", "now", "platform_day"]

PLATFORM_ZONE = timezone(timedelta(hours=8))  # China: one zone without summer time since 1992


def now() -> datetime:
    """Return the present instant in UTC, to the millisecond: the resolution both stores keep."""
    instant = datetime.now(UTC)
    return instant.replace(microsecond=instant.microsecond // 1000 * 1000)


def platform_day(at: datetime) -> date:
    """Return which day an instant is on in China, where the platforms date their rules and cut their days."""
    return at.astimezone(PLATFORM_ZONE).date()
