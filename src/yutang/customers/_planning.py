"""Who is who among some people, given what is known: a pure function, no database.

Strong identities named together belong to one customer, unless that customer would then have two
values of a kind of which there is one for each (`single`), or somebody decided that two customers
stay apart. Weak identities (a device) never join anybody: they go to whom they are first seen with.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from yutang.customers._claims import Claim

__all__ = ["Dispute", "Group", "Known", "Plan", "make_plan"]

Key = tuple[str, str]
NOBODY: Key = ("", "")


@dataclass(frozen=True)
class Known:
    """What the database knows of the claims concerned and of the customers they lead to."""

    whose: Mapping[Key, tuple[int, int]]  # identity → customer today, home
    held: Mapping[int, Sequence[tuple[str, str, bool, bool]]]  # name, value, strong, single
    apart: frozenset[tuple[int, int]]  # pairs in order: undecided, or decided to be two


@dataclass(slots=True)
class Group:
    """Customers and new identities that are one person."""

    customers: set[int] = field(default_factory=set)
    fresh: dict[Key, int] = field(default_factory=dict)  # new identity → its home if known, else 0
    singles: dict[str, str] = field(default_factory=dict)
    strong: bool = False
    via: str = ""  # the kind of identity that joined them last

    @property
    def winner(self) -> int:
        """Return the customer all become: the oldest; 0 where none exists yet."""
        return min(self.customers, default=0)


@dataclass(frozen=True)
class Dispute:
    """Two groups that came together and are not to be joined by a program."""

    one: Group
    other: Group
    shared: str
    disputed: str


@dataclass(frozen=True)
class Plan:
    """What has to be written, and whose each person's events are."""

    groups: Sequence[Group]
    disputes: Sequence[Dispute]
    leads: Sequence[Key]  # for each person the identity that decides

    @property
    def touched(self) -> set[int]:
        """Return the existing customers that would change."""
        return {
            customer
            for group in self.groups
            if group.customers and (group.fresh or len(group.customers) > 1)
            for customer in group.customers
        }

    @property
    def is_empty(self) -> bool:
        return not self.disputes and not any(
            group.fresh or len(group.customers) > 1 for group in self.groups
        )


def make_plan(people: Sequence[Sequence[Claim]], known: Known) -> Plan:
    """Return what has to happen so that each person's strong identities lead to one customer."""
    planning = _Planning(known)
    leads = [planning.place(claims) for claims in people]
    return Plan(planning.groups(), planning.disputes(), leads)


