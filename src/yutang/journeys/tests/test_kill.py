"""kill -9 of any process at any point: everybody ends where an oracle says, and every effect is there once.

Several processes listen and move people through splits, branches, waits and effects that now and then say
“later”. They are killed at random and started again; connections are cut under them; events come in twice,
early and late. Plain Python says beforehand which way everybody goes.
"""

import os
import random
import subprocess
import sys
import time
from collections import Counter
from typing import Any

import pytest
from django.db import connection

from yutang.events import service as events
from yutang.events.service import NewEvent
from yutang.journeys.engine.chance import choose
from yutang.journeys.models import Journey, NodeTally, Run, RunState, RunStep
from yutang.journeys.tests.builders import (
    a_journey,
    a_member,
    a_workspace,
    done_to,
    event,
    note,
    some_people,
)
from yutang.kit import clock
from yutang.kit.chance import share
from yutang.workspaces.models import Workspace

KILLS = int(os.environ.get("YUTANG_TEST_KILLS", "5"))
PEOPLE = 240
PROCESSES = 2
SALT = "kill"
A_SECOND = {"amount": 1, "unit": "second"}
AN_HOUR = {"amount": 1, "unit": "hour"}


def ways(first: str, second: str) -> list[dict[str, Any]]:
    return [{"name": "A", "weight": 2, "next": first}, {"name": "B", "weight": 1, "next": second}]


def until(what: str, timeout: dict[str, Any], to: str, late: str) -> dict[str, Any]:
    return {
        "kind": "until", "event": event(what), "timeout": timeout, "next": to, "on_timeout": late,
    }  # fmt: skip


def patiently(action: dict[str, Any]) -> dict[str, Any]:
    return action | {"tries": 20}


LARGE = [{"property": "amount", "op": "ge", "value": 100}]
NODES = {
    "n1": {"kind": "split", "salt": SALT, "arms": ways("n2", "n3")},
    "n2": patiently(note("hello A", "n4")),
    "n3": patiently(note("hello B", "n4")),
    "n4": {"kind": "wait", "for": A_SECOND, "next": "n5"},
    "n5": {"kind": "branch", "arms": [{"where": LARGE, "next": "n6"}], "otherwise": "n7"},
    "n6": until("message", AN_HOUR, "n8", "n9"),
    "n7": until("message", A_SECOND, "n8", "n9"),
    "n8": patiently(note("thanks", "n10")),
    "n9": patiently(note("remind", "n10")),
    "n10": {"kind": "wait", "for": A_SECOND, "next": "n11"},
    "n11": {"kind": "exit", "outcome": "over"},
}


def oracle(customer: int, amount: int) -> list[tuple[str, str]]:
    """Return the path of somebody who bought for so much; who bought for more answers, nobody else does."""
    way = choose([2, 1], share(SALT, customer))
    first = ("n2", "way:A") if way == 0 else ("n3", "way:B")
    large = amount >= 100
    return [
        ("n1", first[1]),
        (first[0], "next"),
        ("n4", "next"),
        ("n5", "arm:0" if large else "otherwise"),
        ("n6", "next") if large else ("n7", "timeout"),
        ("n8" if large else "n9", "next"),
        ("n10", "next"),
        ("n11", "exit"),
    ]


class Crowd:
    """The processes that move people, some of which are just dead."""

    def __init__(self) -> None:
        settings: dict[str, Any] = connection.settings_dict
        self.environment = os.environ | {
            "PYTHONPATH": os.pathsep.join(sys.path),
            "YUTANG_DATABASE_URL": f"postgresql://{settings['USER']}@/{settings['NAME']}"
            f"?host={settings['HOST']}",
            "YUTANG_TEST_CLUMSY": "0.1",
            "YUTANG_PRIVATE_NETWORKS": "127.0.0.0/8",  # channels of tests are on this machine
        }
        self.processes = [self.start() for _ in range(PROCESSES)]

    def start(self) -> "subprocess.Popen[bytes]":
        return subprocess.Popen(
            [sys.executable, "-m", "yutang.journeys.tests.worker"],
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )

    def wait_until_ready(self) -> None:
        for each in self.processes:
            assert each.stdout is not None
            assert each.stdout.readline() == b"ready\n"

    def kill_one(self, chance: random.Random) -> None:
        place = chance.randrange(PROCESSES)
        self.processes[place].kill()
        self.processes[place].wait()
        self.processes[place] = self.start()

    def cut_one(self) -> None:
        """Cut a connection that is in the middle of something."""
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
                " AND xact_start IS NOT NULL LIMIT 1"
            )

    def end(self) -> None:
        for each in self.processes:
            each.kill()
            each.wait()


