"""Moments of the corp: tasks members publish."""

from typing import Any

from yutang_sandbox.api.contents import usable
from yutang_sandbox.call import Answer, Call, api
from yutang_sandbox.errors import Refused
from yutang_sandbox.world.records import Comment, Content, Job, Moment, Publication
from yutang_sandbox.world.tables import FRIENDS

MOST = {"image": 9, "video": 1, "link": 1}
MONTH = 30 * 86_400
JOB_SECONDS = 86_400


def _content(call: Call) -> Content:
    text, attachments = str(call.part("text").get("content") or ""), call.parts("attachments")
    if not text and not attachments:
        raise Refused(41089)
    if len(text) > 2000:
        raise Refused(45002)
    kinds = {str(one.get("msgtype")) for one in attachments}
    if len(kinds) > 1 or kinds - MOST.keys():
        raise Refused(41065)
    if any(len(attachments) > MOST[kind] for kind in kinds):
        raise Refused(41064)
    for one in attachments:
        kind = one["msgtype"]
        inside = one.get(kind)
        if not isinstance(inside, dict):
            raise Refused(41065)
        if kind != "link" or inside.get("media_id"):
            usable(call, inside.get("media_id", ""), purpose="moment")
    content: Content = {"text": {"content": text}} if text else {}
    return content | ({"attachments": attachments} if attachments else {})


def _senders(call: Call, wanted: Content) -> tuple[list[int], Answer]:
    """Return the members who are to publish, and the ones named who cannot."""
    corp, found, bad = call.corp, list[int](), list[str]()
    users, parties = wanted.get("user_list") or [], wanted.get("department_list") or []
    for userid in users:
        number = corp.member(str(userid))
        good = number is not None and call.sees(str(userid)) and corp.staff[number].contact
        if good and number is not None:
            found.append(number)
        else:
            bad.append(str(userid))
    known = [one for one in parties if one in corp.departments]
    reach = set[int]().union(*(corp.beneath(one) for one in known))
    more = corp.staff_in(reach) if users or parties else call.in_sight()
    found += [corp.by_userid[one.userid.lower()] for one in more if one.contact]
    unknown = [one for one in parties if one not in corp.departments]
    return list(dict.fromkeys(found)), {"user_list": bad, "department_list": unknown}


@api("POST", "externalcontact/add_moment_task")
def add(call: Call) -> Answer:
    corp, content = call.corp, _content(call)
    visible = call.part("visible_range")
    senders, bad_senders = _senders(call, visible.get("sender_list") or {})
    named = (visible.get("external_contact_list") or {}).get("tag_list") or []
    tags = {corp.by_tag[one].number for one in named if one in corp.by_tag}
    result: dict[str, Any] = {
        "errcode": 0,
        "errmsg": "ok",
        "moment_id": corp.next_id("mom"),
        "invalid_sender_list": bad_senders,
        "invalid_external_contact_list": {"tag_list": [t for t in named if t not in corp.by_tag]},
    }
    moment = Moment(result["moment_id"], content, call.now, partly=bool(named))
    for sender in senders:
        part = Publication(corp.staff[sender].userid)
        for relation in corp.staff[sender].relations:
            if corp.relations.state[relation] == FRIENDS and (
                not named or not tags.isdisjoint(corp.tags_of(relation))
            ):
                part.chosen.append(relation)
        if part.chosen or not named:
            moment.publications[part.userid] = part
    if moment.publications:
        corp.moments[moment.id] = moment
        corp.unpublished[moment.id] = None
    else:
        result = {**result, "errcode": 40031, "errmsg": "invalid userid list", "moment_id": ""}
    job = Job(corp.next_id("job"), call.now, result)
    corp.jobs[job.id] = job
    return {"jobid": job.id}


