"""What reach adds to the loop: what became of each message, the clock somebody lives by, sending."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet

from yutang.kit.i18n import Text
from yutang.loop import (
    Action,
    Attribute,
    AttributeKind,
    EventType,
    Property,
    PropertyKind,
    declare,
)
from yutang.reach import service as reach

__all__: list[str] = []


def _names(workspace: int, numbers: AbstractSet[str]) -> Mapping[str, str]:
    return reach.message_names(workspace, numbers)


_TEXT = PropertyKind.TEXT
_MESSAGE = Property("content", _TEXT, Text("消息", "message"))
_SENDING = Property("campaign", _TEXT, Text("发送任务", "sending"))
_CHANNEL = Property("channel", _TEXT, Text("渠道", "channel"))
_PURPOSE = Property("purpose", _TEXT, Text("目的", "purpose"))
_REASON = Property("reason", _TEXT, Text("原因", "reason"))
_JOURNEY = Property("journey", PropertyKind.NUMBER, Text("旅程", "journey"))
_NODE = Property("node", _TEXT, Text("节点", "node"))
_OF_ALL = (_MESSAGE, _SENDING, _CHANNEL, _PURPOSE, _JOURNEY, _NODE)


def _delivery(state: str, zh: str, en: str, *, activity: bool = False) -> EventType:
    properties = (*_OF_ALL, _REASON) if state in {"blocked", "failed"} else _OF_ALL
    return EventType(
        f"delivery.{state}", Text(zh, en), properties, activity=activity, content_names=_names
    )


declare(
    Attribute("time_zone", AttributeKind.TEXT, Text("时区", "Time zone")),
    _delivery("blocked", "消息被拦下", "had a message held back"),
    _delivery("sent", "收到消息", "was sent a message"),
    _delivery("delivered", "消息送达", "received a message"),
    _delivery("opened", "打开消息", "opened a message", activity=True),
    _delivery("clicked", "点击消息链接", "clicked a message", activity=True),
    _delivery("replied", "回复消息", "replied to a message", activity=True),
    _delivery("converted", "消息带来转化", "converted after a message"),
    _delivery("failed", "消息没发出去", "could not be sent a message"),
    _delivery("unknown", "消息去向未知", "may have been sent a message"),
    Action(
        "reach.send",
        Text("发消息", "Send a message"),
        (
            Property("message", PropertyKind.NUMBER, Text("消息", "message")),
            Property("account", PropertyKind.NUMBER, Text("发送渠道", "channel account")),
            Property("priority", PropertyKind.NUMBER, Text("优先级", "priority")),
        ),
        perform=reach.send_to_those,
        check=reach.check_sending,
        subjects=frozenset({"customer"}),
    ),
)
