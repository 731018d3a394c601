"""Judging single customers: those whose timer is due, and those something arrived for.

A beat works through the audiences that wait longest, some at a time, within a budget of seconds, so
that a storm of events delays audiences a little and the people who query not at all.
"""

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import connection

from yutang.audiences import _changes, _judging, _runs, _schedule, _timers
from yutang.audiences._arrivals import many
from yutang.audiences._changes import Change
from yutang.audiences.models import (
    Audience,
    AudienceTimer,
    AudienceTouch,
    MembershipRun,
    RunKind,
)
from yutang.engines import named_sql, warehouse
from yutang.kit.errors import DomainError

__all__ = ["judge_waiting"]

SQL = named_sql("yutang.audiences", "membership")
_AT_ONCE = 32  # audiences of one run: their changes share three inserts


@dataclass
class _Waiting:
    """Who is to be judged in one audience: by timer (and when it was due), by touch, or too many."""

    audience: Audience
    due: dict[int, datetime]
    touched: set[int]
    last_touch: int
    timers: list[_timers.Timer] = field(default_factory=list)
    is_too_many: bool = False
    trouble: str = ""
    inside: set[int] = field(default_factory=set)

    @property
    def customers(self) -> list[int]:
        return sorted(self.touched | self.due.keys())


def judge_waiting(*, now: datetime, budget: float, patience: timedelta = timedelta()) -> bool:
    """Judge who waits, for about `budget` seconds; True when some are left.

    Timers wait until one of them has waited so long as `patience`: those that are due a moment apart
    are then one run. What arrived never waits. `now` must be no earlier than the latest arrival that was
    handed out: what lies after it is not seen, and would not be looked at again.
    """
    deadline = time.monotonic() + budget
    tried: set[int] = set()
    while True:
        by_workspace = _waiting_audiences(now, tried, patience)
        if not by_workspace:
            return False
        for workspace_id, audience_ids in by_workspace.items():
            tried.update(audience_ids)
            run = _runs.claim(workspace_id, audience_ids, RunKind.GIVEN, at=now)
            if run:
                with _runs.giving_up_on_error(run):
                    _judge(run, now=now)
            if time.monotonic() > deadline:
                return True


def _waiting_audiences(
    now: datetime, tried: Iterable[int], patience: timedelta
) -> dict[int, list[int]]:
    """Return free audiences with somebody to judge, by workspace, a batch of each at most."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT workspace_id, id FROM audiences_audience
            WHERE next_change_at <= %(now)s AND archived_at IS NULL AND busy IS NULL
                AND id != ALL (%(tried)s::bigint[])
                AND EXISTS (
                    SELECT FROM audiences_audience
                    WHERE next_change_at <= %(overdue)s AND archived_at IS NULL
                )
            UNION
            SELECT audience.workspace_id, audience.id
            FROM (SELECT DISTINCT audience_id FROM audiences_audiencetouch) AS touched
            JOIN audiences_audience AS audience ON audience.id = touched.audience_id
            WHERE archived_at IS NULL AND busy IS NULL AND audience.id != ALL (%(tried)s::bigint[])
            ORDER BY 1, 2
            """,
            {"now": now, "overdue": now - patience, "tried": list(tried)},
        )
        found: dict[int, list[int]] = {}
        for workspace_id, audience_id in cursor.fetchall():
            batch = found.setdefault(workspace_id, [])
            if len(batch) < _AT_ONCE:
                batch.append(audience_id)
    return found


def _judge(run: MembershipRun, *, now: datetime) -> None:
    waiting = [_gather(audience, now=now) for audience in _runs.audiences_of(run)]
    for each in waiting:
        _judge_one(each, now=now)
    before = _members_before(run, waiting)
    changes = [change for each in waiting for change in _changed(each, before, now=now)]
    _runs.settle(run, changes)
    _changes.write(run, changes, received_at=now)

    def put_all_away() -> None:
        for each in waiting:
            _put_away(each, now=now)

    _runs.finish(run, _runs.outcomes_of(run, changes), also=put_all_away)


def _gather(audience: Audience, *, now: datetime) -> _Waiting:
    most = many(audience.workspace_id)
    due = dict(
        AudienceTimer.objects.within(audience.workspace_id)
        .filter(audience=audience, due_at__lte=now)
        .order_by("due_at")
        .values_list("customer", "due_at")[: most + 1]
    )
    touched: set[int] = set()
    last = 0
    for touch in AudienceTouch.objects.within(audience.workspace_id).filter(audience=audience):
        touched.update(touch.customers)
        last = max(last, touch.pk)
    found = _Waiting(audience, due, touched, last)
    found.is_too_many = len(due) + len(touched) > most
    return found


def _judge_one(waiting: _Waiting, *, now: datetime) -> None:
    audience = waiting.audience
    if waiting.is_too_many or not waiting.customers:
        return
    end = audience.next_refresh_at or now + _timers.HORIZON
    try:
        outlook = _judging.outlook(audience, now=now, only=waiting.customers)
        for customer, inside, until in warehouse().rows(
            outlook.sql, outlook.parameters, lane="background"
        ):
            if inside:
                waiting.inside.add(customer)
            if until and (due := _judging.aware(until)) < end:
                waiting.timers.append((customer, due))
    except DomainError as refusal:
        waiting.trouble = refusal.code()


def _members_before(run: MembershipRun, waiting: Sequence[_Waiting]) -> set[tuple[int, int]]:
    customers = sorted({customer for each in waiting for customer in each.customers})
    rows = warehouse().rows(
        SQL["members_among"],
        {"workspace": run.workspace_id, "audiences": run.audiences, "customers": customers},
        lane="background",
    )
    return {(audience, customer) for audience, customer in rows}


def _changed(waiting: _Waiting, before: set[tuple[int, int]], *, now: datetime) -> Iterable[Change]:
    """Yield who entered or left. A timer's instant is the true one: her window ended then."""
    if waiting.is_too_many or waiting.trouble:
        return
    for customer in waiting.customers:
        was = (waiting.audience.pk, customer) in before
        is_now = customer in waiting.inside
        if was != is_now:
            at = now if customer in waiting.touched else waiting.due[customer]
            yield Change(
                waiting.audience.pk, customer, 1 if is_now else -1, round(at.timestamp() * 1000)
            )


def _put_away(waiting: _Waiting, *, now: datetime) -> None:
    """Within the run's transaction: forget who was judged, and when they may change next."""
    audience = waiting.audience
    mine = Audience.objects.within(audience.workspace_id).filter(pk=audience.pk)
    if waiting.is_too_many:
        mine.ask_refresh(at=now, covering=now)
    if waiting.trouble:
        mine.ask_refresh(at=_schedule.after_trouble(audience, now=now), covering=now)
        mine.update(trouble=waiting.trouble)
    _timers.rearm(audience, waiting.customers, waiting.timers)
    AudienceTouch.objects.within(audience.workspace_id).filter(
        audience=audience, pk__lte=waiting.last_touch
    ).delete()
    mine.update(next_change_at=_timers.next_due(audience))