@api("GET", "externalcontact/get_moment_task_result")
def result_of(call: Call) -> Answer:
    job = call.corp.jobs.get(call.text("jobid"))
    if job is None or call.now > job.created + JOB_SECONDS:
        raise Refused(40058, "invalid jobid")
    if call.now < job.created + call.corp.limits.distributing_seconds:
        return {"status": 2, "type": "add_moment_task", "result": {}}
    return {"status": 3, "type": "add_moment_task", "result": job.result}


def _moment(call: Call) -> Moment:
    moment = call.corp.moments.get(call.text("moment_id", missing=41059))
    if moment is None or moment.deleted:
        raise Refused(41060)
    return moment


@api("POST", "externalcontact/cancel_moment_task")
def cancel(call: Call) -> Answer:
    _moment(call).cancelled = True
    return {}


@api("POST", "externalcontact/get_moment_list", moment_list=[])
def moments(call: Call) -> Answer:
    start, end = call.whole("start_time"), call.whole("end_time")
    if not start or not end or end - start > MONTH:
        raise Refused(40058, "invalid Request Parameter start_time")
    which, creator = call.whole("filter_type", 2), call.optional("creator")
    found = [
        one
        for one in call.corp.moments.values()
        if start <= one.created <= end
        and not one.deleted
        and which in {2, int(bool(one.creator))}
        and creator in {"", one.creator}
    ]
    page, following = call.page(found, 20, 20)
    return {"moment_list": [_shown(one) for one in page], "next_cursor": following}


def _shown(moment: Moment) -> Answer:
    attachments = moment.content.get("attachments", [])
    shown: Answer = {
        "moment_id": moment.id,
        "create_time": moment.created,
        "create_type": int(bool(moment.creator)),
        "visible_type": int(not moment.partly),
        "text": moment.content.get("text", {"content": ""}),
        "image": [one["image"] for one in attachments if one["msgtype"] == "image"],
    }
    for one in attachments:
        if one["msgtype"] != "image":
            shown[one["msgtype"]] = one[one["msgtype"]]
    return shown | ({"creator": moment.creator} if moment.creator else {})


@api("POST", "externalcontact/get_moment_task", task_list=[])
def tasks(call: Call) -> Answer:
    moment = _moment(call)
    if moment.creator:
        raise Refused(41067)
    page, following = call.page(list(moment.publications.values()), 500, 1000)
    rows = [{"userid": one.userid, "publish_status": int(bool(one.published_at))} for one in page]
    return {"task_list": rows, "next_cursor": following}


def _part(call: Call) -> Publication:
    part = _moment(call).publications.get(call.corp.staff[call.member()].userid)
    if part is None:
        raise Refused(41061)
    return part


@api("POST", "externalcontact/get_moment_customer_list", customer_list=[])
def chosen(call: Call) -> Answer:
    part, corp = _part(call), call.corp
    page, following = call.page(part.chosen, 500, 1000)
    rows = [
        {"userid": part.userid, "external_userid": corp.external(corp.relations.customer[one])}
        for one in page
    ]
    return {"customer_list": rows, "next_cursor": following}


@api("POST", "externalcontact/get_moment_send_result", customer_list=[])
def seen_by(call: Call) -> Answer:
    part, corp = _part(call), call.corp
    if not part.published_at:
        raise Refused(41062)
    page, following = call.page(part.seen_by, 3000, 5000)
    rows = [{"external_userid": corp.external(corp.relations.customer[one])} for one in page]
    return {"customer_list": rows, "next_cursor": following}


@api("POST", "externalcontact/get_moment_comments", comment_list=[], like_list=[])
def comments(call: Call) -> Answer:
    part = _part(call)
    if not part.published_at:
        raise Refused(41062)

    def shown(one: Comment) -> Answer:
        if one.customer < 0:
            return {"userid": one.userid, "create_time": one.at}
        return {"external_userid": call.corp.external(one.customer), "create_time": one.at}

    return {
        "comment_list": [shown(one) for one in part.comments],
        "like_list": [shown(one) for one in part.likes],
    }
