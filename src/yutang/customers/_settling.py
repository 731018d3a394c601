"""People of whom something is new or does not agree: planned, written, answered. One attempt."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from psycopg.errors import UniqueViolation

from yutang.customers._claims import Claim
from yutang.customers._kinds import Kinds
from yutang.customers._marks import mark
from yutang.customers._merging import Union, unite
from yutang.customers._planning import Known, Plan, make_plan
from yutang.customers._rows import change, columns_of, listed, rows
from yutang.customers._tombstones import buried
from yutang.kit.errors import FieldProblem
from yutang.workspaces.models import Workspace
from yutang.workspaces.service import record_audit

__all__ = ["ERASED", "Resolved", "Settling", "StartAgain", "lock", "look_up"]

Key = tuple[str, str]
Whose = Mapping[Key, tuple[int, int]]
_AUDITED_ONE_BY_ONE = 20


class Resolved(NamedTuple):
    """Whose an event is: the customer she is today, and the one her identity was born with.

    Both are 0 when she cannot be told (`problem` says why) or was erased (`problem` is None).
    """

    customer_id: int
    origin_id: int
    problem: FieldProblem | None = None


ERASED = Resolved(0, 0)


class StartAgain(Exception):
    """Somebody else was faster, or more customers have to be locked, in order, from the start."""

    def __init__(self, locking: frozenset[int] = frozenset()) -> None:
        super().__init__()
        self.locking = locking


def look_up(workspace: Workspace, people: Iterable[Sequence[Claim]]) -> dict[Key, tuple[int, int]]:
    values = sorted({claim.key[1] for claims in people for claim in claims})
    found = rows("identities", "look_up", {"workspace": workspace.pk, "values": listed(values)})
    return {(name, value): (customer, home) for name, value, customer, home in found}


def lock(workspace: Workspace, customers: frozenset[int]) -> None:
    """Lock these customers in the order of their numbers.

    :raises StartAgain: when one of them was merged away or erased
    """
    asked = {"workspace": workspace.pk, "customers": listed(sorted(customers))}
    found = rows("identities", "lock", asked)
    if len(found) < len(customers) or any(merged for _, merged in found):
        raise StartAgain


@dataclass(frozen=True)
class Settling:
    """One batch: by which kinds it was read, and what every row written for it carries."""

    workspace: Workspace
    kinds: Kinds
    source: str
    now: datetime
    unborn: list[int] | None = None
    since: dict[Key, datetime] = field(default_factory=dict)  # of identities that came with a past

    def note_pasts(
        self, people: Sequence[Sequence[Claim] | FieldProblem], since: Sequence[datetime | None]
    ) -> None:
        """Keep since when these people's identities have been known; of several, the earliest."""
        for claims, at in zip(people, since, strict=False):
            if at is not None and not isinstance(claims, FieldProblem):
                for claim in claims:
                    before = self.since.get(claim.key)
                    self.since[claim.key] = at if before is None else min(before, at)

    def gaining(self, people: Sequence[Sequence[Claim]], whose: Whose) -> frozenset[int]:
        """Return the customers who are about to have one more identity."""
        gaining: set[int] = set()
        for claims in people:
            found = [whose[claim.key][0] for claim in claims if claim.key in whose]
            if 0 < len(found) < len(claims):
                gaining.update(found)
        return frozenset(gaining)

    def attempt(
        self, people: Sequence[Sequence[Claim]], whose: Whose, locked: frozenset[int]
    ) -> list[Resolved]:
        """Plan, write and answer.

        :raises StartAgain: when the plan is not what the locks were taken for, or came too late
        """
        keys = {claim.key for claims in people for claim in claims}
        whose = {key: whose[key] for key in keys if key in whose}
        people = self._living(people, whose, keys)
        alone = _alone(people, whose)
        together = [claims for place, claims in enumerate(people) if place not in alone]
        known = self._knowledge(whose)
        plan = make_plan(together, known)
        if not plan.touched <= locked:
            raise StartAgain(frozenset(plan.touched))
        numbers = self._write(plan, [people[place] for place in alone])
        planned = iter(_answers(together, plan, known))
        by_place = dict(zip(alone, numbers, strict=True))
        return [
            Resolved(by_place[place], by_place[place]) if place in by_place else next(planned)
            for place in range(len(people))
        ]

    def _living(
        self, people: Sequence[Sequence[Claim]], whose: Whose, keys: Iterable[Key]
    ) -> Sequence[Sequence[Claim]]:
        """Leave out identities of erased people; somebody of whom nothing strong is left is nobody."""
        erased = buried(self.workspace, [key for key in keys if key not in whose])
        return [_without(claims, erased, whose) for claims in people] if erased else people

    def _knowledge(self, whose: Whose) -> Known:
        customers = sorted({customer for customer, _ in whose.values()})
        held: dict[int, list[tuple[str, str, bool, bool]]] = defaultdict(list)
        if not customers:
            return Known(whose, held, frozenset())
        asked = {"workspace": self.workspace.pk, "customers": listed(customers)}
        for customer, name, value in rows("identities", "held", asked):
            kind = self.kinds.of(name)
            if kind:
                held[customer].append((name, value, kind.strong, kind.single))
        apart = rows("identities", "apart", asked) if len(customers) > 1 else []
        return Known(whose, held, frozenset((one, other) for one, other in apart))

    def _write(self, plan: Plan, alone: Sequence[Sequence[Claim]]) -> list[int]:
        """Write a plan and those who have nothing to do with anybody; return the numbers of these."""
        nobody_yet = [group for group in plan.groups if not group.customers]
        new = self._numbers(len(alone) + len(nobody_yet))
        numbers = new[: len(alone)]
        for group, number in zip(nobody_yet, new[len(alone) :], strict=True):
            group.customers.add(number)
        adding: list[tuple[int, int, str, str]] = [
            (number, number, *claim.key)
            for number, claims in zip(numbers, alone, strict=True)
            for claim in claims
        ]
        for group in plan.groups:
            winner = group.winner
            adding += [(winner, home or winner, *key) for key, home in group.fresh.items()]
        self._add(adding, new)
        self._ask_people(plan)
        self._unite(plan)
        return numbers

    def _numbers(self, count: int) -> list[int]:
        if not count:
            return []
        return [number for (number,) in rows("identities", "draw_numbers", {"count": count})]

    def _add(self, adding: Sequence[tuple[int, int, str, str]], new: Sequence[int]) -> None:
        stamp = {"workspace": self.workspace.pk, "source": self.source, "now": self.now}
        if adding:
            columns = columns_of(adding, ("customers", "homes", "names", "values"))
            try:
                change("identities", "add_identities", stamp | columns | self._pasts(adding, new))
            except UniqueViolation:
                raise StartAgain from None
            mark(self.workspace, "profile", sorted({row[0] for row in adding}))
        if self.unborn is not None:
            self.unborn[:] = new
        elif new:
            change("identities", "add_customers", stamp | {"customers": listed(new)})

    def _pasts(
        self, adding: Sequence[tuple[int, int, str, str]], new: Sequence[int]
    ) -> dict[str, str]:
        """Return since when each of these identities has been known, for those of people who are new."""
        if not self.since:
            return {"since": ""}
        unborn = set(new)
        found = self.since.get
        ats = [
            found((name, value)) if customer in unborn else None
            for customer, _, name, value in adding
        ]
        return {"since": listed(["" if at is None else at.timestamp() for at in ats])}

    def _ask_people(self, plan: Plan) -> None:
        """Put what a program must not decide on the review list."""
        asking = [
            (*sorted((each.one.winner, each.other.winner)), each.shared[:100], each.disputed[:100])
            for each in plan.disputes
        ]
        if asking:
            stamp = {"workspace": self.workspace.pk, "source": self.source, "now": self.now}
            columns = columns_of(asking, ("firsts", "seconds", "shared", "disputed"))
            change("identities", "add_conflicts", stamp | columns)

    def _unite(self, plan: Plan) -> None:
        unions = [
            Union(loser, group.winner, group.via)
            for group in plan.groups
            if len(group.customers) > 1
            for loser in sorted(group.customers - {group.winner})
        ]
        if unions:
            actor = f"system:{self.source}"
            merges = unite(self.workspace, unions, actor=actor, now=self.now)
            _audit(self.workspace, unions, merges, actor, self.now)


