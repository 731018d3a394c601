"""What members did with a mass message: fetched, more seldom as it gets older, for a week."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import structlog

from yutang.kit.errors import DomainError
from yutang.wecom._rows import run
from yutang.wecom.client.client import Client
from yutang.wecom.client.errors import PlatformRefused
from yutang.wecom.client.limits import Lane
from yutang.wecom.models import MassMember, MassState, MassTask, RecipientState
from yutang.wecom.ways.ending import Ended, end, end_rest
from yutang.wecom.ways.making import now_due

__all__ = ["fetch_due", "fetch_now"]

log = structlog.get_logger(__name__)

_AT_ONCE = 4
_PAGE = 1000
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
    _members(task, client)
    waiting = MassMember.objects.within(task.workspace_id).filter(
        task=task, fetched=False, confirmed_at__isnull=False
    )
    for member in list(waiting):
        _results(task, member, client, now)
        member.fetched = True
        member.save(update_fields=["fetched"])
    run("mass", "count", {"workspace": task.workspace_id, "task": task.pk})
    task.refresh_from_db()
    still = MassMember.objects.within(task.workspace_id).filter(task=task, fetched=False)
    if task.members and not still.exists():
        _over(task, "not_chosen", now)
    elif task.asked_at and now - task.asked_at > _PAST:
        _over(task, "never_confirmed", now)
    else:
        _look_again(task, now)


def _members(task: MassTask, client: Client) -> None:
    for page in _pages(client, "externalcontact/get_groupmsg_task", {"msgid": task.msgid}):
        told = [
            {
                "userid": str(each["userid"]).lower(),
                "at": _at(each) if each["status"] == 2 else None,
            }
            for each in page.get("task_list") or ()
        ]
        given: dict[str, Any] = {
            "workspace": task.workspace_id,
            "task": task.pk,
            "told": msgspec.json.encode(told).decode(),
        }
        run("mass", "members", given)


def _results(task: MassTask, member: MassMember, client: Client, now: datetime) -> None:
    asked = {"msgid": task.msgid, "userid": member.userid}
    for page in _pages(client, "externalcontact/get_groupmsg_send_result", asked):
        found = [
            Ended(
                str(each["external_userid"]),
                RecipientState(each["status"]),
                _at(each) or now,
                member.userid,
            )
            for each in page.get("send_list") or ()
            if each.get("external_userid") and each["status"] in {1, 2, 3}
        ]
        end(task, found, now=now)


def _pages(client: Client, api: str, asked: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    cursor = ""
    while True:
        body = {**asked, "limit": _PAGE, "cursor": cursor}
        page = client.call(api, body, lane=Lane.MASS)
        yield page
        cursor = str(page.get("next_cursor") or "")
        if not cursor:
            return


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
