"""External contacts and what staff know of them."""

from typing import Any

from yutang_sandbox.call import Answer, Call, api
from yutang_sandbox.errors import Refused
from yutang_sandbox.world.corp import Corp
from yutang_sandbox.world.names import name_of
from yutang_sandbox.world.tables import ENDED, HALF, Details

NOTHING = Details()


def contact(corp: Corp, customer: int) -> Answer:
    """Return the person as everybody in the corp sees them."""
    mark, unionid, looks = corp.marks.person(customer)
    customers = corp.customers
    kind = customers.kind[customer]
    seen: dict[str, Any] = {
        "external_userid": ("wo" if kind == 2 else "wm") + mark,
        "name": customers.names.get(customer) or name_of(looks, customers.gender[customer]),
        "type": kind,
        "avatar": f"https://wx.qlogo.example/{looks[:6].hex()}/0",
        "gender": customers.gender[customer],
    }
    if kind == 2:
        seen |= {"position": "采购", "corp_name": "邻居公司", "corp_full_name": "邻居有限公司"}
    elif corp.unionids:
        seen["unionid"] = unionid
    return seen


def follow(corp: Corp, relation: int, someone: Answer) -> Answer:
    """Return one member's side of it, tags aside; `someone` is the contact."""
    table = corp.relations
    staff = corp.staff[table.staff[relation]]
    details = table.details.get(relation, NOTHING)
    way, opener = table.way[relation], table.opener[relation]
    row = {
        "userid": staff.userid,
        "remark": details.remark or someone["name"],
        "description": details.description,
        "createtime": table.created[relation],
        "remark_corp_name": details.company,
        "remark_mobiles": details.mobiles,
        "oper_userid": corp.staff[opener - 1].userid if opener else someone["external_userid"],
        "add_way": way,
        "state": corp.words.known[table.source[relation]],
    }
    if way == 10:
        row["wechat_channels"] = {"nickname": corp.name, "source": 1}
    return row


def tag_ids(corp: Corp, relation: int) -> list[str]:
    return [corp.tags[n].id for n in corp.tags_of(relation) if not corp.tags[n].deleted]


def known(corp: Corp, relation: int) -> bool:
    """Tell whether the platform shows the relation: one the member has not confirmed it does not."""
    return corp.relations.state[relation] not in {ENDED, HALF}


@api("GET", "externalcontact/get_follow_user_list", follow_user=[])
def follow_users(call: Call) -> Answer:
    return {"follow_user": [one.userid for one in call.in_sight() if one.contact]}


@api("GET", "externalcontact/list", external_userid=[])
def customer_ids(call: Call) -> Answer:
    corp = call.corp
    mine = corp.staff[call.member()].relations
    found = [corp.external(corp.relations.customer[n]) for n in mine if known(corp, n)]
    if not found:
        raise Refused(84061)
    return {"external_userid": found}


@api("GET", "externalcontact/get")
def customer(call: Call) -> Answer:
    corp, person = call.corp, call.customer()
    followed = [
        n
        for n in corp.relations_of(person)
        if known(corp, n) and call.sees(corp.staff[corp.relations.staff[n]].userid)
    ]
    if not followed:
        raise Refused(84061 if corp.customers.first[person] else 40096)
    page, following = call.page(followed[::-1], 500, 500)
    someone = contact(corp, person)
    return {
        "external_contact": someone,
        "follow_user": [follow(corp, n, someone) | {"tags": _tags(corp, n)} for n in page],
        "next_cursor": following,
    }


def _tags(corp: Corp, relation: int) -> list[Answer]:
    return [
        {
            "group_name": corp.tag_groups[tag.group].name,
            "tag_name": tag.name,
            "tag_id": tag.id,
            "type": 1,
        }
        for tag in (corp.tags[n] for n in corp.tags_of(relation))
        if not tag.deleted
    ]


@api("POST", "externalcontact/batch/get_by_user", external_contact_list=[])
def customers_of(call: Call) -> Answer:
    corp = call.corp
    members = [call.member_called(userid) for userid in call.texts("userid_list", most=100)]
    if not members:
        raise Refused(41009)
    at, offset = (call.cursor() or [0, 0])[:2]
    wanted, rows = call.limit(50, 100), list[Answer]()
    while at < len(members) and len(rows) < wanted:
        mine = corp.staff[members[at]].relations
        stop = min(offset + wanted - len(rows), len(mine))
        for relation in mine[offset:stop]:
            if known(corp, relation):
                someone = contact(corp, corp.relations.customer[relation])
                info = follow(corp, relation, someone)
                info["tag_id"] = tag_ids(corp, relation)
                rows.append({"external_contact": someone, "follow_info": info})
        at, offset = (at, stop) if stop < len(mine) else (at + 1, 0)
    following = call.next_cursor(at, offset) if at < len(members) else ""
    return {"external_contact_list": rows, "next_cursor": following}


@api("POST", "externalcontact/remark")
def remark(call: Call) -> Answer:
    given = {"remark", "description", "remark_company", "remark_mobiles", "remark_pic_mediaid"}
    if not given & call.body.keys():
        raise Refused(40058)
    relation = call.relation()
    values = {
        "remark": call.optional("remark", most=20),
        "description": call.optional("description", most=150),
        "company": call.optional("remark_company", most=20),
        "mobiles": [mobile for mobile in call.texts("remark_mobiles") if mobile],
    }
    details = call.corp.details(relation)
    for name, value in values.items():
        if (name if name in {"remark", "description"} else f"remark_{name}") in call.body:
            setattr(details, name, value)
    return {}


@api("POST", "externalcontact/unionid_to_external_userid", "idconvert/unionid_to_external_userid")
def from_unionid(call: Call) -> Answer:
    number = call.corp.by_unionid(call.text("unionid"))
    if number is None:
        raise Refused(610014)
    if not any(known(call.corp, relation) for relation in call.corp.relations_of(number)):
        return {"pending_id": call.corp.marks.short("pd", number)}
    return {"external_userid": call.corp.external(number)}


@api("POST", "externalcontact/convert_to_openid")
def to_openid(call: Call) -> Answer:
    return {"openid": call.corp.marks.short("oX", call.customer(), 26)}


@api("POST", "externalcontact/contact_list", info_list=[])
def contact_list(call: Call) -> Answer:
    """List everybody met, by relation; one cannot be recognised from one fetch to the next."""
    corp, table = call.corp, call.corp.relations
    start = (call.cursor() or [0])[0]
    end = min(start + call.limit(1000, 1000), len(table))
    rows = [
        {
            "is_customer": True,
            "tmp_openid": corp.marks.short("t", call.now // 14_400 * 4_294_967_296 + n, 28),
            "external_userid": corp.external(table.customer[n]),
            "name": corp.customer_name(table.customer[n]),
            "follow_userid": corp.staff[table.staff[n]].userid,
            "add_time": table.created[n],
        }
        for n in range(start, end)
        if known(corp, n)
    ]
    return {"info_list": rows, "next_cursor": call.next_cursor(end) if end < len(table) else ""}