def _alone(people: Sequence[Sequence[Claim]], whose: Whose) -> dict[int, None]:
    """Return the places of people who share nothing with anybody, known or in the batch: most new ones."""
    times: dict[Key, int] = {}
    for claims in people:
        for claim in claims:
            times[claim.key] = times.get(claim.key, 0) + 1
    return {
        place: None
        for place, claims in enumerate(people)
        if claims and all(times[claim.key] == 1 and claim.key not in whose for claim in claims)
    }


def _without(claims: Sequence[Claim], erased: set[Key], whose: Whose) -> Sequence[Claim]:
    if all(claim.key not in erased for claim in claims):
        return claims
    if not any(claim.strong and claim.key in whose for claim in claims):
        return []
    return [claim for claim in claims if claim.key not in erased]


def _audit(
    workspace: Workspace, unions: Sequence[Union], merges: Sequence[int], actor: str, now: datetime
) -> None:
    """Put automatic merges on record: each by itself, or a batch of many by their first and last."""
    if len(unions) <= _AUDITED_ONE_BY_ONE:
        for union in unions:
            detail = {"winner": union.winner, "loser": union.loser, "shared": union.shared}
            target = f"customer:{union.winner}"
            record_audit(workspace, actor, "customers.merged", target, detail=detail, now=now)
        return
    detail = {"count": len(merges), "first_merge": min(merges), "last_merge": max(merges)}
    target = f"workspace:{workspace.pk}"
    record_audit(workspace, actor, "customers.many_merged", target, detail=detail, now=now)


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
