"""How often a group was written to, or a member posted: held against the caps of that channel."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import connection
from django.db.models.functions import Coalesce

from yutang.kit.i18n import Text
from yutang.reach import service as reach
from yutang.wecom.models import (
    Corp,
    MassKind,
    MassMember,
    MassRecipient,
    MassState,
    MassTask,
    RecipientState,
)

__all__ = ["CapCount", "CapStanding", "caps_counted", "over_the_cap", "stands", "take_turns"]

_NEVER_WAS = (MassState.CANCELLED, MassState.REFUSED)


@dataclass(frozen=True)
class CapCount:
    """One cap, and how much of it each group (chat id) or member (userid) has used up."""

    said: Text
    per: str  # rolling, day, week, month
    days: int  # where it rolls
    most: int
    used: Mapping[str, int]


@dataclass(frozen=True)
class CapStanding:
    """A cap and some groups or members: how often that which has had most has, and how many have had all."""

    said: Text
    per: str
    days: int
    most: int
    used: int
    full: int


def take_turns(corp: Corp) -> None:
    """Let no other transaction count at the same time."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended('wecom.caps:' || %s, 0))", [corp.pk]
        )


def caps_counted(
    corp: Corp, keys: Iterable[str], kind: MassKind, *, purpose: str, at: datetime
) -> list[CapCount]:
    """Return every cap that binds at an instant, and how much of each these have used up."""
    wanted = set(keys)
    channel = "group" if kind == MassKind.GROUPS else "moments"
    zone = ZoneInfo(corp.workspace.time_zone)
    found = []
    for bound, said in reach.broadcast_caps(
        corp.workspace, channel=channel, purpose=purpose, now=at
    ):
        lower, upper, most = bound.window(at, zone)
        used = _counted(corp, wanted, kind, lower, upper)
        found.append(CapCount(said, bound.per, bound.days, most, used))
    return found


def over_the_cap(keys: Iterable[str], caps: Iterable[CapCount]) -> Mapping[str, Text]:
    """Return which of these have had all they may, and by which rule."""
    full: dict[str, Text] = {}
    wanted = set(keys)
    for cap in caps:
        over = {key for key in wanted if cap.used.get(key, 0) >= cap.most}
        full |= {key: cap.said for key in over if key not in full}
    return full


def stands(cap: CapCount, keys: Iterable[str]) -> CapStanding:
    """Return how these stand with a cap."""
    used = [cap.used.get(each, 0) for each in keys]
    full = sum(each >= cap.most for each in used)
    return CapStanding(cap.said, cap.per, cap.days, cap.most, max(used, default=0), full)


def _counted(
    corp: Corp, wanted: set[str], kind: MassKind, lower: datetime, upper: datetime
) -> Counter[str]:
    tasks = (
        MassTask.objects.within(corp.workspace_id)
        .filter(corp=corp, kind=kind)
        .exclude(state__in=_NEVER_WAS)
        .annotate(at=Coalesce("asked_at", "due_at"))
        .filter(at__gte=lower, at__lt=upper)
    )
    if kind == MassKind.GROUPS:
        rows = MassRecipient.objects.within(corp.workspace_id).filter(
            task__in=tasks.values("pk"),
            external_userid__in=wanted,
            customer=0,
            state__in=(RecipientState.WAITING, RecipientState.SENT),
        )
        return Counter(rows.values_list("external_userid", flat=True))
    return _posted(corp, dict(tasks.values_list("pk", "aim")), wanted)


def _posted(
    corp: Corp, aims: Mapping[int, Mapping[str, list[str]]], wanted: set[str]
) -> Counter[str]:
    """Count posts by member: those that are out, and those to come, by whom they are to be published."""
    rows = MassMember.objects.within(corp.workspace_id).filter(task__in=list(aims))
    pairs = set(rows.values_list("task_id", "userid"))
    pairs |= {
        (task, userid.lower()) for task, aim in aims.items() for userid in aim.get("userids", ())
    }
    return Counter(userid for _, userid in pairs if userid in wanted)
