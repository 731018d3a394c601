"""The platform is told of a mass message: once, also when it does not answer.

A task that was told and not answered for is looked for among the platform's own records before anything
else (`_look_for`): told again on a guess, every guide would confirm it twice.
"""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import structlog

from yutang.kit.errors import DomainError
from yutang.reach.service import FileNotFetched
from yutang.wecom._rows import run
from yutang.wecom.client.client import Client
from yutang.wecom.client.errors import NoAnswer, PlatformRefused
from yutang.wecom.client.limits import Lane, most
from yutang.wecom.models import MassKind, MassRecipient, MassState, MassTask, RecipientState
from yutang.wecom.ways import moments
from yutang.wecom.ways.content import content_of
from yutang.wecom.ways.ending import Ended, end, end_rest, expose_groups
from yutang.wecom.ways.media import media_of

__all__ = ["make_due", "now_due"]

log = structlog.get_logger(__name__)

_AT_ONCE = 4
_LEASE = timedelta(minutes=5)
_LATER = timedelta(minutes=2)
_FIRST_LOOK = timedelta(seconds=60)
_NEVER_CAME_AFTER = timedelta(minutes=10)
# What is wrong with the message or its customers: it will not go as it is, ever.
_OF_THE_MESSAGE = {
    *(40003, 40004, 40005, 40006, 40007, 40008, 40009, 40011, 40033, 40035, 40058, 40063, 40066),
    *(40094, 40201, 40204, 40206, 41009, 41064, 41065, 44001, 44004, 45001, 45002, 45008, 60111),
}
_NOBODY_TO_SEND_TO = {40031, 41048}
_DUE = f"{MassState.GATHERING},{MassState.CREATING},{MassState.UNCERTAIN}"


def make_due(*, now: datetime) -> bool:
    """Tell the platform of what has been gathered; return whether there may be more at once."""
    tasks = now_due(_DUE, now=now, most=_AT_ONCE)
    for task in tasks:
        try:
            if task.asked_at is None:
                _make(task, now)
            elif task.job:
                _look_at_job(task, now)
            else:
                _look_for(task, now)
        except DomainError as trouble:
            _put_off(task, trouble, now)
    return len(tasks) == _AT_ONCE


def now_due(states: str, *, now: datetime, most: int) -> list[MassTask]:
    """Claim tasks of these states whose time has come; for five minutes they are ours."""
    given = {"now": now, "until": now + _LEASE, "states": states, "most": most}
    ids = [id_ for (id_,) in run("mass", "claim", given)]
    return list(MassTask.objects.filter(pk__in=ids).select_related("corp", "workspace"))


def _make(task: MassTask, now: datetime) -> None:
    of_groups = task.kind == MassKind.GROUPS
    if task.kind != MassKind.MOMENTS:
        size = most("mass_chats_per_task" if of_groups else "mass_customers_per_task", task.corp)
        run("mass", "split", {"task": task.pk, "most": size, "now": now})
    if task.kind == MassKind.MOMENTS:
        api, asked = moments.ADDS, moments.asked_for(task, now)
    else:
        api, asked = "externalcontact/add_msg_template", _asked(task, now)
    _save(task, asked_at=now, state=MassState.CREATING)
    try:
        answer = Client(task.corp).call(api, asked, lane=Lane.MASS)
    except NoAnswer as silence:
        if silence.began:
            _save(task, state=MassState.UNCERTAIN, due_at=now + _FIRST_LOOK)
            return
        _save(task, asked_at=None)
        raise
    except DomainError:
        _save(task, asked_at=None)
        raise
    if task.kind == MassKind.MOMENTS:
        _save(task, job=str(answer["jobid"]), due_at=now + moments.JOB_TAKES)
        return
    _is_made(task, str(answer["msgid"]), now)
    if of_groups:
        expose_groups(task, now)
    failed = [str(each) for each in answer.get("fail_list") or ()]
    end(task, [Ended(each, RecipientState.NOT_TAKEN, now) for each in failed], now=now)


def _asked(task: MassTask, now: datetime) -> dict[str, Any]:
    """Return what add_msg_template takes."""
    mine = MassRecipient.objects.within(task.workspace_id).filter(task=task)
    whom = list(mine.order_by("pk").values_list("external_userid", flat=True))
    corp = task.corp
    asked = content_of(task.parts, lambda url, kind: media_of(corp, url, kind, now=now))
    if task.kind == MassKind.GROUPS:
        asked |= {"chat_type": "group", "chat_id_list": list(dict.fromkeys(whom))}
    else:
        asked |= {"chat_type": "single", "external_userid": whom}
    return asked | ({"sender": task.sender} if task.sender else {})


