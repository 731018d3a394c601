"""Whatever is tagged, related, said, merged and undone, in any order: everybody has what a naive model says."""

import itertools
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from yutang.customers import service as customers
from yutang.customers.models import Identity, Merge, Relation, RelationKind
from yutang.tags import service as tags
from yutang.tags.models import Tag, Tagging, TagGroup
from yutang.workspaces import service as workspaces
from yutang.workspaces.service import Member
from yutang.workspaces.tests.builders import a_member, a_workspace

pytestmark = pytest.mark.django_db

PEOPLE, TAGS, STAFF = 5, 4, 2
EXCLUSIVE = {2, 3}  # these tags are of an exclusive group
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
Act = tuple[str, int, int]


@dataclass
class Model:
    """Each customer has what is hers; who is merged shows what all parts have together."""

    parent: dict[int, int] = field(default_factory=dict)  # loser → winner, both as they were
    merges: list[tuple[int, int, int]] = field(default_factory=list)  # record, winner, loser
    tags: dict[int, dict[int, datetime]] = field(default_factory=dict)
    staff: dict[int, set[int]] = field(default_factory=dict)
    names: dict[int, set[str]] = field(default_factory=dict)
    said: dict[int, list[tuple[datetime, str]]] = field(default_factory=dict)
    recorded: list[tuple[int, int]] = field(default_factory=list)  # customer then, origin

    def root(self, customer: int) -> int:
        while customer in self.parent:
            customer = self.parent[customer]
        return customer

    def parts(self, root: int) -> list[int]:
        return [each for each in self.tags if self.root(each) == root]

    def shown(self, root: int) -> set[int]:
        """All plain tags of all parts; of the exclusive ones the last given."""
        had = [(at, tag) for each in self.parts(root) for tag, at in self.tags[each].items()]
        exclusive = sorted(each for each in had if each[1] in EXCLUSIVE)
        return {tag for _, tag in had if tag not in EXCLUSIVE} | {tag for _, tag in exclusive[-1:]}

    def take(self, root: int, which: set[int]) -> None:
        for each in self.parts(root):
            for tag in which:
                self.tags[each].pop(tag, None)


