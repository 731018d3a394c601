"""Mass messages: tasks for the staff, never sent by themselves."""

from typing import Any

from yutang_sandbox.acts import Scene
from yutang_sandbox.acts.tasks import make_mass
from yutang_sandbox.api.contents import content_of, shown
from yutang_sandbox.call import Answer, Call, api
from yutang_sandbox.errors import Refused
from yutang_sandbox.world.records import MassMessage
from yutang_sandbox.world.tables import DROPPED_BY_CUSTOMER, ENDED, FRIENDS, HALF

CUSTOMERS = 10_000
CHATS = 2000
TAGS = 100
MONTH = 31 * 86_400
OFF = {ENDED, HALF}


@api("POST", "externalcontact/add_msg_template", fail_list=[])
def add(call: Call) -> Answer:
    kind = call.optional("chat_type", "single")
    if kind not in {"single", "group"}:
        raise Refused(40058, "invalid Request Parameter chat_type")
    content = content_of(call)
    sender = call.member("sender") if call.optional("sender") else None
    if kind == "group":
        by_staff, failed = _groups(call, sender)
    else:
        by_staff, failed = _customers(call, sender)
    if not by_staff:
        raise Refused(41048, fail_list=failed)
    mass = make_mass(Scene(call.corp, call.clock), kind, content, by_staff, call.app.agent)
    return {"fail_list": failed, "msgid": mass.id}


def _groups(call: Call, sender: int | None) -> tuple[dict[int, list[Any]], list[str]]:
    if sender is None:
        raise Refused(41009, "missing sender")
    userid, corp = call.corp.staff[sender].userid, call.corp
    wanted = call.texts("chat_id_list", most=CHATS)
    mine = {g.id for g in corp.groups.values() if g.owner == userid and not g.dismissed}
    if not wanted:
        return ({sender: sorted(mine)} if mine else {}), []
    found = [one for one in dict.fromkeys(wanted) if one in mine]
    return ({sender: found} if found else {}), [one for one in wanted if one not in mine]


def _customers(call: Call, sender: int | None) -> tuple[dict[int, list[Any]], list[str]]:
    named = call.texts("external_userid", most=CUSTOMERS)
    if named:
        return _named(call, sender, named)
    groups = (call.part("tag_filter").get("group_list")) or []
    if sender is None and not groups:
        raise Refused(40063)
    wanted = []
    for group in groups:
        tags = group.get("tag_list") or []
        if not tags or len(tags) > TAGS:
            raise Refused(40058, "invalid Request Parameter tag_filter")
        wanted.append({call.corp.by_tag[one].number for one in tags if one in call.corp.by_tag})
    return _filtered(call, sender, wanted), []


def _filtered(call: Call, sender: int | None, wanted: list[set[int]]) -> dict[int, list[Any]]:
    """Return the relations whose tags meet every group of the filter, one a customer."""
    corp, table, chosen = call.corp, call.corp.relations, dict[int, int]()
    fits = {
        number
        for number, tags in enumerate(corp.tag_sets)
        if all(not group.isdisjoint(tags) for group in wanted)
    }
    members = [call.corp.staff[sender]] if sender is not None else call.in_sight()
    for person in members:
        for relation in person.relations:
            if table.tags[relation] not in fits or table.state[relation] in OFF:
                continue
            before = chosen.get(table.customer[relation])
            if before is None or table.chatted[relation] > table.chatted[before]:
                chosen[table.customer[relation]] = relation
    return _by_staff(call, list(chosen.values()))


def _named(
    call: Call, sender: int | None, named: list[str]
) -> tuple[dict[int, list[Any]], list[str]]:
    """Return each customer's relation with the sender, or with whoever chatted with them last."""
    corp, table, chosen, failed = call.corp, call.corp.relations, list[int](), list[str]()
    for external_userid in dict.fromkeys(named):
        customer = corp.customer(external_userid)
        found = [
            one
            for one in (corp.relations_of(customer) if customer is not None else ())
            if table.state[one] in {FRIENDS, DROPPED_BY_CUSTOMER}
            and sender in {None, table.staff[one]}
            and call.sees(corp.staff[table.staff[one]].userid)
            and corp.staff[table.staff[one]].status == 1
        ]
        if not found or all(table.state[one] == DROPPED_BY_CUSTOMER for one in found):
            failed.append(external_userid)
        if found:
            chosen.append(
                max(found, key=lambda one: (table.state[one] == FRIENDS, table.chatted[one]))
            )
    return _by_staff(call, chosen), failed


