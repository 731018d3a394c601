"""What audiences record of customers: coming in and going out, which is nothing they do themselves."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet

from yutang.kit.i18n import Text
from yutang.loop import EventType, Property, PropertyKind, declare

__all__: list[str] = []


def _names(workspace: int, numbers: AbstractSet[str]) -> Mapping[str, str]:
    from yutang.audiences.models import Audience

    asked = [int(each) for each in numbers if each.isascii() and each.isdigit()]
    found = Audience.objects.within(workspace).filter(pk__in=asked).values_list("pk", "name")
    return {str(number): name for number, name in found}


_AUDIENCE = Property("content", PropertyKind.TEXT, Text("人群", "audience"))

declare(
    EventType(
        "audience.entered",
        Text("进入人群", "entered audience"),
        (_AUDIENCE,),
        activity=False,
        content_names=_names,
    ),
    EventType(
        "audience.left",
        Text("离开人群", "left audience"),
        (_AUDIENCE,),
        activity=False,
        content_names=_names,
    ),
)
