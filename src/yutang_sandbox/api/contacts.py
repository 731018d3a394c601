"""Departments and members."""

from typing import Any

from yutang_sandbox.call import Answer, Call, api
from yutang_sandbox.errors import Refused
from yutang_sandbox.world.records import Department, Staff


def _visible_departments(call: Call) -> list[Department]:
    if 1 in call.app.departments:
        return sorted(call.corp.departments.values(), key=lambda one: one.id)
    reach = set[int]().union(*(call.corp.beneath(one) for one in call.app.departments))
    return [call.corp.departments[one] for one in sorted(reach) if one in call.corp.departments]


def _department(one: Department) -> Answer:
    return {
        "id": one.id,
        "name": one.name,
        "name_en": "",
        "department_leader": one.leaders,
        "parentid": one.parent,
        "order": one.order,
    }


def _wanted(call: Call) -> list[Department]:
    visible = _visible_departments(call)
    wanted = call.whole("id")
    if not wanted:
        return visible
    if wanted not in call.corp.departments:
        raise Refused(60003)
    beneath = call.corp.beneath(wanted)
    return [one for one in visible if one.id in beneath]


@api("GET", "department/list", department=[])
def departments(call: Call) -> Answer:
    return {"department": [_department(one) for one in _wanted(call)]}


@api("GET", "department/simplelist", department_id=[])
def department_ids(call: Call) -> Answer:
    return {
        "department_id": [
            {"id": one.id, "parentid": one.parent, "order": one.order} for one in _wanted(call)
        ]
    }


@api("GET", "department/get")
def department(call: Call) -> Answer:
    one = call.corp.departments.get(call.whole("id"))
    if one is None:
        raise Refused(60003)
    if one not in _visible_departments(call):
        raise Refused(60011)
    return {"department": _department(one)}


def _user(call: Call, person: Staff) -> Answer:
    count = len(person.departments)
    user: dict[str, Any] = {
        "userid": person.userid,
        "name": person.name,
        "department": person.departments,
        "order": [0] * count,
        "position": person.position,
        "is_leader_in_dept": [int(person.leader)] * count,
        "direct_leader": [],
        "telephone": "",
        "alias": person.alias,
        "status": person.status,
        "isleader": int(person.leader),
        "enable": int(person.status != 2),
        "main_department": person.departments[0] if person.departments else 1,
        "extattr": {"attrs": []},
        "external_position": person.position,
        "external_profile": {"external_corp_name": call.corp.name, "external_attr": []},
    }
    if call.app.contact_sync:
        user |= {"mobile": person.mobile, "gender": str(person.gender), "email": "", "avatar": ""}
    return user


def _members(call: Call) -> list[Staff]:
    wanted = call.whole("department_id")
    if wanted not in call.corp.departments:
        raise Refused(60003)
    reach = call.corp.beneath(wanted) if call.whole("fetch_child") else {wanted}
    return [one for one in call.in_sight() if reach.intersection(one.departments)]


@api("GET", "user/simplelist", userlist=[])
def users_simple(call: Call) -> Answer:
    return {
        "userlist": [
            {"userid": one.userid, "name": one.name, "department": one.departments}
            for one in _members(call)
        ]
    }


@api("GET", "user/list", userlist=[])
def users(call: Call) -> Answer:
    found = _members(call)
    if len(found) > 5000:
        raise Refused(45029)
    return {"userlist": [_user(call, one) for one in found]}


@api("GET", "user/get")
def user(call: Call) -> Answer:
    person = call.corp.staff[call.member()]
    if person.status == 5:
        raise Refused(60111)
    return _user(call, person)


@api("POST", "user/list_id", dept_user=[])
def user_ids(call: Call) -> Answer:
    rows = [
        {"userid": one.userid, "department": department}
        for one in call.in_sight()
        for department in one.departments
    ]
    page, following = call.page(rows, 10_000, 10_000)
    return {"dept_user": page, "next_cursor": following}


@api("POST", "user/getuserid")
def userid_by_mobile(call: Call) -> Answer:
    mobile = call.text("mobile")
    for person in call.in_sight():
        if person.mobile == mobile:
            return {"userid": person.userid}
    raise Refused(46004)


@api("GET", "agent/get")
def agent(call: Call) -> Answer:
    app = call.app
    if call.whole("agentid") != app.agent:
        raise Refused(301002)
    return {
        "agentid": app.agent,
        "name": app.name,
        "square_logo_url": "",
        "description": "",
        "allow_userinfos": {"user": [{"userid": userid} for userid in app.users]},
        "allow_partys": {"partyid": app.departments},
        "allow_tags": {"tagid": []},
        "close": int(not app.enabled),
        "redirect_domain": app.domain,
        "report_location_flag": 0,
        "isreportenter": 0,
        "home_url": app.home,
    }


@api("GET", "agent/list", agentlist=[])
def agents(call: Call) -> Answer:
    return {
        "agentlist": [{"agentid": call.app.agent, "name": call.app.name, "square_logo_url": ""}]
    }


@api("GET", "tag/list", taglist=[])
def member_tags(call: Call) -> Answer:
    return {"taglist": []}


@api("GET", "get_api_domain_ip", "getcallbackip", ip_list=[])
def addresses(call: Call) -> Answer:
    return {"ip_list": ["127.0.0.1"]}
