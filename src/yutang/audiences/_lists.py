"""Static lists: whoever was put on stays on, until taken off.

Putting on and taking off are recorded like entering and leaving a live audience.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from yutang.audiences import _changes, _conditions, _refreshing, _runs, _saving
from yutang.audiences._changes import Change
from yutang.audiences.models import Audience, AudienceKind, RunKind
from yutang.customers import service as customers
from yutang.engines import named_sql, warehouse
from yutang.kit.errors import DomainError
from yutang.workspaces.service import Member, record_audit

__all__ = ["ListChange", "NotStatic", "put_on", "snapshot", "take_off", "write"]

SQL = named_sql("yutang.audiences", "membership")
_AT_ONCE = 20_000


class NotStatic(DomainError):
    """Who is in a live audience is decided by its condition."""

    zh = "“{audience}”由条件决定成员，不能手工增减。请改它的条件，或建一个静态名单。"
    en = "A condition decides who is in “{audience}”. Change the condition, or make a static list."


@dataclass(frozen=True)
class ListChange:
    """What became of a wish: how many were put on or taken off, were so already, are unknown."""

    changed: int
    unchanged: int
    unknown: int
    count: int


def put_on(
    member: Member, audience_id: int, customer_ids: Iterable[int], *, now: datetime
) -> ListChange:
    """Put customers on a static list; those the member may not see are unknown to her.

    :raises NotFound, Archived, NotStatic, Refreshing:
    """
    return _change(member, audience_id, customer_ids, step=1, now=now)


def take_off(
    member: Member, audience_id: int, customer_ids: Iterable[int], *, now: datetime
) -> ListChange:
    """Take customers off a static list.

    :raises NotFound, Archived, NotStatic, Refreshing:
    """
    return _change(member, audience_id, customer_ids, step=-1, now=now)


def snapshot(
    member: Member, audience_id: int, tree: Mapping[str, Any], *, now: datetime
) -> ListChange:
    """Let exactly those be on a static list who meet a condition now, as the member sees them.

    :raises NotFound, Archived, NotStatic, Refreshing, ConditionUnreadable:
    """
    audience = _static(member, audience_id)
    condition = _conditions.read(member.workspace, tree)
    judged = _conditions.members(condition, _conditions.reader(member, now=now))
    outcome = _refreshing.fill(audience, judged, now=now)
    if outcome is None:
        raise _refreshing.Refreshing(audience=audience.name)
    record_audit(
        member.workspace,
        member.actor,
        "audiences.list_filled",
        f"audience:{audience.pk}",
        detail={"condition": dict(tree), "entered": outcome.entered, "left": outcome.left},
        now=now,
    )
    changed = outcome.entered + outcome.left
    return ListChange(changed, outcome.count - outcome.entered, 0, outcome.count)


def _change(
    member: Member, audience_id: int, wanted: Iterable[int], *, step: int, now: datetime
) -> ListChange:
    audience = _static(member, audience_id)
    asked = sorted(set(wanted))
    changed = known = 0
    for some in _some(asked):
        seen = sorted(customers.visible(member, some))
        known += len(seen)
        changed += write(audience, seen, step=step, now=now)
    audience.refresh_from_db()
    record_audit(
        member.workspace,
        member.actor,
        "audiences.put_on" if step > 0 else "audiences.taken_off",
        f"audience:{audience.pk}",
        detail={"customers": changed},
        now=now,
    )
    return ListChange(changed, known - changed, len(asked) - known, audience.count)


def write(audience: Audience, seen: Sequence[int], *, step: int, now: datetime) -> int:
    """Put customers on a list, or take them off; return how many that changed.

    :raises Refreshing:
    """
    run = _runs.claim(audience.workspace_id, [audience.pk], RunKind.GIVEN, at=now)
    if run is None:
        raise _refreshing.Refreshing(audience=audience.name)
    with _runs.giving_up_on_error(run):
        rows = warehouse().rows(
            SQL["members_among"],
            {"workspace": run.workspace_id, "audiences": [audience.pk], "customers": list(seen)},
        )
        inside = {row[1] for row in rows}
        moving = [each for each in seen if (each in inside) == (step < 0)]
        at = round(now.timestamp() * 1000)
        changes = [Change(audience.pk, each, step, at) for each in moving]
        _runs.settle(run, changes)
        _changes.write(run, changes, received_at=now)
        values = {audience.pk: {"refreshed_at": now}}
        _runs.finish(run, _runs.outcomes_of(run, changes), values=values)
    return len(changes)


def _static(member: Member, audience_id: int) -> Audience:
    audience = _saving.found(member.workspace, audience_id)
    if audience.archived_at:
        raise _saving.Archived(audience=audience.name)
    if audience.kind != AudienceKind.STATIC:
        raise NotStatic(audience=audience.name)
    return audience


def _some(asked: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(asked), _AT_ONCE):
        yield asked[start : start + _AT_ONCE]
