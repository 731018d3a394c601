"""What people do to those inside: let them in, let those who are held go on, take somebody out."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from yutang.customers import service as customers
from yutang.engines import bound
from yutang.journeys._entering import Candidate, Entered, enter
from yutang.journeys._living import NotActive, found
from yutang.journeys._seeing import people
from yutang.journeys.engine import locks
from yutang.journeys.models import Journey, JourneyState, JourneySubject, RunState
from yutang.kit.errors import DomainError
from yutang.kit.pulse import wake
from yutang.workspaces.service import Member, record_audit

__all__ = ["NotInside", "let_in", "release", "take_out"]


class NotInside(DomainError):
    """Nobody of this number is in the journey now."""

    status = 404
    zh = "旅程“{journey}”里现在没有编号 {subject} 的人。"
    en = "Nobody with the number {subject} is in the journey “{journey}” now."


@transaction.atomic
def let_in(
    member: Member,
    journey_id: int,
    subjects: Sequence[int],
    *,
    key: str,
    data: Mapping[str, Any] | None = None,
    now: datetime,
) -> Entered:
    """Let people in, by hand or by another system; under the same key each enters once.

    Those whom the member may not see count as unknown.

    :raises NotFound, NotActive:
    """
    journey = found(member.workspace, journey_id)
    if journey.state != JourneyState.ACTIVE:
        raise NotActive(journey=journey.name)
    seen = list(dict.fromkeys(subjects))
    if journey.subject == JourneySubject.CUSTOMER:
        visible = customers.visible(member, seen)
        seen = [each for each in seen if each in visible]
    outcome = enter(journey.pk, [Candidate(each, key[:70], now, data) for each in seen], now=now)
    outcome += Entered(unknown=len(set(subjects)) - len(seen))
    _audit(member, journey, "journeys.let_in", now, people=outcome.entered)
    return outcome


@transaction.atomic
def release(
    member: Member, journey_id: int, *, node: str | None = None, skip: bool = False, now: datetime
) -> int:
    """Let those who are held try again, or go on past the node (`skip`); return how many.

    :raises NotFound:
    """
    journey = found(member.workspace, journey_id)
    held = people(member, journey, state=RunState.HELD)
    if node is not None:
        held = held.filter(node=node)
    released = held.update(
        state=RunState.DUE, due_at=now, tries=0, outcome="", sign="skip" if skip else ""
    )
    Journey.objects.within(member.workspace).filter(pk=journey.pk).update(trouble="")
    _audit(member, journey, "journeys.released", now, people=released, node=node or "", skip=skip)
    transaction.on_commit(lambda: wake("journeys.advance"))
    return released


@transaction.atomic
def take_out(member: Member, journey_id: int, subject: int, *, now: datetime) -> None:
    """Take somebody out of a journey, wherever she stands.

    :raises NotFound, NotInside:
    """
    journey = found(member.workspace, journey_id)
    locks.hold_up([journey.pk])
    rows = people(member, journey).filter(subject=subject).exclude(state=RunState.DONE)
    ids = list(rows.values_list("pk", flat=True))
    if not ids:
        raise NotInside(journey=journey.name, subject=subject)
    bound(_TAKE_OUT, {"ids": ids, "now": now, "day": now.date()})
    _audit(member, journey, "journeys.taken_out", now, customer=subject)


def _audit(member: Member, journey: Journey, action: str, now: datetime, **detail: object) -> None:
    record_audit(
        member.workspace,
        member.actor,
        action,
        f"journey:{journey.pk}",
        detail={"name": journey.name, **detail},
        now=now,
    )


_TAKE_OUT = """
    WITH taken AS (
        UPDATE journeys_run SET state = 'done', due_at = NULL, sign = '', outcome = 'taken_out',
            visit = visit + 1, rev = rev + 1
        WHERE id = ANY(%(ids)s::bigint[]) AND state <> 'done'
        RETURNING workspace_id, journey_id, version_id, id, node, visit
    ), stepped AS (
        INSERT INTO journeys_runstep (workspace_id, run_id, seq, node, outcome, at)
        SELECT workspace_id, id, visit - 1, node, 'taken_out', %(now)s FROM taken
    )
    INSERT INTO journeys_nodetally (workspace_id, journey_id, version_id, node, what, day, count)
    SELECT workspace_id, journey_id, version_id, node, 'taken_out', %(day)s::date, count(*)
    FROM taken GROUP BY workspace_id, journey_id, version_id, node
    UNION ALL
    SELECT workspace_id, journey_id, version_id, '', 'done:taken_out', %(day)s::date, count(*)
    FROM taken GROUP BY workspace_id, journey_id, version_id
"""
