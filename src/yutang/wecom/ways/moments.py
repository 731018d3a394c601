"""Moments as tasks of staff: the way out `wecom_moments`, and telling the platform of a post.

The platform shows a post to all customers of those who publish it, or to those of them with a tag: never to
chosen people. So what journeys post goes to the members who look after those it is meant for, one post for
one content; who of them it was shown to is known afterwards, by name.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from yutang.customers import service as customers
from yutang.customers.models import RelationKind
from yutang.kit.clock import now as present
from yutang.kit.i18n import Text
from yutang.reach.service import Account, Answer, Outcome, Outgoing
from yutang.wecom.client.client import Client
from yutang.wecom.client.errors import refusal_of
from yutang.wecom.client.limits import Lane, most
from yutang.wecom.models import Corp, MassKind, MassRecipient, MassTask
from yutang.wecom.ways.gathering import Gathered, One, gather
from yutang.wecom.ways.mass import GATHERS_FOR, MassMessages, corp_behind, hand_over, userids_of
from yutang.wecom.ways.media import media_of

__all__ = ["ADDS", "JOB_TAKES", "Made", "Moments", "asked_for", "look_for", "result_of"]

ADDS = "externalcontact/add_moment_task"
JOB_TAKES = timedelta(seconds=10)
_RESULT = "externalcontact/get_moment_task_result"
_DONE = 3


class Moments(MassMessages):
    """Posts (add_moment_task), which each member publishes."""

    name = "wecom_moments"
    label = Text("企业微信朋友圈（员工确认后发表）", "WeCom Moments, published by staff")
    channel = "moments"
    parts = frozenset({"text", "image", "link", "video"})

    def send(self, account: Account, batch: Sequence[Outgoing]) -> Sequence[Outcome]:
        whose = _whose(account, batch)
        alone = [each for each in batch if each.token not in whose]
        posted = [each for each in batch if each.token in whose]

        def gathers(
            account: Account, corp: Corp, some: Sequence[Outgoing], digests: Mapping[UUID, bytes]
        ) -> None:
            now = present()
            for digest in sorted(set(digests.values())):
                mine = [each for each in some if digests[each.token] == digest]
                parts, purpose = mine[0].rendered.parts, mine[0].purpose
                what = Gathered(MassKind.MOMENTS, digest, parts, "", account.id, purpose)
                whom = [
                    One(each.token, each.address, each.customer, whose[each.token]) for each in mine
                ]
                gather(corp, what, whom, due=now + GATHERS_FOR, now=now)

        lost = [Outcome(each.token, Answer.FAILED, reason="no_friend") for each in alone]
        return [*lost, *(hand_over(account, posted, gathers) if posted else ())]


def _whose(account: Account, batch: Sequence[Outgoing]) -> dict[UUID, str]:
    """Return the member who posts it for each: her sender, or who has been with her since most recently."""
    corp = corp_behind(account)
    if corp is None:
        return {each.token: "" for each in batch}  # nothing is gathered where there is no corp
    alone = [each.customer for each in batch if not each.sender]
    related = customers.related_now(corp.workspace, alone, kind=RelationKind.STAFF)
    staff = {each.token: each.sender or related.get(each.customer, 0) for each in batch}
    userids = userids_of(corp, set(staff.values()))
    return {token: userids[who] for token, who in staff.items() if who in userids}


@dataclass(frozen=True)
class Made:
    """What the platform made of a job: the post, and which members it left out."""

    moment: str
    left_out: frozenset[str]

    def without(self, task: MassTask) -> list[str]:
        """Return the recipients whose members were left out."""
        if not self.left_out:
            return []
        rows = MassRecipient.objects.within(task.workspace_id).filter(task=task)
        return [
            address
            for address, userid in rows.values_list("external_userid", "userid")
            if userid.lower() in self.left_out
        ]


def asked_for(task: MassTask, now: datetime) -> dict[str, Any]:
    """Return what add_moment_task takes; never without members, which would mean everybody.

    :raises FileNotFetched, MediaBroken, MediaTooLarge, PlatformRefused, NoAnswer, Throttled, CorpPaused:
    """
    asked: dict[str, Any] = {"visible_range": _visible_to(task)}
    attachments = []
    for part in task.parts:
        if part["kind"] == "text":
            asked["text"] = {"content": part["text"]}
        else:
            attachments.append(_attachment(task.corp, part, now))
    return asked | ({"attachments": attachments} if attachments else {})


def _attachment(corp: Corp, part: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    if part["kind"] == "link":
        link = {"title": part["title"], "url": part["url"]}
        if part.get("image_url"):
            link["media_id"] = media_of(corp, part["image_url"], "image", now=now, moment=True)
        return {"msgtype": "link", "link": link}
    kind = part["kind"]
    return {
        "msgtype": kind,
        kind: {"media_id": media_of(corp, part["url"], kind, now=now, moment=True)},
    }


def _visible_to(task: MassTask) -> dict[str, Any]:
    aim = task.aim or {}
    users = aim.get("userids")
    if users is None:
        rows = MassRecipient.objects.within(task.workspace_id).filter(task=task).exclude(userid="")
        users = sorted(set(rows.values_list("userid", flat=True)))
    departments = aim.get("departments") or []
    if not users and not departments:
        raise refusal_of(ADDS, 41048, "")
    senders: dict[str, Any] = {"user_list": users[: most("moment_senders", task.corp)]}
    if departments:
        senders["department_list"] = departments
    visible: dict[str, Any] = {"sender_list": senders}
    if aim.get("tags"):
        visible["external_contact_list"] = {"tag_list": aim["tags"]}
    return visible


def result_of(task: MassTask) -> Made | None:
    """Return what became of the job, None while the platform is at it.

    :raises PlatformRefused, NoAnswer, Throttled, CorpPaused:
    """
    answer = Client(task.corp).call(_RESULT, query={"jobid": task.job}, lane=Lane.MASS)
    if answer.get("status") != _DONE:
        return None
    result = answer.get("result") or {}
    errcode = int(result.get("errcode") or 0)
    if errcode:
        task.job, task.asked_at = "", None  # the job is over: the next try is another
        task.save(update_fields=["job", "asked_at"])
        raise refusal_of(ADDS, errcode, str(result.get("errmsg") or ""))
    invalid = (result.get("invalid_sender_list") or {}).get("user_list") or ()
    return Made(str(result["moment_id"]), frozenset(str(each).lower() for each in invalid))


def look_for(task: MassTask, client: Client, since: int) -> str:
    """Return the post the platform made of a task it did not answer for; empty: there is none."""
    asked = {"start_time": since, "end_time": since + 1800, "filter_type": 0, "limit": 20}
    known = set(
        MassTask.objects.within(task.workspace_id)
        .filter(corp=task.corp, kind=MassKind.MOMENTS)
        .values_list("msgid", flat=True)
    )
    for record in _records(client, asked):
        moment = str(record.get("moment_id"))
        if moment not in known and _is_it(task, record):
            return moment
    return ""


def _records(client: Client, asked: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    cursor = ""
    while True:
        body = {**asked, "cursor": cursor}
        page = client.call("externalcontact/get_moment_list", body, lane=Lane.MASS)
        yield from page.get("moment_list") or ()
        cursor = str(page.get("next_cursor") or "")
        if not cursor:
            return


def _is_it(task: MassTask, record: Mapping[str, Any]) -> bool:
    kinds = [each["kind"] for each in task.parts if each["kind"] != "text"]
    pictures = len(record.get("image") or ())
    return (
        not record.get("creator")
        and (record.get("text") or {}).get("content", "") == task.words
        and pictures == kinds.count("image")
        and all(bool(record.get(kind)) == (kind in kinds) for kind in ("video", "link"))
        and datetime.fromtimestamp(record["create_time"], UTC)
        >= task.created_at - timedelta(minutes=1)
    )
