"""What a workspace's conditions can speak of: its attributes, events, tags, people and places.

A plain value, put together by `audiences.service` from the registries and the apps below; tests
make their own.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from yutang.audiences.condition.nodes import Field, Kind
from yutang.kit.i18n import Text
from yutang.loop.registry import Attribute, EventType

__all__ = ["EVENT_COLUMNS", "PROFILE_COLUMNS", "Stage", "TagEntry", "Vocabulary"]


def _nothing() -> Mapping[Any, Any]:
    return MappingProxyType({})


# The typed columns of `profiles` an attribute may name. Identifiers in statements come from here.
PROFILE_COLUMNS = frozenset(
    {
        *("name", "gender", "birthday", "country", "province", "city", "district", "source"),
        *("joined_at", "created_at", "identity_kinds"),
    }
)

# The typed columns of `events`: properties every event has.
EVENT_COLUMNS: Mapping[str, tuple[Kind, Text]] = MappingProxyType(
    {
        "amount": (Kind.MONEY, Text("金额", "amount")),
        "staff": (Kind.STAFF, Text("员工", "staff")),
        "store": (Kind.STORE, Text("门店", "store")),
        "group": (Kind.GROUP, Text("群", "group")),
        "content": (Kind.TEXT, Text("内容", "content")),
        "campaign": (Kind.TEXT, Text("活动", "campaign")),
        "source": (Kind.TEXT, Text("来源", "source")),
    }
)


@dataclass(frozen=True)
class TagEntry:
    """A tag, and the group it stands in."""

    name: str
    group: int


@dataclass(frozen=True)
class Stage:
    """A stage of life by a dependant's age in whole months, `[from_month, to_month)`."""

    label: Text
    from_month: int
    to_month: int


@dataclass(frozen=True)
class Vocabulary:
    """Everything a condition of one workspace can name, by the identifier stored in its JSON.

    `event_types` has the declared and the discovered ones; those with `activity=False` do not count
    as the customer being active. `statuses` are follow-up statuses by code.
    """

    time_zone: str = "Asia/Shanghai"
    attributes: Mapping[str, Attribute] = field(default_factory=_nothing)
    event_types: Mapping[str, EventType] = field(default_factory=_nothing)
    tag_groups: Mapping[int, str] = field(default_factory=_nothing)
    tags: Mapping[int, TagEntry] = field(default_factory=_nothing)
    audiences: Mapping[int, str] = field(default_factory=_nothing)
    staff: Mapping[int, str] = field(default_factory=_nothing)
    stores: Mapping[int, str] = field(default_factory=_nothing)
    groups: Mapping[int, str] = field(default_factory=_nothing)
    statuses: Mapping[str, Text] = field(default_factory=_nothing)
    dependants: Mapping[str, Text] = field(
        default_factory=lambda: MappingProxyType({"child": Text("孩子", "child")})
    )
    stages: Mapping[str, Stage] = field(default_factory=_nothing)

    @property
    def quiet_types(self) -> tuple[str, ...]:
        """Return the event types that are no activity of the customer."""
        return tuple(sorted(name for name, each in self.event_types.items() if not each.activity))

    def attribute(self, name: str) -> Field | None:
        """Return where an attribute lives, or None if there is none of that name."""
        found = self.attributes.get(name)
        if found is None:
            return None
        if found.column is not None and found.column not in PROFILE_COLUMNS:
            raise ValueError(f"profiles has no column {found.column!r}")
        return Field(name, Kind(found.kind.value), found.column)

    def properties(self, types: tuple[str, ...]) -> dict[str, tuple[Field, Text]]:
        """Return the properties events of these types can have (none named: of any type).

        Where two types declare one name with different kinds, the name is left out: a test of it
        would mean two things.
        """
        found: dict[str, tuple[Field, Text]] = {}
        torn: set[str] = set()
        for name in types or sorted(self.event_types):
            for each in self.event_types[name].properties if name in self.event_types else ():
                place = Field(each.name, Kind(each.kind.value))
                if found.setdefault(each.name, (place, each.label))[0] != place:
                    torn.add(each.name)
        columns = {
            name: (Field(name, kind, name), label) for name, (kind, label) in EVENT_COLUMNS.items()
        }
        labels = {name: label for name, (_, label) in found.items()}
        for name in columns.keys() & labels.keys():
            columns[name] = (columns[name][0], labels[name])
        return {name: each for name, each in found.items() if name not in torn} | columns