def _look_at_job(task: MassTask, now: datetime) -> None:
    """Ask how far the platform is with making a post."""
    made = moments.result_of(task)
    if made is None:
        _save(task, due_at=now + moments.JOB_TAKES)
        return
    _is_made(task, made.moment, now)
    end(task, [Ended(each, RecipientState.NOT_TAKEN, now) for each in made.without(task)], now=now)


def _is_made(task: MassTask, msgid: str, now: datetime) -> None:
    _save(
        task,
        msgid=msgid,
        state=MassState.OPEN,
        due_at=now + timedelta(seconds=60),
        trouble_zh="",
        trouble_en="",
    )


def _look_for(task: MassTask, now: datetime) -> None:
    """Find what the platform made of a task that it did not answer for."""
    assert task.asked_at
    since = int((task.asked_at - timedelta(minutes=2)).timestamp())
    client, cursor = Client(task.corp), ""
    if task.kind == MassKind.MOMENTS:
        found = moments.look_for(task, client, since)
        _found_or_not(task, found, now)
        return
    while True:
        page = client.call(
            "externalcontact/get_groupmsg_list_v2",
            {
                "chat_type": "group" if task.kind == MassKind.GROUPS else "single",
                "start_time": since,
                "end_time": since + 1800,
                "filter_type": 0,
                "limit": 100,
                "cursor": cursor,
            },
            lane=Lane.MASS,
        )
        for record in page.get("group_msg_list") or ():
            if _is_it(task, record) and _is_sent_by(task, client, str(record["msgid"])):
                _found_or_not(task, str(record["msgid"]), now)
                return
        cursor = str(page.get("next_cursor") or "")
        if not cursor:
            break
    _found_or_not(task, "", now)


def _found_or_not(task: MassTask, msgid: str, now: datetime) -> None:
    """Take up what was found; what is not found for long never came, and is told again."""
    assert task.asked_at
    if msgid:
        _is_made(task, msgid, now)
        if task.kind == MassKind.GROUPS:
            expose_groups(task, now)
    elif now - task.asked_at > _NEVER_CAME_AFTER:
        _save(task, asked_at=None, state=MassState.CREATING, due_at=now)
    else:
        _save(task, state=MassState.UNCERTAIN, due_at=now + _FIRST_LOOK)


def _is_it(task: MassTask, record: Mapping[str, Any]) -> bool:
    """Tell whether a record of the platform is this task: its text, its attachments, nobody else's."""
    theirs = (record.get("text") or {}).get("content", "")
    known = MassTask.objects.within(task.workspace_id).filter(
        corp=task.corp, msgid=str(record.get("msgid"))
    )
    return (
        task.words == theirs
        and len(record.get("attachments") or ()) == task.attachments
        and not record.get("creator")
        and datetime.fromtimestamp(record["create_time"], UTC)
        >= task.created_at - timedelta(minutes=1)
        and not known.exists()
    )


def _is_sent_by(task: MassTask, client: Client, msgid: str) -> bool:
    if not task.sender:
        return True
    page = client.call("externalcontact/get_groupmsg_task", {"msgid": msgid}, lane=Lane.MASS)
    whose = {str(each["userid"]).lower() for each in page.get("task_list") or ()}
    return whose == {task.sender.lower()}


def _put_off(task: MassTask, trouble: DomainError, now: datetime) -> None:
    """Keep why it did not go; what can never go is told to whoever waits for it."""
    said = {"trouble_zh": trouble.sentence("zh")[:300], "trouble_en": trouble.sentence("en")[:300]}
    errcode = trouble.errcode if isinstance(trouble, PlatformRefused) else 0
    if errcode in _NOBODY_TO_SEND_TO:
        _save(task, state=MassState.REFUSED, **said)
        end_rest(task, "no_friend", now=now)
    elif errcode in _OF_THE_MESSAGE or isinstance(trouble, FileNotFetched):
        _save(task, state=MassState.REFUSED, **said)
        end_rest(task, "refused", now=now)
    else:
        _save(task, due_at=now + _LATER, **said)
    log.warning("mass message put off", task=task.pk, code=trouble.code())


def _save(task: MassTask, **changed: Any) -> None:
    for name, value in changed.items():
        setattr(task, name, value)
    task.save(update_fields=list(changed))
