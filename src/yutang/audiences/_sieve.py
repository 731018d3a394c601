"""Whom an event can matter to: whoever her profile keeps out of an audience is not judged in it.

A thousand audiences may ask about one event type, most of them for one town, one sex, one tenth by
chance. Such a part of a condition changes with the profile only, which arrives by itself (`@profile`):
who fails it was out before the event, is out after it, and need not be looked at.
"""

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime

from django.db.models import QuerySet, TextField
from django.db.models.functions import MD5, Cast

from yutang.audiences import _conditions
from yutang.audiences.condition import ConditionUnreadable
from yutang.audiences.condition.judge import holds
from yutang.audiences.condition.loading import load_profiles
from yutang.audiences.condition.nodes import (
    All,
    Any,
    AttributeTest,
    Between,
    Comparison,
    Condition,
    Inside,
    Known,
    Not,
    OneOf,
    RandomShare,
    walk,
)
from yutang.audiences.condition.person import Look, Person
from yutang.audiences.models import Audience
from yutang.workspaces.models import Workspace

__all__ = ["Sieve", "stamped"]

_SIEVED_AT_MOST = 2_000  # customers; more are not worth looking at one by one here
_KNOWN_AT_MOST = 20_000  # audiences whose gates are remembered

Gates = Sequence[Condition]
_known: dict[int, tuple[str, Gates]] = {}


def stamped(audiences: QuerySet[Audience]) -> QuerySet[Audience]:
    """Let each audience bring a stamp of its condition, by which its gates are remembered."""
    return audiences.annotate(stamp=MD5(Cast("condition", TextField())))


class Sieve:
    """Customers that something arrived for, as their profiles are now."""

    def __init__(
        self, workspace: Workspace, audiences: Sequence[Audience], *, now: datetime
    ) -> None:
        self._look = Look(now, workspace.time_zone)
        self._gates = _gates_of(workspace, audiences)
        self._people: Mapping[int, Person] | None = None
        self._passing: dict[Condition, AbstractSet[int]] = {}
        self._workspace = workspace

    def look_at(self, customers: Iterable[int]) -> None:
        """Read these customers' profiles; without it, everybody passes."""
        named = sorted(set(customers))
        if 0 < len(named) <= _SIEVED_AT_MOST and any(self._gates.values()):
            self._people = load_profiles(self._workspace.pk, named)

    def passing(self, audience: Audience, customers: AbstractSet[int]) -> AbstractSet[int]:
        """Return those whom their profile does not keep out; whoever has none passes."""
        if self._people is None:
            return customers
        strangers = customers - self._people.keys()
        rest = customers - strangers
        for gate in self._gates[audience.pk]:
            if not rest:
                break
            rest = rest & self._through(gate, rest)
        return rest | strangers

    def _through(self, gate: Condition, customers: AbstractSet[int]) -> AbstractSet[int]:
        assert self._people is not None
        if _by_chance(gate):  # each audience draws its own lots: not worth asking for everybody
            people = [self._people[each] for each in customers]
            return {each.customer for each in people if holds(gate, each, self._look)}
        if gate not in self._passing:
            self._passing[gate] = {
                number for number, each in self._people.items() if holds(gate, each, self._look)
            }
        return self._passing[gate]


def _gates_of(workspace: Workspace, audiences: Sequence[Audience]) -> dict[int, Gates]:
    """Return what everybody in an audience must pass by her profile, for each of these."""
    stamps: dict[int, str] = {each.pk: each.stamp for each in audiences}  # type: ignore[attr-defined]
    new = [pk for pk, stamp in stamps.items() if _known.get(pk, ("",))[0] != stamp]
    if len(_known) + len(new) > _KNOWN_AT_MOST:
        _known.clear()
        new = [*stamps]
    for audience in Audience.objects.within(workspace).filter(pk__in=new):
        audience.workspace = workspace
        _known[audience.pk] = stamps[audience.pk], _gates(audience)
    return {pk: _known[pk][1] if pk in _known else () for pk in stamps}


def _gates(audience: Audience) -> Gates:
    try:
        parts: list[Condition] = [_conditions.kept(audience)]
    except ConditionUnreadable:
        return ()
    gates = []
    while parts:
        part = parts.pop()
        if isinstance(part, All):
            parts += part.of
        elif all(_is_of_the_profile(each) for each in walk(part)):
            gates.append(part)
    return sorted(gates, key=_by_chance)


def _is_of_the_profile(node: Condition) -> bool:
    match node:
        case All() | Any() | Not() | RandomShare():
            return True
        case AttributeTest(
            field=field, test=Comparison() | Between() | OneOf() | Known() | Inside()
        ):
            return field.column is not None
    return False


def _by_chance(gate: Condition) -> bool:
    return any(isinstance(each, RandomShare) for each in walk(gate))
