"""Several at once: nobody is lost, nobody is her own part, and nobody hears of a deadlock."""

import random
from collections import defaultdict
from collections.abc import Callable, Iterable
from itertools import pairwise

import pytest
from django.db import connection

from yutang.customers import service as customers
from yutang.customers.models import Customer, Identity, Merge
from yutang.customers.tests.builders import NOON, a_customer, a_member, a_workspace
from yutang.workspaces.tests.builders import at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("open_warehouse")]
NAMES = 24


def rows(chance: random.Random) -> list[customers.ProfileRow]:
    """Name people by two names each, so that many of them turn out to be one."""
    pairs = [sorted(chance.sample(range(NAMES), 2)) for _ in range(40)]
    return [
        customers.ProfileRow(
            {"email": f"p{one}@tea.example", "buyer_id:shop": f"b{other}"}, {"city": "北京"}
        )
        for one, other in pairs
    ]


def components(batches: Iterable[list[customers.ProfileRow]]) -> set[frozenset[str]]:
    """Return who is one, by what was said of them."""
    groups: dict[str, set[str]] = {}
    for batch in batches:
        for row in batch:
            one: set[str] = set()
            for value in row.identities.values():
                one |= groups.get(value, {value})
            for value in one:
                groups[value] = one
    return {frozenset(group) for group in groups.values()}


def assert_sound(workspace) -> None:
    """Nobody points in a circle or at somebody who is gone."""
    everybody = {row.pk: row for row in Customer.objects.within(workspace)}
    for row in everybody.values():
        seen, at = {row.pk}, row
        while at.merged_into_id is not None:
            at = everybody[at.merged_into_id]
            assert at.pk not in seen
            seen.add(at.pk)
        assert row.current_id == at.pk
    for identity in Identity.objects.within(workspace):
        assert everybody[identity.home_id].current_id == identity.customer_id


@pytest.mark.parametrize("seed", range(3))
def test_batches_that_overlap_lose_no_identity_and_make_one_of_each_person(seed: int) -> None:
    house = a_workspace()
    chance = random.Random(seed)
    batches = [rows(chance) for _ in range(4)]

    def enter(batch: list[customers.ProfileRow]) -> Callable[[], object]:
        return lambda: customers.upsert_many(house, batch, source="import:1", now=NOON)

    came = at_once(*map(enter, batches))

    assert came == [None] * 4
    assert_sound(house)
    found: dict[int, set[str]] = defaultdict(set)
    for identity in Identity.objects.within(house):
        assert identity.value not in found[identity.customer_id]
        found[identity.customer_id].add(identity.value)
    assert {frozenset(each) for each in found.values()} == components(batches)


def test_of_two_merges_into_each_other_one_is_done() -> None:
    hua = a_member(a_workspace())
    for _ in range(6):
        one, other = a_customer(hua).pk, a_customer(hua).pk

        came = at_once(
            lambda one=one, other=other: customers.merge(hua, one, other, now=NOON),
            lambda one=one, other=other: customers.merge(hua, other, one, now=NOON),
        )

        assert sorted(map(str, came)) == ["None", "customers.same_customer"]
    assert_sound(hua.workspace)
    assert Merge.objects.within(hua.workspace).count() == 6


def test_merges_round_a_circle_end_in_one_customer() -> None:
    hua = a_member(a_workspace())
    ring = [a_customer(hua).pk for _ in range(4)]

    came = at_once(
        *(
            lambda one=one, other=other: customers.merge(hua, one, other, now=NOON)
            for one, other in pairwise([*ring, ring[0]])
        )
    )

    assert sorted(map(str, came)) == ["None"] * 3 + ["customers.same_customer"]
    assert_sound(hua.workspace)
    assert Customer.objects.within(hua.workspace).active().count() == 1


def test_merges_and_their_undoing_at_once_stay_sound() -> None:
    hua = a_member(a_workspace())
    chain = [a_customer(hua).pk for _ in range(5)]
    merges = [customers.merge(hua, one, other, now=NOON).pk for one, other in pairwise(chain[:4])]

    came = at_once(
        *(lambda merge=merge: customers.undo_merge(hua, merge, now=NOON) for merge in merges),
        lambda: customers.merge(hua, chain[4], chain[0], now=NOON),
        lambda: customers.change(hua, chain[0], {"city": "杭州"}, now=NOON),
    )

    assert came == [None] * 5
    assert_sound(hua.workspace)


@pytest.mark.parametrize("seed", range(4))
def test_who_is_erased_while_she_is_merged_is_gone_or_still_there_as_a_whole(seed: int) -> None:
    hua = a_member(a_workspace())
    one, other, third = (a_customer(hua).pk for _ in range(3))
    customers.merge(hua, one, third, now=NOON)
    name = Identity.objects.get(customer=other).value
    acts: list[Callable[[], object]] = [
        lambda: customers.erase(hua, one, reason="", now=NOON),
        lambda: customers.merge(hua, other, one, now=NOON),
        lambda: customers.upsert_many(
            hua.workspace,
            [customers.ProfileRow({"member_no": name, "email": "a@tea.example"}, {"city": "北京"})],
            source="import:1",
            now=NOON,
        ),
    ]
    random.Random(seed).shuffle(acts)

    came = at_once(*acts)

    assert set(came) <= {None, "customers.not_found"}
    assert_sound(hua.workspace)
    gone = {one, third} - set(Customer.objects.within(hua.workspace).values_list("pk", flat=True))
    assert gone == {one, third}
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM customers_merge WHERE loser_id = %s", [one])
        assert cursor.fetchone() == (0,)
