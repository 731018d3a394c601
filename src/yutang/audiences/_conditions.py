"""Between saved audiences and the condition language: reading, what a condition depends on, and
the frame a workspace gives it.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from yutang.audiences import _vocabulary
from yutang.audiences.condition import (
    Condition,
    ConditionUnreadable,
    Frame,
    Only,
    Scoped,
    Statement,
    from_json,
    next_changes,
    next_changes_of_members,
    select,
    select_each,
    to_json,
)
from yutang.audiences.condition.nodes import (
    AttributeTest,
    AudienceTest,
    Dependant,
    Events,
    EventTest,
    HasReferred,
    MomentTest,
    ReferredBy,
    RelationTest,
    TagGroupTest,
    TagTest,
    walk,
)
from yutang.audiences.condition.nodes import Sequence as Steps
from yutang.audiences.models import Audience
from yutang.customers import service as customers
from yutang.workspaces.models import Workspace
from yutang.workspaces.service import Member

__all__ = [
    "Statement",
    "audiences_in",
    "coming",
    "frame",
    "kept",
    "listens",
    "members",
    "members_of_each",
    "outlook",
    "read",
    "reader",
    "recalled",
    "written",
]


def read(workspace: Workspace, tree: Mapping[str, Any] | None) -> Condition:
    """Return a condition as somebody wrote it, in the words of the workspace.

    :raises ConditionUnreadable:
    """
    return from_json(tree, _vocabulary.words(workspace))


def recalled(workspace: Workspace, tree: Mapping[str, Any] | None) -> Condition:
    """Return a condition that is only asked about: it may name what was archived since.

    :raises ConditionUnreadable:
    """
    try:
        return read(workspace, tree)
    except ConditionUnreadable as unreadable:
        _vocabulary.forget(workspace)
        try:
            return from_json(tree, _vocabulary.lasting_words(workspace))
        except ConditionUnreadable:
            raise unreadable from None


def kept(audience: Audience) -> Condition:
    """Return the condition an audience was saved with.

    :raises ConditionUnreadable: when it names what was deleted since
    """
    try:
        return from_json(audience.condition, _vocabulary.lasting_words(audience.workspace))
    except ConditionUnreadable:
        _vocabulary.forget(audience.workspace)  # it may name what was made a moment ago
        return from_json(audience.condition, _vocabulary.lasting_words(audience.workspace))


def written(condition: Condition) -> dict[str, object]:
    """Return a condition as it is saved."""
    return to_json(condition)


def frame(workspace: Workspace, *, now: datetime, only: Sequence[int] | None = None) -> Frame:
    """Return what the background judges by: everybody, or only these customers."""
    return Frame(
        workspace=workspace.pk,
        now=now,
        time_zone=workspace.time_zone,
        quiet_types=_vocabulary.lasting_words(workspace).quiet_types,
        overrides=customers.pending_overrides(workspace),
        only=None if only is None else Only(_origins(workspace, only)),
    )


def _origins(workspace: Workspace, only: Sequence[int]) -> dict[int, int]:
    """Return whose events to read. Whoever was erased stands for herself, and is found nowhere."""
    known = customers.origins_of_several(workspace, only)
    return {each: each for each in only} | known


def reader(member: Member, *, now: datetime, only: Sequence[int] | None = None) -> Frame:
    """Return what a member sees by: her data scope, and “my” as herself."""
    scope = member.scope
    mine = Scoped(tuple(sorted(scope.staff_ids)), tuple(sorted(scope.store_ids)))
    bare = frame(member.workspace, now=now, only=only)
    return Frame(
        workspace=bare.workspace,
        now=bare.now,
        time_zone=bare.time_zone,
        quiet_types=bare.quiet_types,
        overrides=bare.overrides,
        only=bare.only,
        scope=None if scope.is_everyone else mine,
        mine=mine,
    )


def members(condition: Condition, framed: Frame) -> Statement:
    """Return `SELECT customer` of those who meet the condition, each once.

    :raises MineNeedsReader:
    """
    return select(condition, framed)


def members_of_each(conditions: Mapping[int, Condition], framed: Frame) -> Statement:
    """Return `SELECT audience, customer` of those who meet the condition of each audience.

    :raises MineNeedsReader:
    """
    return select_each(conditions, framed)


def outlook(condition: Condition, framed: Frame) -> Statement:
    """Return `SELECT customer, inside, until`: who is in, and until when that holds though nothing
    happens (NULL: for ever). Of those who are out only whoever may enter by time alone is answered.

    :raises MineNeedsReader:
    """
    return next_changes(condition, framed)


def coming(conditions: Mapping[int, Condition], framed: Frame, *, horizon: datetime) -> Statement:
    """Return `SELECT audience, customer, inside, until` of those for whom something may change until
    the horizon, in audiences whose members are exactly who is in now.

    :raises MineNeedsReader:
    """
    return next_changes_of_members(conditions, framed, horizon=horizon)


def audiences_in(condition: Condition) -> set[int]:
    """Return the audiences a condition asks about."""
    return {
        audience
        for node in walk(condition)
        if isinstance(node, AudienceTest)
        for audience in node.audiences
    }


def listens(condition: Condition) -> set[str]:
    """Return what, when it arrives for a customer, may change the answer for her.

    Event types by name, `*` for any activity, `@referrals` for a relation of somebody she brought, and
    `@profile` always: it also says that somebody is new, merged or gone.
    """
    return {"@profile"}.union(*(_arrivals_of(node) for node in walk(condition)))


def _arrivals_of(node: Condition) -> Iterable[str]:
    found: Iterable[str] = ()
    match node:
        case AttributeTest(field=field) if field.column is None:
            found = ("@fields",)
        case TagTest() | TagGroupTest():
            found = ("@tags",)
        case EventTest(events=events) | MomentTest(events=events):
            found = _types(events)
        case Steps(steps=steps, without=without):
            parts = [*steps, *([without.events] if without else [])]
            found = {each for part in parts for each in _types(part)}
        case RelationTest() | ReferredBy():
            found = ("@relations",)
        case HasReferred():
            found = ("@referrals",)
        case Dependant():
            found = ("@dependants",)
        case AudienceTest(audiences=audiences):
            found = [f"@members:{each}" for each in audiences]
    return found


def _types(events: Events) -> Sequence[str]:
    return events.types or ("*",)
