"""Does an event, or what a run was entered with, pass the tests a journey makes of it?"""

from collections.abc import Callable, Mapping
from typing import Any

from yutang.events.service import Heard, Said
from yutang.journeys.graph.nodes import Pattern, PropertyCheck

__all__ = ["flat", "matches", "passes"]


def matches(pattern: Pattern, heard: Heard) -> bool:
    """Return whether an event is what a pattern describes."""
    return heard.type in pattern.types and all(
        passes(check, heard.said.of(check.property)) for check in pattern.where
    )


def passes(check: PropertyCheck, came: Any) -> bool:
    """Return whether a value passes a test; what is unknown passes none but `unknown`."""
    if came is None or came in ("", []):
        return check.op == "unknown"
    return _TESTS[check.op](came, check.value)


def _ordered(holds: Callable[[Any, Any], bool]) -> Callable[[Any, Any], bool]:
    def test(came: Any, meant: Any) -> bool:
        if isinstance(meant, str):
            return isinstance(came, str) and bool(holds(came, meant))
        number = _number(came)
        return number is not None and bool(holds(number, meant))

    return test


def _contains(came: Any, meant: Any) -> bool:
    return bool(isinstance(came, str | list) and meant in came)


def _has_any(came: Any, meant: Any) -> bool:
    return bool(set(came if isinstance(came, list) else [came]) & set(meant))


def _between(came: Any, meant: Any) -> bool:
    number = _number(came)
    return number is not None and bool(meant[0] <= number <= meant[1])


def _same(came: Any, meant: Any) -> bool:
    if isinstance(came, bool):
        came = str(came).lower()
    if isinstance(meant, str):
        return bool(str(came) == meant)
    return bool(_number(came) == meant)


def _number(came: Any) -> float | None:
    try:
        return float(came)
    except (TypeError, ValueError):
        return None


def flat(said: Said) -> dict[str, Any]:
    """Return what an event said as one object, which a run keeps."""
    known = {
        name: value
        for name in ("amount", "staff", "store", "group", "content", "campaign", "source")
        if (value := getattr(said, name))
    }
    return {**said.lists, **said.numbers, **said.texts, **known}


_TESTS: Mapping[str, Callable[[Any, Any], bool]] = {
    "known": lambda came, meant: True,
    "unknown": lambda came, meant: False,
    "eq": _same,
    "ne": lambda came, meant: not _same(came, meant),
    "in": lambda came, meant: any(_same(came, each) for each in meant),
    "not_in": lambda came, meant: not any(_same(came, each) for each in meant),
    "contains": _contains,
    "has_any": _has_any,
    "between": _between,
    "lt": _ordered(lambda one, other: one < other),
    "le": _ordered(lambda one, other: one <= other),
    "gt": _ordered(lambda one, other: one > other),
    "ge": _ordered(lambda one, other: one >= other),
}
