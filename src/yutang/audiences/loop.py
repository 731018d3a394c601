"""What audiences record of customers: coming in and going out, which is nothing they do themselves."""

from yutang.kit.i18n import Text
from yutang.loop import EventType, Property, PropertyKind, declare

__all__: list[str] = []

_AUDIENCE = Property("content", PropertyKind.TEXT, Text("人群", "audience"))

declare(
    EventType(
        "audience.entered", Text("进入人群", "entered audience"), (_AUDIENCE,), activity=False
    ),
    EventType("audience.left", Text("离开人群", "left audience"), (_AUDIENCE,), activity=False),
)