class World:
    """The model and the product, side by side."""

    def __init__(self) -> None:
        self.hua: Member = a_member(a_workspace())
        self.house = self.hua.workspace
        self.minutes = itertools.count(1)
        self.now = NOON
        self.values = itertools.count(1)
        self.staff = [
            workspaces.create_staff(
                self.house, name=f"员工{n}", code=f"S{n}", actor="user:1", now=NOON
            ).pk
            for n in range(STAFF)
        ]
        plain: TagGroup = tags.create_group(self.hua, now=NOON, name="印象")
        stage: TagGroup = tags.create_group(self.hua, now=NOON, name="阶段", is_exclusive=True)
        self.tags: list[Tag] = [
            tags.create_tag(
                self.hua,
                now=NOON,
                group_id=(stage if n in EXCLUSIVE else plain).pk,
                name=f"标签{n}",
            )
            for n in range(TAGS)
        ]
        self.model = Model()
        self.people: list[int] = []
        for _ in range(PEOPLE):
            name = f"b{next(self.values)}"
            number = self._resolve(name)[0]
            self.people.append(number)
            self.model.tags[number], self.model.staff[number] = {}, set()
            self.model.names[number], self.model.said[number] = {name}, []

    def act(self, act: Act) -> None:
        kind, one, other = act
        self.now = NOON + timedelta(minutes=next(self.minutes))
        acts: dict[str, Callable[[int, int], None]] = {
            "give": self._give,
            "take": self._take,
            "relate": self._relate,
            "unrelate": self._unrelate,
            "say": self._say,
            "name": self._name,
            "record": self._record,
            "merge": self._merge,
            "undo": self._undo,
        }
        acts[kind](self.people[one % PEOPLE], other)

    def _give(self, customer: int, which: int) -> None:
        root, tag = self.model.root(customer), which % TAGS
        if tag not in self.model.shown(root):
            if tag in EXCLUSIVE:
                self.model.take(root, EXCLUSIVE)
            self.model.tags[root][tag] = self.now
        self._apply(tag, add=[root])

    def _take(self, customer: int, which: int) -> None:
        root, tag = self.model.root(customer), which % TAGS
        if tag in self.model.shown(root):
            self.model.take(root, EXCLUSIVE if tag in EXCLUSIVE else {tag})
        self._apply(tag, remove=[root])

    def _apply(self, tag: int, **whom: Any) -> None:
        tags.apply(
            self.house,
            self.tags[tag].pk,
            actor="user:1",
            reason="",
            source="manual",
            now=self.now,
            **{"add": (), "remove": (), **whom},
        )

    def _relate(self, customer: int, which: int) -> None:
        root, staff = self.model.root(customer), self.staff[which % STAFF]
        if not any(staff in self.model.staff[each] for each in self.model.parts(root)):
            self.model.staff[root].add(staff)
        customers.relate(self.hua, customer, RelationKind.STAFF, staff, now=self.now)

    def _unrelate(self, customer: int, which: int) -> None:
        root, staff = self.model.root(customer), self.staff[which % STAFF]
        if any(staff in self.model.staff[each] for each in self.model.parts(root)):
            customers.unrelate(self.hua, customer, RelationKind.STAFF, staff, now=self.now)
        for each in self.model.parts(root):
            self.model.staff[each].discard(staff)

    def _say(self, customer: int, which: int) -> None:
        state = ("granted", "withdrawn")[which % 2]
        self.model.said[self.model.root(customer)].append((self.now, state))
        customers.record_consent(
            self.hua, customer, purpose="marketing", channel="sms", state=state, now=self.now
        )

    def _name(self, customer: int, _: int) -> None:
        name = f"b{next(self.values)}"
        self.model.names[self.model.root(customer)].add(name)
        customers.add_identity(self.hua, customer, "buyer_id:shop", name, now=self.now)

    def _record(self, customer: int, _: int) -> None:
        """Somebody does something under a name that was first hers."""
        whose = self._resolve(min(self.model.names[customer]))
        assert whose == (self.model.root(customer), customer)
        self.model.recorded.append(whose)

    def _resolve(self, name: str) -> tuple[int, int]:
        with transaction.atomic():
            (found,) = customers.resolve(
                self.house, [{"buyer_id:shop": name}], source="test", now=self.now
            )
        return found.customer_id, found.origin_id

    def _merge(self, customer: int, which: int) -> None:
        winner, loser = self.model.root(customer), self.model.root(self.people[which % PEOPLE])
        if winner == loser:
            with pytest.raises(customers.SameCustomer):
                customers.merge(self.hua, winner, loser, now=self.now)
            return
        made: Merge = customers.merge(self.hua, winner, loser, now=self.now)
        self.model.parent[loser] = winner
        self.model.merges.append((made.pk, winner, loser))

    def _undo(self, _: int, which: int) -> None:
        if self.model.merges:
            record, _winner, loser = self.model.merges.pop(which % len(self.model.merges))
            customers.undo_merge(self.hua, record, now=self.now)
            del self.model.parent[loser]

    def compare(self) -> None:
        """Hold everything of everybody to the model."""
        roots = {each: self.model.root(each) for each in self.people}
        shown = {root: self.model.parts(root) for root in set(roots.values())}
        numbers = {tag.pk: n for n, tag in enumerate(self.tags)}
        tagged: dict[int, set[int]] = {root: set() for root in shown}
        for row in Tagging.objects.within(self.house):
            tagged[row.customer].add(numbers[row.tag_id])
        assert tagged == {root: self.model.shown(root) for root in shown}
        counted = {numbers[tag.pk]: tag.customers for tag in Tag.objects.within(self.house)}
        assert counted == {n: sum(n in each for each in tagged.values()) for n in range(TAGS)}
        looked_after = Relation.objects.within(self.house).filter(is_hidden=False)
        assert sorted(looked_after.values_list("customer", "target")) == sorted(
            (root, staff)
            for root, parts in shown.items()
            for staff in set().union(*(self.model.staff[each] for each in parts))
        )
        assert set(
            Identity.objects.within(self.house).values_list("customer", "home", "value")
        ) == {(roots[each], each, name) for each in self.people for name in self.model.names[each]}
        last = {
            root: max(said)[1] == "granted"
            for root, parts in shown.items()
            if (said := [word for each in parts for word in self.model.said[each]])
        }
        asked = {"purpose": "marketing", "channel": "sms"}
        assert customers.consent_now(self.house, list(shown), **asked) == last
        overrides = customers.pending_overrides(self.house)
        for then, origin in self.model.recorded:
            assert overrides.get(origin, then) == roots[origin]
        for root, parts in shown.items():
            assert customers.origins(self.house, root) == sorted(parts)


ACTS = st.tuples(
    st.sampled_from(
        [
            "give",
            "give",
            "take",
            "relate",
            "unrelate",
            "say",
            "name",
            "record",
            "merge",
            "merge",
            "merge",
            "undo",
            "undo",
        ]
    ),
    st.integers(0, PEOPLE - 1),
    st.integers(0, 11),
)


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
@given(st.lists(ACTS, min_size=4, max_size=24))
@pytest.mark.timeout(300)
def test_everybody_has_what_a_naive_model_says_after_every_step(acts: list[Act]) -> None:
    world = World()
    for act in acts:
        world.act(act)
        world.compare()


def test_undoing_an_inner_merge_of_a_chain_leaves_the_outer_customer_her_own_tag() -> None:
    world = World()

    for act in [
        ("give", 0, 0),
        ("give", 2, 0),
        ("merge", 1, 2),
        ("merge", 0, 1),
        ("undo", 0, 0),
    ]:
        world.act(act)
        world.compare()

    assert world.model.shown(world.people[0]) == {0}
