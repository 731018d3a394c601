"""The platform's limits: dated data in `limits.json`, which an installation may change by a file of its own.

    most("corp_tags")                                     # 10000
    limits_of("externalcontact/mark_tag").at_once         # 5

`YUTANG_WECOM_LIMITS` names a JSON file of the same shape; what it says replaces what stands here, entry
by entry. `seen` says when the platform's own text was last seen to say so.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

__all__ = ["ApiLimits", "Lane", "LaneRules", "dated", "lane_rules", "limits_of", "most", "written"]


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


def limits_of(api: str) -> ApiLimits:
    """Return what may be asked of an API."""
    return _limits_of(api, settings.YUTANG_WECOM_LIMITS)


def lane_rules(lane: Lane) -> LaneRules:
    """Return what a lane may."""
    return LaneRules(**written()["lanes"][lane.value])


def most(name: str) -> int:
    """Return one of the platform's other limits, such as `corp_tags`."""
    return int(written()["most"][name]["value"])


def dated(name: str) -> tuple[int, str]:
    """Return one of the other limits, and the month its text was last seen in (`2024-04`)."""
    found = written()["most"][name]
    return int(found["value"]), str(found["seen"])


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