def _by_staff(call: Call, relations: list[int]) -> dict[int, list[Any]]:
    by_staff: dict[int, list[Any]] = {}
    for relation in relations:
        by_staff.setdefault(call.corp.relations.staff[relation], []).append(relation)
    return by_staff


def _mass(call: Call, *, settled: bool = True) -> MassMessage:
    mass = call.corp.masses.get(call.text("msgid", missing=41046))
    if mass is None:
        raise Refused(41047)
    if settled and call.now < mass.created + call.corp.limits.distributing_seconds:
        raise Refused(41063)
    return mass


@api(
    "POST",
    "externalcontact/get_groupmsg_list_v2",
    "externalcontact/get_groupmsg_list",
    group_msg_list=[],
)
def records(call: Call) -> Answer:
    kind, start, end = call.text("chat_type"), call.whole("start_time"), call.whole("end_time")
    if not start or not end or end - start > MONTH:
        raise Refused(40058, "invalid Request Parameter start_time")
    which, creator = call.whole("filter_type", 2), call.optional("creator")
    found = [
        one
        for one in call.corp.masses.values()
        if one.kind == kind
        and start <= one.created <= end
        and which in {2, int(bool(one.creator))}
        and creator in {"", one.creator}
    ]
    page, following = call.page(found, 50, 100)
    return {"group_msg_list": [_record(one) for one in page], "next_cursor": following}


def _record(mass: MassMessage) -> Answer:
    record = {
        "msgid": mass.id,
        "create_time": mass.created,
        "create_type": int(bool(mass.creator)),
        **shown(mass.content),
    }
    return record | ({"creator": mass.creator} if mass.creator else {})


@api("POST", "externalcontact/get_groupmsg_task", task_list=[])
def tasks(call: Call) -> Answer:
    page, following = call.page(list(_mass(call).tasks.values()), 500, 1000)
    return {
        "task_list": [
            {"userid": one.userid, "status": one.status}
            | ({"send_time": one.sent_at} if one.status else {})
            for one in page
        ],
        "next_cursor": following,
    }


@api(
    "POST",
    "externalcontact/get_groupmsg_send_result",
    "externalcontact/get_group_msg_result",
    send_list=[],
)
def results(call: Call) -> Answer:
    mass, corp = _mass(call), call.corp
    member = corp.staff[call.member()]
    task = mass.tasks.get(member.userid)
    if task is None:
        return {"send_list": [], "next_cursor": ""}
    rows: list[tuple[Any, int]]
    if mass.kind == "group":
        rows = list(zip(task.chats, task.chat_statuses, strict=False))
    else:
        rows = list(zip(task.relations, task.statuses, strict=True))
    page, following = call.page(rows, 500, 1000)
    answer = []
    for whom, status in page:
        row: Answer = {"userid": task.userid, "status": status}
        if mass.kind == "group":
            row["chat_id"] = whom
        else:
            row["external_userid"] = corp.external(corp.relations.customer[whom])
        answer.append(row | ({"send_time": task.sent_at} if status == 1 else {}))
    return {"send_list": answer, "next_cursor": following}


@api("POST", "externalcontact/remind_groupmsg_send")
def remind(call: Call) -> Answer:
    mass = _mass(call, settled=False)
    if mass.cancelled:
        raise Refused(41093)
    mass.reminders = [at for at in mass.reminders if at > call.now - 86_400]
    if len(mass.reminders) >= call.corp.limits.reminders:
        raise Refused(41094)
    mass.reminders.append(call.now)
    return {}


@api("POST", "externalcontact/cancel_groupmsg_send")
def cancel(call: Call) -> Answer:
    mass = _mass(call, settled=False)
    if mass.cancelled:
        raise Refused(41093)
    mass.cancelled = True
    return {}
