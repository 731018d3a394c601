"""Instants as callers of the API write them."""

from datetime import UTC, datetime
from typing import Annotated

from pydantic import AfterValidator, AwareDatetime

__all__ = ["Instant"]


def _in_utc(instant: datetime) -> datetime:
    try:
        return instant.astimezone(UTC)
    except OverflowError:  # within a day of the years 1 and 9999
        return instant.replace(tzinfo=UTC)


# With any offset; PostgreSQL itself reads those under sixteen hours only.
Instant = Annotated[AwareDatetime, AfterValidator(_in_utc)]
