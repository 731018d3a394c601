"""The statements that judge an audience: who is in, and when that may change."""

from collections.abc import Sequence
from datetime import UTC, datetime

from yutang.audiences import _conditions
from yutang.audiences._conditions import Statement
from yutang.audiences.models import Audience

__all__ = ["aware", "members", "next_changes"]


def members(audience: Audience, *, now: datetime, only: Sequence[int] | None = None) -> Statement:
    """Return `SELECT customer` of whom the condition holds at `now`, among `only` where given.

    :raises ConditionUnreadable: when the condition names what is no longer there
    """
    condition = _conditions.kept(audience)
    return _conditions.members(condition, _conditions.frame(audience.workspace, now=now, only=only))


def next_changes(
    audience: Audience, *, now: datetime, until: datetime, only: Sequence[int] | None = None
) -> Statement | None:
    """Return `SELECT customer, at` of the next instant after `now` at which the answer may change
    though nothing happens; None where time alone changes nothing.

    :raises ConditionUnreadable:
    """
    condition = _conditions.kept(audience)
    framed = _conditions.frame(audience.workspace, now=now, only=only)
    return _conditions.next_changes(condition, framed, until=until)


def aware(instant: datetime) -> datetime:
    """Return an instant of the warehouse with its zone, which is UTC."""
    return instant if instant.tzinfo else instant.replace(tzinfo=UTC)
