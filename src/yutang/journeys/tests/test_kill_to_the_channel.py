"""kill -9 anywhere between an event and the phone: people end where an oracle says, each message arrives once.

The same processes listen, move people, ask the gate and send. They are killed while messages leave, connections are
cut under them, and the channel at the other end loses requests and answers, answers twice, is slow and has
faults of its own. It keeps what it took: that is the truth.
"""

import os
import random
import time
from collections import Counter

import msgspec
import pytest

from yutang.customers.tests.builders import resolve
from yutang.events import service as events
from yutang.events.service import NewEvent
from yutang.journeys.engine.chance import choose
from yutang.journeys.models import Run, RunStep
from yutang.journeys.tests.builders import a_journey, a_member, a_workspace, action, event
from yutang.journeys.tests.test_kill import A_SECOND, SALT, Crowd, patiently, ways
from yutang.kit import clock
from yutang.kit.chance import share
from yutang.reach import messages
from yutang.reach import service as reach
from yutang.reach.models import ChannelAccount, Delivery
from yutang.reach.policy import DEFAULT
from yutang.reach.tests.sending import an_account, fake_server, opened_to_this_machine
from yutang.reach.tests.test_kill import Provider, settle
from yutang.workspaces.service import Member

__all__ = ["opened_to_this_machine"]
PEOPLE = 40
KILLS = int(os.environ.get("YUTANG_TEST_KILLS", "4"))


def a_message(owner: Member, code: str) -> int:
    parts = [{"kind": "template", "code": code, "values": {"name": "{{ brand.name }}"}}]
    return messages.create_message(
        owner, name=code, channel="sms", purpose="service", parts=parts, now=clock.now()
    ).pk


def oracle(customer: int) -> list[tuple[str, str]]:
    """Return the path of a customer; the second node is the arm she was drawn for."""
    arm, way = (("n2", "way:A"), ("n3", "way:B"))[choose([2, 1], share(SALT, customer))]
    return [("n1", way), (arm, "next"), ("n4", "next"), ("n5", "next"), ("n6", "exit")]


@pytest.mark.processes
@pytest.mark.timeout(300)
@pytest.mark.usefixtures("transactional_db", "open_warehouse", "opened_to_this_machine")
def test_from_the_event_to_the_phone_nobody_is_lost_and_nothing_arrives_twice() -> None:
    chance = random.Random(23)
    owner = a_member(a_workspace())
    reach.set_policy(owner, msgspec.structs.replace(DEFAULT, quiet=(), caps=()), now=clock.now())
    phones = {n: f"138{n:08d}" for n in range(PEOPLE)}
    found = resolve(owner.workspace, *({"phone": phone} for phone in phones.values()))
    people = {each.customer_id: phones[n] for n, each in enumerate(found)}
    provider = Provider(chance)
    with fake_server(provider) as server:
        account = an_account(
            owner,
            "sms_aliyun",
            rate=60,
            burst=8,
            access_key_id="SBX_AK",
            access_key_secret="SBX_SK",
            sign_name="茶馆",
            endpoint=server.url + "/",
        )

        def sends(code: str, to: str) -> dict[str, object]:
            message = a_message(owner, code)
            return patiently(action("reach.send", to, message=message, account=account.pk))

        nodes = {
            "n1": {"kind": "split", "salt": SALT, "arms": ways("n2", "n3")},
            "n2": sends("SMS_A", "n4"),
            "n3": sends("SMS_B", "n4"),
            "n4": {"kind": "wait", "for": A_SECOND, "next": "n5"},
            "n5": sends("SMS_LATER", "n6"),
            "n6": {"kind": "exit", "outcome": "over"},
        }
        entry = {"kind": "event", **event("order")}
        journey = a_journey(owner, nodes, entry=entry, now=clock.now())
        crowd = Crowd()
        try:
            crowd.wait_until_ready()
            given = [NewEvent(type="order", customer=who, id=f"{who:032x}") for who in people]
            events.record(owner.workspace, given, now=clock.now())
            events.record(owner.workspace, chance.sample(given, 9), now=clock.now())
            for _ in range(KILLS):
                provider.wait_for(chance.randrange(3, 9))
                crowd.kill_one(chance)
                crowd.cut_one()
            until = time.monotonic() + 150
            while Run.objects.filter(journey=journey, state="done").count() < PEOPLE:
                time.sleep(0.05)
                assert time.monotonic() < until, Counter(
                    Run.objects.filter(journey=journey).values_list("node", "state", "outcome")
                )
        finally:
            crowd.end()
        provider.is_well = True
        ChannelAccount.objects.filter(pk=account.pk).update(burst=2 * PEOPLE)
        deliveries = Delivery.objects.within(owner.workspace)
        settle(lambda: set(deliveries.values_list("state", flat=True)) == {"sent"})

    assert Counter(deliveries.values_list("state", flat=True)) == {"sent": 2 * PEOPLE}
    runs = dict(Run.objects.filter(journey=journey).values_list("pk", "subject"))
    paths: dict[int, list[tuple[str, str]]] = {subject: [] for subject in runs.values()}
    steps = RunStep.objects.filter(workspace=owner.workspace).order_by("run_id", "seq")
    for run, node, outcome in steps.values_list("run_id", "node", "outcome"):
        paths[runs[run]].append((node, outcome))
    assert len(runs) == PEOPLE
    assert paths == {who: oracle(who) for who in people}
    first = {"n2": "SMS_A", "n3": "SMS_B"}
    expected = Counter(
        (phone, code)
        for who, phone in people.items()
        for code in (first[oracle(who)[1][0]], "SMS_LATER")
    )
    assert Counter(provider.arrived) == expected