class _Planning:
    """Groups under construction; `_joined` leads from a group to the one it became part of."""

    def __init__(self, known: Known) -> None:
        self._known = known
        self._by_customer: dict[int, Group] = {}
        self._by_claim: dict[Key, Group] = {}
        self._joined: dict[int, Group] = {}
        self._disputes: dict[tuple[int, int], tuple[Group, Group, str, str]] = {}

    def place(self, claims: Sequence[Claim]) -> Key:
        """Bring one person's claims together; return the identity that decides whose she is."""
        if not claims:
            return NOBODY
        if not any(each.key in self._known.whose or each.key in self._by_claim for each in claims):
            self._begin(claims)
            return claims[0].key
        strong = [claim for claim in claims if claim.strong]
        if strong:
            base = self._of(strong[0])
            for claim in strong[1:]:
                base = self._meet(base, self._of(claim), strong[0], claim)
            self._adopt(base, strong, claims)
        else:
            base = self._of(
                next((each for each in claims if each.key in self._known.whose), claims[0])
            )
        for claim in claims[len(strong) :]:
            if claim.key not in self._known.whose and claim.key not in self._by_claim:
                self._last(base).fresh[claim.key] = 0
                self._by_claim[claim.key] = self._last(base)
        self._give_homes(claims, self._last(base))
        return claims[0].key

    def groups(self) -> list[Group]:
        found = {id(group): group for group in map(self._last, self._all())}
        return list(found.values())

    def disputes(self) -> list[Dispute]:
        """Return what is still in dispute now that every group is complete."""
        open_ones: dict[tuple[int, int], Dispute] = {}
        for one, other, shared, disputed in self._disputes.values():
            first, second = self._last(one), self._last(other)
            if first is not second and not self._are_apart(first, second):
                pair = (min(id(first), id(second)), max(id(first), id(second)))
                open_ones.setdefault(pair, Dispute(first, second, shared, disputed))
        return list(open_ones.values())

    def _all(self) -> list[Group]:
        return [*self._by_customer.values(), *self._by_claim.values()]

    def _last(self, group: Group) -> Group:
        while id(group) in self._joined:
            group = self._joined[id(group)]
        return group

    def _of(self, claim: Claim) -> Group:
        """Return the group an identity is in; a new one where it is in none."""
        found = self._known.whose.get(claim.key)
        if found:
            return self._last(self._of_customer(found[0]))
        if claim.key in self._by_claim:
            return self._last(self._by_claim[claim.key])
        return self._begin([claim])

    def _begin(self, claims: Sequence[Claim]) -> Group:
        """Open a group of identities nobody has yet."""
        keys = [claim.key for claim in claims]
        singles = dict([claim.key for claim in claims if claim.single and claim.strong])
        group = Group(fresh=dict.fromkeys(keys, 0), singles=singles, strong=claims[0].strong)
        self._by_claim.update(dict.fromkeys(keys, group))
        return group

    def _of_customer(self, customer: int) -> Group:
        if customer not in self._by_customer:
            held = self._known.held.get(customer, ())
            self._by_customer[customer] = Group(
                customers={customer},
                singles={name: value for name, value, strong, single in held if strong and single},
                strong=any(strong for _, _, strong, _ in held),
            )
        return self._by_customer[customer]

    def _meet(self, base: Group, other: Group, first: Claim, second: Claim) -> Group:
        """Join two groups named together, or note why they are not joined."""
        base, other = self._last(base), self._last(other)
        if base is other:
            return base
        disputed = next(
            (
                name
                for name, value in other.singles.items()
                if base.singles.get(name, value) != value
            ),
            None,
        )
        if disputed is None and not self._are_apart(base, other):
            return self._join(base, other, second.name)
        pair = (min(id(base), id(other)), max(id(base), id(other)))
        shared = f"{first.name} + {second.name}"
        self._disputes.setdefault(pair, (base, other, shared, disputed or ""))
        return base

    def _are_apart(self, one: Group, other: Group) -> bool:
        return bool(self._known.apart) and any(
            (min(left, right), max(left, right)) in self._known.apart
            for left in one.customers
            for right in other.customers
        )

    def _join(self, base: Group, other: Group, via: str) -> Group:
        if len(other.fresh) + len(other.customers) > len(base.fresh) + len(base.customers):
            base, other = other, base
        base.customers |= other.customers
        base.fresh |= other.fresh
        base.singles |= other.singles
        base.strong |= other.strong
        base.via = via
        self._joined[id(other)] = base
        return base

    def _adopt(self, base: Group, strong: Sequence[Claim], claims: Sequence[Claim]) -> None:
        """Give somebody new the anonymous past of her device, if nobody else has it."""
        base = self._last(base)
        if base.customers or any(claim.key in self._known.whose for claim in strong):
            return
        for claim in claims[len(strong) :]:
            found = self._known.whose.get(claim.key)
            if found:
                past = self._last(self._of_customer(found[0]))
                if not past.strong:
                    self._join(base, past, claim.name)
                return

    def _give_homes(self, claims: Sequence[Claim], group: Group) -> None:
        """Let new identities share the home of the strongest known one they came with."""
        fresh = [claim.key for claim in claims if group.fresh.get(claim.key) == 0]
        if not fresh:
            return
        for claim in claims:
            found = self._known.whose.get(claim.key)
            if found and found[0] in group.customers:
                group.fresh.update(dict.fromkeys(fresh, found[1]))
                return
