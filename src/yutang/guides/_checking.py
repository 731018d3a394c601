"""Archived chats are looked at as they come: each message once, in the archive's order, a corp at a time.

A word is sensitive in somebody's mouth, and bad to a degree. A customer who writes waits from her first unanswered
message until the member answers; it is late when more minutes of the hours that count have passed. Thanks and the
like need no answer.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction

from yutang.guides.models import (
    ChatCheck,
    ChatHit,
    ChatRules,
    ChatWait,
    SensitiveWord,
    Severity,
    Speaker,
)
from yutang.wecom import service as wecom
from yutang.wecom.models import ArchivedMessage, Corp
from yutang.workspaces.models import Workspace

__all__ = ["check_chats", "due_at", "needs_answer"]

_AT_ONCE = 1000
_BACK = timedelta(days=7)
_LOOKED_BACK = 20_000  # messages of the last days in which a new word is looked for, the newest
_LONGEST = timedelta(days=60)
_CLOSING = frozenset(
    [
        "谢谢",
        "谢谢你",
        "谢谢啦",
        "多谢",
        "感谢",
        "好",
        "好的",
        "好滴",
        "好哒",
        "嗯",
        "嗯嗯",
        "行",
        "可以",
        "收到",
        "知道了",
        "明白",
        "明白了",
        "没事",
        "不用了",
        "拜拜",
        "再见",
        "哈哈",
        "ok",
        "okay",
        "thanks",
        "thx",
        "thankyou",
        "bye",
        "gotit",
    ]
)


def check_chats(*, now: datetime) -> bool:
    """Look at what was archived since; True when there is more."""
    more = False
    for corp in wecom.archiving_corps():
        more |= _check_on(corp)
    for word in SensitiveWord.objects.filter(is_looked_back=False).select_related("workspace"):
        _look_back(word, now)
    return more


@transaction.atomic
def _check_on(corp: Corp) -> bool:
    ChatCheck.objects.bulk_create(
        [ChatCheck(workspace_id=corp.workspace_id, corp=corp)], ignore_conflicts=True
    )
    mine = ChatCheck.objects.within(corp.workspace_id).filter(corp=corp)
    check = mine.select_for_update().get()
    messages = wecom.archived_after(corp, check.checked_to, _AT_ONCE)
    if not messages:
        return False
    words = SensitiveWord.objects.within(corp.workspace_id).order_by("word")
    _note(corp.workspace_id, messages, list(words))
    _follow(corp, messages)
    mine.update(checked_to=messages[-1].seq)
    return len(messages) == _AT_ONCE


@transaction.atomic
def _look_back(word: SensitiveWord, now: datetime) -> None:
    """Look for a new word in what was said lately."""
    said = wecom.archived_in(word.workspace, since=now - _BACK).filter(text__icontains=word.word)
    _note(word.workspace_id, list(said.order_by("-at")[:_LOOKED_BACK]), [word])
    SensitiveWord.objects.within(word.workspace_id).filter(pk=word.pk).update(is_looked_back=True)


def _note(
    workspace: int, messages: Iterable[ArchivedMessage], words: Sequence[SensitiveWord]
) -> None:
    """Write down which of these say one of the words; words are added to what was found before."""
    found = {each.pk: (each, says) for each in messages if (says := _says(each, words))}
    rows = ChatHit.objects.within(workspace).filter(message__in=found)
    before = {each.message_id: each for each in rows}
    for pk, hit in before.items():
        fresh = [each for each in found[pk][1] if each.word not in hit.words]
        hit.words = [*hit.words, *(each.word for each in fresh)]
        hit.severity = max([hit.severity, *(each.severity for each in fresh)])
    ChatHit.objects.bulk_update(before.values(), ["words", "severity"])
    ChatHit.objects.bulk_create(
        (
            ChatHit(
                workspace_id=workspace,
                message=message,
                words=[each.word for each in says],
                severity=Severity(max(each.severity for each in says)),
                staff=message.staff,
                home=message.home,
                at=message.at,
            )
            for pk, (message, says) in found.items()
            if pk not in before
        ),
        ignore_conflicts=True,
    )


def _says(message: ArchivedMessage, words: Sequence[SensitiveWord]) -> list[SensitiveWord]:
    text = message.text.lower()
    here = Speaker.STAFF if message.by_staff else Speaker.CUSTOMER
    return [each for each in words if each.speaker in {here, Speaker.ANYONE} and each.word in text]


def _follow(corp: Corp, messages: Sequence[ArchivedMessage]) -> None:
    """Follow who waits in chats between two; groups are nobody's in particular."""
    rules = ChatRules.objects.within(corp.workspace_id).first() or ChatRules()
    alone = [each for each in messages if not each.room and each.staff and each.home]
    open_ = _open(corp, alone)
    begun: list[ChatWait] = []
    answered: list[ChatWait] = []
    for each in alone:
        key = each.staff, each.home
        wait = open_.get(key)
        if each.by_staff and wait is not None:
            wait.answered_at = max(each.at, wait.since)
            del open_[key]
            if wait.pk:
                answered.append(wait)
        elif not each.by_staff and wait is None and rules.minutes and needs_answer(each):
            due = due_at(each.at, rules, corp.workspace)
            wait = ChatWait(
                workspace_id=corp.workspace_id, corp=corp, message=each, staff=each.staff
            )
            wait.home, wait.since, wait.due_at = each.home, each.at, due
            open_[key] = wait
            begun.append(wait)
    ChatWait.objects.bulk_update(answered, ["answered_at"])
    ChatWait.objects.bulk_create(begun)


def _open(corp: Corp, messages: Sequence[ArchivedMessage]) -> dict[tuple[int, int], ChatWait]:
    rows = ChatWait.objects.within(corp.workspace_id).filter(
        corp=corp, answered_at=None, home__in={each.home for each in messages}
    )
    return {(each.staff, each.home): each for each in rows}


def needs_answer(message: ArchivedMessage) -> bool:
    """Tell whether a customer's message waits for an answer: thanks and farewells do not."""
    if message.kind in {"agree", "disagree", "emotion"}:
        return False
    words = filter(None, re.split(r"[\W_]+", message.text.lower()))
    return not message.text or not all(word in _CLOSING for word in words)


def due_at(since: datetime, rules: ChatRules, workspace: Workspace) -> datetime:
    """Return when an answer to what was written then is late: only hours in which the brand answers count."""
    zone = ZoneInfo(workspace.time_zone)
    at, left = since.astimezone(zone), timedelta(minutes=rules.minutes)
    while at - since < _LONGEST:
        opens = datetime.combine(at.date(), rules.opens, zone)
        closes = datetime.combine(at.date(), rules.closes, zone)
        begin = max(at, opens)
        if begin < closes:
            if begin + left <= closes:
                return begin + left
            left -= closes - begin
        at = datetime.combine(at.date() + timedelta(days=1), rules.opens, zone)
    return at
