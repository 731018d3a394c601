"""The statements that judge an audience: who is in, and when that may change."""

from collections.abc import Sequence
from datetime import UTC, datetime

from yutang.audiences import _conditions
from yutang.audiences._conditions import Statement
from yutang.audiences.models import Audience

__all__ = ["aware", "members", "outlook"]


def members(audience: Audience, *, now: datetime, only: Sequence[int] | None = None) -> Statement:
    """Return `SELECT customer` of whom the condition holds at `now`, among `only` where given.

    :raises ConditionUnreadable: when the condition names what is no longer there
    """
    condition = _conditions.kept(audience)
    return _conditions.members(condition, _conditions.frame(audience.workspace, now=now, only=only))


def outlook(
    audience: Audience,
    *,
    now: datetime,
    only: Sequence[int] | None = None,
    horizon: datetime | None = None,
) -> Statement:
    """Return `SELECT customer, inside, until`: who is in, and until when that holds by itself.

    With a `horizon`, only those for whom something may change until then.

    :raises ConditionUnreadable:
    """
    condition = _conditions.kept(audience)
    framed = _conditions.frame(audience.workspace, now=now, only=only)
    return _conditions.outlook(condition, framed, horizon=horizon)


def aware(instant: datetime) -> datetime:
    """Return an instant of the warehouse with its zone, which is UTC."""
    return instant if instant.tzinfo else instant.replace(tzinfo=UTC)
