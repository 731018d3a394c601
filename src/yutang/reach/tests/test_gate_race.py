"""Many who ask for the last place under a cap at the same time: one of them gets it."""

from functools import partial

import pytest
from django.db import transaction

from yutang.reach import service as reach
from yutang.reach.models import Delivery, Sending
from yutang.reach.policy import Cap, SenderBudget
from yutang.reach.service import Candidate
from yutang.reach.tests.builders import NOON, a_guest, a_sending, guests, under
from yutang.workspaces import service as workspaces
from yutang.workspaces.service import Member
from yutang.workspaces.tests.builders import a_member, a_workspace, at_once

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("open_warehouse"),
]


def queued(owner: Member) -> int:
    return Delivery.objects.within(owner.workspace).filter(state="queued").count()


def test_fifty_workers_and_a_cap_of_one_send_one() -> None:
    owner = a_member(a_workspace())
    under(owner, caps=(Cap(1, days=7),))
    person = a_guest(owner.workspace)
    sendings = [a_sending(owner.workspace) for _ in range(50)]

    def ask(n: int) -> None:
        candidate = Candidate(person, f"worker {n}")
        reach.plan(owner.workspace, sendings[n], [candidate], now=NOON)

    at_once(*(partial(ask, n) for n in range(50)))

    assert queued(owner) == 1
    assert Delivery.objects.within(owner.workspace).filter(reason="capped").count() == 49


def test_everybody_twice_at_once_in_lanes_and_some_beside_them_hear_once() -> None:
    owner = a_member(a_workspace())
    under(owner, caps=(Cap(1, days=7),))
    people = guests(owner.workspace, 120)
    first, second, third = (a_sending(owner.workspace) for _ in range(3))

    def ask_all(sending: Sending) -> None:
        everybody = (Candidate(each, f"{sending.pk}:{each}") for each in people)
        planned = list(reach.plan_all(owner.workspace, sending, everybody, now=NOON))
        assert len(planned) == 4  # a piece for each lane

    def ask_some() -> None:
        some = [Candidate(each, f"some:{each}") for each in people[:60]]
        reach.plan(owner.workspace, third, some, now=NOON)

    at_once(partial(ask_all, first), partial(ask_all, second), ask_some)

    heard = Delivery.objects.within(owner.workspace).filter(state="queued").values_list("customer")
    assert sorted(heard) == [(each,) for each in sorted(people)]
    assert Delivery.objects.within(owner.workspace).filter(reason="capped").count() == 180


def test_one_key_for_people_of_every_lane_sends_one() -> None:
    owner = a_member(a_workspace())
    under(owner)
    sending = a_sending(owner.workspace)
    candidates = [Candidate(each, "the only one") for each in guests(owner.workspace, 40)]

    planned = reach.plan_all(owner.workspace, sending, candidates, now=NOON)

    assert sum(each.queued for each in planned) == queued(owner) == 1


def test_two_batches_of_the_same_people_do_not_wait_for_each_other_for_ever() -> None:
    owner = a_member(a_workspace())
    under(owner, caps=(Cap(1, days=7),))
    people = guests(owner.workspace, 200)
    sendings = [a_sending(owner.workspace) for _ in range(4)]

    def ask(n: int) -> None:
        order = people if n % 2 else people[::-1]
        with transaction.atomic():
            reach.plan(
                owner.workspace, sendings[n], [Candidate(p, f"{n}:{p}") for p in order], now=NOON
            )

    at_once(*(partial(ask, n) for n in range(4)))

    assert queued(owner) == 200


def test_a_sender_keeps_her_budget_over_all_lanes() -> None:
    owner = a_member(a_workspace())
    under(owner, budgets=(SenderBudget("paper", 5),))
    staff = workspaces.create_staff(
        owner.workspace, name="小林", code="G1", actor="user:1", now=NOON
    )
    people = guests(owner.workspace, 40)
    everybody = (Candidate(each, f"to {each}", sender=staff.pk) for each in people)

    planned = reach.plan_all(owner.workspace, a_sending(owner.workspace), everybody, now=NOON)

    assert sum(each.queued for each in planned) == queued(owner) == 5


def test_a_senders_last_message_of_the_day_is_sent_once() -> None:
    owner = a_member(a_workspace())
    under(owner, budgets=(SenderBudget("paper", 3),))
    staff = workspaces.create_staff(
        owner.workspace, name="小林", code="G1", actor="user:1", now=NOON
    )
    people = guests(owner.workspace, 12)
    sending = a_sending(owner.workspace)

    def ask(person: int) -> None:
        candidate = Candidate(person, f"to {person}", sender=staff.pk)
        reach.plan(owner.workspace, sending, [candidate], now=NOON)

    at_once(*(partial(ask, person) for person in people))

    assert queued(owner) == 3
