"""Timers: who may enter or leave an audience though nothing happens, and when.

A full refresh asks the warehouse for every customer's next possible change within the horizon and
keeps the earliest. Where there are more than it keeps, the first one not kept is when everybody is
judged anew; a whole brand that flips at midnight is one refresh at midnight, not a million timers.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection

from yutang.audiences import _judging
from yutang.audiences.models import Audience, AudienceTimer
from yutang.engines import named_sql, warehouse
from yutang.workspaces.models import Workspace

__all__ = ["HORIZON", "Coming", "coming", "next_due", "rearm", "replace", "waiting_timers"]

SQL = named_sql("yutang.audiences", "timers")
HORIZON = timedelta(hours=24)
_KEPT_IN_ALL = 5_000_000  # rows of the table; shared by the live audiences
_KEPT_AT_LEAST, _KEPT_AT_MOST = 5_000, 50_000

Timer = tuple[int, datetime]  # customer, due_at


@dataclass(frozen=True)
class Coming:
    """The timers of one audience, complete until `until`, when everybody is judged anew."""

    timers: Sequence[Timer]
    until: datetime


def coming(audience: Audience, *, now: datetime) -> Coming:
    """Return who of all customers may change next, and until when that list is complete."""
    until = now + HORIZON
    kept = _kept_for_each()
    statement = _judging.outlook(audience, now=now, horizon=until)
    rows = warehouse().rows(
        SQL["earliest"].replace("/*outlook*/", statement.sql),
        {**statement.parameters, "horizon": until, "kept": kept + 1},
        lane="background",
    )
    if len(rows) > kept:
        until = _judging.aware(rows[-1][1])
    found = [(int(customer), _judging.aware(due)) for customer, due in rows]
    return Coming([timer for timer in found if timer[1] < until], until)


def replace(audience: Audience, timers: Iterable[Timer]) -> None:
    """Let these be the only timers of the audience."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM audiences_audiencetimer WHERE audience_id = %s", [audience.pk])
        with cursor.copy(
            "COPY audiences_audiencetimer (workspace_id, audience_id, customer, due_at) FROM STDIN"
        ) as copy:
            for customer, due in timers:
                copy.write_row((audience.workspace_id, audience.pk, customer, due))


def rearm(audience: Audience, judged: Sequence[int], timers: Sequence[Timer]) -> None:
    """Let these be the only timers of the judged customers in the audience."""
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM audiences_audiencetimer WHERE audience_id = %s AND customer = ANY(%s)",
            [audience.pk, list(judged)],
        )
        cursor.execute(
            "INSERT INTO audiences_audiencetimer (workspace_id, audience_id, customer, due_at)"
            " SELECT %s, %s, customer, due_at"
            " FROM unnest(%s::bigint[], %s::timestamptz[]) AS timer (customer, due_at)",
            [
                audience.workspace_id,
                audience.pk,
                [customer for customer, _ in timers],
                [due for _, due in timers],
            ],
        )


def next_due(audience: Audience) -> datetime | None:
    """Return when the first timer of the audience is due."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT min(due_at) FROM audiences_audiencetimer WHERE audience_id = %s", [audience.pk]
        )
        due: datetime | None = cursor.fetchone()[0]
    return due


def waiting_timers(workspace: Workspace) -> int:
    """Return how many timers of the workspace's audiences wait."""
    return AudienceTimer.objects.within(workspace).count()


def _kept_for_each() -> int:
    live = max(1, Audience.objects.kept_on_time().count())
    return max(_KEPT_AT_LEAST, min(_KEPT_AT_MOST, _KEPT_IN_ALL // live))
