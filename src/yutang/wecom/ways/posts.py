"""What became of a post: who published it, whom it was shown to, who liked it or said something."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid5

import msgspec
from django.db import transaction

from yutang.customers import service as customers
from yutang.events import service as events
from yutang.events.service import NewEvent
from yutang.wecom._rows import run
from yutang.wecom.client.client import Client
from yutang.wecom.client.limits import Lane
from yutang.wecom.models import MassMember, MassTask, RecipientState, StaffAccount
from yutang.wecom.ways.ending import Ended, end, expose_post
from yutang.wecom.ways.gathering import One, add_to

__all__ = ["fetch_post", "pages_of", "tell_members"]

_PAGE = 1000
_SEEN = UUID("5d0c5a8e-3f0e-5c58-9a5e-0d9a4f3f1c02")
_SAID = {"like_list": "moment.liked", "comment_list": "moment.commented"}


def fetch_post(task: MassTask, client: Client, now: datetime) -> None:
    """Fetch who published a post since it was last looked at, whom they showed it to, and what those did.

    :raises PlatformRefused, NoAnswer, Throttled, CorpPaused:
    """
    _publishers(task, client, now)
    members = list(MassMember.objects.within(task.workspace_id).filter(task=task).order_by("pk"))
    for member in members:
        if not task.account and not member.meant:
            _meant(task, member, client, now)
        if member.confirmed_at and not member.fetched:
            _shown(task, member, client, now)
        if member.confirmed_at:
            _heard(task, member, client, now)


def pages_of(
    client: Client, api: str, asked: Mapping[str, Any], *, size: int = _PAGE
) -> Iterator[dict[str, Any]]:
    """Yield the pages of a list, as long as the platform names a next one."""
    cursor = ""
    while True:
        body = {**asked, "limit": size, "cursor": cursor}
        page = client.call(api, body, lane=Lane.MASS)
        yield page
        cursor = str(page.get("next_cursor") or "")
        if not cursor:
            return


def tell_members(task: MassTask, told: Mapping[str, datetime | None]) -> None:
    """Write down who has to confirm a task, and when each did."""
    rows = [{"userid": userid.lower(), "at": at} for userid, at in told.items()]
    given: dict[str, Any] = {
        "workspace": task.workspace_id,
        "task": task.pk,
        "told": msgspec.json.encode(rows).decode(),
    }
    run("mass", "members", given)


def _publishers(task: MassTask, client: Client, now: datetime) -> None:
    for page in pages_of(
        client, "externalcontact/get_moment_task", {"moment_id": task.msgid}, size=500
    ):
        published = {
            str(each["userid"]): now if each.get("publish_status") == 1 else None
            for each in page.get("task_list") or ()
        }
        tell_members(task, published)


def _meant(task: MassTask, member: MassMember, client: Client, now: datetime) -> None:
    """Write down whom a post made by hand is for: nobody else has done so."""
    asked = {"moment_id": task.msgid, "userid": member.userid}
    for page in pages_of(client, "externalcontact/get_moment_customer_list", asked):
        known = [str(each["external_userid"]) for each in page.get("customer_list") or ()]
        with transaction.atomic():
            homes = _homes(task, known, now)
            ones = [
                One(uuid5(_SEEN, f"{task.pk}:{each}"), each, home, member.userid)
                for each, home in homes.items()
            ]
            add_to(task.workspace_id, task.pk, ones)
            expose_post(task, homes.values())
    member.meant = True
    member.save(update_fields=["meant"])


def _shown(task: MassTask, member: MassMember, client: Client, now: datetime) -> None:
    asked = {"moment_id": task.msgid, "userid": member.userid}
    at = member.confirmed_at or now
    for page in pages_of(client, "externalcontact/get_moment_send_result", asked, size=5000):
        shown = [str(each["external_userid"]) for each in page.get("customer_list") or ()]
        ended = [Ended(each, RecipientState.SENT, at, member.userid) for each in shown]
        end(task, ended, now=now)
    member.fetched = True
    member.save(update_fields=["fetched"])


def _heard(task: MassTask, member: MassMember, client: Client, now: datetime) -> None:
    asked = {"moment_id": task.msgid, "userid": member.userid}
    page = client.call("externalcontact/get_moment_comments", asked, lane=Lane.MASS)
    likes = [each for each in page.get("like_list") or () if each.get("external_userid")]
    comments = [each for each in page.get("comment_list") or () if each.get("external_userid")]
    if (len(likes), len(comments)) == (member.likes, member.comments):
        return
    member.likes, member.comments = len(likes), len(comments)
    with transaction.atomic():
        member.save(update_fields=["likes", "comments"])
        _record(task, member, {"like_list": likes, "comment_list": comments}, now)


def _record(
    task: MassTask,
    member: MassMember,
    said: Mapping[str, Sequence[Mapping[str, Any]]],
    now: datetime,
) -> None:
    """Write into the timelines of those who did it; what stands there already is not written again."""
    people = sorted({str(each["external_userid"]) for some in said.values() for each in some})
    whose = dict(zip(people, _resolved(task, people, now), strict=True))
    staff = StaffAccount.objects.within(task.workspace_id).filter(
        corp=task.corp_id, userid=member.userid
    )
    number = staff.values_list("staff_id", flat=True).first() or 0
    found = [
        NewEvent(
            type=_SAID[kind],
            id=str(uuid5(_SEEN, f"{task.pk}:{kind}:{member.userid}:{who}:{each['create_time']}")),
            customer=whose[who].customer_id,
            origin=whose[who].origin_id,
            occurred_at=min(datetime.fromtimestamp(each["create_time"], UTC), now),
            staff=number,
            content=str(task.pk),
            source="wecom",
        )
        for kind, some in said.items()
        for each in some
        if whose[who := str(each["external_userid"])].customer_id
    ]
    if found:
        events.record(task.workspace, found, now=now)


def _resolved(task: MassTask, people: Sequence[str], now: datetime) -> list[customers.Resolved]:
    named = [{"external_userid": each} for each in people]
    return customers.resolve(task.workspace, named, source="wecom", now=now)


def _homes(task: MassTask, people: Sequence[str], now: datetime) -> dict[str, int]:
    """Return contacts with the number each was first known under; the erased are left out."""
    found = zip(people, _resolved(task, people, now), strict=True)
    return {name: whose.origin_id for name, whose in found if whose.customer_id}
