"""Messages of an app to the staff."""

from yutang_sandbox.api.contents import usable
from yutang_sandbox.call import Answer, Call, api
from yutang_sandbox.errors import Refused

KINDS = {
    "text", "image", "voice", "video", "file", "textcard", "news", "mpnews", "markdown",
    "miniprogram_notice", "template_card",
}  # fmt: skip
PEOPLE, PARTIES = 1000, 100
TEXT_BYTES = 2048
ARTICLES = 8
KEPT = 2000
RECALL_SECONDS = 86_400


def _names(call: Call, name: str) -> list[str]:
    return [one for one in call.optional(name).split("|") if one]


def _addressees(call: Call) -> tuple[list[str], Answer]:
    corp, users, parties = call.corp, _names(call, "touser"), _names(call, "toparty")
    if not users and not parties and not _names(call, "totag"):
        raise Refused(81013)
    if len(users) > PEOPLE:
        raise Refused(40032)
    seen = {one.userid.lower(): one.userid for one in call.in_sight()}
    if users == ["@all"]:
        return list(seen.values()), {"invaliduser": "", "invalidparty": "", "invalidtag": ""}
    to = [seen[one.lower()] for one in users if one.lower() in seen]
    known = {int(one) for one in parties if one.isdigit() and int(one) in corp.departments}
    reach = set[int]().union(*(corp.beneath(one) for one in known))
    to += [one.userid for one in corp.staff_in(reach) if one.userid.lower() in seen]
    bad = {
        "invaliduser": "|".join(one.lower() for one in users if one.lower() not in seen),
        "invalidparty": "|".join(p for p in parties if not (p.isdigit() and int(p) in known)),
        "invalidtag": call.optional("totag"),
    }
    if not to:
        raise Refused(81013, **bad)
    return list(dict.fromkeys(to)), bad


@api("POST", "message/send")
def send(call: Call) -> Answer:
    corp, kind = call.corp, call.optional("msgtype")
    if kind not in KINDS:
        raise Refused(40008)
    if call.whole("agentid") != call.app.agent:
        raise Refused(301002 if call.given("agentid") else 41011)
    inside = call.part(kind)
    if kind in {"text", "markdown"}:
        text = str(inside.get("content") or "")
        if not text:
            raise Refused(44004)
        if len(text.encode()) > TEXT_BYTES:
            raise Refused(45002)
    if kind in {"image", "voice", "video", "file"}:
        usable(call, inside.get("media_id", ""))
    if kind in {"news", "mpnews"} and not 1 <= len(inside.get("articles") or []) <= ARTICLES:
        raise Refused(40058, "invalid Request Parameter articles")
    to, bad = _addressees(call)
    msgid = corp.next_id("m", 28)
    corp.app_messages.append(
        {"msgid": msgid, "to": to, "at": call.now, "agent": call.app.agent, "body": call.body}
    )
    del corp.app_messages[:-KEPT]
    answer = {"msgid": msgid, **bad, "unlicenseduser": ""}
    return answer | ({"response_code": corp.next_id("RC_")} if kind == "template_card" else {})


@api("POST", "message/recall")
def recall(call: Call) -> Answer:
    msgid = call.text("msgid", missing=41046)
    for message in call.corp.app_messages:
        if message["msgid"] == msgid and message["at"] > call.now - RECALL_SECONDS:
            call.corp.app_messages.remove(message)
            return {}
    raise Refused(42052, "msgid older than 24 hours")


@api("POST", "message/update_template_card")
def update_card(call: Call) -> Answer:
    call.text("response_code")
    wanted = call.texts("userids")
    bad = [one for one in wanted if call.corp.member(one) is None]
    return {"invaliduser": bad}
