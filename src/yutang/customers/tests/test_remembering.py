"""Who was told once is remembered, and never for longer than it is so."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import connection, transaction

from yutang.customers import _resolving
from yutang.customers import service as customers
from yutang.customers.models import Identity, IdentityMove, Merge
from yutang.customers.tests.builders import NOON, a_member, a_workspace, resolve, who
from yutang.workspaces.service import Member
from yutang.workspaces.tests.builders import at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("open_warehouse")]
PHONE = "13800138000"


@contextmanager
def counting_look_ups(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    seen: list[int] = []
    really = _resolving.look_up

    def look_up(workspace, people):
        people = list(people)
        seen.append(len(people))
        return really(workspace, people)

    with monkeypatch.context() as patched:
        patched.setattr(_resolving, "look_up", look_up)
        yield seen


def test_somebody_known_is_not_looked_up_again(monkeypatch: pytest.MonkeyPatch) -> None:
    tea = a_workspace()
    first = who(tea, phone=PHONE)

    with counting_look_ups(monkeypatch) as looked_up:
        again = [who(tea, phone=PHONE), who(tea, phone=PHONE)]
        resolve(tea, {"phone": PHONE}, {"phone": "138 0013 8001"})

    assert again == [first, first]
    assert looked_up == [1]  # the stranger alone


def test_what_is_rolled_back_is_not_remembered() -> None:
    tea = a_workspace()
    with transaction.atomic():
        gone = customers.resolve(tea, [{"phone": PHONE}], source="x", now=NOON)[0].customer_id
        transaction.set_rollback(True)

    assert who(tea, phone=PHONE) != gone


def test_a_number_and_a_text_that_are_equal_for_python_are_told_apart() -> None:
    tea = a_workspace()
    one = who(tea, member_no=1)

    assert resolve(tea, {"member_no": True})[0].problem is not None
    assert who(tea, member_no="1") == one


@pytest.mark.parametrize("seed", range(6))
def test_whatever_moves_the_memory_says_what_the_tables_say(seed: int) -> None:
    chance = random.Random(seed)
    hua = a_member(a_workspace())
    people = [{"phone": f"1380013{n:04d}"} for n in range(12)]
    people += [{"email": f"p{n}@tea.example", "device": f"d{n % 3}"} for n in range(6)]
    resolve(hua.workspace, *people)

    for _ in range(14):
        change_something(hua, chance)
        told = resolve(hua.workspace, *people)
        by_value = {
            value: (customer, home)
            for value, customer, home in Identity.objects.within(hua.workspace)
            .exclude(name="device")
            .values_list("value", "customer_id", "home_id")
        }
        spelled = [f"+86{each['phone']}" if "phone" in each else each["email"] for each in people]
        assert [(each.customer_id, each.origin_id) for each in told] == [
            by_value[each] for each in spelled
        ]


def change_something(hua: Member, chance: random.Random) -> None:
    identities = list(Identity.objects.within(hua.workspace).exclude(name="device"))
    one, other = (each.customer_id for each in chance.sample(identities, 2))
    undoable = Merge.objects.within(hua.workspace).filter(undone_at=None)
    match chance.randrange(4):
        case 0 | 1 if one != other:
            customers.merge(hua, one, other, now=NOON)
        case 2 if undoable.exists():
            customers.undo_merge(hua, chance.choice(list(undoable)).pk, now=NOON)
        case _:
            detached = chance.choice(identities)
            a_second = f"second-{detached.pk}"
            customers.add_identity(hua, detached.customer_id, "buyer_id:shop", a_second, now=NOON)
            customers.remove_identity(hua, detached.customer_id, detached.pk, now=NOON)


def test_somebody_erased_is_forgotten_at_once() -> None:
    hua = a_member(a_workspace())
    her = who(hua.workspace, phone=PHONE)
    assert who(hua.workspace, phone=PHONE) == her

    customers.erase(hua, her, reason="", now=NOON)

    assert who(hua.workspace, phone=PHONE) == 0


def test_many_at_once_while_somebody_merges_never_hear_of_who_she_was() -> None:
    hua = a_member(a_workspace())
    numbers = [f"1380013{n:04d}" for n in range(8)]
    ids = [who(hua.workspace, phone=each) for each in numbers]
    stale: list[str] = []

    def ask() -> None:
        for _ in range(30):
            merged = set(Merge.objects.within(hua.workspace).values_list("loser_id", flat=True))
            stale.extend(each for each in numbers if who(hua.workspace, phone=each) in merged)

    def unite() -> None:
        for loser in ids[1:]:
            customers.merge(hua, ids[0], loser, now=NOON)

    at_once(ask, ask, ask, unite)

    assert stale == []
    assert {who(hua.workspace, phone=each) for each in numbers} == {ids[0]}


def test_moves_are_forgotten_after_an_hour_but_never_the_newest() -> None:
    hua = a_member(a_workspace())
    first, second, third = (who(hua.workspace, phone=f"1380013800{n}") for n in range(3))
    customers.merge(hua, first, second, now=NOON)
    customers.merge(hua, first, third, now=NOON)
    ours = IdentityMove.objects.within(hua.workspace)
    newest = ours.latest("pk").pk
    assert ours.count() == 2
    with connection.cursor() as cursor:
        cursor.execute("UPDATE customers_identitymove SET at = %s", [NOON])

    assert customers.forget_moves(now=NOON + timedelta(hours=2))

    assert [each.pk for each in ours] == [newest]
    assert not customers.forget_moves(now=NOON + timedelta(hours=2))
