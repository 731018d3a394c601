"""`yutang up`: what it acknowledged is there after a kill -9, once; Ctrl-C leaves nothing behind."""

import os
import re
import signal
import subprocess
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

from tests.stories.running import Running, running

pytestmark = [pytest.mark.processes, pytest.mark.timeout(300)]


@pytest.fixture
def home(new_home: Callable[[], Path]) -> Iterator[Path]:
    """A folder to live in; PostgreSQL, which outlives a kill so that the next start finds it, ends with the test."""
    yield (home := new_home())
    pidfile = home / "postgres" / "postmaster.pid"
    if pidfile.exists():
        os.kill(int(pidfile.read_text().split("\n", 1)[0]), signal.SIGQUIT)


def send_until_killed(it: Running, key: str) -> list[str]:
    """Send batches of ten from four senders, kill it in the middle; return the acknowledged ids."""
    acknowledged: list[str] = []
    enough = threading.Event()

    def send() -> None:
        with httpx.Client(base_url=it.address, headers={"Authorization": f"Bearer {key}"}) as http:
            while True:
                batch = [
                    {
                        "id": str(uuid.uuid4()),
                        "type": "favorite",
                        "customer": {"phone": f"138{number:08}"},
                        "content": "龙井",
                    }
                    for number in range(10)
                ]
                try:
                    answer = http.post("/api/v1/events", json=batch)
                except httpx.TransportError:
                    return
                if answer.status_code == 202:
                    acknowledged.extend(event["id"] for event in batch)
                    if len(acknowledged) > 800:
                        enough.set()

    senders = [threading.Thread(target=send) for _ in range(4)]
    for sender in senders:
        sender.start()
    assert enough.wait(60)
    it.kill()
    for sender in senders:
        sender.join()
    return acknowledged


def test_a_kill_loses_nothing_acknowledged_and_doubles_nothing(home: Path) -> None:
    with running(home) as first:
        key = first.sign_in().ask("POST", "/keys", name="till", permissions=["events.write"])["key"]
        acknowledged = send_until_killed(first, key)

    with running(home) as second:
        second.sign_in()
        counted = second.ask(
            "POST",
            "/audiences/preview",
            sentence=f"近1天收藏≥{len(acknowledged) // 10}次",
        )

    assert counted["count"] == 10


def left_of(home: Path) -> str:
    """Return the processes that live in this folder."""
    found = subprocess.run(["pgrep", "-f", str(home)], capture_output=True, text=True, check=False)
    return found.stdout


def sold(it: Running, more_than: int) -> int:
    """Wait until the demo's till has told of more orders than this; return of how many."""
    base, corp = re.findall(r"phone +(\S+)/sandbox/#(\w+)/", it.said.read_text())[-1]
    deadline = time.monotonic() + 150
    while time.monotonic() < deadline:
        found = httpx.get(f"{base}/sandbox/corps/{corp}/population", timeout=30).json()
        if found["orders"]["posted"] > more_than:
            return int(found["orders"]["posted"])
        time.sleep(0.2)
    raise AssertionError(f"nothing was bought: {found}")


def test_ctrl_c_or_a_kill_leaves_no_process_and_the_demo_goes_on_living(home: Path) -> None:
    demo = ("--demo-people", "100", "--demo-speed", "20")
    with running(home, *demo) as first:
        first.sign_in().ask("POST", "/keys", name="till", permissions=["events.write"])
        before = sold(first, 0)

    assert left_of(home) == ""

    with running(home, *demo) as second:
        keys = second.sign_in().ask("GET", "/keys")
        sold(second, before)
        os.kill(second.process.pid, signal.SIGKILL)  # it alone: the rest notices
        second.process.wait(10)
        deadline = time.monotonic() + 30
        while left_of(home / "sandbox") and time.monotonic() < deadline:
            time.sleep(0.1)

    assert left_of(home / "sandbox") == ""
    assert [key["name"] for key in keys["items"]] == ["till"]
