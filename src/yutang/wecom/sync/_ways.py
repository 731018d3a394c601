"""Contact ways and acquisition links as the platform tells them: a list of ids, then each by itself."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from yutang.kit.errors import DomainError
from yutang.wecom.client.errors import NotPermitted
from yutang.wecom.models import (
    AcquisitionLink,
    ContactWay,
    Corp,
    PartState,
    Subject,
    SyncPart,
    SyncRun,
)
from yutang.wecom.sync._noting import note_failure, note_gone_well
from yutang.wecom.sync._platform import Platform, concerns_one
from yutang.wecom.sync._runs import Stop, count, parts_left
from yutang.wecom.sync._told import line

__all__ = ["follow_links", "follow_ways"]

_FROM = 1_625_846_400  # 10 July 2021: older ways are not listed
_FRESH = timedelta(hours=20)  # what was read since is not read again by the next sync


@dataclass(frozen=True)
class _Kind:
    """What differs between the two: who lists them, who tells of one, and where it is kept."""

    subject: Subject
    list_api: str
    asked: Mapping[str, Any]
    ids: Callable[[Mapping[str, Any]], list[str]]
    get_api: str
    key: str
    model: type[ContactWay] | type[AcquisitionLink]
    column: str
    read: Callable[[Mapping[str, Any]], dict[str, Any]]


def _way(answer: Mapping[str, Any]) -> dict[str, Any]:
    told = dict(answer["contact_way"])
    return {
        "state": line(told.get("state"), 64),
        "remark": line(told.get("remark"), 200),
        "told": told,
    }


def _link(answer: Mapping[str, Any]) -> dict[str, Any]:
    link = answer["link"]
    told = {name: answer[name] for name in ("range", "priority_option") if name in answer}
    return {
        "name": line(link.get("link_name"), 100),
        "url": str(link.get("url") or "")[:500],
        "told": dict(link) | told,
    }


_WAYS = _Kind(
    Subject.WAYS,
    "externalcontact/list_contact_way",
    {"start_time": _FROM, "limit": 1000},
    lambda answer: [str(each["config_id"]) for each in answer.get("contact_way") or ()],
    "externalcontact/get_contact_way",
    "config_id",
    ContactWay,
    "config",
    _way,
)
_LINKS = _Kind(
    Subject.LINKS,
    "externalcontact/customer_acquisition/list_link",
    {"limit": 100},
    lambda answer: [str(each) for each in answer.get("link_id_list") or ()],
    "externalcontact/customer_acquisition/get",
    "link_id",
    AcquisitionLink,
    "link",
    _link,
)


def follow_ways(
    run: SyncRun, platform: Platform, *, clock: Callable[[], datetime], pause: Stop
) -> None:
    """Read the contact ways this app made."""
    _follow(run, platform, _WAYS, clock, pause)


def follow_links(
    run: SyncRun, platform: Platform, *, clock: Callable[[], datetime], pause: Stop
) -> None:
    """Read the acquisition links this app made; without the right to, there is nothing to read."""
    _follow(run, platform, _LINKS, clock, pause)


def _follow(
    run: SyncRun,
    platform: Platform,
    kind: _Kind,
    clock: Callable[[], datetime],
    pause: Stop,
) -> None:
    for part in parts_left(run, kind.subject):
        try:
            listed = _listed(platform, kind, clock)
        except NotPermitted as refusal:
            note_failure(run.corp, kind.subject, kind.list_api, refusal, now=clock())
            listed = None
        else:
            note_gone_well(run.corp, kind.subject, [kind.list_api])
        for key in _unread(run.corp, kind, listed or [], clock()):
            _read_one(run, platform, kind, key, clock)
            pause()
        with transaction.atomic():
            mine = kind.model.objects.within(run.workspace_id).filter(corp=run.corp, gone_at=None)
            if listed is not None:
                gone = mine.exclude(**{f"{kind.column}__in": listed}).update(gone_at=clock())
                count(run, **{f"{kind.subject}_read": len(listed), f"{kind.subject}_gone": gone})
            SyncPart.objects.within(run.workspace_id).filter(pk=part.pk).update(
                state=PartState.DONE
            )


def _listed(platform: Platform, kind: _Kind, clock: Callable[[], datetime]) -> list[str]:
    found: list[str] = []
    cursor = ""
    until = {"end_time": int(clock().timestamp())} if "start_time" in kind.asked else {}
    while True:
        answer = platform(kind.list_api, {**kind.asked, **until, "cursor": cursor})
        found += kind.ids(answer)
        cursor = str(answer.get("next_cursor") or "")
        if not cursor:
            return found


def _unread(corp: Corp, kind: _Kind, listed: list[str], now: datetime) -> list[str]:
    """Return those that are new, or were read long ago: a run that was cut off does not begin again."""
    mine = kind.model.objects.within(corp.workspace_id).filter(corp=corp, gone_at=None)
    fresh = mine.filter(read_at__gt=now - _FRESH).values_list(kind.column, flat=True)
    known = set(fresh)
    return [key for key in listed if key not in known]


def _read_one(
    run: SyncRun, platform: Platform, kind: _Kind, key: str, clock: Callable[[], datetime]
) -> None:
    began = clock()
    try:
        told = kind.read(platform(kind.get_api, {kind.key: key}))
    except DomainError as refusal:
        if not concerns_one(refusal):
            raise
        note_failure(run.corp, kind.subject, key, refusal, now=clock())
        return
    kind.model.objects.within(run.workspace_id).update_or_create(
        corp=run.corp,
        **{kind.column: key},
        defaults=told | {"read_at": began, "gone_at": None},
        create_defaults=told | {"workspace_id": run.workspace_id, "read_at": began},
    )
    note_gone_well(run.corp, kind.subject, [key])
