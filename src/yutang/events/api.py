"""The catalogue of event types over HTTP. Events themselves come in by tracking."""

from datetime import datetime
from typing import Annotated, Any

from ninja import Query, Router, Schema, Status
from pydantic import Field

from yutang.events import service as events
from yutang.events.service import CatalogueEntry
from yutang.kit import clock
from yutang.kit.errors import refusals
from yutang.kit.i18n import Text
from yutang.kit.pages import CursorUnknown, Page, PageIn, PageOf
from yutang.loop import Property, PropertyKind
from yutang.workspaces.service import MemberRequest, needs

__all__ = ["router"]

router = Router(tags=["event types"])

Words = Annotated[str, Field(max_length=60)]
TypeName = Annotated[str, Field(max_length=100, examples=["try_on"])]


class PropertyIn(Schema):
    """A property to declare."""

    name: Annotated[str, Field(max_length=100, examples=["size"])]
    kind: PropertyKind
    zh: Words = ""
    en: Words = ""


class PropertyPatch(Schema):
    """What to change of a property. Text may become date, time or bool; number may become money."""

    zh: Words | None = None
    en: Words | None = None
    is_hidden: bool | None = None
    kind: PropertyKind | None = None


class EventTypeIn(Schema):
    """An event type of your own."""

    name: TypeName
    zh: Words = ""
    en: Words = ""
    is_activity: Annotated[bool, Field(description="Counts as the customer being active.")] = True
    properties: Annotated[list[PropertyIn], Field(max_length=100)] = []


class EventTypePatch(Schema):
    """What to change of an event type."""

    zh: Words | None = None
    en: Words | None = None
    is_hidden: bool | None = None
    is_activity: bool | None = None


class PropertyOut(Schema):
    """A property and the kind of value it holds."""

    name: str
    kind: PropertyKind
    label: str
    zh: str
    en: str
    is_hidden: bool


class EventTypeOut(Schema):
    """An event type: its words, how often it came, when last."""

    name: str
    label: str
    zh: str
    en: str
    origin: Annotated[str, Field(description="declared, custom or discovered.")]
    is_hidden: bool
    is_activity: bool
    events: Annotated[int, Field(description="How many reached the warehouse.")]
    last_seen_at: datetime | None
    properties: list[PropertyOut]


class CatalogueIn(PageIn):
    """Which types."""

    hidden: Annotated[bool, Field(description="Hidden ones too.")] = False


def _out(entry: CatalogueEntry) -> dict[str, Any]:
    row, label = entry.row, entry.type.label
    return {
        "name": entry.type.name,
        "label": label.said(),
        "zh": label.zh,
        "en": label.en,
        "origin": entry.origin,
        "is_hidden": bool(row and row.is_hidden),
        "is_activity": entry.type.activity,
        "events": row.events if row else 0,
        "last_seen_at": row.last_seen_at if row else None,
        "properties": [
            {
                "name": each.name,
                "kind": each.kind,
                "label": each.label.said(),
                "zh": each.label.zh,
                "en": each.label.en,
                "is_hidden": each.name in entry.hidden_properties,
            }
            for each in entry.type.properties
        ],
    }


def _declared(given: PropertyIn) -> Property:
    return Property(given.name, given.kind, Text(given.zh, given.en))


@router.get(
    "",
    summary="List event types",
    response={200: Page[EventTypeOut]} | refusals(CursorUnknown),
)
@needs("events.read")
def list_event_types(request: MemberRequest, page: Query[CatalogueIn]) -> PageOf[dict[str, Any]]:
    found = events.entries(request.auth.workspace, page, hidden=page.hidden)
    return PageOf([_out(each) for each in found.items], found.next)


@router.post(
    "",
    summary="Declare an event type",
    response={201: EventTypeOut}
    | refusals(events.NotATypeName, events.TypeTaken, events.PropertyTaken, events.CatalogueFull),
)
@needs("catalogue.write")
def add_event_type(request: MemberRequest, body: EventTypeIn) -> Status[dict[str, Any]]:
    made = events.add_type(
        request.auth,
        body.name,
        zh=body.zh,
        en=body.en,
        is_activity=body.is_activity,
        properties=[_declared(each) for each in body.properties],
        now=clock.now(),
    )
    return Status(201, _out(made))


@router.get(
    "/{type_name}",
    summary="Show an event type",
    response={200: EventTypeOut} | refusals(events.TypeNotFound),
)
@needs("events.read")
def show_event_type(request: MemberRequest, type_name: str) -> dict[str, Any]:
    return _out(events.entry(request.auth.workspace, type_name))


@router.patch(
    "/{type_name}",
    summary="Rename or hide an event type",
    response={200: EventTypeOut} | refusals(events.TypeNotFound),
)
@needs("catalogue.write")
def change_event_type(
    request: MemberRequest, type_name: str, body: EventTypePatch
) -> dict[str, Any]:
    given = body.model_dump(exclude_unset=True)
    return _out(events.change_type(request.auth, type_name, now=clock.now(), **given))


@router.delete(
    "/{type_name}",
    summary="Remove an event type that has no events",
    response={204: None} | refusals(events.TypeNotFound, events.TypeInUse),
)
@needs("catalogue.write")
def remove_event_type(request: MemberRequest, type_name: str) -> Status[None]:
    events.remove_type(request.auth, type_name, now=clock.now())
    return Status(204, None)


@router.post(
    "/{type_name}/properties",
    summary="Declare a property",
    response={201: EventTypeOut}
    | refusals(
        events.TypeNotFound, events.NotATypeName, events.PropertyTaken, events.CatalogueFull
    ),
)
@needs("catalogue.write")
def add_event_property(
    request: MemberRequest, type_name: str, body: PropertyIn
) -> Status[dict[str, Any]]:
    added = events.add_property(request.auth, type_name, _declared(body), now=clock.now())
    return Status(201, _out(added))


@router.patch(
    "/{type_name}/properties/{property_name}",
    summary="Rename, hide or sharpen a property",
    response={200: EventTypeOut}
    | refusals(events.TypeNotFound, events.PropertyNotFound, events.KindFixed),
)
@needs("catalogue.write")
def change_event_property(
    request: MemberRequest, type_name: str, property_name: str, body: PropertyPatch
) -> dict[str, Any]:
    given = body.model_dump(exclude_unset=True)
    return _out(
        events.change_property(request.auth, type_name, property_name, now=clock.now(), **given)
    )
