"""From identities to customers, by the batch: known ones in one statement, new ones in a handful.

The known path takes no lock. The other one plans in memory (`_planning`), locks the customers that
change in the order of their numbers, writes identities in the order of their unique index, and
starts again from a savepoint where somebody else was faster.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.db import connection, transaction

from yutang.customers._claims import Claim, read_claims
from yutang.customers._kinds import Kinds, kinds_of
from yutang.customers._marks import mark
from yutang.customers._merging import Union, unite
from yutang.customers._planning import Group, Known, Plan, make_plan
from yutang.customers._rows import change, columns_of, listed, rows
from yutang.customers._tombstones import buried
from yutang.kit.errors import FieldProblem
from yutang.workspaces.models import Workspace

__all__ = ["ERASED", "Resolved", "find", "resolve"]

Key = tuple[str, str]
_TRIES = 12


class Resolved(NamedTuple):
    """Whose an event is: the customer she is today, and the one her identity was born with.

    Both are 0 when she cannot be told (`problem` says why) or was erased (`problem` is None).
    """

    customer_id: int
    origin_id: int
    problem: FieldProblem | None = None


ERASED = Resolved(0, 0)


class _StartAgain(Exception):
    """Somebody else was faster, or more customers have to be locked, in order, from the start."""

    def __init__(self, locking: frozenset[int] = frozenset()) -> None:
        super().__init__()
        self.locking = locking


@dataclass(frozen=True)
class _Stamp:
    """What every row written for a batch carries, and the kinds it was read by."""

    kinds: Kinds
    source: str
    now: datetime


def resolve(
    workspace: Workspace,
    people: Sequence[Mapping[str, str]],
    *,
    source: str,
    now: datetime,
    locking: bool = False,
) -> list[Resolved]:
    """Return whose each of these identity maps is, making and merging customers as needed.

    A map is `{"phone": "138 0013 8000", "openid:wxapp1": "oX1…"}`; answers are in the given order.
    Nothing is refused as a whole: what cannot be read carries its own `problem`.

    Call it once, inside the transaction that records what these people did: the squash of a later
    merge waits for that transaction, and so finds every event that still names the old customer.
    `locking` keeps known customers from changing until the transaction ends, for who changes them next.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("resolve() belongs in the transaction that records what people did")
    kinds = kinds_of(workspace)
    read = [read_claims(person, kinds) for person in people]
    sound = [each for each in read if not isinstance(each, FieldProblem)]
    whose = _look_up(workspace, sound)
    if locking:
        whose = _held_still(workspace, sound, whose)
    answers: list[Resolved | None] = [_known(claims, whose) for claims in read]
    open_ones = [place for place, answer in enumerate(answers) if answer is None]
    if open_ones:
        by_claims: dict[tuple[Claim, ...], list[int]] = defaultdict(list)
        for place in open_ones:
            by_claims[tuple(read[place])].append(place)  # type: ignore[arg-type]
        settled = _settle(workspace, list(by_claims), whose, _Stamp(kinds, source[:100], now))
        for places, answer in zip(by_claims.values(), settled, strict=True):
            for place in places:
                answers[place] = answer
    return answers  # type: ignore[return-value]


def find(workspace: Workspace, claim: Claim) -> int | None:
    """Return who has this identity today."""
    found = _look_up(workspace, [[claim]]).get(claim.key)
    return found[0] if found else None


def _look_up(workspace: Workspace, people: Iterable[Sequence[Claim]]) -> dict[Key, tuple[int, int]]:
    values = sorted({claim.key[1] for claims in people for claim in claims})
    found = rows("identities", "look_up", {"workspace": workspace.pk, "values": listed(values)})
    return {(name, value): (customer, home) for name, value, customer, home in found}


def _held_still(
    workspace: Workspace, people: Sequence[Sequence[Claim]], whose: dict[Key, tuple[int, int]]
) -> dict[Key, tuple[int, int]]:
    """Lock everybody known among these people, in order; return whose their identities are then."""
    for _ in range(_TRIES):
        try:
            with transaction.atomic():
                known = frozenset(customer for customer, _ in whose.values())
                _lock(workspace, known)
                return _still(_look_up(workspace, people), known)
        except _StartAgain:
            whose = _look_up(workspace, people)
    raise RuntimeError("customers kept changing while they were being locked")


def _still(whose: dict[Key, tuple[int, int]], known: frozenset[int]) -> dict[Key, tuple[int, int]]:
    if not {customer for customer, _ in whose.values()} <= known:
        raise _StartAgain
    return whose


def _known(
    claims: Sequence[Claim] | FieldProblem, whose: Mapping[Key, tuple[int, int]]
) -> Resolved | None:
    """Return the answer for somebody all of whose identities are known and agree."""
    if isinstance(claims, FieldProblem):
        return Resolved(0, 0, claims)
    lead = whose.get(claims[0].key)
    if lead is None:
        return None
    for claim in claims[1:]:
        found = whose.get(claim.key)
        if found is None or (found[0] != lead[0] and claim.strong):
            return None
    return Resolved(*lead)


def _settle(
    workspace: Workspace,
    people: Sequence[Sequence[Claim]],
    whose: dict[Key, tuple[int, int]],
    stamp: _Stamp,
) -> list[Resolved]:
    """Return the answers for people of whom something is new or does not agree."""
    locking = _gaining(people, whose)
    for _ in range(_TRIES):
        try:
            with transaction.atomic():
                return _attempt(workspace, people, whose, locking, stamp)
        except _StartAgain as again:
            whose = _look_up(workspace, people)
            locking = again.locking | _gaining(people, whose)
    raise RuntimeError("identities kept changing while they were being resolved")


