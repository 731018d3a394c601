"""Changing the catalogue: words for types and properties, what is hidden, types of one's own."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from yutang.events._catalogue import MOST_PROPERTIES, MOST_TYPES, forget_known, is_type_name, known
from yutang.events._shaping import STORED_IN, is_name
from yutang.events.models import CataloguedProperty, CataloguedType, TypeOrigin
from yutang.kit.errors import DomainError
from yutang.kit.pages import PageIn, PageOf, seal, unseal
from yutang.loop import EventType, Property, PropertyKind, event_types
from yutang.workspaces.models import Workspace
from yutang.workspaces.service import Member, record_audit

__all__ = [
    "CatalogueEntry",
    "CatalogueFull",
    "KindFixed",
    "NotATypeName",
    "PropertyNotFound",
    "PropertyTaken",
    "TypeInUse",
    "TypeNotFound",
    "TypeTaken",
    "add_property",
    "add_type",
    "change_property",
    "change_type",
    "entries",
    "entry",
    "remove_type",
]


class TypeNotFound(DomainError):
    """No such type in this workspace."""

    status = 404
    zh = "没有“{type}”这种事件。"
    en = "There is no event type “{type}”."


class PropertyNotFound(DomainError):
    """No such property of this type."""

    status = 404
    zh = "事件“{type}”没有属性“{property}”。"
    en = "Event type “{type}” has no property “{property}”."


class TypeTaken(DomainError):
    """A type of this name exists."""

    zh = "已经有“{type}”这种事件了。请换一个名字，或直接修改它。"
    en = "There is an event type “{type}” already. Choose another name, or change that one."


class PropertyTaken(DomainError):
    """A property of this name exists."""

    zh = "事件“{type}”已经有属性“{property}”了。"
    en = "Event type “{type}” has a property “{property}” already."


class NotATypeName(DomainError):
    """Not a name for a type or property."""

    status = 422
    zh = "“{name}”不能作名字。应以字母或汉字开头，只含字母、汉字、数字、_ 和 -，最长 64 个字符。"
    en = "“{name}” cannot be a name. Begin with a letter; use letters, digits, _ and - only, 64 at most."


class KindFixed(DomainError):
    """The kind of a property cannot become that."""

    zh = "属性“{property}”不能从{before}改成{after}：已有的数据不是这样存的，或它由系统声明。"
    en = (
        "Property “{property}” cannot change from {before} to {after}: what is there is kept otherwise,"
        " or the system declares it."
    )


class TypeInUse(DomainError):
    """There are events of the type, or the system declares it."""

    zh = "“{type}”已有事件，或由系统声明，不能删除。可以把它隐藏。"
    en = (
        "“{type}” has events, or is declared by the system, and cannot be removed. Hide it instead."
    )


class CatalogueFull(DomainError):
    """More types or properties than a catalogue holds."""

    zh = "最多 {types} 种事件，每种最多 {properties} 个属性，已经满了。"
    en = "There are at most {types} event types with {properties} properties each; this is full."


@dataclass(frozen=True)
class CatalogueEntry:
    """One type as the catalogue shows it."""

    type: EventType
    row: CataloguedType | None
    hidden_properties: frozenset[str]

    @property
    def origin(self) -> str:
        if self.type.name in event_types:
            return TypeOrigin.DECLARED
        return self.row.origin if self.row else TypeOrigin.DECLARED


def entries(workspace: Workspace, page: PageIn, *, hidden: bool = False) -> PageOf[CatalogueEntry]:
    """Return one page of the catalogue by name; hidden types only if asked for.

    :raises CursorUnknown:
    """
    forget_known(workspace)
    now_known = known(workspace)
    after = unseal(page.cursor, length=1, salt="catalogue")[0] if page.cursor else ""
    names = sorted(
        name
        for name in now_known.types
        if name > after and (hidden or name not in now_known.hidden)
    )
    shown = names[: page.limit]
    rows = {
        row.name: row for row in CataloguedType.objects.within(workspace).filter(name__in=shown)
    }
    items = [_entry(workspace, name, rows.get(name)) for name in shown]
    more = len(names) > page.limit
    return PageOf(items, seal([shown[-1]], salt="catalogue") if more else None)


def entry(workspace: Workspace, name: str) -> CatalogueEntry:
    """Return one type of the catalogue.

    :raises TypeNotFound:
    """
    forget_known(workspace)
    if name not in known(workspace).types:
        raise TypeNotFound(type=name)
    return _entry(
        workspace, name, CataloguedType.objects.within(workspace).filter(name=name).first()
    )


def _entry(workspace: Workspace, name: str, row: CataloguedType | None) -> CatalogueEntry:
    held = known(workspace)
    hidden = frozenset(
        each[1] for each in held.hidden if isinstance(each, tuple) and each[0] == name
    )
    return CatalogueEntry(held.types[name], row, hidden)


@transaction.atomic
def add_type(
    member: Member,
    name: str,
    *,
    zh: str,
    en: str,
    is_activity: bool,
    properties: Sequence[Property],
    now: datetime,
) -> CatalogueEntry:
    """Declare a type of one's own, with typed properties.

    :raises NotATypeName, TypeTaken, PropertyTaken, CatalogueFull:
    """
    workspace = member.workspace
    if not is_type_name(name):
        raise NotATypeName(name=name)
    held = _fresh(workspace)
    if name in held:
        raise TypeTaken(type=name)
    if len(held) >= MOST_TYPES:
        raise CatalogueFull(types=MOST_TYPES, properties=MOST_PROPERTIES)
    row = CataloguedType.objects.create(
        workspace=workspace,
        name=name,
        origin=TypeOrigin.CUSTOM,
        zh=zh,
        en=en,
        is_activity=is_activity,
        created_at=now,
    )
    for each in properties:
        _insert_property(row, each, now)
    _record(member, "events.type_added", name, now, zh=zh, en=en)
    return entry(workspace, name)


@transaction.atomic
def change_type(
    member: Member,
    name: str,
    *,
    now: datetime,
    zh: str | None = None,
    en: str | None = None,
    is_hidden: bool | None = None,
    is_activity: bool | None = None,
) -> CatalogueEntry:
    """Change the words of a type, hide it, or say whether it counts as activity (not of the system's).

    :raises TypeNotFound:
    """
    row = _row(member.workspace, name, now)
    row.zh = row.zh if zh is None else zh
    row.en = row.en if en is None else en
    row.is_hidden = row.is_hidden if is_hidden is None else is_hidden
    row.is_activity = row.is_activity if is_activity is None else is_activity
    row.save(update_fields=["zh", "en", "is_hidden", "is_activity"])
    _record(member, "events.type_changed", name, now, zh=row.zh, en=row.en, is_hidden=row.is_hidden)
    return entry(member.workspace, name)


@transaction.atomic
def remove_type(member: Member, name: str, *, now: datetime) -> None:
    """Remove a type of one's own that has no events.

    :raises TypeNotFound, TypeInUse:
    """
    row = _row(member.workspace, name, now)
    if row.events or name in event_types:
        raise TypeInUse(type=name)
    row.delete()
    _record(member, "events.type_removed", name, now)


@transaction.atomic
def add_property(
    member: Member, type_name: str, given: Property, *, now: datetime
) -> CatalogueEntry:
    """Declare a property of a type before the first event brings it.

    :raises TypeNotFound, PropertyTaken, NotATypeName, CatalogueFull:
    """
    row = _row(member.workspace, type_name, now)
    _insert_property(row, given, now)
    _record(member, "events.property_added", f"{type_name}.{given.name}", now, kind=given.kind)
    return entry(member.workspace, type_name)


@transaction.atomic
def change_property(
    member: Member,
    type_name: str,
    name: str,
    *,
    now: datetime,
    zh: str | None = None,
    en: str | None = None,
    is_hidden: bool | None = None,
    kind: PropertyKind | None = None,
) -> CatalogueEntry:
    """Change a property's words, hide it, or sharpen its kind (text to date, number to money).

    :raises TypeNotFound, PropertyNotFound, KindFixed:
    """
    row = _row(member.workspace, type_name, now)
    before = next(
        (each for each in _fresh(member.workspace)[type_name].properties if each.name == name), None
    )
    if before is None:
        raise PropertyNotFound(type=type_name, property=name)
    if kind and kind is not before.kind:
        _refuse_kind(type_name, before, kind)
    held, _ = CataloguedProperty.objects.get_or_create(
        type=row,
        name=name,
        defaults={
            "workspace": member.workspace,
            "kind": before.kind,
            "origin": TypeOrigin.DECLARED,
            "created_at": now,
        },
    )
    held.zh = held.zh if zh is None else zh
    held.en = held.en if en is None else en
    held.is_hidden = held.is_hidden if is_hidden is None else is_hidden
    held.kind = kind or held.kind
    held.save(update_fields=["zh", "en", "is_hidden", "kind"])
    detail = {"zh": held.zh, "en": held.en, "is_hidden": held.is_hidden, "kind": str(held.kind)}
    _record(member, "events.property_changed", f"{type_name}.{name}", now, **detail)
    return entry(member.workspace, type_name)


def _refuse_kind(type_name: str, before: Property, kind: PropertyKind) -> None:
    declared = event_types.get(type_name)
    ours = declared and any(each.name == before.name for each in declared.properties)
    if ours or STORED_IN[kind] != STORED_IN[before.kind]:
        raise KindFixed(property=before.name, before=before.kind, after=kind)


def _row(workspace: Workspace, name: str, now: datetime) -> CataloguedType:
    """Return the workspace's row of a type, locked; made where a declared type has none yet."""
    if name not in _fresh(workspace):
        raise TypeNotFound(type=name)
    CataloguedType.objects.bulk_create(
        [
            CataloguedType(
                workspace=workspace,
                name=name,
                origin=TypeOrigin.DECLARED,
                is_activity=name not in event_types or event_types[name].activity,
                created_at=now,
            )
        ],
        ignore_conflicts=True,
    )
    return CataloguedType.objects.within(workspace).select_for_update().get(name=name)


def _insert_property(row: CataloguedType, given: Property, now: datetime) -> None:
    if not is_name(given.name):
        raise NotATypeName(name=given.name)
    declared = event_types.get(row.name)
    taken = set(row.properties.values_list("name", flat=True))
    taken |= {each.name for each in declared.properties} if declared else set()
    if given.name in taken:
        raise PropertyTaken(type=row.name, property=given.name)
    if len(taken) >= MOST_PROPERTIES:
        raise CatalogueFull(types=MOST_TYPES, properties=MOST_PROPERTIES)
    CataloguedProperty.objects.create(
        workspace_id=row.workspace_id,
        type=row,
        name=given.name,
        kind=given.kind,
        origin=TypeOrigin.CUSTOM,
        zh=given.label.zh,
        en=given.label.en,
        created_at=now,
    )


def _fresh(workspace: Workspace) -> dict[str, EventType]:
    forget_known(workspace)
    return dict(known(workspace).types)


def _record(member: Member, action: str, target: str, now: datetime, **detail: object) -> None:
    forget_known(member.workspace)
    transaction.on_commit(lambda: forget_known(member.workspace))
    record_audit(
        member.workspace, member.actor, action, f"event_type:{target}", detail=detail, now=now
    )
