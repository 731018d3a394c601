"""How often a group was written to, or a member posted: held against the caps of that channel."""

from collections import Counter
from collections.abc import Iterable, Mapping
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

__all__ = ["over_the_cap", "take_turns"]

_NEVER_WAS = (MassState.CANCELLED, MassState.REFUSED)


def take_turns(corp: Corp) -> None:
    """Let no other transaction count at the same time."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended('wecom.caps:' || %s, 0))", [corp.pk]
        )


def over_the_cap(
    corp: Corp, keys: Iterable[str], kind: MassKind, *, purpose: str, at: datetime
) -> Mapping[str, Text]:
    """Return which of these groups (chat ids) or members (userids) have had all they may, and by which rule."""
    wanted, full = set(keys), dict[str, Text]()
    channel = "group" if kind == MassKind.GROUPS else "moments"
    zone = ZoneInfo(corp.workspace.time_zone)
    for bound, said in reach.broadcast_caps(
        corp.workspace, channel=channel, purpose=purpose, now=at
    ):
        lower, upper, most = bound.window(at, zone)
        counted = _counted(corp, wanted, kind, lower, upper)
        full |= {key: said for key in wanted if counted[key] >= most and key not in full}
    return full


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