def _gaining(
    people: Sequence[Sequence[Claim]], whose: Mapping[Key, tuple[int, int]]
) -> frozenset[int]:
    """Return the customers who are about to have one more identity."""
    gaining: set[int] = set()
    for claims in people:
        found = [whose[claim.key][0] for claim in claims if claim.key in whose]
        if 0 < len(found) < len(claims):
            gaining.update(found)
    return frozenset(gaining)


def _attempt(
    workspace: Workspace,
    people: Sequence[Sequence[Claim]],
    whose: dict[Key, tuple[int, int]],
    locking: frozenset[int],
    stamp: _Stamp,
) -> list[Resolved]:
    if locking:
        _lock(workspace, locking)
        whose = _look_up(workspace, people)
    people, known = _living(workspace, people, whose, stamp.kinds)
    plan = make_plan(people, known)
    if not plan.touched <= locking:
        raise _StartAgain(frozenset(plan.touched))
    if not plan.is_empty:
        _write(workspace, plan, stamp)
    return _answers(people, plan, known)


def _living(
    workspace: Workspace,
    people: Sequence[Sequence[Claim]],
    whose: dict[Key, tuple[int, int]],
    kinds: Kinds,
) -> tuple[Sequence[Sequence[Claim]], Known]:
    """Leave out the identities of erased people; somebody of whom nothing strong is left is nobody."""
    fresh = {claim.key for claims in people for claim in claims if claim.key not in whose}
    erased = buried(workspace, fresh) if fresh else set()
    if erased:
        people = [_without(claims, erased, whose) for claims in people]
    return people, _knowledge(workspace, whose, kinds)


def _without(
    claims: Sequence[Claim], erased: set[Key], whose: Mapping[Key, tuple[int, int]]
) -> Sequence[Claim]:
    if all(claim.key not in erased for claim in claims):
        return claims
    if not any(claim.strong and claim.key in whose for claim in claims):
        return []
    return [claim for claim in claims if claim.key not in erased]


def _knowledge(workspace: Workspace, whose: dict[Key, tuple[int, int]], kinds: Kinds) -> Known:
    customers = sorted({customer for customer, _ in whose.values()})
    held: dict[int, list[tuple[str, str, bool, bool]]] = defaultdict(list)
    if not customers:
        return Known(whose, held, frozenset())
    asked = {"workspace": workspace.pk, "customers": listed(customers)}
    for customer, name, value in rows("identities", "held", asked):
        kind = kinds.of(name)
        if kind:
            held[customer].append((name, value, kind.strong, kind.single))
    apart = rows("identities", "apart", asked) if len(customers) > 1 else []
    return Known(whose, held, frozenset((one, other) for one, other in apart))


def _lock(workspace: Workspace, customers: frozenset[int]) -> None:
    asked = {"workspace": workspace.pk, "customers": listed(sorted(customers))}
    found = rows("identities", "lock", asked)
    if len(found) < len(customers) or any(merged for _, merged in found):
        raise _StartAgain


def _write(workspace: Workspace, plan: Plan, by: _Stamp) -> None:
    new = _number_new_ones(plan.groups)
    stamp = {"workspace": workspace.pk, "source": by.source, "now": by.now}
    adding = [
        (group.winner, home or group.winner, *key)
        for group in plan.groups
        for key, home in group.fresh.items()
    ]
    if adding:
        columns = columns_of(adding, ("customers", "homes", "names", "values"))
        if change("identities", "add_identities", stamp | columns) < len(adding):
            raise _StartAgain
    if new:
        change("identities", "add_customers", stamp | {"customers": listed(new)})
    _ask_people(plan, stamp)
    unions = [
        Union(loser, group.winner, group.via)
        for group in plan.groups
        for loser in sorted(group.customers - {group.winner})
    ]
    if unions:
        unite(workspace, unions, actor=f"system:{by.source}", now=by.now)
    changed = sorted({group.winner for group in plan.groups if group.fresh})
    if changed:
        mark(workspace, "profile", changed)


def _number_new_ones(groups: Sequence[Group]) -> list[int]:
    """Give each group without a customer a number of its own."""
    nobody_yet = [group for group in groups if not group.customers]
    if not nobody_yet:
        return []
    numbers = [
        number for (number,) in rows("identities", "draw_numbers", {"count": len(nobody_yet)})
    ]
    for group, number in zip(nobody_yet, numbers, strict=True):
        group.customers.add(number)
    return numbers


def _ask_people(plan: Plan, stamp: Mapping[str, object]) -> None:
    """Put what a program must not decide on the review list."""
    asking = [
        (*sorted((each.one.winner, each.other.winner)), each.shared[:100], each.disputed[:100])
        for each in plan.disputes
    ]
    if asking:
        columns = columns_of(asking, ("firsts", "seconds", "shared", "disputed"))
        change("identities", "add_conflicts", dict(stamp) | columns)


def _answers(people: Sequence[Sequence[Claim]], plan: Plan, known: Known) -> list[Resolved]:
    fresh: dict[Key, Resolved] = {}
    today: dict[int, int] = {}
    for group in plan.groups:
        today.update(dict.fromkeys(group.customers, group.winner))
        for key, home in group.fresh.items():
            fresh[key] = Resolved(group.winner, home or group.winner)
    answers = []
    leads = iter(plan.leads)
    for claims in people:
        lead = next(leads)
        if not claims:
            answers.append(ERASED)
        elif lead in known.whose:
            customer, home = known.whose[lead]
            answers.append(Resolved(today.get(customer, customer), home))
        else:
            answers.append(fresh[lead])
    return answers
