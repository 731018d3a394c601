"""What tags offer to journeys: to give a tag and to take it away."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from yutang.kit.i18n import Text
from yutang.loop import Action, Doing, Property, PropertyKind, Undone, declare
from yutang.tags import service as tags
from yutang.workspaces import service as workspaces
from yutang.workspaces.models import Workspace

__all__ = ["give", "take"]

_GONE = Text("没有这个标签，或它已归档", "there is no such tag, or it was archived")
_DAYS = Text("应该是 1 到 3650 的整数", "should be a whole number from 1 to 3650")


def give(
    workspace_id: int, doings: Sequence[Doing], parameters: Mapping[str, Any], *, now: datetime
) -> Mapping[str, Undone]:
    """Give customers a tag, for some days if so many are named."""
    days = parameters.get("days")
    ends = now + timedelta(days=days) if days else None
    return _apply(
        workspace_id, doings, parameters, now, add=[one.customer for one in doings], expires_at=ends
    )


def take(
    workspace_id: int, doings: Sequence[Doing], parameters: Mapping[str, Any], *, now: datetime
) -> Mapping[str, Undone]:
    """Take a tag from customers, unless a rule holds it."""
    return _apply(workspace_id, doings, parameters, now, remove=[one.customer for one in doings])


def _apply(
    workspace_id: int,
    doings: Sequence[Doing],
    parameters: Mapping[str, Any],
    now: datetime,
    *,
    add: Sequence[int] = (),
    remove: Sequence[int] = (),
    expires_at: datetime | None = None,
) -> Mapping[str, Undone]:
    journey = parameters.get("@journey", 0)
    try:
        tags.apply(
            _workspace(workspace_id),
            int(parameters["tag"]),
            add=add,
            remove=remove,
            actor=f"journey:{journey}",
            reason="",
            source=f"journey:{journey}",
            expires_at=expires_at,
            beside_others=True,
            now=now,
        )
    except (tags.NotFound, tags.TagArchived):
        return {each.key: Undone("tag_gone") for each in doings}
    return {}


def _workspace(workspace_id: int) -> Workspace:
    return workspaces.workspaces_of_everyone().get(pk=workspace_id)


def _check(workspace_id: int, parameters: Mapping[str, Any]) -> Mapping[str, Text]:
    wrong: dict[str, Text] = {}
    tag = parameters.get("tag")
    rows = tags.list_tags(_workspace(workspace_id))
    if not isinstance(tag, int) or not rows.filter(pk=tag).exists():
        wrong["tag"] = _GONE
    days = parameters.get("days")
    if days is not None and not (isinstance(days, int) and 1 <= days <= 3650):
        wrong["days"] = _DAYS
    return wrong


_TAG = Property("tag", PropertyKind.NUMBER, Text("标签", "Tag"))

declare(
    Action(
        "tags.tag",
        Text("打标签", "Give a tag"),
        (_TAG, Property("days", PropertyKind.NUMBER, Text("保留天数", "For so many days"))),
        perform=give,
        check=_check,
    ),
    Action("tags.untag", Text("去标签", "Take a tag away"), (_TAG,), perform=take, check=_check),
)
