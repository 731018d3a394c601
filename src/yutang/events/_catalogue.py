"""What is known of event types in a workspace: the declared, the made, and what was discovered.

`Known` is the part of the catalogue that judges events: type → property → kind. It is kept in
memory, refreshed every few seconds and whenever this process changes it, so that judging costs nothing.
"""

import re
import threading
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from yutang.events._shaping import Shape, plain_shape, shape, shown, wrong
from yutang.events.models import CataloguedProperty, CataloguedType, TypeOrigin
from yutang.kit.errors import FieldProblem
from yutang.kit.i18n import Text
from yutang.loop import EventType, Property, PropertyKind, event_types
from yutang.workspaces.models import Workspace

__all__ = ["Known", "count_types", "forget_known", "is_type_name", "known", "shape_all"]

MOST_TYPES = 1_000
MOST_PROPERTIES = 300
FRESH_FOR = 5.0  # seconds a process may judge by what it read

# Letters of any script, then letters, digits, _ and -. Dotted names belong to modules.
_TYPE_NAME = re.compile(r"[^\W\d_][\w-]{0,63}")
_TYPE_RULE = Text(
    "事件类型应以字母或汉字开头，只含字母、汉字、数字、_ 和 -，最长 64 个字符",
    "an event type begins with a letter and holds letters, digits, _ and - only, 64 at most",
)
_RESERVED = Text(
    "带点的事件类型由系统自己记录，不能从外部写入",
    "event types with a dot are recorded by the system itself and cannot be sent",
)
_TOO_MANY_TYPES = Text(
    f"这个工作区已有 {MOST_TYPES} 种事件类型，不再自动发现新类型",
    f"this workspace has {MOST_TYPES} event types already; no new one is discovered",
)
_TOO_MANY_PROPERTIES = Text(
    f"这种事件已有 {MOST_PROPERTIES} 个属性，不再自动发现新属性",
    f"this event type has {MOST_PROPERTIES} properties already; no new one is discovered",
)


@dataclass
class Known:
    """Every event type of one workspace: the kinds that judge events, and the words for reading them.

    `types` speaks as the registry does: labels are those the workspace gave, `hidden` holds names of
    types and (type, property) that its people do not want to be offered.
    """

    kinds: dict[str, dict[str, PropertyKind]]
    types: Mapping[str, EventType]
    hidden: frozenset[str | tuple[str, str]]
    until: float = field(default_factory=lambda: time.monotonic() + FRESH_FOR)


_known: dict[int, Known] = {}
_reading = threading.Lock()


def known(workspace: Workspace) -> Known:
    """Return what judges this workspace's events, at most a few seconds old."""
    held = _known.get(workspace.pk)
    if held is None or held.until < time.monotonic():
        held = _known[workspace.pk] = _read(workspace)
    return held


def forget_known(workspace: Workspace) -> None:
    """Read the catalogue anew when it is next needed: it has changed."""
    _known.pop(workspace.pk, None)


def shape_all(
    workspace: Workspace,
    given: Sequence[tuple[str, Mapping[str, Any]]],
    *,
    now: datetime,
    from_outside: bool = True,
) -> list[Shape | list[FieldProblem]]:
    """Sort the properties of events (type, properties) by kind; learn types and properties never seen.

    Answers for each event its shape, or everything that is wrong with it.
    """
    judged, found = _judge(known(workspace), given, from_outside=from_outside)
    if found:
        refusing = _discover(workspace, found, now)
        judged, _ = _judge(known(workspace), given, from_outside=from_outside, refusing=refusing)
    return judged


Found = dict[str, dict[str, PropertyKind]]
_NO_KINDS: Mapping[str, PropertyKind] = {}


def _judge(
    by: Known,
    given: Sequence[tuple[str, Mapping[str, Any]]],
    *,
    from_outside: bool,
    refusing: Mapping[tuple[str, str], Text] | None = None,
) -> tuple[list[Shape | list[FieldProblem]], Found]:
    judged: list[Shape | list[FieldProblem]] = []
    found: Found = {}
    kinds_of = by.kinds
    for type_name, properties in given:
        kinds: Mapping[str, PropertyKind] | None = kinds_of.get(type_name)
        if kinds is not None and not (from_outside and "." in type_name):
            plain = plain_shape(properties, kinds)
            if plain is not None:
                judged.append(plain)
                continue
        wrongs: list[FieldProblem] = []
        if kinds is None or (from_outside and "." in type_name):
            misnamed = _type_wrong(type_name, from_outside=from_outside)
            if misnamed is not None:
                judged.append([misnamed])
                continue
            kinds = _NO_KINDS
        fresh: dict[str, PropertyKind] = {}
        shaped = shape(properties, kinds, fresh, wrongs)
        if refusing:
            wrongs.extend(_refused(type_name, fresh, refusing))
        if (fresh or kinds is _NO_KINDS) and not wrongs:
            first = found.setdefault(type_name, {})
            for name, kind in fresh.items():
                first.setdefault(name, kind)
        judged.append(wrongs or shaped)
    return judged, found


def is_type_name(name: str) -> bool:
    """Return whether people may give a type this name."""
    return bool(_TYPE_NAME.fullmatch(name))


def _type_wrong(name: str, *, from_outside: bool) -> FieldProblem | None:
    if from_outside and "." in name and name.partition(".")[0].isidentifier():
        return wrong("type", _RESERVED, shown(name))
    if _TYPE_NAME.fullmatch(name) or (not from_outside and name in event_types):
        return None
    return wrong("type", _TYPE_RULE, shown(name))


