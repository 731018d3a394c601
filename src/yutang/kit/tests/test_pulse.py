"""A pulse beats when it is woken, and lets its rest lie between beats."""

import threading
import time
from collections.abc import Iterator
from itertools import pairwise

import pytest

from yutang.kit.pulse import Pulse, pulses, run_pulses, wake

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def beats(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[float]]:
    """Run one pulse alone, which asks for itself once a minute and rests a fifth of a second."""
    seen: list[float] = []

    def beat() -> bool:
        seen.append(time.monotonic())
        return False

    for name in tuple(pulses):
        monkeypatch.delitem(pulses, name)
    monkeypatch.setitem(pulses, "test.beat", Pulse("test.beat", 60.0, beat, rest=0.2))
    stop = threading.Event()
    threads = run_pulses(stop)
    _until(lambda: len(seen) == 1)
    yield seen
    stop.set()
    wake("test.beat")
    for thread in threads:
        thread.join()


def _until(so: object) -> None:
    for _ in range(1000):
        if so():  # type: ignore[operator]
            return
        time.sleep(0.01)
    raise AssertionError("it did not come to that in ten seconds")


def test_who_is_woken_after_a_while_beats_at_once(beats: list[float]) -> None:
    time.sleep(0.25)
    wake("test.beat")

    _until(lambda: len(beats) == 2)


def test_who_is_woken_all_the_time_rests_between_beats_and_forgets_no_call(
    beats: list[float],
) -> None:
    for _ in range(60):
        wake("test.beat")
        time.sleep(0.01)
    last_call = time.monotonic()
    wake("test.beat")
    _until(lambda: beats[-1] > last_call)

    assert all(after - before >= 0.19 for before, after in pairwise(beats))
