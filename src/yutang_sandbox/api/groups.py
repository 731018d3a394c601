"""Customer groups, and handing them over."""

from typing import Any

from yutang_sandbox.acts import Scene
from yutang_sandbox.acts.groups import change_owner
from yutang_sandbox.call import Answer, Call, api
from yutang_sandbox.errors import Refused
from yutang_sandbox.world.clock import DAY
from yutang_sandbox.world.records import Group, Member

OWNERS = 1000


@api("POST", "externalcontact/groupchat/list", group_chat_list=[])
def groups(call: Call) -> Answer:
    if not call.whole("limit") or call.whole("limit") > 1000:
        raise Refused(40058, "invalid Request Parameter limit")
    wanted = call.part("owner_filter").get("userid_list") or []
    if len(wanted) > 100:
        raise Refused(40058)
    if not wanted and len(call.in_sight()) > OWNERS:
        raise Refused(81017)
    owners = {str(userid).lower() for userid in wanted}
    status = call.whole("status_filter")
    rows = [
        {"chat_id": group.id, "status": group.status}
        for group in call.corp.groups.values()
        if not group.dismissed
        and (not owners or group.owner.lower() in owners)
        and call.sees(group.owner)
        and (not status or group.status == status)
    ]
    page, following = call.page(rows, 1000, 1000)
    return {"group_chat_list": page, "next_cursor": following}


def group_called(call: Call, name: str = "chat_id") -> Group:
    """Return the group named.

    :raises Refused: 40050, there is none
    """
    group = call.corp.groups.get(call.text(name, missing=40050))
    if group is None or group.dismissed:
        raise Refused(40050)
    return group


@api("POST", "externalcontact/groupchat/get")
def group(call: Call) -> Answer:
    one, names = group_called(call), bool(call.whole("need_name"))
    stale = call.clock.wall() < one.changed_at + call.corp.limits.stale_seconds
    members, version = (one.before, one.version_before) if stale else (one.members, one.version)
    return {
        "group_chat": {
            "chat_id": one.id,
            "name": one.name,
            "owner": one.owner,
            "create_time": one.created,
            "notice": one.notice,
            "member_list": [_member(call, key, member, names) for key, member in members.items()],
            "admin_list": [{"userid": userid} for userid in one.admins],
            "member_version": version,
        }
    }


def _member(call: Call, key: str, member: Member, names: bool) -> Answer:
    corp = call.corp
    shown: dict[str, Any] = {
        "userid": key,
        "type": 1 if member.customer < 0 else 2,
        "join_time": member.joined,
        "join_scene": member.scene,
        "group_nickname": "",
    }
    if member.invitor:
        shown["invitor"] = {"userid": member.invitor}
    if member.state:
        shown["state"] = member.state
    if member.customer >= 0 and corp.unionids:
        shown["unionid"] = corp.marks.person(member.customer)[1]
    if names:
        number = corp.member(member.userid) if member.customer < 0 else None
        shown["name"] = (
            corp.customer_name(member.customer) if number is None else corp.staff[number].name
        )
    return shown


@api("POST", "externalcontact/opengid_to_chatid")
def from_opengid(call: Call) -> Answer:
    opengid = call.text("opengid")
    for one in call.corp.groups.values():
        if opengid == f"oG{one.id[2:]}" and not one.dismissed:
            return {"chat_id": one.id}
    raise Refused(90501)


def _hand_over(call: Call, *, resigned: bool) -> Answer:
    taker = call.member_called(call.text("new_owner", missing=41009))
    failed = []
    for chat_id in call.texts("chat_id_list", most=100):
        code = _trouble(call, chat_id, taker, resigned=resigned)
        if code:
            text = Refused(code).text
            failed.append({"chat_id": chat_id, "errcode": code, "errmsg": text})
            continue
        one = call.corp.groups[chat_id]
        change_owner(Scene(call.corp, call.clock), one, taker)
        one.status = 3 if resigned else 0
    return {"failed_chat_list": failed}


def _trouble(call: Call, chat_id: str, taker: int, *, resigned: bool) -> int:
    corp, one = call.corp, call.corp.groups.get(chat_id)
    if one is None or one.dismissed:
        return 90501
    person = corp.staff[taker]
    if person.status != 1 or not person.contact:
        return 84074
    owner = corp.member(one.owner)
    left = owner is None or corp.staff[owner].status == 5
    if left != resigned:
        return 90502 if left else 90500
    if one.owner == person.userid:
        return 90504
    recent = [at for at in one.moved if at > call.now - 90 * DAY]
    return 90508 if not resigned and len(recent) >= 2 else 0


@api("POST", "externalcontact/groupchat/transfer", failed_chat_list=[])
def transfer(call: Call) -> Answer:
    """Hand over the groups of somebody who left."""
    return _hand_over(call, resigned=True)


@api("POST", "externalcontact/groupchat/onjob_transfer", failed_chat_list=[])
def transfer_on_job(call: Call) -> Answer:
    return _hand_over(call, resigned=False)
