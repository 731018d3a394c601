"""Text and attachments of welcome messages, mass messages and moments: what is allowed in them."""

from typing import Any

from yutang_sandbox.call import Call
from yutang_sandbox.errors import Refused
from yutang_sandbox.world.records import Content

NEEDS = {"image": (), "link": ("title", "url"), "miniprogram": ("title", "pic_media_id", "appid", "page"),
         "video": ("media_id",), "file": ("media_id",)}  # fmt: skip
BYTES = {"link": {"title": 128, "desc": 512, "url": 2048}, "miniprogram": {"title": 64}}
MEDIA_SECONDS = 3 * 86_400
TEXT_BYTES = 4000
ATTACHMENTS = 9


def content_of(call: Call, *, text_bytes: int = TEXT_BYTES) -> Content:
    """Return text and attachments of a call.

    :raises Refused: nothing to say, too much of it, or an attachment that is not whole
    """
    text = str(call.part("text").get("content") or "")
    attachments = call.parts("attachments") + _old_form(call)
    if not text and not attachments:
        raise Refused(44004)
    if len(text.encode()) > text_bytes:
        raise Refused(45002)
    if len(attachments) > ATTACHMENTS:
        raise Refused(41064)
    for one in attachments:
        check(call, one)
    content: Content = {"text": {"content": text}} if text else {}
    return content | ({"attachments": attachments} if attachments else {})


def _old_form(call: Call) -> list[dict[str, Any]]:
    """Return an attachment given as a field of the body, as calls did before 2021."""
    kinds = ("image", "link", "miniprogram")
    return [{"msgtype": kind, kind: call.body[kind]} for kind in kinds if call.body.get(kind)][:1]


def check(call: Call, attachment: dict[str, Any]) -> None:
    """Refuse an attachment that is not whole."""
    kind = attachment.get("msgtype")
    if kind not in NEEDS:
        raise Refused(41065)
    inside = attachment.get(kind)
    if not isinstance(inside, dict):
        raise Refused(41065)
    if any(not inside.get(name) for name in NEEDS[kind]):
        raise Refused(40058, f"invalid Request Parameter {kind}")
    for name, most in BYTES.get(kind, {}).items():
        if len(str(inside.get(name, "")).encode()) > most:
            raise Refused(45002)
    if kind == "image" and not inside.get("media_id"):
        if not str(inside.get("pic_url", "")).startswith("https://p.qpic.example/"):
            raise Refused(40007)
        return
    for name in ("media_id", "pic_media_id"):
        if inside.get(name):
            usable(call, inside[name])


def usable(call: Call, media_id: str, *, purpose: str = "message") -> None:
    """Refuse a media id that is unknown, too old, or was uploaded for something else."""
    upload = call.corp.uploads.get(str(media_id))
    if (
        upload is None
        or upload.purpose != purpose
        or call.clock.wall() - upload.created > MEDIA_SECONDS
    ):
        raise Refused(40007)


def shown(content: Content) -> Content:
    """Return it as records do: an image by where it can be seen."""
    attachments = [
        {"msgtype": "image", "image": {"pic_url": _seen_at(one["image"])}}
        if one.get("msgtype") == "image"
        else one
        for one in content.get("attachments", [])
    ]
    return {**content, **({"attachments": attachments} if attachments else {})}


def _seen_at(image: dict[str, Any]) -> str:
    return image.get("pic_url") or f"https://p.qpic.example/{image.get('media_id')}/0"
