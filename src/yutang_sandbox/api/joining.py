"""Join ways: the codes that lead into groups."""

from yutang_sandbox.call import Answer, Call, api
from yutang_sandbox.errors import Refused
from yutang_sandbox.world.records import JoinWay

CHATS = 5


def _fill(call: Call, way: JoinWay) -> None:
    chats = call.texts("chat_id_list")
    if not chats:
        raise Refused(40058, "invalid Request Parameter chat_id_list")
    if len(chats) > CHATS:
        raise Refused(41091)
    for one in chats:
        if one not in call.corp.groups or call.corp.groups[one].dismissed:
            raise Refused(40050)
    way.chats = chats
    way.remark = call.optional("remark")[:30]
    way.auto = call.whole("auto_create_room", 1)
    way.base_name = call.optional("room_base_name", most=40)
    way.base_id = call.whole("room_base_id", 1)
    way.state = call.optional("state", most=30)
    way.mark_source = bool(call.body.get("mark_source", True))


@api("POST", "externalcontact/groupchat/add_join_way")
def add(call: Call) -> Answer:
    corp, scene = call.corp, call.whole("scene")
    if scene not in {1, 2}:
        raise Refused(41040)
    if len(corp.ways) + len(corp.join_ways) >= corp.limits.contact_ways:
        raise Refused(41045)
    way = JoinWay(corp.next_id("", 32), scene, [])
    _fill(call, way)
    corp.join_ways[way.id] = way
    return {"config_id": way.id}


def _found(call: Call) -> JoinWay:
    way = call.corp.join_ways.get(call.text("config_id", missing=41043))
    if way is None:
        raise Refused(41044)
    return way


@api("POST", "externalcontact/groupchat/get_join_way")
def get(call: Call) -> Answer:
    way = _found(call)
    return {
        "join_way": {
            "config_id": way.id,
            "scene": way.scene,
            "remark": way.remark,
            "auto_create_room": way.auto,
            "room_base_name": way.base_name,
            "room_base_id": way.base_id,
            "chat_id_list": way.chats,
            "qr_code": f"https://wework.qpic.example/wwpic/{call.corp.id}/{way.id}/0",
            "state": way.state,
        }
    }


@api("POST", "externalcontact/groupchat/update_join_way")
def update(call: Call) -> Answer:
    _fill(call, _found(call))
    return {}


@api("POST", "externalcontact/groupchat/del_join_way")
def delete(call: Call) -> Answer:
    del call.corp.join_ways[_found(call).id]
    return {}
