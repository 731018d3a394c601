"""Figures by day, as far as the days are over."""

from yutang_sandbox.call import Answer, Call, api
from yutang_sandbox.errors import Refused
from yutang_sandbox.world.clock import day_of, midnight
from yutang_sandbox.world.records import Group

DAYS = 30
BACK = 180


def _days(call: Call, first_name: str, last_name: str) -> range:
    start = call.whole(first_name)
    if not start:
        raise Refused(40058, f"invalid Request Parameter {first_name}")
    first, last = day_of(start), day_of(call.whole(last_name, start))
    if last < first or last - first > DAYS or first < day_of(call.now) - BACK:
        raise Refused(40058, f"invalid Request Parameter {first_name}")
    return range(first, last + 1)


@api("POST", "externalcontact/get_user_behavior_data", behavior_data=[])
def behaviour(call: Call) -> Answer:
    corp, days = call.corp, _days(call, "start_time", "end_time")
    users = [corp.staff[call.member_called(one)].userid for one in call.texts("userid", most=100)]
    parties = {int(one) for one in call.texts("partyid", most=100)}
    if not users and not parties:
        raise Refused(40058, "invalid Request Parameter userid")
    reach = set[int]().union(*(corp.beneath(one) for one in parties))
    users = list(dict.fromkeys(users + [one.userid for one in corp.staff_in(reach)]))
    return {"behavior_data": [_behaviour(call, users, day) for day in days]}


def _behaviour(call: Call, users: list[str], day: int) -> Answer:
    rows = [call.corp.activity.get(f"{one.lower()} {day}", [0] * 5) for one in users]
    chats, messages, lost, applied, new = (sum(column) for column in zip(*rows, strict=True))
    row: Answer = {
        "stat_time": midnight(day),
        "chat_cnt": chats,
        "message_cnt": messages,
        "negative_feedback_cnt": lost,
        "new_apply_cnt": applied,
        "new_contact_cnt": new,
    }
    if chats:
        row |= {
            "reply_percentage": min(100.0, round(100 * messages / chats, 2)),
            "avg_reply_time": 3,
        }
    return row


def _owners(call: Call) -> dict[str, list[Group]]:
    wanted = call.part("owner_filter").get("userid_list") or []
    if len(wanted) > 100:
        raise Refused(40058, "invalid Request Parameter owner_filter")
    chosen = {str(one).lower() for one in wanted} or {p.userid.lower() for p in call.in_sight()}
    by_owner: dict[str, list[Group]] = {}
    for group in call.corp.groups.values():
        if group.owner.lower() in chosen:
            by_owner.setdefault(group.owner, []).append(group)
    return by_owner


def _group_days(call: Call) -> range:
    days = _days(call, "day_begin_time", "day_end_time")
    if days[-1] >= day_of(call.now):
        raise Refused(40058, "invalid Request Parameter day_end_time")
    return days


def _group_figures(call: Call, groups: list[Group], days: range) -> Answer:
    """Return what happened in groups on days, and how they stood at the end of the last."""
    start, end = midnight(days[0]), midnight(days[-1] + 1)
    rows = [
        [call.corp.activity.get(f"{group.id.lower()} {day}", [0] * 5) for day in days]
        for group in groups
    ]
    joined = [
        one.joined
        for group in groups
        for one in group.members.values()
        if one.customer >= 0 and one.joined < end
    ]
    return {
        "new_chat_cnt": sum(start <= group.created < end for group in groups),
        "chat_total": sum(group.created < end and not group.dismissed for group in groups),
        "chat_has_msg": sum(any(row[1] for row in of_group) for of_group in rows),
        "new_member_cnt": sum(at >= start for at in joined),
        "member_total": len(joined),
        "member_has_msg": sum(row[0] for of_group in rows for row in of_group),
        "msg_total": sum(row[1] for of_group in rows for row in of_group),
        "migrate_trainee_chat_cnt": 0,
    }


@api("POST", "externalcontact/groupchat/statistic", items=[])
def by_owner(call: Call) -> Answer:
    days = _group_days(call)
    rows = [
        {"owner": owner, "data": _group_figures(call, groups, days)}
        for owner, groups in _owners(call).items()
    ]
    keys = {1: "new_chat_cnt", 2: "chat_total", 3: "new_member_cnt", 4: "member_total"}
    key = keys.get(call.whole("order_by", 1), "new_chat_cnt")
    rows.sort(key=lambda row: row["data"][key], reverse=not call.whole("order_asc"))  # type: ignore[index]
    start = call.whole("offset")
    end = start + min(call.whole("limit", 500) or 500, 1000)
    return {"total": len(rows), "next_offset": min(end, len(rows)), "items": rows[start:end]}


@api("POST", "externalcontact/groupchat/statistic_group_by_day", items=[])
def by_day(call: Call) -> Answer:
    days = _group_days(call)
    groups = [group for mine in _owners(call).values() for group in mine]
    return {
        "items": [
            {"stat_time": midnight(day), "data": _group_figures(call, groups, range(day, day + 1))}
            for day in days
        ]
    }
