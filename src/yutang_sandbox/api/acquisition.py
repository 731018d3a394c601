"""Acquisition links."""

import numpy as np

from yutang_sandbox.api.ways import members_of
from yutang_sandbox.call import Answer, Call, api
from yutang_sandbox.errors import Refused
from yutang_sandbox.world.clock import DAY, day_of
from yutang_sandbox.world.records import Link
from yutang_sandbox.world.tables import ENDED, HALF

NAME = 30
PEOPLE = 500
KEY_SECONDS = 1800


def _link(call: Call) -> Link:
    number = call.corp.by_link.get(call.text("link_id"))
    if number is None or not call.corp.links[number].url:
        raise Refused(40058, "invalid link_id")
    return call.corp.links[number]


def _fill(call: Call, link: Link) -> None:
    name = call.optional("link_name", link.name)
    if not name or len(name) > NAME:
        raise Refused(40058, "invalid Request Parameter link_name")
    if "range" in call.body:
        reach = call.part("range")
        users = [str(one) for one in reach.get("user_list") or []]
        parties = [int(one) for one in reach.get("department_list") or []]
        if len(members_of(call, users, parties)) > PEOPLE:
            raise Refused(41041)
        link.users, link.parties = users, parties
    elif not link.users and not link.parties:
        raise Refused(40058, "invalid Request Parameter range")
    link.name = name
    link.skip_verify = bool(call.body.get("skip_verify", link.skip_verify))
    link.mark_source = bool(call.body.get("mark_source", link.mark_source))
    link.priority = call.part("priority_option") or link.priority


def _brief(link: Link) -> Answer:
    return {
        "link_id": link.id,
        "link_name": link.name,
        "url": link.url,
        "create_time": link.created,
    }


@api("POST", "externalcontact/customer_acquisition/create_link")
def create(call: Call) -> Answer:
    corp = call.corp
    if sum(bool(one.url) for one in corp.links) >= corp.limits.links:
        raise Refused(41095)
    identity = corp.next_id("ca")
    url = f"https://work.weixin.qq.com/ca/{identity}"
    link = Link(identity, "", url, call.now, [], [], agent=call.app.agent)
    _fill(call, link)
    corp.by_link[link.id] = len(corp.links)
    corp.links.append(link)
    return {"link": _brief(link)}


@api("POST", "externalcontact/customer_acquisition/list_link", link_id_list=[])
def links(call: Call) -> Answer:
    mine = [one.id for one in call.corp.links if one.url and one.agent == call.app.agent]
    page, following = call.page(mine, 100, 100)
    return {"link_id_list": page, "next_cursor": following}


@api("POST", "externalcontact/customer_acquisition/get")
def get(call: Call) -> Answer:
    link = _link(call)
    extra = {"skip_verify": link.skip_verify, "mark_source": link.mark_source}
    return {
        "link": _brief(link) | extra,
        "range": {"user_list": link.users, "department_list": link.parties},
        "priority_option": link.priority,
    }


@api("POST", "externalcontact/customer_acquisition/update_link")
def update(call: Call) -> Answer:
    _fill(call, _link(call))
    return {}


@api("POST", "externalcontact/customer_acquisition/delete_link")
def delete(call: Call) -> Answer:
    _link(call).url = ""
    return {}


@api("POST", "externalcontact/customer_acquisition/customer", customer_list=[])
def customers(call: Call) -> Answer:
    corp, table = call.corp, call.corp.relations
    number = corp.by_link[_link(call).id] + 1
    mine = np.nonzero(table.link.vector() == number)[0].tolist()
    found = [one for one in mine if table.state[one] not in {ENDED, HALF}]
    page, following = call.page(found, 1000, 1000)
    rows = [
        {
            "external_userid": corp.external(table.customer[one]),
            "userid": corp.staff[table.staff[one]].userid,
            "chat_status": int(bool(table.chatted[one])),
            "state": corp.words.known[table.source[one]],
        }
        for one in page
    ]
    return {"customer_list": rows, "next_cursor": following}


@api("GET", "externalcontact/customer_acquisition_quota")
def quota(call: Call) -> Answer:
    used = int(np.count_nonzero(call.corp.relations.link.vector()))
    left = call.corp.limits.link_quota
    expires = call.now + 365 * DAY
    return {
        "total": used,
        "balance": left,
        "quota_list": [{"expire_date": expires, "balance": left}],
    }


@api("POST", "externalcontact/customer_acquisition/statistic")
def statistic(call: Call) -> Answer:
    link, corp = _link(call), call.corp
    first, last = day_of(call.whole("start_time")), day_of(call.whole("end_time"))
    if last < first or last - first > 30 or first < day_of(call.now) - 180:
        raise Refused(40058, "invalid Request Parameter start_time")
    mine = np.nonzero(corp.relations.link.vector() == corp.by_link[link.id] + 1)[0]
    days = (corp.relations.created.vector()[mine].astype(np.int64) + 8 * 3600) // DAY
    return {
        "click_link_customer_cnt": sum(link.clicks.get(day, 0) for day in range(first, last + 1)),
        "new_customer_cnt": int(np.count_nonzero((days >= first) & (days <= last))),
    }


@api("POST", "externalcontact/customer_acquisition/get_chat_info")
def chat_info(call: Call) -> Answer:
    corp, code = call.corp, call.corp.codes.get(call.text("chat_key"))
    if code is None or code.what["kind"] != "chat" or call.clock.wall() > code.made + KEY_SECONDS:
        raise Refused(40058, "invalid chat_key")
    relation = code.what["relation"]
    staff, customer = corp.relations.staff[relation], corp.relations.customer[relation]
    someone, chat = corp.external(customer), corp.one_chat(staff, customer)
    said = sum(one.sender == someone for one in corp.lines.get(chat, ()))
    return {
        "userid": corp.staff[staff].userid,
        "external_userid": someone,
        "chat_info": {
            "recv_msg_cnt": said,
            "link_id": corp.links[corp.relations.link[relation] - 1].id,
            "state": corp.words.known[corp.relations.source[relation]],
        },
    }
