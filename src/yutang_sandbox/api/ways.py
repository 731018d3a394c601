"""Contact ways: the codes behind live codes."""

from yutang_sandbox.call import Answer, Call, api
from yutang_sandbox.errors import Refused
from yutang_sandbox.world.clock import DAY
from yutang_sandbox.world.records import ContactWay

PEOPLE = 100
EXCEPT_KNOWN = {"type", "scene", "is_temp", "config_id"}


def members_of(call: Call, users: list[str], parties: list[int]) -> list[str]:
    """Return the userids a code leads to.

    :raises Refused: nobody, too many, or somebody who cannot be added
    """
    if unknown := [one for one in parties if one not in call.corp.departments]:
        raise Refused(60123, f"invalid party id {unknown[0]}")
    reach = set[int]().union(*(call.corp.beneath(one) for one in parties))
    found = [call.corp.staff[call.member_called(userid)] for userid in users]
    found += [one for one in call.corp.staff_in(reach) if one.contact]
    if not found:
        raise Refused(40058, "invalid Request Parameter user")
    for person in found:
        if person.status != 1 or not person.verified:
            raise Refused(41054)
        if not person.contact:
            raise Refused(84074)
    return list(dict.fromkeys(person.userid for person in found))


def _check_people(call: Call, way: ContactWay) -> None:
    people = members_of(call, way.users, way.parties)
    if way.kind == 1 and (len(way.users) != 1 or way.parties):
        raise Refused(40032)
    if len(people) > PEOPLE:
        raise Refused(41041)


def _fill(call: Call, way: ContactWay) -> None:
    """Take over what the body gives; what it does not give stays."""
    body = call.body
    if "user" in body:
        way.users = call.texts("user")
    if "party" in body:
        way.parties = [int(one) for one in call.texts("party")]
    way.remark = call.optional("remark", way.remark, most=30)
    way.state = call.optional("state", way.state, most=30)
    way.style = call.whole("style", way.style)
    way.skip_verify = bool(body.get("skip_verify", way.skip_verify))
    way.exclusive = bool(body.get("is_exclusive", way.exclusive))
    way.unionid = call.optional("unionid", way.unionid)
    way.conclusions = call.part("conclusions") or way.conclusions
    if way.temporary:
        way.expires_in = min(call.whole("expires_in", way.expires_in or 7 * DAY), 14 * DAY)
        way.chat_expires_in = min(
            call.whole("chat_expires_in", way.chat_expires_in or DAY), 14 * DAY
        )
    _check_people(call, way)


@api("POST", "externalcontact/add_contact_way")
def add(call: Call) -> Answer:
    corp, kind, scene = call.corp, call.given("type"), call.given("scene")
    for value, missing, wrong in ((kind, 41037, 41039), (scene, 41038, 41040)):
        if value is None:
            raise Refused(missing)
        if value not in {1, 2}:
            raise Refused(wrong)
    if len(corp.ways) + len(corp.join_ways) >= corp.limits.contact_ways:
        raise Refused(41045)
    way = ContactWay(corp.next_id("", 32), int(kind), int(scene), call.now, [])
    way.temporary, way.agent = bool(call.body.get("is_temp")), call.app.agent
    if way.temporary and way.kind != 1:
        raise Refused(41039)
    _fill(call, way)
    corp.ways[way.id] = way
    return {"config_id": way.id, **({"qr_code": code_of(call, way)} if way.scene == 2 else {})}


def code_of(call: Call, way: ContactWay) -> str:
    """Return the address of the code's picture."""
    return f"https://wework.qpic.example/wwpic/{call.corp.id}/{way.id}/0"


def _found(call: Call) -> ContactWay:
    way = call.corp.ways.get(call.text("config_id", missing=41043))
    if way is None:
        raise Refused(41044)
    return way


@api("POST", "externalcontact/get_contact_way")
def get(call: Call) -> Answer:
    way = _found(call)
    shown: Answer = {
        "config_id": way.id,
        "type": way.kind,
        "scene": way.scene,
        "style": way.style,
        "remark": way.remark,
        "skip_verify": way.skip_verify,
        "state": way.state,
        "user": way.users,
        "party": way.parties,
        "is_temp": way.temporary,
        "is_exclusive": way.exclusive,
    }
    if way.scene == 2:
        shown["qr_code"] = code_of(call, way)
    if way.temporary:
        shown |= {
            "expires_in": way.expires_in,
            "chat_expires_in": way.chat_expires_in,
            "unionid": way.unionid,
            "conclusions": way.conclusions,
        }
    return {"contact_way": shown}


@api("POST", "externalcontact/list_contact_way", contact_way=[])
def list_ways(call: Call) -> Answer:
    end = call.whole("end_time", call.now)
    start = call.whole("start_time", end - 90 * DAY)
    mine = [
        {"config_id": way.id}
        for way in call.corp.ways.values()
        if start <= way.created <= end and not way.temporary and way.agent == call.app.agent
    ]
    page, following = call.page(mine, 100, 1000)
    return {"contact_way": page, "next_cursor": following}


@api("POST", "externalcontact/update_contact_way")
def update(call: Call) -> Answer:
    way = _found(call)
    before = (way.users, way.parties)
    try:
        _fill(call, way)
    except Refused:
        way.users, way.parties = before
        raise
    return {}


@api("POST", "externalcontact/del_contact_way")
def delete(call: Call) -> Answer:
    del call.corp.ways[_found(call).id]
    return {}


@api("POST", "externalcontact/close_temp_chat")
def close_temporary(call: Call) -> Answer:
    call.relation()
    return {}
