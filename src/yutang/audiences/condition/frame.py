"""From where a condition is looked at: the workspace, the instant, and whom it may show."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from types import MappingProxyType

__all__ = ["Frame", "Only", "Scoped"]


@dataclass(frozen=True)
class Only:
    """Judge only these customers, by their `origins` (origin → customer; see identity-merging.md).

    Their events are read from `timeline`, which is ordered by origin: a few customers cost a few
    milliseconds, however many events there are.
    """

    origins: Mapping[int, int]

    @property
    def customers(self) -> tuple[int, ...]:
        """Return the customers, each once."""
        return tuple(sorted(set(self.origins.values())))


@dataclass(frozen=True)
class Scoped:
    """A reader who may see only customers tied to these staff or stores."""

    staff: tuple[int, ...] = ()
    stores: tuple[int, ...] = ()


@dataclass(frozen=True)
class Frame:
    """Everything a condition is bound to when it becomes a statement. `now` is in UTC, however given.

    `quiet_types` do not count as activity. `overrides` are the pending merges (origin → customer).
    `scope` restricts what the reader may see; `mine` says whose staff and stores “my” means.
    """

    workspace: int
    now: datetime
    time_zone: str = "Asia/Shanghai"
    quiet_types: tuple[str, ...] = ()
    overrides: Mapping[int, int] = field(default_factory=lambda: MappingProxyType({}))
    scope: Scoped | None = None
    mine: Scoped | None = None
    only: Only | None = None

    def __post_init__(self) -> None:
        # Lengths of time are added to it: on a clock that changes, Python would add to what it shows.
        object.__setattr__(self, "now", self.now.astimezone(UTC))
