"""A run changes who is in some audiences, across two stores, all or nothing.

    claim ──► judging ──► writing ──► finished (the row is gone, the audience has the version)
                 │            │
        crash: undone    crash: completed

`claim` marks the audiences busy, so that one run at a time changes an audience. Whoever works on a
run holds an advisory lock of PostgreSQL; a run whose lock is free belongs to nobody and is mended by
`recover`. See docs/how/audience-membership.md.
"""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

import structlog
from django.db import connection, transaction
from django.db.models import Case, F, When

from yutang.audiences import _changes
from yutang.audiences._changes import Change
from yutang.audiences.facts import AudienceChanged
from yutang.audiences.models import Audience, MembershipRun, RunKind, RunState
from yutang.engines import named_sql, warehouse
from yutang.events import service as events
from yutang.kit.facts import publish

__all__ = [
    "Outcome",
    "audiences_of",
    "claim",
    "finish",
    "full_outcomes",
    "giving_up_on_error",
    "recover",
    "settle",
    "told_of",
    "undo",
    "unfinished",
]

log = structlog.get_logger(__name__)
SQL = named_sql("yutang.audiences", "membership")
_LOCKS = 0x59544D52  # the space of advisory locks that runs live in: "YTMR"
_NAMED_AT_MOST = 10_000  # more customers than that are announced as “many”


@dataclass(frozen=True)
class Outcome:
    """What a run did to one audience."""

    audience_id: int
    entered: int
    left: int
    count: int
    customers: Sequence[int] | None  # who changed; None: too many to name


