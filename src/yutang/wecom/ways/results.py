"""What members did with a mass message: fetched, more seldom as it gets older, for a week."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import structlog

from yutang.kit.errors import DomainError
from yutang.wecom._rows import run
from yutang.wecom.client.client import Client
from yutang.wecom.client.errors import PlatformRefused
from yutang.wecom.models import MassKind, MassMember, MassState, MassTask, RecipientState
from yutang.wecom.ways.ending import Ended, end, end_rest
from yutang.wecom.ways.making import now_due
from yutang.wecom.ways.posts import fetch_post, pages_of, tell_members

__all__ = ["fetch_due", "fetch_now"]

log = structlog.get_logger(__name__)

_AT_ONCE = 4
_STILL_DISTRIBUTING = 41063
# How old a task is → how long until it is looked at again.
_PACE = (
    (timedelta(hours=1), timedelta(minutes=2)),
    (timedelta(days=1), timedelta(minutes=15)),
    (timedelta(days=7), timedelta(hours=2)),
)
_PAST = timedelta(days=7)


def fetch_due(*, now: datetime) -> bool:
    """Fetch the results of open tasks whose time has come; return whether there may be more at once."""
    tasks = now_due(MassState.OPEN, now=now, most=_AT_ONCE)
    for task in tasks:
        try:
            fetch_now(task, now=now)
        except DomainError as trouble:
            log.warning("results not fetched", task=task.pk, code=trouble.code())
            wait = timedelta(seconds=30) if _errcode(trouble) == _STILL_DISTRIBUTING else None
            _look_again(task, now, wait)
    return len(tasks) == _AT_ONCE


def fetch_now(task: MassTask, *, now: datetime) -> None:
    """Fetch who confirmed, and what became of their customers' messages.

    :raises PlatformRefused, NoAnswer, Throttled, CorpPaused:
    """
    client = Client(task.corp)
    if task.kind == MassKind.MOMENTS:
        fetch_post(task, client, now)
        _finish(task, now, is_done=False)
        return
    _members(task, client)
    waiting = MassMember.objects.within(task.workspace_id).filter(
        task=task, fetched=False, confirmed_at__isnull=False
    )
    for member in list(waiting):
        _results(task, member, client, now)
        member.fetched = True
        member.save(update_fields=["fetched"])
    still = MassMember.objects.within(task.workspace_id).filter(task=task, fetched=False)
    _finish(task, now, is_done=not still.exists())


def _finish(task: MassTask, now: datetime, *, is_done: bool) -> None:
    """Count, and end what is done or a week old; a post is liked and commented on until then."""
    run("mass", "count", {"workspace": task.workspace_id, "task": task.pk})
    task.refresh_from_db()
    if task.members and is_done:
        _over(task, "not_chosen", now)
    elif task.asked_at and now - task.asked_at > _PAST:
        _over(task, "never_confirmed", now)
    else:
        _look_again(task, now)


def _members(task: MassTask, client: Client) -> None:
    for page in pages_of(client, "externalcontact/get_groupmsg_task", {"msgid": task.msgid}):
        tell_members(
            task,
            {
                str(each["userid"]): _at(each) if each["status"] == 2 else None
                for each in page.get("task_list") or ()
            },
        )


def _results(task: MassTask, member: MassMember, client: Client, now: datetime) -> None:
    asked = {"msgid": task.msgid, "userid": member.userid}
    for page in pages_of(client, "externalcontact/get_groupmsg_send_result", asked):
        found = [
            Ended(
                str(each.get("external_userid") or each["chat_id"]),
                RecipientState(each["status"]),
                _at(each) or now,
                member.userid,
            )
            for each in page.get("send_list") or ()
            if (each.get("external_userid") or each.get("chat_id")) and each["status"] in {1, 2, 3}
        ]
        end(task, found, now=now)


def _over(task: MassTask, reason: str, now: datetime) -> None:
    end_rest(task, reason, now=now)
    task.state = MassState.OVER
    task.save(update_fields=["state"])


def _look_again(task: MassTask, now: datetime, wait: timedelta | None = None) -> None:
    age = now - (task.asked_at or task.created_at)
    pace = wait or next((each for most, each in _PACE if age <= most), _PACE[-1][1])
    task.due_at = now + pace
    task.save(update_fields=["due_at"])


def _at(told: Mapping[str, Any]) -> datetime | None:
    seconds = told.get("send_time")
    return datetime.fromtimestamp(seconds, UTC) if seconds else None


def _errcode(trouble: DomainError) -> int:
    return trouble.errcode if isinstance(trouble, PlatformRefused) else 0
