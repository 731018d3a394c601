"""The clock: `now` enters at the edge (a route, a job, a command) and is passed down as an argument."""

from datetime import UTC, datetime

__all__ = ["now"]


def now() -> datetime:
    """Return the present instant in UTC, to the millisecond: the resolution both stores keep."""
    instant = datetime.now(UTC)
    return instant.replace(microsecond=instant.microsecond // 1000 * 1000)
