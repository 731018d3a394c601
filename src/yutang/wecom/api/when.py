"""What several routes take: numbers of things, and instants somebody plans for."""

from datetime import UTC, datetime
from typing import Annotated

from pydantic import AfterValidator, Field

from yutang.kit.instants import Instant

__all__ = ["Near", "Number", "When"]

_FIRST, _LAST = datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)


def _near(at: datetime) -> datetime:
    """Refuse what nobody plans: calendars end there, too."""
    if not _FIRST <= at <= _LAST:
        raise ValueError("2000–2100")
    return at


Near = Annotated[Instant, AfterValidator(_near)]
Number = Annotated[int, Field(ge=1, lt=1 << 31)]
When = Annotated[
    Near | None,
    Field(description="Not before; now, by default. Quiet hours put it off to their end."),
]
