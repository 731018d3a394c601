"""Membership through time: who was in at an instant, one person's stays, growth by day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from yutang.audiences import _people, _saving
from yutang.audiences._people import Sighting
from yutang.audiences._preview import refuse_ahead
from yutang.audiences.models import Audience, AudienceKind
from yutang.customers import service as customers
from yutang.engines import named_sql, warehouse
from yutang.kit.errors import DomainError
from yutang.kit.pages import PageIn, PageOf, seal, unseal
from yutang.workspaces.service import Member

__all__ = [
    "Day",
    "NotKeptYet",
    "Stay",
    "TooManyDays",
    "count_at",
    "growth",
    "members_at",
    "stays",
    "stays_of",
]

SQL = named_sql("yutang.audiences", "history")
_MOST_DAYS = 400


class TooManyDays(DomainError):
    """More days than a chart can show, or none."""

    status = 422
    zh = "从 {first} 到 {last} 不在 1 到 {most} 天之间。请换一个时间段。"
    en = "{first} to {last} is not between 1 and {most} days. Choose another period."


class NotKeptYet(DomainError):
    """Membership is known from the first refresh on."""

    zh = "人群“{audience}”从 {since} 起才有成员记录。更早的时刻，请用条件预览来看。"
    en = "Members of “{audience}” are recorded from {since} on. For an earlier instant, preview its condition."


@dataclass(frozen=True)
class Stay:
    """From when to when a customer was in; `left_at` None: she still is."""

    entered_at: datetime
    left_at: datetime | None


@dataclass(frozen=True)
class Day:
    """One local day: who came and went, and how many were in at its end."""

    on: date
    entered: int
    left: int
    count: int


def count_at(member: Member, audience: Audience, *, at: datetime, now: datetime) -> int:
    """Return how many were in at an instant, among those the member may see.

    :raises InstantAhead, NotKeptYet:
    """
    _refuse_unknown(audience, at, now=now)
    statement, bound = _people.scoped(SQL["count_at"], member)
    return int(warehouse().value(statement, bound | _named(audience) | {"at": at.astimezone(UTC)}))


def members_at(
    member: Member, audience: Audience, asked: PageIn, *, at: datetime, now: datetime
) -> PageOf[Sighting]:
    """Return who was in at an instant, in order of their number, and until when: null, still in.

    :raises CursorUnknown, InstantAhead, NotKeptYet:
    """
    _refuse_unknown(audience, at, now=now)
    at = at.astimezone(UTC)  # the warehouse reads what a clock shows as if it were UTC
    after, salt = 0, f"audience:{audience.pk}@{at.isoformat()}"
    if asked.cursor:
        (after,) = unseal(asked.cursor, length=1, salt=salt)
    statement, bound = _people.scoped(SQL["members_at"], member)
    bound |= _named(audience) | {"at": at, "after": after, "limit": asked.limit + 1}
    found = [
        Sighting(customer, _aware(since), _aware(left) if left else None)
        for customer, since, left in warehouse().rows(statement, bound)
    ]
    shown = found[: asked.limit]
    further = seal([shown[-1].customer_id], salt=salt) if len(found) > len(shown) else None
    return PageOf(shown, further)


def stays(audience: Audience, customer_id: int) -> list[Stay]:
    """Return when one customer was in the audience, the earliest stay first."""
    rows = warehouse().rows(SQL["stays_of_customer"], _named(audience) | {"customer": customer_id})
    found: list[Stay] = []
    for written, step in rows:
        at = _aware(written)
        is_in = bool(found) and found[-1].left_at is None
        if step == 1 and not is_in:
            found.append(Stay(at, None))
        elif step == -1 and is_in:
            found[-1] = Stay(found[-1].entered_at, at)
    return found


def stays_of(member: Member, audience_id: int, customer_id: int) -> list[Stay]:
    """Return when a customer the member may see was in an audience.

    :raises NotFound, customers.NotFound:
    """
    audience = _saving.found(member.workspace, audience_id)
    if customer_id not in customers.visible(member, [customer_id]):
        raise customers.NotFound
    return stays(audience, customer_id)


def growth(audience: Audience, *, first: date, last: date) -> list[Day]:
    """Return every local day from `first` to `last`, both included.

    :raises TooManyDays:
    """
    if not 0 <= (last - first).days < _MOST_DAYS:
        raise TooManyDays(first=first.isoformat(), last=last.isoformat(), most=_MOST_DAYS)
    zone = ZoneInfo(audience.workspace.time_zone)
    since = datetime.combine(first, time.min, zone).astimezone(UTC)
    until = datetime.combine(last + timedelta(days=1), time.min, zone).astimezone(UTC)
    bound = _named(audience) | {"since": since, "until": until, "zone": zone.key}
    count = int(warehouse().value(SQL["count_before"], bound) or 0)
    moved = {row[0]: (row[1], row[2]) for row in warehouse().rows(SQL["growth"], bound)}
    days = []
    for offset in range((last - first).days + 1):
        on = first + timedelta(days=offset)
        entered, left = moved.get(on, (0, 0))
        count += entered - left
        days.append(Day(on, entered, left, count))
    return days


def _refuse_unknown(audience: Audience, at: datetime, *, now: datetime) -> None:
    """Refuse an instant that is still to come, or from before membership was kept."""
    refuse_ahead(audience.workspace, at, now=now)
    kept_since = _kept_since(audience)
    if kept_since is None or at < kept_since:
        zone = ZoneInfo(audience.workspace.time_zone)
        since = (kept_since or audience.created_at).astimezone(zone)
        raise NotKeptYet(audience=audience.name, since=since.strftime("%Y-%m-%d %H:%M:%S"))


def _kept_since(audience: Audience) -> datetime | None:
    """Return from when on it is known who was in; None where it was never refreshed."""
    if audience.kind == AudienceKind.STATIC:
        return audience.created_at
    rows: Sequence[Sequence[datetime]] = warehouse().rows(SQL["first_change"], _named(audience))
    if rows:
        return _aware(rows[0][0])
    # It was looked at and nobody ever came: empty from the beginning is known as well.
    return audience.created_at if audience.refreshed_at else None


def _named(audience: Audience) -> dict[str, object]:
    return {
        "workspace": audience.workspace_id,
        "audience": audience.pk,
        "version": audience.version,
    }


def _aware(instant: datetime) -> datetime:
    return instant if instant.tzinfo else instant.replace(tzinfo=UTC)
