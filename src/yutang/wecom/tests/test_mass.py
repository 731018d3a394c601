"""A mass message is one task to confirm, told to the platform once, and what came of it is known by name."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from yutang.kit import clock
from yutang.kit.pulse import beat_all_once
from yutang.reach.models import Delivery
from yutang.reach.tests.sending import queued
from yutang.wecom import service as wecom
from yutang.wecom.client import wire
from yutang.wecom.client.client import Client
from yutang.wecom.models import MassRecipient, MassTask
from yutang.wecom.tests.house import House, a_house
from yutang.workspaces.tests.builders import a_member, a_workspace, as_member

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def house() -> Iterator[House]:
    with a_house(staff=2, customers=6, relations=1) as it:
        yield it


def test_portions_become_one_task_and_each_customers_end_is_known(house: House) -> None:
    people = house.people()
    first, *rest = people.values()
    sending = house.send(first)
    queued(sending, rest, at=clock.now())
    beat_all_once("reach.dispatch")
    assert house.states(sending) == {"awaiting_staff": len(people)}
    assert not wecom.make_due(now=clock.now()), "more may be on its way"
    assert MassTask.objects.get().msgid == ""

    task = house.make()
    gone = next(iter(people))
    house.sandbox.act(house.there, "customer.deletes", customer=gone, staff="lin.yue")
    assert house.fetch(task).confirmed == 0
    house.sandbox.act(house.there, "staff.confirms", staff="lin.yue", msgid=task.msgid)
    task = house.fetch(task)

    assert (task.state, task.people, task.reached) == ("over", len(people), len(people) - 1)
    assert house.states(sending) == {"sent": len(people) - 1, "failed:no_friend": 1}
    assert [each.userid for each, _ in wecom.confirming(task)] == ["lin.yue"]


def test_a_token_told_twice_is_gathered_once(house: House) -> None:
    who = next(iter(house.people().values()))
    sending = house.send(who)
    Delivery.objects.filter(sending=sending).update(state="queued", not_before=clock.now())
    beat_all_once("reach.dispatch")

    assert MassRecipient.objects.count() == 1
    assert MassTask.objects.get().people == 1


def test_no_answer_is_looked_for_and_never_told_again(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    sending = house.send(*house.people().values())
    call = Client.call

    def and_hears_nothing(self: Client, api: str, *given: Any, **more: Any) -> dict[str, Any]:
        answer = call(self, api, *given, **more)
        if api.endswith("add_msg_template"):
            raise wire.silent("late", began=True)
        return answer

    monkeypatch.setattr(Client, "call", and_hears_nothing)
    assert house.make().state == "uncertain"
    monkeypatch.undo()
    house.sandbox.advance(10)
    wecom.make_due(now=clock.now() + timedelta(minutes=2))

    task = MassTask.objects.get()
    at = int(clock.now().timestamp())
    told = house.sandbox.call(
        house.there,
        "externalcontact/get_groupmsg_list_v2",
        {"chat_type": "single", "start_time": at - 3600, "end_time": at + 3600},
    )
    assert [each["msgid"] for each in told["group_msg_list"]] == [task.msgid]
    assert task.state == "open"
    assert house.states(sending).keys() == {"awaiting_staff"}


def test_what_the_platform_will_never_take_is_told_to_everybody_waiting(house: House) -> None:
    people = house.people()
    house.sandbox.fault(
        house.there, calls=[{"api": "externalcontact/add_msg_template", "code": 40201}]
    )
    sending = house.send(*people.values())

    task = house.make()

    assert task.state == "refused"
    assert task.trouble_zh
    assert house.states(sending) == {"failed:refused": len(people)}


def test_a_missing_right_is_nobodys_fault_and_waits(house: House) -> None:
    people = house.people()
    house.sandbox.fault(
        house.there, calls=[{"api": "externalcontact/add_msg_template", "code": 48002}]
    )
    sending = house.send(*people.values())

    task = house.make()

    assert (task.state, bool(task.trouble_zh)) == ("creating", True)
    assert house.states(sending) == {"awaiting_staff": len(people)}
    house.sandbox.fault(house.there, calls=[])
    wecom.make_due(now=clock.now() + timedelta(minutes=5))
    assert MassTask.objects.get().state == "open"


def test_who_never_confirms_in_a_week_has_not_sent(house: House) -> None:
    sending = house.send(*(people := house.people()).values())
    task = house.make()
    house.sandbox.advance(5)
    MassTask.objects.filter(pk=task.pk).update(due_at=clock.now())

    task = house.fetch(task, days=8)

    assert task.state == "over"
    assert house.states(sending) == {"failed:never_confirmed": len(people)}


def test_it_is_called_off_for_those_who_have_not_sent(house: House) -> None:
    sending = house.send(*(people := house.people()).values())
    task = house.make()
    house.sandbox.advance(5)

    for _ in range(3):
        wecom.remind(house.owner, task.pk, now=clock.now())
    with pytest.raises(wecom.RemindedEnough):
        wecom.remind(house.owner, task.pk, now=clock.now())
    wecom.cancel_mass(house.owner, task.pk, now=clock.now())

    assert house.states(sending) == {"failed:cancelled": len(people)}
    with pytest.raises(wecom.MassNotOpen):
        wecom.cancel_mass(house.owner, task.pk, now=clock.now())


def test_a_rival_has_no_such_task(house: House) -> None:
    house.send(*house.people().values())
    task = house.make()
    rival = a_member(a_workspace("咖啡馆"))

    with pytest.raises(wecom.NoSuchMass):
        wecom.cancel_mass(rival, task.pk, now=clock.now())


def test_an_open_task_is_shown_with_its_staff_its_sender_and_each_customers_end(
    house: House,
) -> None:
    people = house.people()
    house.send(*people.values())
    task = house.make()
    asker = as_member(house.owner)
    house.sandbox.advance(5)
    house.fetch(task)
    shown = asker.get(f"/wecom/mass/{task.pk}").json()
    assert (shown["state"], shown["reminders_left"], shown["outcome"]) == (
        "open",
        3,
        {"waiting": len(people)},
    )
    assert [each["confirmed_at"] for each in shown["staff"]] == [None]

    house.sandbox.act(house.there, "staff.confirms", staff="lin.yue", msgid=task.msgid)
    house.fetch(task)

    ends = asker.get(f"/wecom/mass/{task.pk}/people", {"state": "sent"}).json()["items"]
    assert {each["customer"] for each in ends} == set(people.values())
    assert asker.get(f"/wecom/mass/{task.pk}/people", {"state": "waiting"}).json()["items"] == []
    listed = asker.get("/wecom/mass", {"journey": 7}).json()["items"]
    assert listed == []
