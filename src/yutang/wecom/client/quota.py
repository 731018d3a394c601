"""Room for a call: permits out of the windows the platform counts in, and a place among those at once.

Both are shared by all processes. A lane may use up only its share of a window and of the places, so that
what is more urgent always finds some left. Permits are fetched a few at a time, twice as many each time within
a window, so that a busy API costs no statement a call; what is not used ends with its minute.
"""

import random
import threading
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from yutang.kit import clock
from yutang.kit.metrics import counter
from yutang.wecom._rows import run
from yutang.wecom.client.errors import Throttled
from yutang.wecom.client.limits import ApiLimits, Lane, LaneRules, lane_rules, limits_of
from yutang.wecom.models import Corp

__all__ = ["block", "ease", "room_for"]

_MOST_PERMITS = 64
_UNLIMITED = 2_000_000_000
_CHINA = timedelta(hours=8)
_WAITED = counter("yutang_wecom_waited", "Calls that had to wait for room.", "api", "why")


@dataclass(frozen=True)
class _Asked:
    """Who asks for room, and until when (of the monotonic clock) it waits."""

    corp: Corp
    api: str
    lane: Lane
    rules: LaneRules
    limits: ApiLimits
    deadline: float

    def wait(self, seconds: float) -> None:
        """Sleep, where that ends before the deadline.

        :raises Throttled:
        """
        if time.monotonic() + seconds > self.deadline:
            raise Throttled(api=self.api, seconds=max(1, round(seconds)))
        time.sleep(seconds)


@dataclass
class _Permits:
    """What this process may still use up of a minute."""

    minute: datetime
    left: int = 0
    taken: int = 0  # how many at the last time
    at_once: int | None = None


_permits: dict[tuple[int, str, Lane], _Permits] = {}
_lock = threading.Lock()


@contextmanager
def room_for(
    corp: Corp, api: str, lane: Lane, *, patience: float | None = None, alone: str = ""
) -> Iterator[None]:
    """Wait until there is room for a call, and keep its place; `alone` names what must not overlap.

    :raises Throttled: when there is none within the lane's patience (seconds)
    """
    rules = lane_rules(lane)
    deadline = time.monotonic() + (rules.patience if patience is None else patience)
    asked = _Asked(corp, api, lane, rules, limits_of(api, corp), deadline)
    at_once = _permit(asked)
    held: list[tuple[int, int]] = []
    try:
        if alone:
            held.append(_place(asked, f"{api}:{alone}", range(1)))
        held.append(_place(asked, api, _places(asked, at_once)))
        yield
    finally:
        for key, n in reversed(held):
            run("quota", "leave", {"key": key, "n": n})


def block(corp: Corp, api: str) -> None:
    """Let an API rest: the platform counted more calls than we did."""
    run("quota", "block", {"corp": corp.pk, "api": api, "now": clock.now()})
    _forget(corp, api)


def ease(corp: Corp, api: str) -> None:
    """Ask fewer at once for a while."""
    at_once = limits_of(api, corp).at_once
    given = {"corp": corp.pk, "api": api, "at_once": at_once, "now": clock.now()}
    run("quota", "ease", given)
    _forget(corp, api)


def _forget(corp: Corp, api: str) -> None:
    with _lock:
        for lane in Lane:
            _permits.pop((corp.pk, api, lane), None)


def _permit(asked: _Asked) -> int | None:
    """Use one permit up; return how many may be asked at once, where that was eased."""
    key = asked.corp.pk, asked.api, asked.lane
    while True:
        now = clock.now()
        minute = now.replace(second=0, microsecond=0)
        with _lock:
            mine = _permits.get(key)
            if mine and mine.minute == minute and mine.left > 0:
                mine.left -= 1
                return mine.at_once
        wanted = 1
        if mine and mine.minute == minute:
            wanted = min(_MOST_PERMITS, mine.taken * 2)
        count, until, at_once = _taken(asked, now, wanted)
        if count:
            with _lock:
                _permits[key] = _Permits(minute, count - 1, count, at_once)
            return at_once
        _WAITED.labels(asked.api, "quota").inc()
        asked.wait((until - now).total_seconds() if until else 1.0)


def _taken(asked: _Asked, now: datetime, wanted: int) -> tuple[int, datetime | None, int | None]:
    corp = asked.corp
    given = {"corp": corp.pk, "workspace": corp.workspace_id, "api": asked.api, "now": now}
    for name, (begin, end) in _windows(now).items():
        most = getattr(asked.limits, name)
        given |= {name: begin, f"{name}_end": end}
        given[f"{name}_most"] = max(1, int(most * asked.rules.share)) if most else _UNLIMITED
    row = run("quota", "take", given | {"wanted": wanted}).fetchone()
    if row is None:
        run("quota", "begin", given)
        row = run("quota", "take", given | {"wanted": wanted}).fetchone()
    assert row is not None
    return row[0], row[1], row[2]


def _windows(now: datetime) -> dict[str, tuple[datetime, datetime]]:
    """Return when the windows of now began and end; days and months are China's."""
    minute = now.replace(second=0, microsecond=0)
    hour = minute.replace(minute=0)
    there = now.astimezone(UTC) + _CHINA
    day = there.replace(hour=0, minute=0, second=0, microsecond=0)
    month = day.replace(day=1)
    later = (month + timedelta(days=32)).replace(day=1)
    return {
        "minute": (minute, minute + timedelta(minutes=1)),
        "hour": (hour, hour + timedelta(hours=1)),
        "day": (day - _CHINA, day - _CHINA + timedelta(days=1)),
        "month": (month - _CHINA, later - _CHINA),
    }


def _places(asked: _Asked, at_once: int | None) -> range:
    """Return the places a lane may take: the lower ones are kept for what is more urgent."""
    all_ = min(asked.limits.at_once, at_once or asked.limits.at_once)
    return range(min(all_ - 1, round(all_ * (1 - asked.rules.slots))), all_)


def _place(asked: _Asked, what: str, places: range) -> tuple[int, int]:
    key = zlib.crc32(f"wecom:{asked.corp.pk}:{what}".encode()) - 2**31
    given = {"key": key, "first": places.start, "end": places.stop}
    pause = 0.005
    while True:
        found = run("quota", "enter", given).fetchone()
        if found:
            return key, found[0]
        _WAITED.labels(asked.api, "at_once").inc()
        asked.wait(pause * random.uniform(0.5, 1.5))  # noqa: S311  so that not all come at once
        pause = min(pause * 2, 0.1)
