"""What staff are told: tasks of journeys, given and late; mass messages and posts they have not confirmed.

Looked for every few seconds, and told once each (`notes`): whoever dies in between leaves it to the next look.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from yutang.customers import service as customers
from yutang.customers.models import RelationKind
from yutang.journeys import service as journeys
from yutang.journeys.models import StaffTask
from yutang.kit.i18n import Text
from yutang.wecom.accounts import accounts_by_userid
from yutang.wecom.models import (
    Corp,
    CorpState,
    MassKind,
    MassMember,
    MassState,
    MassTask,
    NoteState,
    StaffNote,
)
from yutang.wecom.ways.notes import Note, tell_staff
from yutang.workspaces.models import Workspace

__all__ = ["drop_settled", "remind_members", "tell_what_is_due"]

_LOOKS_BACK = timedelta(hours=2)
_LATE_FOR = timedelta(days=1)
# The platform tells members of a mass message itself, but not again.
_UNCONFIRMED_AFTER = timedelta(hours=4)
_UNCONFIRMED_FOR = timedelta(days=3)
_LATE = Text("已超时：{}", "Overdue: {}")
_BY = Text("请在 {} 前完成", "To be done by {}")
# What waits, and where it is found in the client.
_POST = (
    Text("有一条朋友圈等你发表", "A post is waiting for you to publish it"),
    Text(
        "打开企业微信“工作台 › 客户朋友圈”",
        "Open “Workspace › Customer Moments” in WeCom",
    ),
)
_MASS = (
    Text("有一条群发等你确认", "A mass message is waiting for you to confirm it"),
    Text(
        "打开企业微信“工作台 › 群发助手”",
        "Open “Workspace › Broadcast Assistant” in WeCom",
    ),
)


def tell_what_is_due(*, now: datetime) -> int:
    """Write down what staff of every corp are to be told; return how much of it is new."""
    drop_settled(now=now)
    corps = Corp.objects.filter(state=CorpState.ACTIVE).select_related("workspace")
    return sum(tell_staff(corp, _notes(corp, now), now=now) for corp in corps.order_by("pk"))


def remind_members(task: MassTask, *, now: datetime) -> int:
    """Tell those who have not confirmed a task once more; return how many those are."""
    number = len(task.reminded)
    return tell_staff(task.corp, _unconfirmed(task, f"mass:{task.pk}:{number}"), now=now)


def drop_settled(*, now: datetime) -> None:
    """Say nothing of journeys' tasks that are done before anybody was told."""
    waiting = StaffNote.objects.filter(state=NoteState.WAITING, due_at__lte=now, bundle=None)
    keys: dict[int, dict[int, int]] = {}
    for pk, workspace, key in waiting.filter(key__startswith="task:").values_list(
        "pk", "workspace_id", "key"
    ):
        keys.setdefault(workspace, {})[pk] = int(key.split(":")[1])
    for workspace, tasks in keys.items():
        still = journeys.tasks_open(workspace, tasks.values())
        over = [pk for pk, task in tasks.items() if task not in still]
        StaffNote.objects.within(workspace).filter(pk__in=over).update(state=NoteState.DROPPED)


def _notes(corp: Corp, now: datetime) -> Iterator[Note]:
    given = journeys.tasks_given(corp.workspace, since=now - _LOOKS_BACK)
    yield from _of_tasks(corp.workspace, given, "task:{}")
    late = journeys.tasks_late(corp.workspace, since=now - _LATE_FOR, now=now)
    yield from _of_tasks(corp.workspace, late, "task:{}:late", _LATE)
    unconfirmed = (
        MassTask.objects.within(corp.workspace_id)
        .filter(corp=corp, state=MassState.OPEN)
        .filter(asked_at__gt=now - _UNCONFIRMED_FOR)
    )
    for task in unconfirmed:
        if task.kind == MassKind.MOMENTS or (
            task.asked_at and now - task.asked_at > _UNCONFIRMED_AFTER
        ):
            yield from _unconfirmed(task, f"mass:{task.pk}")


def _of_tasks(
    workspace: Workspace, tasks: Iterable[StaffTask], key: str, title: Text | None = None
) -> Iterator[Note]:
    """Say a task to whom it was given; of nobody in particular, to whoever follows the customer up."""
    rows = list(tasks)
    nobodys = [each.customer for each in rows if not each.staff]
    whose = customers.related_now(workspace, nobodys, kind=RelationKind.STAFF)
    for each in rows:
        staff = each.staff or whose.get(each.customer, 0)
        if staff:
            path = f"/w/{workspace.slug}/sidebar/people/{each.customer}"
            said = _filled(title, each.title) if title else each.title
            text = each.note or _due(workspace, each)
            yield Note(staff, key.format(each.pk), said, text, path, each.customer)


def _due(workspace: Workspace, task: StaffTask) -> str | Text:
    if task.due_at is None:
        return ""
    return _filled(_BY, f"{task.due_at.astimezone(ZoneInfo(workspace.time_zone)):%m-%d %H:%M}")


def _filled(sentence: Text, what: str) -> Text:
    return Text(sentence.zh.format(what), sentence.en.format(what))


def _unconfirmed(task: MassTask, key: str) -> list[Note]:
    waiting = MassMember.objects.within(task.workspace_id).filter(task=task, confirmed_at=None)
    accounts = accounts_by_userid(task.corp, waiting.values_list("userid", flat=True))
    title, where = _POST if task.kind == MassKind.MOMENTS else _MASS
    words = task.words[:100]
    text = Text(f"{words}\n{where.zh}".strip(), f"{words}\n{where.en}".strip())
    return [Note(each.staff_id, key, title, text) for each in accounts.values()]