def _refused(
    type_name: str, fresh: Iterable[str], refusing: Mapping[tuple[str, str], Text]
) -> Iterable[FieldProblem]:
    if whole := refusing.get((type_name, "")):
        yield wrong("type", whole, type_name)
    for name in fresh:
        if what := refusing.get((type_name, name)):
            yield wrong(f"properties.{name}", what)


@transaction.atomic
def _discover(workspace: Workspace, found: Found, now: datetime) -> dict[tuple[str, str], Text]:
    """Write what was found into the catalogue, first come first kept; return what no longer fits."""
    refusing: dict[tuple[str, str], Text] = {}
    present = set(CataloguedType.objects.within(workspace).values_list("name", flat=True))
    room = MOST_TYPES - len(present)
    for name in sorted(found):
        if name not in present and name not in event_types:
            room -= 1
            if room < 0:
                refusing[name, ""] = _TOO_MANY_TYPES
    welcome = [name for name in sorted(found) if (name, "") not in refusing]
    rows = _types_for(workspace, welcome, now)
    for name in welcome:
        refusing |= _add_properties(workspace, rows[name], found[name], now)
    forget_known(workspace)
    return refusing


def _types_for(
    workspace: Workspace, names: Sequence[str], now: datetime
) -> dict[str, CataloguedType]:
    """Return the catalogue's rows of these types, made where there are none."""
    CataloguedType.objects.bulk_create(
        [
            CataloguedType(
                workspace=workspace,
                name=name,
                origin=TypeOrigin.DECLARED if name in event_types else TypeOrigin.DISCOVERED,
                is_activity=event_types[name].activity if name in event_types else True,
                created_at=now,
            )
            for name in names
        ],
        ignore_conflicts=True,
    )
    return {
        row.name: row for row in CataloguedType.objects.within(workspace).filter(name__in=names)
    }


def _add_properties(
    workspace: Workspace, type_row: CataloguedType, fresh: Mapping[str, PropertyKind], now: datetime
) -> dict[tuple[str, str], Text]:
    room = MOST_PROPERTIES - CataloguedProperty.objects.filter(type=type_row).count()
    names = sorted(fresh)
    CataloguedProperty.objects.bulk_create(
        [
            CataloguedProperty(
                workspace=workspace,
                type=type_row,
                name=name,
                kind=fresh[name],
                origin=TypeOrigin.DISCOVERED,
                created_at=now,
            )
            for name in names[: max(room, 0)]
        ],
        ignore_conflicts=True,
    )
    return {(type_row.name, name): _TOO_MANY_PROPERTIES for name in names[max(room, 0) :]}


def count_types(counts: Mapping[tuple[int, str], int], *, seen_at: datetime) -> None:
    """Add events of (workspace, type) to the catalogue's counts; in the drain's transaction."""
    with connection.cursor() as cursor:
        cursor.executemany(
            _COUNT,
            [
                [
                    workspace,
                    name,
                    TypeOrigin.DECLARED if name in event_types else TypeOrigin.DISCOVERED,
                    event_types[name].activity if name in event_types else True,
                    count,
                    seen_at,
                    seen_at,
                ]
                for (workspace, name), count in sorted(counts.items())
            ],
        )


_COUNT = """
    INSERT INTO events_cataloguedtype
        (workspace_id, name, origin, zh, en, is_hidden, is_activity, events, last_seen_at, created_at)
    VALUES (%s, %s, %s, '', '', false, %s, %s, %s, %s)
    ON CONFLICT (workspace_id, name) DO UPDATE SET
        events = events_cataloguedtype.events + excluded.events,
        last_seen_at = greatest(events_cataloguedtype.last_seen_at, excluded.last_seen_at)
"""


def _read(workspace: Workspace) -> Known:
    with _reading:
        rows = CataloguedType.objects.within(workspace).prefetch_related("properties")
        by_name = {row.name: row for row in rows.order_by("name")}
    types: dict[str, EventType] = {}
    hidden: set[str | tuple[str, str]] = set()
    for name in [*event_types, *(by_name.keys() - event_types.keys())]:
        row, declared = by_name.get(name), event_types.get(name)
        found = {each.name: each for each in row.properties.all()} if row else {}
        types[name] = EventType(
            name,
            _label(name, row, declared),
            tuple(_properties(declared, found)),
            declared.activity if declared else bool(row and row.is_activity),
        )
        hidden |= {name} if row and row.is_hidden else set()
        hidden |= {(name, each.name) for each in found.values() if each.is_hidden}
    kinds = {
        each.name: {held.name: held.kind for held in each.properties} for each in types.values()
    }
    return Known(kinds, types, frozenset(hidden))


def _properties(
    declared: EventType | None, found: Mapping[str, CataloguedProperty]
) -> Iterable[Property]:
    """Yield the declared properties, then those of the workspace; what a module declares, it decides."""
    ours = {each.name: each for each in declared.properties} if declared else {}
    for name, each in ours.items():
        yield Property(name, each.kind, _label(name, found.get(name), each))
    for name, row in sorted(found.items()):
        if name not in ours:
            yield Property(name, PropertyKind(row.kind), _label(name, row, None))


def _label(
    name: str,
    row: CataloguedType | CataloguedProperty | None,
    declared: EventType | Property | None,
) -> Text:
    """Return the workspace's words, else the module's, else the name itself."""
    otherwise = declared.label if declared else Text(name, name)
    return Text((row and row.zh) or otherwise.zh, (row and row.en) or otherwise.en)
