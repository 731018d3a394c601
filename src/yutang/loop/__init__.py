"""The three registries through which a module enters the loop.

A module's `loop.py` declares the event types it records, the customer attributes it owns and the
actions it offers to journeys. The audience builder, the timeline, the canvas and the API read these
registries; none of them is edited when a module is added.
"""

from yutang.loop.registry import (
    Action,
    Attribute,
    AttributeKind,
    Check,
    Doing,
    EventType,
    Perform,
    Property,
    PropertyKind,
    Undone,
    actions,
    attributes,
    declare,
    event_types,
)

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
