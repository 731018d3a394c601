"""kill -9 in the middle of sending, and a channel on a bad day: every message arrives exactly once.

Two processes send; they are killed at random and started again. The channel at the other end loses requests,
loses answers, answers twice, has faults of its own and is slow. It keeps what it took: afterwards, what
nobody answered for is asked about, and only what never came is sent again.
"""

import json
import os
import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl

import msgspec
import pytest
from django.db import connection

from yutang.customers.tests.builders import resolve
from yutang.kit import clock
from yutang.reach import service as reach
from yutang.reach._dispatching import dispatch
from yutang.reach._reconciling import reconcile
from yutang.reach._wiring import _recheck
from yutang.reach.messages import render_many
from yutang.reach.models import ChannelAccount, Delivery
from yutang.reach.policy import DEFAULT
from yutang.reach.tests.fakes import Told
from yutang.reach.tests.sending import (
    Heard,
    a_member,
    a_sending,
    a_workspace,
    an_account,
    fake_server,
    opened_to_this_machine,
    queued,
    states,
)

__all__ = ["opened_to_this_machine"]
KILLS = int(os.environ.get("YUTANG_TEST_KILLS", "5"))
PEOPLE = 240
TEMPLATE = {"kind": "template", "code": "SMS_1", "values": {"name": "{{ brand.name }}"}}
TAKES = ["answers", "loses its answer", "answers twice", "fails afterwards", "is slow"]
DOES_NOT = ["loses the request", "fails before"]


class Provider:
    """A text message provider that keeps every message it took: by number, with our reference."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.taken: list[tuple[str, str]] = []
        self.arrived: list[tuple[str, str]] = []  # number and template
        self.has_done: Counter[str] = Counter()
        self.is_well = False

    def __call__(self, heard: Heard) -> Told:
        said = dict(parse_qsl(heard.body.decode(), keep_blank_values=True))
        if heard.headers["x-acs-action"] == "QuerySendDetails":
            return self.tell(said["PhoneNumber"])
        numbers = json.loads(said.get("PhoneNumberJson", "[]")) or [said["PhoneNumbers"]]
        does = "answers" if self.is_well else self.chance.choice(["answers"] * 4 + TAKES + DOES_NOT)
        self.has_done[does] += 1
        if does in TAKES:
            self.taken += [(each, said["OutId"]) for each in numbers]
            self.arrived += [(each, said["TemplateCode"]) for each in numbers]
        return self.answer(does)

    def wait_for(self, more: int) -> None:
        """Wait until it took some more; then a kill comes in the midst of work, on a slow machine too."""
        end = time.monotonic() + 15
        wanted = len(self.taken) + more
        while len(self.taken) < wanted and time.monotonic() < end:
            time.sleep(0.01)

    def answer(self, does: str) -> Told:
        body = json.dumps({"Code": "OK", "BizId": f"{len(self.taken)}^0"}).encode()
        if does in ("loses its answer", "loses the request"):
            return None
        if does in ("fails afterwards", "fails before"):
            return 500, {}, json.dumps({"Code": "isp.SYSTEM_ERROR"}).encode()
        if does == "answers twice":
            again = f"HTTP/1.1 200 OK\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body
            return 200, {"content-length": str(len(body))}, body + again
        if does == "is slow":
            time.sleep(self.chance.uniform(0.05, 0.4))
        return 200, {}, body

    def tell(self, number: str) -> Told:
        lines = [
            {"PhoneNum": each, "OutId": ref, "SendStatus": 3}
            for each, ref in list(self.taken)
            if each == number
        ]
        said = {"Code": "OK", "SmsSendDetailDTOs": {"SmsSendDetailDTO": lines}}
        return 200, {}, json.dumps(said).encode()


class Senders:
    """The processes that send, one of which is just dead."""

    def __init__(self) -> None:
        settings: dict[str, Any] = connection.settings_dict
        self.environment = os.environ | {
            "PYTHONPATH": os.pathsep.join(sys.path),
            "YUTANG_DATABASE_URL": f"postgresql://{settings['USER']}@/{settings['NAME']}"
            f"?host={settings['HOST']}",
            "YUTANG_PRIVATE_NETWORKS": "127.0.0.0/8",
        }
        self.processes = [self.start() for _ in range(2)]

    def start(self) -> "subprocess.Popen[bytes]":
        return subprocess.Popen(
            [sys.executable, "-m", "yutang.reach.tests.worker"],
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )

    def wait_until_ready(self) -> None:
        for each in self.processes:
            assert each.stdout
            assert each.stdout.readline() == b"ready\n"

    def kill_one(self, chance: random.Random) -> None:
        place = chance.randrange(2)
        self.processes[place].kill()
        self.processes[place].wait()
        self.processes[place] = self.start()

    def end(self) -> None:
        for each in self.processes:
            each.kill()
            each.wait()


@pytest.mark.processes
@pytest.mark.timeout(240)
@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("opened_to_this_machine")
def test_whatever_is_killed_and_whatever_the_channel_loses_each_message_arrives_once() -> None:
    chance = random.Random(11)
    owner = a_member(a_workspace())
    reach.set_policy(owner, msgspec.structs.replace(DEFAULT, quiet=(), caps=()), now=clock.now())
    people = resolve(owner.workspace, *({"phone": f"138{n:08d}"} for n in range(PEOPLE)))
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
        sending = a_sending(account, parts=[TEMPLATE], purpose="service")
        queued(sending, [each.customer_id for each in people], at=clock.now())
        senders = Senders()
        try:
            senders.wait_until_ready()
            for _ in range(KILLS):
                provider.wait_for(chance.randrange(4, 12))
                senders.kill_one(chance)
            provider.wait_for(4)
        finally:
            senders.end()
        provider.is_well = True
        left = Counter(each.partition(":")[0] for each in states(sending))
        uncertain = set(_numbers(sending, "unknown") + _numbers(sending, "sending"))
        ChannelAccount.objects.filter(pk=account.pk).update(burst=PEOPLE)
        settle(lambda: set(states(sending)) == {"sent"})

    arrived = Counter(number for number, _ in provider.taken)
    assert left["sent"] > 10
    assert uncertain
    assert set(states(sending)) == {"sent"}
    assert len(arrived) == PEOPLE
    assert {number: count for number, count in arrived.items() if count > 1} == {}


def settle(is_settled: Callable[[], bool]) -> None:
    """Let hours go by until everything is asked about and what never came is sent again."""
    time.sleep(0.5)  # what was on its way arrives
    for hour in range(1, 20):
        _go_on_at(clock.now() + timedelta(hours=hour))
        if is_settled():
            break


def _go_on_at(moment: datetime) -> None:
    for _ in range(5):
        reconcile(may_repeat=lambda *_: False, clock=lambda: moment)
    for _ in range(5):
        dispatch(render=render_many, recheck=_recheck, clock=lambda: moment)


def _numbers(sending: Any, state: str) -> list[int]:
    rows = Delivery.objects.filter(sending=sending, state=state)
    return list(rows.values_list("customer", flat=True))
