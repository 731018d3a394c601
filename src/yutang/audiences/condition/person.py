"""Everything conditions can know of one customer, as plain values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from yutang.audiences.condition.frame import Scoped
from yutang.audiences.condition.nodes import Field, Kind

__all__ = ["Happening", "Kin", "Look", "Person", "Tagging", "Tie"]


def _nothing() -> Mapping[Any, Any]:
    return MappingProxyType({})


@dataclass(frozen=True)
class Happening:
    """One event. Zero and the empty string of its columns mean unknown, except for the amount."""

    type: str
    at: datetime
    amount: int = 0
    staff: int = 0
    store: int = 0
    group: int = 0
    content: str = ""
    campaign: str = ""
    source: str = ""
    texts: Mapping[str, str] = field(default_factory=_nothing)
    numbers: Mapping[str, float] = field(default_factory=_nothing)
    lists: Mapping[str, tuple[str, ...]] = field(default_factory=_nothing)

    def value(self, of: Field) -> object:
        """Return a property as a value of its kind; None if it is unknown."""
        if of.column is not None:
            found = getattr(self, of.column)
            return found if of.kind is Kind.MONEY else found or None
        if of.kind in (Kind.NUMBER, Kind.MONEY):
            return self.numbers.get(of.name)
        if of.kind is Kind.LIST:
            return self.lists.get(of.name) or None
        written = self.texts.get(of.name, "")
        match of.kind:
            case Kind.BOOL:
                return {"true": True, "false": False}.get(written)
            case Kind.DATE:
                return date.fromisoformat(written) if written else None
            case Kind.TIME:
                return datetime.fromisoformat(written) if written else None
        return written or None


@dataclass(frozen=True)
class Tagging:
    tag: int
    at: datetime
    expires_at: datetime


@dataclass(frozen=True)
class Tie:
    """A relation to staff, a store, a group, or the customer who referred her."""

    kind: str
    target: int
    since: datetime
    status: str = ""


@dataclass(frozen=True)
class Kin:
    who: str = "child"
    gender: str = ""
    birthday: date | None = None


@dataclass(frozen=True)
class Person:
    """One living customer. `profile` holds columns, `fields` attributes by name; None is unknown.

    `events` are in the order they happened; `referred` says when each customer she brought came.
    """

    customer: int
    profile: Mapping[str, object] = field(default_factory=_nothing)
    fields: Mapping[str, object] = field(default_factory=_nothing)
    events: tuple[Happening, ...] = ()
    tags: tuple[Tagging, ...] = ()
    ties: tuple[Tie, ...] = ()
    kin: tuple[Kin, ...] = ()
    referred: tuple[datetime, ...] = ()
    audiences: frozenset[int] = frozenset()

    def value(self, of: Field) -> object:
        """Return an attribute; None if it is unknown."""
        found = self.fields.get(of.name) if of.column is None else self.profile.get(of.column)
        return None if found in ("", ()) else found


@dataclass(frozen=True)
class Look:
    """The instant and the place conditions are judged from."""

    now: datetime
    time_zone: str = "Asia/Shanghai"
    quiet_types: tuple[str, ...] = ()
    mine: Scoped | None = None
