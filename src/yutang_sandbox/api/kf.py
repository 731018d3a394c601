"""Customer service (微信客服): accounts, sessions and their messages."""

from yutang_sandbox.call import Answer, Call, api
from yutang_sandbox.errors import Refused
from yutang_sandbox.world.records import KfAccount

TOKEN_SECONDS = 600
WELCOME_SECONDS = 20
REPLY_SECONDS = 48 * 3600
KEPT_SECONDS = 3 * 86_400
HUMAN, ENDED = 3, 4


def _account(call: Call) -> KfAccount:
    account = call.corp.kf.get(call.text("open_kfid", missing=95000))
    if account is None:
        raise Refused(95000)
    return account


@api("POST", "kf/account/add")
def add(call: Call) -> Answer:
    account = KfAccount(call.corp.next_id("wk"), call.text("name", most=16))
    call.corp.kf[account.id] = account
    return {"open_kfid": account.id}


@api("POST", "kf/account/update")
def update(call: Call) -> Answer:
    account = _account(call)
    account.name = call.optional("name", account.name, most=16)
    return {}


@api("POST", "kf/account/del")
def delete(call: Call) -> Answer:
    del call.corp.kf[_account(call).id]
    return {}


@api("POST", "kf/account/list", account_list=[])
def accounts(call: Call) -> Answer:
    start, size = call.whole("offset"), call.limit(100, 100)
    found = list(call.corp.kf.values())[start : start + size]
    return {
        "account_list": [
            {"open_kfid": one.id, "name": one.name, "avatar": "", "manage_privilege": True}
            for one in found
        ]
    }


@api("POST", "kf/add_contact_way")
def add_way(call: Call) -> Answer:
    account, scene = _account(call), call.optional("scene", most=32)
    way = account.ways.setdefault(scene, call.corp.next_id("kfc", 24))
    return {"url": f"https://work.weixin.qq.com/kf/{way}?enc_scene={scene}"}


@api("POST", "kf/servicer/add", result_list=[])
def add_servicers(call: Call) -> Answer:
    account, rows = _account(call), []
    for userid in call.texts("userid_list", most=100):
        known = call.corp.member(userid) is not None
        if known:
            account.servicers.setdefault(userid, 0)
        rows.append(
            {
                "userid": userid,
                "errcode": 0 if known else 60111,
                "errmsg": "" if known else "userid not found",
            }
        )
    return {"result_list": rows}


@api("POST", "kf/servicer/del", result_list=[])
def remove_servicers(call: Call) -> Answer:
    account = _account(call)
    wanted = call.texts("userid_list", most=100)
    rows = [
        {"userid": one, "errcode": 0 if account.servicers.pop(one, None) is not None else 95014}
        for one in wanted
    ]
    return {"result_list": rows}


@api("GET", "kf/servicer/list", servicer_list=[])
def servicers(call: Call) -> Answer:
    return {
        "servicer_list": [
            {"userid": userid, "status": status}
            for userid, status in _account(call).servicers.items()
        ]
    }


def _session(call: Call, name: str = "external_userid") -> tuple[KfAccount, int, list[object]]:
    account, customer = _account(call), call.customer(name)
    return account, customer, account.sessions.get(customer, [0, "", 0, 0])


@api("POST", "kf/service_state/get")
def state(call: Call) -> Answer:
    _, _, session = _session(call)
    return {"service_state": session[0], "servicer_userid": session[1]}


@api("POST", "kf/service_state/trans")
def change_state(call: Call) -> Answer:
    account, customer, session = _session(call)
    wanted, servicer = call.whole("service_state"), call.optional("servicer_userid")
    now = session[0]
    if now == ENDED or not isinstance(now, int) or wanted not in {1, 2, 3, 4} or wanted < now:
        raise Refused(95016)
    if wanted == HUMAN and servicer not in account.servicers:
        raise Refused(95013 if not servicer else 95018)
    account.sessions[customer] = [wanted, servicer, *session[2:]]
    code = call.corp.next_id("KM_", 20)
    return {"msg_code": code}


@api("POST", "kf/sync_msg", msg_list=[])
def sync(call: Call) -> Answer:
    account = _account(call)
    if token := call.optional("token"):
        code = call.corp.codes.get(token)
        if (
            code is None
            or code.what["kind"] != "kf_token"
            or call.clock.wall() > code.made + TOKEN_SECONDS
        ):
            raise Refused(95007)
    oldest = call.now - KEPT_SECONDS
    start = (call.cursor() or [0])[0]
    found = [one for one in account.messages[start:] if one["send_time"] >= oldest]
    size = call.limit(1000, 1000)
    skipped = len(account.messages) - start - len(found)
    end = start + skipped + min(size, len(found))
    return {
        "next_cursor": call.next_cursor(end),
        "has_more": int(len(found) > size),
        "msg_list": found[:size],
    }


@api("POST", "kf/send_msg")
def send(call: Call) -> Answer:
    account, customer, session = _session(call, "touser")
    current, servicer, left, last = session
    if current == ENDED:
        raise Refused(95013)
    if current not in {0, 1}:
        raise Refused(95018)
    if not isinstance(left, int) or not isinstance(last, int) or not last:
        raise Refused(95018)
    if call.now > last + REPLY_SECONDS:
        raise Refused(95002)
    if left <= 0:
        raise Refused(95001)
    kind = call.text("msgtype", missing=40008)
    account.sessions[customer] = [current, servicer, left - 1, last]
    return {"msgid": _sent(call, account, customer, kind)}


def _sent(call: Call, account: KfAccount, customer: int, kind: str) -> str:
    msgid = call.optional("msgid") or call.corp.next_id("kf")
    account.messages.append(
        {
            "msgid": msgid,
            "open_kfid": account.id,
            "external_userid": call.corp.external(customer),
            "send_time": call.now,
            "origin": 5,
            "msgtype": kind,
            kind: call.part(kind),
        }
    )
    return msgid


@api("POST", "kf/send_msg_on_event")
def greet(call: Call) -> Answer:
    code = call.corp.codes.get(call.text("code"))
    if (
        code is None
        or code.what["kind"] != "kf"
        or code.used
        or call.clock.wall() > code.made + WELCOME_SECONDS
    ):
        raise Refused(41050)
    kind = call.text("msgtype", missing=40008)
    if kind not in {"text", "msgmenu"}:
        raise Refused(40008)
    code.used = True
    account = call.corp.kf[code.what["account"]]
    return {"msgid": _sent(call, account, code.what["customer"], kind)}


@api("POST", "kf/customer/batchget", customer_list=[])
def customers(call: Call) -> Answer:
    corp, found, bad = call.corp, [], []
    for one in call.texts("external_userid_list", most=100):
        number = corp.customer(one)
        if number is None:
            bad.append(one)
            continue
        found.append(
            {
                "external_userid": one,
                "nickname": corp.customer_name(number),
                "avatar": "",
                "gender": corp.customers.gender[number],
                "unionid": corp.marks.person(number)[1] if corp.unionids else "",
            }
        )
    return {"customer_list": found, "invalid_external_userid": bad}
