"""What WeCom adds to the loop: welcomes, what customers do with posts, writing to groups."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from yutang.kit.clock import now as present
from yutang.kit.errors import DomainError
from yutang.kit.i18n import Text
from yutang.loop import Action, Doing, EventType, Property, PropertyKind, Undone, declare
from yutang.wecom import service as wecom
from yutang.workspaces import service as workspaces
from yutang.workspaces.models import Workspace

__all__ = ["write_to_groups"]

_STAFF = Property("staff", PropertyKind.NUMBER, Text("员工", "staff member"))
_POST = Property("content", PropertyKind.TEXT, Text("朋友圈", "post"))


def _workspace(workspace_id: int) -> Workspace:
    return workspaces.workspaces_of_everyone().get(pk=workspace_id)


def write_to_groups(
    workspace_id: int, doings: Sequence[Doing], parameters: Mapping[str, Any], *, now: datetime
) -> Mapping[str, Undone]:
    """Have the owners of these groups send a message there."""
    try:
        return wecom.send_to_groups_of_journey(
            _workspace(workspace_id),
            doings,
            message_id=int(parameters["message"]),
            journey=parameters.get("@journey"),
            now=now,
        )
    except DomainError as trouble:  # the message changed since the journey was saved
        return {each.key: Undone(trouble.code()) for each in doings}


def _check_message(workspace_id: int, parameters: Mapping[str, Any]) -> Mapping[str, Text]:
    given = parameters.get("message")
    try:
        wecom.version_for_groups(_workspace(workspace_id), int(given or 0), now=present())
    except DomainError as wrong:
        return {"message": Text(wrong.sentence("zh"), wrong.sentence("en"))}
    return {}


declare(
    EventType("welcome", Text("收到欢迎语", "was welcomed"), (_STAFF,), activity=False),
    EventType("moment.liked", Text("赞了朋友圈", "liked a post"), (_POST, _STAFF)),
    EventType("moment.commented", Text("评论了朋友圈", "commented on a post"), (_POST, _STAFF)),
    Action(
        "wecom.group_message",
        Text("发到客户群", "Write to the group"),
        (Property("message", PropertyKind.NUMBER, Text("消息", "message")),),
        perform=write_to_groups,
        check=_check_message,
        subjects=frozenset({"group"}),
    ),
)
