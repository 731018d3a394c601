"""What a member or a customer sees on their phone."""

from heapq import nlargest
from pathlib import Path
from typing import Any

from yutang_sandbox.control import Hand, NotThere, steer
from yutang_sandbox.platform import Reply
from yutang_sandbox.world.corp import Corp
from yutang_sandbox.world.records import Content, Group, Moment
from yutang_sandbox.world.tables import DROPPED_BY_CUSTOMER, ENDED, HALF

FILES = Path(__file__).parents[1] / "phone"
KINDS = {"html": "text/html", "css": "text/css", "js": "text/javascript"}
CHATS, MOMENTS, PEOPLE = 60, 30, 40
STATES = {DROPPED_BY_CUSTOMER: "dropped", HALF: "half"}
Row = dict[str, Any]


@steer("GET", "/?")
def page(hand: Hand) -> Reply:
    return _file("index.html")


@steer("GET", "/phone/{name}")
def asset(hand: Hand, name: str) -> Reply:
    if name not in {path.name for path in FILES.iterdir()}:
        raise NotThere(name)
    return _file(name)


def _file(name: str) -> Reply:
    kind = KINDS.get(name.rsplit(".", 1)[-1], "application/octet-stream")
    headers = [("content-type", f"{kind}; charset=utf-8"), ("cache-control", "no-cache")]
    return Reply(200, headers, (FILES / name).read_bytes())


def _who(hand: Hand, corp: Corp) -> tuple[int | None, int]:
    """Return (the member, −1) or (None, the customer)."""
    who = hand.request.query.get("who", "")
    member, customer = corp.member(who), corp.customer(who)
    if member is None and customer is None:
        raise NotThere(who or "nobody")
    return (member, -1) if member is not None else (None, customer or 0)


@steer("GET", "/corps/{corp}/phone/people")
def people(hand: Hand, corp: str) -> Any:
    """List whose phone can be held: staff, and customers lately met."""
    owner, asked = hand.corp(corp), hand.request.query.get("q", "").lower()
    staff = [
        {"id": one.userid, "name": one.name, "role": one.position}
        for one in owner.staff
        if one.status == 1 and asked in f"{one.userid} {one.name}".lower()
    ]
    count = len(owner.customers)
    found: list[Row] = []
    for number in range(count - 1, max(count - 20_000, -1), -1):
        name = owner.customer_name(number)
        if asked in name.lower():
            found.append({"id": owner.external(number), "name": name})
        if len(found) >= PEOPLE:
            break
    return {"staff": staff[:PEOPLE], "customers": found}


@steer("GET", "/corps/{corp}/phone")
def home(hand: Hand, corp: str) -> Any:
    """Return everything on the phone but the inside of chats."""
    owner = hand.corp(corp)
    member, customer = _who(hand, owner)
    now = hand.platform.world.clock.now()
    app = owner.apps[0]
    seen: Row = {"now": now, "corp": owner.name, "sidebar": app.home}
    if member is not None:
        person = owner.staff[member]
        seen["me"] = {"id": person.userid, "name": person.name, "role": person.position}
        seen["tasks"] = _tasks(owner, person.userid)
        seen["wishes"] = [
            {"id": owner.external(one.customer), "name": owner.customer_name(one.customer)}
            for one in owner.wishes
            if one.userid == person.userid
        ]
        seen["notices"] = [
            {"at": one["at"], "text": _plain(one["body"]), "msgid": one["msgid"]}
            for one in owner.app_messages[-50:]
            if person.userid in one["to"]
        ]
    else:
        seen["me"] = {"id": owner.external(customer), "name": owner.customer_name(customer)}
        seen["codes"] = _codes(owner)
    seen["chats"] = _chats(owner, member, customer)
    seen["moments"] = _moments(owner, member, customer)
    return seen


def _plain(body: Content) -> str:
    kind = body.get("msgtype", "text")
    inside = body.get(kind) or {}
    title = (
        inside.get("content") or inside.get("title") or inside.get("main_title", {}).get("title")
    )
    return str(title or kind)


def _codes(corp: Corp) -> list[Row]:
    """List what a customer can scan or tap, the newest first."""
    ways = [
        {"id": one.id, "kind": "way", "name": one.remark or one.state or ", ".join(one.users)}
        for one in corp.ways.values()
    ]
    joins = [
        {"id": one.id, "kind": "group", "name": one.remark or corp.groups[one.chats[0]].name}
        for one in corp.join_ways.values()
    ]
    links = [{"id": one.id, "kind": "link", "name": one.name} for one in corp.links if one.url]
    return [*links[:-21:-1], *joins[:-21:-1], *ways[:-41:-1]]


def _chats(corp: Corp, member: int | None, customer: int) -> list[Row]:
    table = corp.relations
    mine = corp.staff[member].relations if member is not None else corp.relations_of(customer)
    known = (one for one in mine if table.state[one] != ENDED)
    newest = nlargest(CHATS, known, key=lambda one: max(table.chatted[one], table.created[one]))
    rows = [_single(corp, one, member is not None) for one in newest]
    someone = corp.staff[member].userid if member is not None else corp.external(customer)
    inside = (one for one in corp.groups.values() if someone in one.members)
    rows += [_group(corp, one) for one in nlargest(CHATS, inside, key=lambda one: one.created)]
    return sorted(rows, key=lambda row: -row["at"])


