"""What can be declared to the loop, and where the declarations are kept."""

import re
from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Protocol

from yutang.kit.i18n import Text

__all__ = [
    "Action",
    "Attribute",
    "AttributeKind",
    "Check",
    "Doing",
    "EventType",
    "Perform",
    "Property",
    "PropertyKind",
    "Undone",
    "actions",
    "attributes",
    "declare",
    "event_types",
]

_NAME = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)?")


class PropertyKind(StrEnum):
    """What a property of an event holds."""

    TEXT = "text"
    NUMBER = "number"
    MONEY = "money"  # integer fen
    BOOL = "bool"
    DATE = "date"
    TIME = "time"
    LIST = "list"  # of text


class AttributeKind(StrEnum):
    """What an attribute of a customer holds."""

    TEXT = "text"
    NUMBER = "number"
    MONEY = "money"  # integer fen
    DATE = "date"
    TIME = "time"
    BOOL = "bool"
    CHOICE = "choice"
    MULTI_CHOICE = "multi_choice"
    REGION = "region"  # "广东/深圳/南山": province, city, district


@dataclass(frozen=True)
class Property:
    """One typed property of an event type."""

    name: str
    kind: PropertyKind
    label: Text


@dataclass(frozen=True)
class EventType:
    """One thing a customer can do. `verb` completes “近30天…≥1次”: 收藏, favourited.

    `content_names` says what contents are called, where they are numbers: from a workspace's number
    and contents, to the name of each that has one.
    """

    name: str
    label: Text
    properties: tuple[Property, ...] = ()
    activity: bool = True  # counts as the customer being active; our own messages to her do not
    content_names: Callable[[int, AbstractSet[str]], Mapping[str, str]] | None = None


@dataclass(frozen=True)
class Attribute:
    """One thing known of a customer.

    `column` names the typed column of the warehouse's `profiles` that holds it; without one the
    value lives in `fields` under the attribute's name.
    """

    name: str
    kind: AttributeKind
    label: Text
    choices: Mapping[str, Text] = field(default_factory=lambda: MappingProxyType({}))
    column: str | None = None
    personal: bool = False  # shown masked without the permission


@dataclass(frozen=True)
class Doing:
    """One customer an action is to be done to; `key` is the same whenever the same is to be done again."""

    customer: int
    key: str
    data: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True)
class Undone:
    """Why an action was not done to somebody: a word for programs; `again` says that it may be, later.

    `declined`: nothing is wrong, it was decided so (the gate held a message back); she goes on.
    """

    reason: str
    again: bool = False
    declined: bool = False


class Perform(Protocol):
    """Does an action to many, in the caller's transaction; returns those it was not done to."""

    def __call__(
        self,
        workspace_id: int,
        doings: Sequence[Doing],
        parameters: Mapping[str, Any],
        *,
        now: datetime,
    ) -> Mapping[str, Undone]: ...


class Check(Protocol):
    """Looks an action's parameters over when a journey is saved; returns what is wrong, by parameter."""

    def __call__(self, workspace_id: int, parameters: Mapping[str, Any]) -> Mapping[str, Text]: ...


@dataclass(frozen=True)
class Action:
    """One thing a journey can do to a customer.

    `perform` does it to a set of people at once; what it was done to under a key before, it leaves
    alone. `check` finds parameters that name what is not there, or is not there any more.
    `subjects` are whom journeys may be about that do it: what a doing calls a customer is one of those.
    """

    name: str
    label: Text
    parameters: tuple[Property, ...] = ()
    perform: Perform | None = None
    check: Check | None = None
    subjects: frozenset[str] = frozenset({"customer", "group", "staff"})  # of which journeys


_event_types: dict[str, EventType] = {}
_attributes: dict[str, Attribute] = {}
_actions: dict[str, Action] = {}

event_types: Mapping[str, EventType] = MappingProxyType(_event_types)
attributes: Mapping[str, Attribute] = MappingProxyType(_attributes)
actions: Mapping[str, Action] = MappingProxyType(_actions)


def declare(*declarations: EventType | Attribute | Action) -> None:
    """Enter declarations into the loop; called once, from a module's `loop.py`.

    Declaring the same thing again is harmless; declaring another thing under a taken name is a
    programming error and raises ValueError.
    """
    for each in declarations:
        if not _NAME.fullmatch(each.name):
            raise ValueError(f"{each.name!r} is not a name: lower_snake_case, one dot at most")
        registry: dict[str, object] = {
            EventType: _event_types,
            Attribute: _attributes,
            Action: _actions,
        }[type(each)]  # type: ignore[assignment]
        if registry.setdefault(each.name, each) != each:
            raise ValueError(f"{type(each).__name__} {each.name!r} is declared twice, differently")
