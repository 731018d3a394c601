"""Two times: the world's, in which people live and which may run fast, and the wall's.

Transfers, mass-message limits and statistics follow the world; tokens, codes and frequency limits
follow the wall, as whoever calls does. `advance` moves both, `run` the world alone.
"""

import time

import msgspec

CHINA = 8 * 3600
DAY = 86_400


class Clock(msgspec.Struct):
    ahead: float = 0.0  # of the world
    wall_ahead: float = 0.0

    def now(self) -> int:
        """Return the world's Unix second."""
        return int(time.time() + self.ahead)

    def wall(self) -> float:
        return time.time() + self.wall_ahead

    def advance(self, seconds: float) -> None:
        self.ahead += seconds
        self.wall_ahead += seconds

    def run(self, seconds: float) -> None:
        self.ahead += seconds

    def set(self, instant: float) -> None:
        """Put the world at an instant."""
        self.ahead = instant - time.time()


def day_of(instant: int) -> int:
    """Return the day's number in China."""
    return (instant + CHINA) // DAY


def midnight(day: int) -> int:
    """Return the Unix second at which the day begins in China."""
    return day * DAY - CHINA


def month_of(instant: int) -> tuple[int, int]:
    """Return (the month's number, how many days it has)."""
    from calendar import monthrange
    from datetime import UTC, datetime

    local = datetime.fromtimestamp(instant + CHINA, tz=UTC)
    return local.year * 12 + local.month - 1, monthrange(local.year, local.month)[1]