def _single(corp: Corp, relation: int, staffs: bool) -> Row:
    table = corp.relations
    staff, customer = table.staff[relation], table.customer[relation]
    lines = corp.lines.get(corp.one_chat(staff, customer), [])
    details = table.details.get(relation)
    name = corp.customer_name(customer)
    person = corp.staff[staff]
    return {
        "kind": "single",
        "id": corp.external(customer) if staffs else person.userid,
        "name": ((details and details.remark) or name) if staffs else person.name,
        "at": max(table.created[relation], lines[-1].at if lines else 0),
        "last": _brief(lines[-1].content) if lines else "",
        "state": STATES.get(table.state[relation], ""),
    }


def _group(corp: Corp, group: Group) -> Row:
    lines = corp.lines.get(group.id, [])
    return {
        "kind": "group",
        "id": group.id,
        "name": group.name,
        "count": len(group.members),
        "at": lines[-1].at if lines else group.created,
        "last": _brief(lines[-1].content) if lines else "",
        "state": "",
    }


def _brief(content: Content) -> str:
    text = (content.get("text") or {}).get("content", "")
    kinds = [f"[{one.get('msgtype')}]" for one in content.get("attachments", [])]
    return " ".join([text, *kinds]).strip()


def _tasks(corp: Corp, userid: str) -> list[Row]:
    """List what waits for the member's hand, then what is done."""
    rows: list[Row] = []
    for mass in corp.masses.values():
        if (task := mass.tasks.get(userid)) and not mass.creator:
            count = len(task.chats) if mass.kind == "group" else len(task.relations)
            done = bool(task.status) or mass.cancelled
            rows.append(_task("mass", mass.id, mass.created, mass.content, count, done=done))
    for moment in corp.moments.values():
        if (part := moment.publications.get(userid)) and not moment.creator:
            done = bool(part.published_at) or moment.cancelled
            args = (moment.id, moment.created, moment.content, len(part.chosen))
            rows.append(_task("moment", *args, done=done))
    return sorted(rows, key=lambda row: (row["done"], -row["at"]))[:CHATS]


def _task(kind: str, id: str, at: int, content: Content, count: int, *, done: bool) -> Row:  # noqa: A002
    row: Row = {"kind": kind, "id": id, "at": at, "count": count, "done": done}
    return row | {"text": _brief(content), "attachments": content.get("attachments", [])}


def _moments(corp: Corp, member: int | None, customer: int) -> list[Row]:
    """Return the moments a customer sees, or a member has published."""
    table = corp.relations
    mine = (
        {}
        if member is not None
        else {table.staff[n]: n for n in [*corp.relations_of(customer)][::-1]}
    )
    publishers = [member] if member is not None else list(mine)
    rows: list[Row] = []
    for moment in nlargest(200, corp.moments.values(), key=lambda one: one.created):
        for staff in publishers:
            part = moment.publications.get(corp.staff[staff].userid)
            seen = part is not None and (staff not in mine or mine[staff] in part.seen_by)
            if part is not None and part.published_at and seen:
                rows.append(_moment(corp, moment, part.userid, customer))
    return sorted(rows, key=lambda row: -row["at"])[:MOMENTS]


def _moment(corp: Corp, moment: Moment, userid: str, customer: int) -> Row:
    part = moment.publications[userid]
    return {
        "id": moment.id,
        "staff": userid,
        "name": corp.staff[corp.by_userid[userid.lower()]].name,
        "at": part.published_at,
        "text": (moment.content.get("text") or {}).get("content", ""),
        "attachments": moment.content.get("attachments", []),
        "seen": len(part.seen_by),
        "likes": [corp.customer_name(one.customer) for one in part.likes[:30]],
        "liked": any(one.customer == customer for one in part.likes),
        "comments": [
            {"name": corp.customer_name(one.customer), "text": one.text}
            for one in part.comments[-30:]
        ],
    }


@steer("GET", "/corps/{corp}/phone/chat")
def chat(hand: Hand, corp: str) -> Any:
    """Return the inside of a chat: what was said, with the mass messages that arrived."""
    owner, other = hand.corp(corp), hand.request.query.get("with", "")
    member, customer = _who(hand, owner)
    if group := owner.groups.get(other):
        names = [_name(owner, one) for one in group.members]
        return {"lines": _lines(owner, group.id), "members": names, "notice": group.notice}
    staff = owner.member(other) if member is None else member
    person = customer if member is None else owner.customer(other)
    relation = None if staff is None or person is None else owner.relation(staff, person)
    if staff is None or person is None or relation is None:
        raise NotThere(other)
    lines = _lines(owner, owner.one_chat(staff, person)) + _masses(owner, staff, relation)
    return {"lines": sorted(lines, key=lambda line: line["at"])[-200:]}


def _lines(corp: Corp, key: str) -> list[Row]:
    return [
        _line(one.at, one.sender, _name(corp, one.sender), one.content)
        for one in corp.lines.get(key, [])
    ]


def _line(at: int, sender: str, name: str, content: Content) -> Row:
    text = (content.get("text") or {}).get("content", "")
    row: Row = {"at": at, "sender": sender, "name": name, "text": text}
    return row | {"attachments": content.get("attachments", [])}


def _masses(corp: Corp, staff: int, relation: int) -> list[Row]:
    person, rows = corp.staff[staff], list[Row]()
    for mass in corp.masses.values():
        task = mass.tasks.get(person.userid)
        if task is None or not task.status or relation not in task.relations:
            continue
        if task.statuses[task.relations.index(relation)] == 1:
            rows.append(_line(task.sent_at, person.userid, person.name, mass.content))
    return rows


def _name(corp: Corp, who: str) -> str:
    member, customer = corp.member(who), corp.customer(who)
    if member is not None:
        return corp.staff[member].name
    return corp.customer_name(customer) if customer is not None else who
