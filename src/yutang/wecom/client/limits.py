"""The platform's limits: dated data in `limits.json`, which an installation and each of its brands may change.

    most("corp_tags", corp)                                     # 10000
    limits_of("externalcontact/mark_tag", corp).at_once         # 5

`YUTANG_WECOM_LIMITS` names a JSON file of the same shape; what it says replaces what stands here, entry
by entry. `seen` says when the platform's own text was last seen to say so. A brand's own changes
(`LimitChange`, by `key_of`) hold from a day on, on the platform's calendar; a process looks for them every ten
seconds.
"""

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from yutang.kit import clock
from yutang.wecom.models import Corp, LimitChange

__all__ = [
    "ApiLimits",
    "Changed",
    "Lane",
    "LaneRules",
    "changes_of",
    "dated",
    "forget_changes",
    "key_of",
    "lane_rules",
    "limits_of",
    "most",
    "most_within",
    "platform_day",
    "written",
]

_LOOKS_EVERY = 10.0  # seconds


class Lane(StrEnum):
    """Whose call goes first when there is not room for all."""

    WELCOME = "welcome"  # twenty seconds to live
    STAFF = "staff"  # somebody waits in front of a screen
    MASS = "mass"
    SYNC = "sync"


@dataclass(frozen=True)
class ApiLimits:
    """What the platform takes of one API; None where it says nothing."""

    at_once: int
    minute: int | None = None
    hour: int | None = None
    day: int | None = None
    month: int | None = None


@dataclass(frozen=True)
class LaneRules:
    """How much of a window a lane may use up, of how many places at once, and how long it waits."""

    share: float
    slots: float
    patience: float  # seconds
    timeout: float  # seconds


@dataclass(frozen=True)
class Changed:
    """What a brand made of a limit: a number from a day on, and what held before that (None: the default)."""

    value: int
    since: date
    before: int | None

    def on(self, day: date, default: int) -> int:
        """Return what holds on a day."""
        if day >= self.since:
            return self.value
        return default if self.before is None else self.before


_known: dict[int, tuple[float, Mapping[str, Changed]]] = {}


def limits_of(api: str, corp: Corp | None = None) -> ApiLimits:
    """Return what may be asked of an API; of a corp, with what its brand changed."""
    found = _limits_of(api, settings.YUTANG_WECOM_LIMITS)
    changes = changes_of(corp.workspace_id) if corp else {}
    if not changes:
        return found
    day = platform_day()
    asked = api if api in written()["apis"] else "default"
    changed = {}
    for name in ("at_once", *written()["windows"]):
        default = getattr(found, name)
        change = changes.get(key_of(asked, name))
        if change and default is not None:
            changed[name] = change.on(day, default)
    return replace(found, **changed)


def key_of(api: str, window: str) -> str:
    """Return what a brand's change of one of an API's limits is kept under."""
    return f"{api}:{window}"


def platform_day() -> date:
    """Return which day it is where the platform counts."""
    return clock.platform_day(clock.now())


def changes_of(workspace: int) -> Mapping[str, Changed]:
    """Return what a brand made of limits, as of at most ten seconds ago."""
    until, changes = _known.get(workspace, (0.0, {}))
    if time.monotonic() >= until:
        rows = LimitChange.objects.within(workspace)
        changes = {each.name: Changed(each.value, each.since, each.before) for each in rows}
        _known[workspace] = time.monotonic() + _LOOKS_EVERY, changes
    return changes


def forget_changes(workspace: int) -> None:
    """Look for a brand's changes again at once."""
    _known.pop(workspace, None)


def lane_rules(lane: Lane) -> LaneRules:
    """Return what a lane may."""
    return LaneRules(**written()["lanes"][lane.value])


def most(name: str, corp: Corp | None = None) -> int:
    """Return one of the platform's other limits, such as `corp_tags`; of a corp, with what its brand changed."""
    return most_within(corp.workspace_id, name) if corp else int(written()["most"][name]["value"])


def most_within(workspace: int, name: str) -> int:
    """Return one of the platform's other limits, with what a brand changed."""
    default = int(written()["most"][name]["value"])
    change = changes_of(workspace).get(name)
    return change.on(platform_day(), default) if change else default


def dated(name: str, corp: Corp) -> tuple[int, str]:
    """Return one of the other limits, and since when: the month its text was seen in, or the day of a change."""
    change = changes_of(corp.workspace_id).get(name)
    if change and platform_day() >= change.since:
        return change.value, change.since.isoformat()
    return most(name, corp), str(written()["most"][name]["seen"])


def written() -> Mapping[str, Any]:
    """Return all limits as they are written."""
    return _written(settings.YUTANG_WECOM_LIMITS)


@cache
def _limits_of(api: str, file: str) -> ApiLimits:
    found = _written(file)
    default = found["default"]
    given = found["apis"].get(api, default)
    numbers = {name: given[name] for name in found["windows"] if name in given}
    return ApiLimits(at_once=given.get("at_once", default["at_once"]), **numbers)


@cache
def _written(file: str) -> Mapping[str, Any]:
    read: dict[str, Any] = json.loads(files(__package__).joinpath("limits.json").read_text("utf-8"))
    if not file:
        return read
    try:
        theirs = json.loads(Path(file).read_text("utf-8"))
        for part in ("default", "apis", "lanes", "most"):
            for name, value in theirs.get(part, {}).items():
                before = read[part].get(name)
                read[part][name] = before | value if isinstance(before, dict) else value
    except (OSError, ValueError, TypeError, AttributeError) as reason:
        raise ImproperlyConfigured(
            f"YUTANG_WECOM_LIMITS: {file} is not JSON of the shape of limits.json."
        ) from reason
    return read
