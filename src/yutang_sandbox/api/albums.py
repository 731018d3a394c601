"""Product albums, and the words members may not send."""

from yutang_sandbox.api.contents import usable
from yutang_sandbox.call import Answer, Call, api
from yutang_sandbox.errors import Refused
from yutang_sandbox.world.records import Content

PRICE = 5_000_000
RULES = 100


def _album(call: Call, before: Content) -> Content:
    album = {**before}
    for name in ("description", "price", "product_sn", "attachments"):
        if name in call.body:
            album[name] = call.body[name]
    if not album.get("description") or len(str(album["description"])) > 300:
        raise Refused(41073)
    if not isinstance(album.get("price"), int) or not 0 <= album["price"] <= PRICE:
        raise Refused(41087)
    images = album.get("attachments") or []
    if not 1 <= len(images) <= 9:
        raise Refused(41088)
    for one in images if "attachments" in call.body else ():
        usable(call, (one.get("image") or {}).get("media_id", ""), purpose="album")
    return album


def _found(call: Call) -> tuple[str, Content]:
    identity = call.text("product_id")
    album = call.corp.albums.get(identity)
    if album is None:
        raise Refused(41074)
    return identity, album


@api("POST", "externalcontact/add_product_album")
def add(call: Call) -> Answer:
    identity = call.corp.next_id("prod")
    album = _album(call, {"product_id": identity, "create_time": call.now, "product_sn": ""})
    call.corp.albums[identity] = album
    return {"product_id": identity}


@api("POST", "externalcontact/get_product_album")
def get(call: Call) -> Answer:
    return {"product": _found(call)[1]}


@api("POST", "externalcontact/get_product_album_list", product_list=[])
def albums(call: Call) -> Answer:
    page, following = call.page(list(call.corp.albums.values()), 50, 100)
    return {"product_list": page, "next_cursor": following}


@api("POST", "externalcontact/update_product_album")
def update(call: Call) -> Answer:
    identity, album = _found(call)
    call.corp.albums[identity] = _album(call, album)
    return {}


@api("POST", "externalcontact/delete_product_album")
def delete(call: Call) -> Answer:
    del call.corp.albums[_found(call)[0]]
    return {}


@api("POST", "externalcontact/add_intercept_rule")
def add_rule(call: Call) -> Answer:
    words = call.texts("word_list")
    if len(call.corp.rules) >= RULES:
        raise Refused(41069)
    if not 1 <= len(call.text("rule_name")) <= 20 or len(words) > 300:
        raise Refused(41068)
    if any(not 1 <= len(word) <= 32 for word in words):
        raise Refused(41083)
    identity = call.corp.next_id("rule")
    kept = ("rule_name", "word_list", "semantics_list", "intercept_type", "applicable_range")
    rule = {name: call.body[name] for name in kept if name in call.body}
    call.corp.rules[identity] = {"rule_id": identity, "create_time": call.now, **rule}
    return {"rule_id": identity}


def _rule(call: Call) -> Content:
    rule = call.corp.rules.get(call.text("rule_id"))
    if rule is None:
        raise Refused(41076)
    return rule


@api("GET", "externalcontact/get_intercept_rule_list", rule_list=[])
def rules(call: Call) -> Answer:
    names = ("rule_id", "rule_name", "create_time")
    return {"rule_list": [{name: one[name] for name in names} for one in call.corp.rules.values()]}


@api("POST", "externalcontact/get_intercept_rule")
def rule(call: Call) -> Answer:
    return {"rule": _rule(call)}


@api("POST", "externalcontact/update_intercept_rule")
def update_rule(call: Call) -> Answer:
    changed = ("rule_name", "word_list", "intercept_type")
    _rule(call).update({name: call.body[name] for name in changed if name in call.body})
    return {}


@api("POST", "externalcontact/del_intercept_rule")
def delete_rule(call: Call) -> Answer:
    del call.corp.rules[_rule(call)["rule_id"]]
    return {}