def buy(house: Workspace, amounts: dict[int, int], chance: random.Random) -> None:
    """Let everybody buy once, in any order; some purchases are sent twice."""
    given = [
        NewEvent(type="order", customer=who, amount=amount, id=f"{who:032x}")
        for who, amount in amounts.items()
    ]
    chance.shuffle(given)
    for begin in range(0, len(given), 30):
        some = given[begin : begin + 30]
        events.record(house, some, now=clock.now())
        events.record(house, chance.sample(some, 5), now=clock.now())


def answer(house: Workspace, journey: Journey, large: set[int], chance: random.Random) -> None:
    """Let some of those who bought for more write: too early, or while they are waited for."""
    waiting = Run.objects.filter(journey=journey, node="n6", state=RunState.WAITING)
    there = sorted(set(waiting.values_list("subject", flat=True)) & large)
    soon = sorted(set(chance.sample(sorted(large), 3)) | set(there[:20]))
    given = [NewEvent(type="message", customer=each) for each in soon]
    events.record(house, given, now=clock.now())


@pytest.mark.processes
@pytest.mark.timeout(300)
@pytest.mark.usefixtures("transactional_db", "open_warehouse")
def test_killed_processes_leave_everybody_where_she_belongs_and_every_effect_once() -> None:
    chance = random.Random(7)
    owner = a_member(a_workspace())
    house = owner.workspace
    amounts = {who: chance.choice([50, 200]) for who in some_people(owner, PEOPLE)}
    large = {who for who, amount in amounts.items() if amount >= 100}
    done_to(house)
    journey = a_journey(owner, NODES, entry={"kind": "event", **event("order")}, now=clock.now())
    crowd = Crowd()
    try:
        crowd.wait_until_ready()
        buy(house, amounts, chance)
        kills, until_at = 0, time.monotonic() + 150
        while Run.objects.filter(journey=journey, state="done").count() < PEOPLE:
            answer(house, journey, large, chance)
            if kills < KILLS:
                time.sleep(chance.uniform(0.1, 1.2))
                crowd.kill_one(chance)
                crowd.cut_one()
                kills += 1
            time.sleep(0.1)
            assert time.monotonic() < until_at, Counter(
                Run.objects.filter(journey=journey).values_list("node", "state", "outcome")
            )
    finally:
        crowd.end()

    runs = list(Run.objects.filter(journey=journey))
    assert sorted(each.subject for each in runs) == sorted(amounts)
    assert {each.outcome for each in runs} == {"over"}
    paths: dict[int, list[tuple[str, str]]] = {each.pk: [] for each in runs}
    for run, node, outcome in (
        RunStep.objects.filter(workspace=house)
        .order_by("run_id", "seq")
        .values_list("run_id", "node", "outcome")
    ):
        paths[run].append((node, outcome))
    wrong = {
        each.subject: paths[each.pk]
        for each in runs
        if paths[each.pk] != oracle(each.subject, amounts[each.subject])
    }
    assert wrong == {}
    expected = Counter(
        (who, NODES[node]["with"]["what"])
        for who, amount in amounts.items()
        for node, _ in oracle(who, amount)
        if NODES[node]["kind"] == "action"
    )
    assert Counter(done_to(house)) == expected
    tallied: Counter[tuple[str, str]] = Counter()
    for node, what, count in NodeTally.objects.filter(journey=journey).values_list(
        "node", "what", "count"
    ):
        tallied[node, what] += count
    steps = Counter(step for who, amount in amounts.items() for step in oracle(who, amount))
    assert {key: count for key, count in tallied.items() if key[0] and key[1] != "in"} == steps
    assert tallied["", "entered"] == tallied["", "done:over"] == PEOPLE
