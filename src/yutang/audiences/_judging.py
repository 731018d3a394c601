"""The statements that judge audiences: who is in, and when that may change."""

from collections.abc import Sequence
from datetime import UTC, datetime

from yutang.audiences import _conditions
from yutang.audiences._conditions import Statement
from yutang.audiences.models import Audience

__all__ = ["aware", "coming", "members", "outlook"]


def members(audiences: Sequence[Audience], *, now: datetime) -> Statement:
    """Return `SELECT audience, customer` of whom the condition of each holds at `now`.

    The audiences are of one workspace, as everywhere here.

    :raises ConditionUnreadable: when a condition names what is no longer there
    """
    conditions = {each.pk: _conditions.kept(each) for each in audiences}
    framed = _conditions.frame(audiences[0].workspace, now=now)
    return _conditions.members_of_each(conditions, framed)


def outlook(audience: Audience, *, now: datetime, only: Sequence[int]) -> Statement:
    """Return `SELECT customer, inside, until` among `only`: who is in, and until when by itself.

    :raises ConditionUnreadable:
    """
    condition = _conditions.kept(audience)
    return _conditions.outlook(condition, _conditions.frame(audience.workspace, now=now, only=only))


def coming(audiences: Sequence[Audience], *, now: datetime, horizon: datetime) -> Statement:
    """Return `SELECT audience, customer, inside, until` of whom may change until the horizon.

    The members of the audiences must be those of `now`.

    :raises ConditionUnreadable:
    """
    conditions = {each.pk: _conditions.kept(each) for each in audiences}
    framed = _conditions.frame(audiences[0].workspace, now=now)
    return _conditions.coming(conditions, framed, horizon=horizon)


def aware(instant: datetime) -> datetime:
    """Return an instant of the warehouse with its zone, which is UTC."""
    return instant if instant.tzinfo else instant.replace(tzinfo=UTC)
