"""Welcome messages, and the welcome templates of groups."""

import numpy as np

from yutang_sandbox.api.contents import check, content_of
from yutang_sandbox.call import Answer, Call, api
from yutang_sandbox.errors import Refused
from yutang_sandbox.world.records import Content

TEMPLATES = 100
KINDS = ("image", "link", "miniprogram", "file", "video")


@api("POST", "externalcontact/send_welcome_msg")
def send(call: Call) -> Answer:
    corp = call.corp
    text = call.text("welcome_code", missing=41049)
    code = corp.codes.get(text)
    if code is None or code.what.get("kind") != "welcome":
        raise Refused(41050)
    if code.used:
        raise Refused(41051)
    if call.clock.wall() - code.made > corp.limits.welcome_seconds:
        raise Refused(41050)
    relation = code.what["relation"]
    if corp.relations.chatted[relation]:
        raise Refused(41051)
    content = content_of(call)
    code.used = True
    staff, customer = corp.relations.staff[relation], corp.relations.customer[relation]
    chat, userid = corp.one_chat(staff, customer), corp.staff[staff].userid
    if "text" in content:
        corp.say(chat, userid, "welcome", {"text": content["text"]}, call.now)
    for one in content.get("attachments", []):
        corp.say(chat, userid, "welcome", {"attachments": [one]}, call.now)
    corp.witness("welcome", np.array([customer]), content, None)
    return {}


def _template(call: Call, text_bytes: int) -> Content:
    text = str(call.part("text").get("content") or "")
    given = [kind for kind in KINDS if call.body.get(kind)]
    if len(text.encode()) > text_bytes:
        raise Refused(45002)
    if len(given) > 1 or (not text and not given):
        raise Refused(40058)
    for kind in given:
        check(call, {"msgtype": kind, kind: call.body[kind]})
    content: Content = {"text": {"content": text}} if text else {}
    return content | {kind: call.body[kind] for kind in given} | {"agent": call.app.agent}


def _found(call: Call) -> tuple[str, Content]:
    identity = call.text("template_id")
    template = call.corp.templates.get(identity)
    if template is None:
        raise Refused(40058, "invalid template_id")
    return identity, template


def _own(call: Call, template: Content) -> None:
    if template["agent"] != call.app.agent:
        raise Refused(41058)


@api("POST", "externalcontact/group_welcome_template/add")
def add_template(call: Call) -> Answer:
    if len(call.corp.templates) >= TEMPLATES:
        raise Refused(41055)
    content, identity = _template(call, 3000), call.corp.next_id("msg")
    call.corp.templates[identity] = content
    return {"template_id": identity}


@api("POST", "externalcontact/group_welcome_template/edit")
def edit_template(call: Call) -> Answer:
    identity, template = _found(call)
    _own(call, template)
    call.corp.templates[identity] = _template(call, 4000)
    return {}


@api("POST", "externalcontact/group_welcome_template/get")
def get_template(call: Call) -> Answer:
    template = {**_found(call)[1]}
    del template["agent"]
    if "image" in template:
        template["image"] = {
            "pic_url": template["image"].get("pic_url")
            or f"https://p.qpic.example/{template['image'].get('media_id')}/0"
        }
    return template


@api("POST", "externalcontact/group_welcome_template/del")
def delete_template(call: Call) -> Answer:
    identity, template = _found(call)
    _own(call, template)
    del call.corp.templates[identity]
    return {}
