"""How staff answer: read from the platform once a day is over, a member and thirty days a call."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

import structlog
from django.db.models import Max

from yutang.guides.models import ChatDay
from yutang.kit import clock
from yutang.wecom import service as wecom
from yutang.wecom.models import Corp, StaffAccount
from yutang.workspaces.models import Workspace

__all__ = ["Answering", "answering_of", "read_chats"]

log = structlog.get_logger(__name__)

_BACK = timedelta(days=29)
_AT_ONCE = 100  # members a beat


@dataclass(frozen=True)
class Answering:
    """How one member of staff answered in some days; None where there were no chats."""

    chats: int = 0
    answered: float | None = None  # of a hundred
    minutes: float | None = None


def read_chats(*, now: datetime) -> bool:
    """Read the days that are over and not here yet; True when there are more members to ask about."""
    more = False
    for corp in wecom.corps_spoken_to():
        waiting = _waiting(corp, now)
        more |= len(waiting) > _AT_ONCE
        try:
            for account, since in waiting[:_AT_ONCE]:
                _read(corp, account, since, now=now)
        except (wecom.PlatformRefused, wecom.NoAnswer, wecom.Throttled) as refusal:
            log.info("chats not read", corp=corp.pk, code=refusal.code())
            more = False
    return more


def answering_of(
    workspace: Workspace, staff_ids: Iterable[int], first: date, last: date
) -> dict[int, Answering]:
    """Return how these answered between two days; averages weigh each day by its chats."""
    rows = ChatDay.objects.within(workspace).filter(
        staff__in=list(staff_ids), day__gte=first, day__lte=last
    )
    days: dict[int, list[ChatDay]] = {}
    for row in rows:
        days.setdefault(row.staff, []).append(row)
    return {staff: _summed(some) for staff, some in days.items()}


def _summed(days: Sequence[ChatDay]) -> Answering:
    return Answering(
        sum(each.chats for each in days),
        _mean((each.answered, each.chats) for each in days),
        _mean((each.minutes, each.chats) for each in days),
    )


def _mean(values: Iterable[tuple[float | None, int]]) -> float | None:
    known = [(value, weight) for value, weight in values if value is not None]
    weights = sum(weight for _, weight in known)
    return round(sum(v * w for v, w in known) / weights, 1) if weights else None


def _yesterday(now: datetime) -> date:
    return clock.platform_day(now) - timedelta(days=1)


def _waiting(corp: Corp, now: datetime) -> list[tuple[StaffAccount, date]]:
    """Return the members of whom days are missing, and the first of those."""
    accounts = wecom.accounts_in_contact(corp)
    rows = ChatDay.objects.within(corp.workspace_id).filter(
        staff__in=[each.staff_id for each in accounts]
    )
    last = dict(rows.values("staff").annotate(last=Max("day")).values_list("staff", "last"))
    first = _yesterday(now) - _BACK
    return [
        (
            each,
            max(last[each.staff_id] + timedelta(days=1), first) if each.staff_id in last else first,
        )
        for each in accounts
        if last.get(each.staff_id, date.min) < _yesterday(now)
    ]


def _read(corp: Corp, account: StaffAccount, since: date, *, now: datetime) -> None:
    asked = {
        "userid": [account.spelling],
        "start_time": _stamp(since),
        "end_time": _stamp(_yesterday(now)),
    }
    told = wecom.Client(corp).call(
        "externalcontact/get_user_behavior_data", asked, lane=wecom.Lane.SYNC
    )
    ChatDay.objects.bulk_create(
        (_day(account, row) for row in told.get("behavior_data") or ()), ignore_conflicts=True
    )


def _stamp(day: date) -> int:
    return int(datetime.combine(day, time(), clock.PLATFORM_ZONE).timestamp())


def _day(account: StaffAccount, row: Mapping[str, Any]) -> ChatDay:
    return ChatDay(
        workspace_id=account.workspace_id,
        staff=account.staff_id,
        day=datetime.fromtimestamp(int(row["stat_time"]), clock.PLATFORM_ZONE).date(),
        chats=int(row.get("chat_cnt") or 0),
        messages=int(row.get("message_cnt") or 0),
        answered=row.get("reply_percentage"),
        minutes=row.get("avg_reply_time"),
        blocked_by=int(row.get("negative_feedback_cnt") or 0),
    )
