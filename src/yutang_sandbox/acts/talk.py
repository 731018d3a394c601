"""Talking: between two, in groups, with customer service."""

from typing import Any

from yutang_sandbox.acts import Impossible, Scene, act
from yutang_sandbox.acts.groups import group_of
from yutang_sandbox.world.clock import day_of
from yutang_sandbox.world.tables import FRIENDS


@act("customer.says")
def says(scene: Scene, customer: str, staff: str, text: str) -> None:
    """Let a customer write to a member."""
    relation = scene.relation(staff, customer)
    if scene.corp.relations.state[relation] != FRIENDS:
        raise Impossible("they are no friends")
    hear(scene, relation, text)


def hear(scene: Scene, relation: int, text: str) -> None:
    """Take a customer's message; one who came by a link is told about."""
    corp, table = scene.corp, scene.corp.relations
    first, table.chatted[relation] = not table.chatted[relation], scene.now
    person, today = corp.staff[table.staff[relation]], day_of(scene.now)
    someone = corp.external(table.customer[relation])
    chat = corp.one_chat(table.staff[relation], table.customer[relation])
    corp.say(chat, someone, "text", {"text": {"content": text}}, scene.now)
    corp.count(person.userid, today, 0)
    if not table.link[relation]:
        return
    link = corp.links[table.link[relation] - 1].id
    told: dict[str, Any] = {"UserID": person.userid, "ExternalUserID": someone, "LinkId": link}
    if first:
        corp.tell("customer_acquisition", "customer_start_chat", scene.now, **told)
    else:
        told["ChatKey"] = scene.code("CK_", {"kind": "chat", "relation": relation})
        corp.tell("customer_acquisition", "message_from_customer", scene.now, **told)


@act("staff.says")
def staff_says(scene: Scene, staff: str, customer: str, text: str) -> None:
    """Let a member write to a customer."""
    relation = scene.relation(staff, customer)
    if scene.corp.relations.state[relation] != FRIENDS:
        raise Impossible("the message does not arrive: they are no friends")
    answer(scene, relation, text)


def answer(scene: Scene, relation: int, text: str) -> None:
    """Take a member's message to a friend."""
    corp = scene.corp
    corp.relations.chatted[relation] = scene.now
    userid = corp.staff[corp.relations.staff[relation]].userid
    chat = corp.one_chat(corp.relations.staff[relation], corp.relations.customer[relation])
    corp.say(chat, userid, "text", {"text": {"content": text}}, scene.now)
    corp.count(userid, day_of(scene.now), 1)


@act("group.hears")
def group_hears(scene: Scene, chat_id: str, who: str, text: str) -> None:
    """Let somebody, a customer or a member, write into a group."""
    group, today = group_of(scene, chat_id), day_of(scene.now)
    if who not in group.members:
        raise Impossible("they are not in the group")
    spoken = scene.corp.lines.get(chat_id, ())
    fresh = all(one.sender != who or day_of(one.at) != today for one in spoken)
    scene.corp.say(chat_id, who, "text", {"text": {"content": text}}, scene.now)
    scene.corp.count(chat_id, today, 1)
    scene.corp.count(chat_id, today, 0, int(fresh))


@act("staff.presses")
def presses(scene: Scene, staff: str, msgid: str, key: str) -> None:
    """Let a member press a button of a card an app sent."""
    corp, userid = scene.corp, scene.corp.staff[scene.staff(staff)].userid
    for message in corp.app_messages:
        if message["msgid"] == msgid and userid in message["to"]:
            card = message["body"].get("template_card") or {}
            told = {
                "EventKey": key,
                "TaskId": card.get("task_id"),
                "CardType": card.get("card_type"),
            }
            told["ResponseCode"] = scene.code("RC_", {"kind": "card", "msgid": msgid})
            corp.tell("template_card_event", "", scene.now, **told, AgentID=message["agent"])
            return
    raise Impossible("they have no such card")


@act("customer.asks_service")
def asks_service(
    scene: Scene, customer: str, open_kfid: str, text: str = "", *, scene_param: str = ""
) -> dict[str, Any]:
    """Let a customer open customer service, and say something."""
    corp, number = scene.corp, scene.customer(customer)
    account = corp.kf.get(open_kfid)
    if account is None:
        raise Impossible(f"there is no service account {open_kfid}")
    someone = corp.external(number)
    base = {"open_kfid": open_kfid, "external_userid": someone, "send_time": scene.now}
    session = account.sessions.get(number)
    if session is None or session[0] == 4:
        account.sessions[number] = session = [0, "", 0, 0]
        code = scene.code("KW_", {"kind": "kf", "customer": number, "account": open_kfid})
        event = {"event_type": "enter_session", **base, "scene": "web", "scene_param": scene_param}
        event["welcome_code"] = code
        account.messages.append(
            {"msgid": corp.next_id("kf"), **base, "origin": 4, "msgtype": "event", "event": event}
        )
    if text:
        session[2], session[3] = 5, scene.now
        said = {"msgid": corp.next_id("kf"), **base, "origin": 3, "msgtype": "text"}
        account.messages.append({**said, "text": {"content": text}})
    del account.messages[:-5000]
    token = scene.code("KT_", {"kind": "kf_token", "account": open_kfid})
    corp.tell("kf_msg_or_event", "", scene.now, Token=token, OpenKfId=open_kfid)
    return {"state": session[0]}
