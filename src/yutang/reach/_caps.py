"""The caps of one kind of message, bound into the gate's statements.

A statement says once, between `/*` and `*/`, what is to stand there for every cap; `#` is the cap's
place. Only places and our own fragments are written into it: values are bound.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from yutang.engines import named_sql
from yutang.reach.policy import Bound

__all__ = ["Caps"]

_SQL = named_sql("yutang.reach", "gate")
_REPEATED = re.compile(r"/\*(.*?)\*/", re.DOTALL)
_PARAMETER = re.compile(r"%\((\w+)\)s")


@dataclass(frozen=True)
class Caps:
    """What binds a batch: the caps, and the zones its people live in with the instant they are judged at."""

    bounds: Sequence[Bound]
    zones: Sequence[tuple[str, datetime]]  # by the number `reach_judged.zone` names
    policy: int
    journey: int | None

    def statement(self, name: str) -> str:
        """Return a statement of the gate for as many caps as there are."""
        return _written(name, tuple(_shape(each) for each in self.bounds))

    def values(self) -> dict[str, Any]:
        """Return what the statement binds: windows by zone, and what each cap counts."""
        bound: dict[str, Any] = {
            "zones": list(range(len(self.zones))),
            "journey": self.journey,
            "reasons": ["capped" if each.is_ours else "channel_rule" for each in self.bounds],
            "details": [f"{self.policy}:{each.name}" for each in self.bounds],
        }
        oldest, newest = datetime.max.replace(tzinfo=UTC), datetime.min.replace(tzinfo=UTC)
        for place, each in enumerate(self.bounds):
            windows = [each.window(at, ZoneInfo(zone)) for zone, at in self.zones]
            bound[f"lower_{place}"] = [lower for lower, _, _ in windows]
            bound[f"upper_{place}"] = [upper for _, upper, _ in windows]
            bound[f"most_{place}"] = [most for _, _, most in windows]
            bound[f"bit_{place}"] = 1 << place
            bound[f"place_{place}"] = place + 1
            bound[f"channel_{place}"] = each.channel
            bound[f"purposes_{place}"] = list(each.purposes)
            oldest = min(oldest, *bound[f"lower_{place}"])
            newest = max(newest, *bound[f"upper_{place}"])
        return bound | {"oldest": oldest, "newest": newest}

    def bind(self, name: str, **others: object) -> tuple[str, dict[str, Any]]:
        """Return a statement and exactly what it binds."""
        statement = self.statement(name)
        values = self.values() | others
        return statement, {each: values[each] for each in set(_PARAMETER.findall(statement))}


def _shape(bound: Bound) -> tuple[bool, bool, bool]:
    return bound.channel != "any", bool(bound.purposes), bound.per_journey


@cache
def _written(name: str, shapes: tuple[tuple[bool, bool, bool], ...]) -> str:
    def repeat(found: re.Match[str]) -> str:
        return "".join(
            found[1].replace("{counts_#}", _counts(shape)).replace("#", str(place))
            for place, shape in enumerate(shapes)
        )

    return _REPEATED.sub(repeat, _SQL[name])


def _counts(shape: tuple[bool, bool, bool]) -> str:
    by_channel, by_purpose, by_journey = shape
    tests = ["d.counts_at >= z.lower_#", "d.counts_at < z.upper_#"]
    if by_channel:
        tests.append("d.channel = %(channel_#)s")
    if by_purpose:
        tests.append("d.purpose = ANY(%(purposes_#)s::text[])")
    if by_journey:
        tests.append("d.journey = %(journey)s")
    return " AND ".join(tests)