def claim(
    workspace_id: int, audience_ids: Sequence[int], kind: RunKind, *, at: datetime
) -> MembershipRun | None:
    """Begin a run over those of the audiences that no other run is changing; None if there are none.

    Must not be called inside a longer transaction: the claim counts when it is committed.
    """
    with transaction.atomic():
        free = list(
            Audience.objects.within(workspace_id)
            .filter(pk__in=audience_ids, busy=None, archived_at=None)
            .select_for_update(skip_locked=True)
            .order_by("pk")
        )
        if not free:
            return None
        version = max(time.time_ns() // 1000, max(each.version for each in free) + 1)
        _lock(version)
        begun: dict[str, object] = {"busy": version}
        if kind == RunKind.FULL:
            # Who asks for a refresh from now on, or asked for one at a later instant, asks for another.
            later = When(to_cover__gt=at, then=F("to_cover"))
            begun["next_refresh_at"] = Case(later, default=None)
        Audience.objects.filter(pk__in=[each.pk for each in free]).update(**begun)
        return MembershipRun.objects.create(
            version=version,
            workspace_id=workspace_id,
            audiences=[each.pk for each in free],
            kind=kind,
            at=at,
        )


def settle(run: MembershipRun, changes: Sequence[Change] | None = None) -> None:
    """Say that what changes is known: from here on the run is completed, whatever happens."""
    run.state = RunState.WRITING
    run.payload = None if changes is None else _changes.packed(changes)
    run.save(update_fields=["state", "payload"])


def finish(
    run: MembershipRun,
    outcomes: Sequence[Outcome],
    *,
    values: Mapping[int, Mapping[str, object]] | None = None,
    also: Callable[[], None] | None = None,
) -> None:
    """Give the audiences their new version and announce what changed, in one transaction.

    `values` are further columns of an audience by its id; `also` runs inside the transaction.
    """
    with transaction.atomic():
        gone, _ = MembershipRun.objects.within(run.workspace_id).filter(pk=run.pk).delete()
        if not gone:
            return  # somebody mended it meanwhile
        for outcome in outcomes:
            Audience.objects.within(run.workspace_id).filter(pk=outcome.audience_id).update(
                version=run.version,
                busy=None,
                count=outcome.count,
                **(values or {}).get(outcome.audience_id, {}),
            )
            _announce(run, outcome)
        Audience.objects.within(run.workspace_id).filter(busy=run.version).update(busy=None)
        if also:
            also()
    _unlock(run.version)


def _announce(run: MembershipRun, outcome: Outcome) -> None:
    if not outcome.entered and not outcome.left:
        return
    who = outcome.customers
    named = None if who is None or len(who) > _NAMED_AT_MOST else sorted(set(who))
    for what, happened in (
        (f"@members:{outcome.audience_id}", True),
        ("audience.entered", bool(outcome.entered)),
        ("audience.left", bool(outcome.left)),
    ):
        if happened:
            events.announce(run.workspace_id, what, named)
    publish(
        AudienceChanged(
            run.workspace_id, outcome.audience_id, run.version, outcome.entered, outcome.left
        )
    )


@contextmanager
def giving_up_on_error(run: MembershipRun) -> Iterator[None]:
    """Let go of the run's lock when the block stumbles, so that the next `recover` mends it."""
    try:
        yield
    except BaseException:
        _unlock(run.version)
        raise


def unfinished() -> int:
    """Return how many runs are under way or wait to be mended, in all workspaces."""
    return MembershipRun.objects.count()


def recover(*, now: datetime) -> int:
    """Complete or undo every run that nobody works on; return how many there were."""
    mended = 0
    for run in MembershipRun.objects.order_by("pk"):
        if not _lock(run.version):
            continue
        try:
            run.refresh_from_db()
            _mend(run, now=now)
            mended += 1
        except MembershipRun.DoesNotExist:
            pass
        finally:
            _unlock(run.version)
    return mended


def _mend(run: MembershipRun, *, now: datetime) -> None:
    log.warning("mending a run", version=run.version, kind=run.kind, state=run.state)
    if run.state == RunState.JUDGING:
        undo(run, again_at=now)
    elif run.kind == RunKind.FULL:
        _complete_full(run, now=now)
    else:
        changes = _changes.unpacked(bytes(run.payload or b""))
        _changes.write(run, changes, received_at=now)
        # Timers and touches still stand: those customers are judged once more, which changes nothing.
        finish(run, outcomes_of(run, changes))


def undo(
    run: MembershipRun, *, again_at: datetime, values: Mapping[str, object] | None = None
) -> None:
    """Take back a run that has settled nothing; a full one is due again at `again_at`."""
    if run.kind == RunKind.FULL:
        warehouse().command(
            SQL["forget_difference"], _changes.bound(run), settings={"mutations_sync": 2}
        )
        mine = Audience.objects.within(run.workspace_id).filter(pk__in=run.audiences)
        mine.ask_refresh(at=again_at, covering=run.at)
        mine.update(**(values or {}))
    finish(run, [])


def _complete_full(run: MembershipRun, *, now: datetime) -> None:
    warehouse().command(SQL["write_members"], _changes.bound(run))
    if told := told_of(run):
        bound = _changes.bound(run, told) | {"received_at": now}
        warehouse().command(SQL["write_missing_events"], bound)
        warehouse().command(SQL["write_missing_timeline"], bound)
    # Their timers were never written: they are judged again at once, and have them then.
    again = {audience_id: {"next_refresh_at": now} for audience_id in run.audiences}
    finish(run, full_outcomes(run), values=again)


def audiences_of(run: MembershipRun) -> list[Audience]:
    """Return the audiences of a run as they are now, with their workspace."""
    mine = Audience.objects.within(run.workspace_id).filter(pk__in=run.audiences)
    return list(mine.select_related("workspace").order_by("pk"))


def told_of(run: MembershipRun) -> list[int]:
    """Return the run's audiences whose changes are events of the customers: all but those of rules."""
    mine = Audience.objects.within(run.workspace_id).filter(pk__in=run.audiences, is_of_rule=False)
    return list(mine.values_list("pk", flat=True))


def full_outcomes(run: MembershipRun) -> list[Outcome]:
    """Return what a full run changed, as the warehouse has it."""

    def rows(statement: str, bound: Mapping[str, object]) -> Sequence[Sequence[int]]:
        return warehouse().rows(SQL[statement], bound, lane="background")

    bound = _changes.bound(run)
    changed = {each: (entered, left) for each, entered, left in rows("count_difference", bound)}
    counts = {row[0]: row[1] for row in rows("count_members", bound)}
    few = [each for each, (entered, left) in changed.items() if entered + left <= _NAMED_AT_MOST]
    named: dict[int, list[int]] = {each: [] for each in run.audiences if each not in changed}
    named |= {each: [] for each in few}
    if few:
        for audience_id, customer in rows("customers_of_difference", _changes.bound(run, few)):
            named[audience_id].append(customer)
    return [
        Outcome(each, *changed.get(each, (0, 0)), counts.get(each, 0), named.get(each))
        for each in run.audiences
    ]


def outcomes_of(run: MembershipRun, changes: Sequence[Change]) -> list[Outcome]:
    """Return what given changes did to each audience of the run."""
    counts = dict(
        Audience.objects.within(run.workspace_id)
        .filter(pk__in=run.audiences)
        .values_list("pk", "count")
    )
    found = []
    for audience_id in run.audiences:
        mine = [change for change in changes if change.audience == audience_id]
        entered = sum(change.step == 1 for change in mine)
        left = len(mine) - entered
        found.append(
            Outcome(
                audience_id,
                entered,
                left,
                max(0, counts.get(audience_id, 0) + entered - left),
                [change.customer for change in mine],
            )
        )
    return found


def _lock(version: int) -> bool:
    """Hold the run for this connection; False when another connection does."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [_LOCKS, version % (1 << 31)])
        (held,) = cursor.fetchone()
    return bool(held)


def _unlock(version: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [_LOCKS, version % (1 << 31)])
