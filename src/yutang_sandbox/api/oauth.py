"""Who opened a page: OAuth, and the tickets of the JS-SDK."""

from yutang_sandbox.call import Answer, Call, api
from yutang_sandbox.errors import Refused

CODE_SECONDS = 300
TICKET_SECONDS = 1800


def _used_once(call: Call, text: str, kind: str, seconds: int, unknown: int) -> dict[str, str]:
    code = call.corp.codes.get(text)
    if code is None or code.what["kind"] != kind:
        raise Refused(unknown)
    if code.used:
        raise Refused(42022)
    if call.clock.wall() > code.made + seconds:
        raise Refused(42003)
    code.used = kind == "oauth"
    return code.what


@api("GET", "auth/getuserinfo")
def user_info(call: Call) -> Answer:
    return _person(call)


@api("GET", "user/getuserinfo")
def user_info_in_capitals(call: Call) -> Answer:
    """Answer as the older path does."""
    names = {"userid": "UserId", "openid": "OpenId"}
    return {names.get(name, name): value for name, value in _person(call).items()}


def _person(call: Call) -> Answer:
    what = _used_once(call, call.text("code", missing=41008), "oauth", CODE_SECONDS, 40029)
    if userid := what.get("userid"):
        ticket = {"user_ticket": what["ticket"]} if what.get("ticket") else {}
        return {"userid": userid, **ticket}
    someone = what["external_userid"]
    number = call.corp.customer(someone)
    openid = call.corp.marks.short("oX", number or 0, 26)
    return {"openid": openid, "external_userid": someone}


@api("POST", "auth/getuserdetail")
def user_detail(call: Call) -> Answer:
    what = _used_once(call, call.text("user_ticket"), "ticket", TICKET_SECONDS, 40058)
    person = call.corp.staff[call.member_called(what["userid"])]
    return {
        "userid": person.userid,
        "gender": str(person.gender),
        "avatar": f"https://wework.qpic.example/avatar/{person.userid}/0",
        "mobile": person.mobile,
    }


@api("GET", "get_jsapi_ticket")
def corp_ticket(call: Call) -> Answer:
    return _ticket(call, "corp")


@api("GET", "ticket/get")
def app_ticket(call: Call) -> Answer:
    if call.optional("type") != "agent_config":
        raise Refused(91040)
    return _ticket(call, f"app {call.app.agent}")


def _ticket(call: Call, whose: str) -> Answer:
    """Return the ticket of this period of two hours and what is left of it."""
    wall = int(call.clock.wall())
    text = call.corp.marks.short(f"{whose} ", wall // 7200, 43)
    return {"ticket": text.replace(f"{whose} ", "sbxticket_"), "expires_in": 7200 - wall % 7200}
