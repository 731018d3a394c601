"""What journeys offer to journeys: to enter another one, to give a colleague something to do."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from yutang.journeys import service as journeys
from yutang.kit.i18n import Text
from yutang.loop import Action, Doing, Property, PropertyKind, Undone, declare
from yutang.workspaces import service as workspaces
from yutang.workspaces.models import Workspace

__all__ = ["enter_another", "give_task"]


def _workspace(workspace_id: int) -> Workspace:
    return workspaces.workspaces_of_everyone().get(pk=workspace_id)


def enter_another(
    workspace_id: int, doings: Sequence[Doing], parameters: Mapping[str, Any], *, now: datetime
) -> Mapping[str, Undone]:
    """Let these people into another journey, as its own rules allow."""
    try:
        journey = journeys.found(_workspace(workspace_id), int(parameters["journey"]))
    except journeys.NotFound:
        return {each.key: Undone("journey_gone") for each in doings}
    if journey.state != "active":
        return {each.key: Undone("journey_not_active", again=True) for each in doings}
    candidates = [journeys.Candidate(each.customer, each.key, now, each.data) for each in doings]
    journeys.enter(journey.pk, candidates, now=now)
    return {}


def give_task(
    workspace_id: int, doings: Sequence[Doing], parameters: Mapping[str, Any], *, now: datetime
) -> Mapping[str, Undone]:
    """Ask a colleague to do something for each of these customers."""
    days = parameters.get("days")
    journeys.give_tasks(
        _workspace(workspace_id),
        int(parameters["@journey"]),
        doings,
        title=str(parameters["title"])[:200],
        note=str(parameters.get("note") or "")[:1000],
        staff=int(parameters.get("staff") or 0),
        due_at=now + timedelta(days=days) if days else None,
        now=now,
    )
    return {}


def _check_journey(workspace_id: int, parameters: Mapping[str, Any]) -> Mapping[str, Text]:
    given = parameters.get("journey")
    known = journeys.listed(_workspace(workspace_id)).exclude(state="ended")
    if isinstance(given, int) and known.filter(pk=given).exists():
        return {}
    return {
        "journey": Text("没有这个旅程，或它已结束", "there is no such journey, or it has ended")
    }


def _check_task(workspace_id: int, parameters: Mapping[str, Any]) -> Mapping[str, Text]:
    wrong: dict[str, Text] = {}
    if not str(parameters.get("title") or "").strip():
        wrong["title"] = Text("写一句要做什么", "say what is to be done")
    staff = parameters.get("staff")
    colleagues = workspaces.staff_of(_workspace(workspace_id))
    if staff and not colleagues.filter(pk=staff).exists():
        wrong["staff"] = Text("没有这位员工", "there is no such colleague")
    days = parameters.get("days")
    if days is not None and not (isinstance(days, int) and 1 <= days <= 365):
        wrong["days"] = Text("应该是 1 到 365 的整数", "should be a whole number from 1 to 365")
    return wrong


declare(
    Action(
        "journeys.enter",
        Text("进入另一个旅程", "Enter another journey"),
        (Property("journey", PropertyKind.NUMBER, Text("旅程", "Journey")),),
        perform=enter_another,
        check=_check_journey,
    ),
    Action(
        "journeys.task",
        Text("给员工派任务", "Give a colleague a task"),
        (
            Property("title", PropertyKind.TEXT, Text("要做什么", "What to do")),
            Property("note", PropertyKind.TEXT, Text("说明", "Note")),
            Property("staff", PropertyKind.NUMBER, Text("员工", "Colleague")),
            Property("days", PropertyKind.NUMBER, Text("几天内完成", "Within so many days")),
        ),
        perform=give_task,
        check=_check_task,
    ),
)
