"""The limits platforms set themselves, as dated data: what held when, and where it was read."""

from datetime import date
from functools import cache
from importlib.resources import files
from typing import Literal

import msgspec

__all__ = ["PlatformRule", "platform_rules"]


class PlatformRule(msgspec.Struct, frozen=True):
    """At most so many messages to one person by a channel; `most` is null for the days of the month."""

    name: str
    channel: str
    per: Literal["rolling", "day", "week", "month"]
    most: int | None
    purposes: tuple[str, ...]
    zh: str
    en: str
    source: str
    checked_on: date
    since: date
    until: date | None = None
    days: int = 1  # only where it rolls


def platform_rules(on: date | None) -> tuple[PlatformRule, ...]:
    """Return the rules in force on a day; without one, every rule there ever was."""
    return tuple(
        rule
        for rule in _all()
        if on is None or (rule.since <= on and (rule.until is None or on < rule.until))
    )


@cache
def _all() -> tuple[PlatformRule, ...]:
    written = (files("yutang.reach.policy") / "platform.json").read_bytes()
    return msgspec.json.decode(written, type=tuple[PlatformRule, ...])
