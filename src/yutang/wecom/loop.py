"""What WeCom adds to the loop: that a new friend was welcomed."""

from yutang.kit.i18n import Text
from yutang.loop import EventType, Property, PropertyKind, declare

__all__: list[str] = []

_STAFF = Property("staff", PropertyKind.NUMBER, Text("员工", "staff member"))

declare(
    EventType("welcome", Text("收到欢迎语", "was welcomed"), (_STAFF,), activity=False),
)
