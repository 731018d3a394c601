"""Timers: who may enter or leave an audience though nothing happens, and when.

A full refresh asks the warehouse for every customer's next possible change within the horizon and
keeps the earliest. Where there are more than it keeps, the first one not kept is when everybody is
judged anew; a whole brand that flips at midnight is one refresh at midnight, not a million timers.
"""

from collections.abc import Mapping, Sequence
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
_READ_AT_ONCE = 100_000  # timers held in memory by one reading of several audiences

Timer = tuple[int, datetime]  # customer, due_at


@dataclass(frozen=True)
class Coming:
    """The timers of one audience, complete until `until`, when everybody is judged anew."""

    timers: Sequence[Timer]
    until: datetime


def coming(audiences: Sequence[Audience], *, now: datetime) -> dict[int, Coming]:
    """Return who of all customers may change next in each audience, and until when that is complete.

    The members of the audiences, all of one workspace, must be those of `now`.
    """
    kept = _kept_for_each()
    together = max(1, _READ_AT_ONCE // kept)
    found: dict[int, Coming] = {}
    for start in range(0, len(audiences), together):
        found |= _coming(audiences[start : start + together], kept, now=now)
    return found


def _coming(audiences: Sequence[Audience], kept: int, *, now: datetime) -> dict[int, Coming]:
    horizon = now + HORIZON
    statement = _judging.coming(audiences, now=now, horizon=horizon)
    rows = warehouse().rows(
        SQL["earliest"].replace("/*outlook*/", statement.sql),
        {**statement.parameters, "horizon": horizon, "kept": kept + 1},
        lane="background",
    )
    timers: dict[int, list[Timer]] = {each.pk: [] for each in audiences}
    for audience, customer, due in rows:
        timers[audience].append((customer, _judging.aware(due)))
    return {each: _complete(found, kept, horizon) for each, found in timers.items()}


def _complete(found: Sequence[Timer], kept: int, horizon: datetime) -> Coming:
    until = found[-1][1] if len(found) > kept else horizon
    return Coming([timer for timer in found if timer[1] < until], until)


def replace(workspace_id: int, timers: Mapping[int, Sequence[Timer]]) -> None:
    """Let these be the only timers of these audiences."""
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM audiences_audiencetimer WHERE workspace_id = %s AND audience_id = ANY(%s)",
            [workspace_id, list(timers)],
        )
        with cursor.copy(
            "COPY audiences_audiencetimer (workspace_id, audience_id, customer, due_at) FROM STDIN"
        ) as copy:
            for audience_id, coming_ in timers.items():
                for customer, due in coming_:
                    copy.write_row((workspace_id, audience_id, customer, due))


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
