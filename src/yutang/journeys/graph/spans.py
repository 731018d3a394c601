"""Lengths of time as a journey writes them: `{"amount": 3, "unit": "day"}`."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal, get_args
from zoneinfo import ZoneInfo

__all__ = ["UNITS", "Span", "Unit", "local"]

Unit = Literal["second", "minute", "hour", "day", "week", "month", "year"]
UNITS: tuple[Unit, ...] = get_args(Unit)
_EXACT = {"second": 1, "minute": 60, "hour": 3600}
_DAYS = {"day": 1, "week": 7}
_MONTHS = {"month": 1, "year": 12}


@dataclass(frozen=True, slots=True)
class Span:
    """A length of time; negative where something is meant before another.

    Up to hours it is exact. A day and more are steps of the local calendar: the same time of day on
    another date, 31 January and a month is the last of February.
    """

    amount: int
    unit: Unit

    @property
    def seconds(self) -> int:
        """Return about how long it is; a month counts 30 days, a year 365."""
        days = {"day": 1, "week": 7, "month": 30, "year": 365}
        return self.amount * (_EXACT.get(self.unit) or days[self.unit] * 86_400)

    def after(self, instant: datetime, zone: ZoneInfo) -> datetime:
        """Return the instant so much later, in UTC."""
        if self.unit in _EXACT:
            return instant + timedelta(seconds=_EXACT[self.unit] * self.amount)
        there = instant.astimezone(zone).replace(tzinfo=None)
        if self.unit in _DAYS:
            return local(there + timedelta(days=_DAYS[self.unit] * self.amount), zone)
        months = there.year * 12 + there.month - 1 + _MONTHS[self.unit] * self.amount
        year, month = divmod(months, 12)
        day = min(there.day, monthrange(year, month + 1)[1])
        return local(there.replace(year=year, month=month + 1, day=day), zone)


def local(there: datetime, zone: ZoneInfo) -> datetime:
    """Return the instant at which clocks of the zone show this, in UTC.

    A time that is skipped moves forward by what was skipped; of one that comes twice it is the first.
    """
    return there.replace(tzinfo=zone, fold=0).astimezone(UTC)
