"""A message of ours in the platform's shape: a text and up to nine attachments."""

from collections.abc import Callable, Mapping, Sequence
from hashlib import sha256
from typing import Any

import msgspec

from yutang.wecom.client.media import Kind

__all__ = ["FindMedia", "content_of", "digest_of"]

Parts = Sequence[Mapping[str, Any]]
# The media id of what stands at an address, by its kind.
FindMedia = Callable[[str, Kind], str]


def digest_of(parts: Parts) -> bytes:
    """Return what tells contents apart."""
    return sha256(msgspec.json.encode(list(parts), order="sorted")).digest()


def content_of(parts: Parts, find: FindMedia) -> dict[str, Any]:
    """Return `text` and `attachments` as add_msg_template and send_welcome_msg take them.

    `find` hands files over; it is asked for each picture, video and file.
    """
    content: dict[str, Any] = {}
    attachments = []
    for part in parts:
        if part["kind"] == "text":
            content["text"] = {"content": part["text"]}
        else:
            kind, body = _SHAPES[str(part["kind"])](part, find)
            attachments.append({"msgtype": kind, kind: body})
    if attachments:
        content["attachments"] = attachments
    return content


def _image(part: Mapping[str, Any], find: FindMedia) -> tuple[str, dict[str, Any]]:
    return "image", {"media_id": find(part["url"], "image")}


def _video(part: Mapping[str, Any], find: FindMedia) -> tuple[str, dict[str, Any]]:
    return "video", {"media_id": find(part["url"], "video")}


def _file(part: Mapping[str, Any], find: FindMedia) -> tuple[str, dict[str, Any]]:
    return "file", {"media_id": find(part["url"], "file")}


def _link(part: Mapping[str, Any], _: FindMedia) -> tuple[str, dict[str, Any]]:
    given = {"title": part["title"], "url": part["url"]}
    if part.get("image_url"):
        given["picurl"] = part["image_url"]
    if part.get("description"):
        given["desc"] = part["description"]
    return "link", given


def _mini_program(part: Mapping[str, Any], find: FindMedia) -> tuple[str, dict[str, Any]]:
    given = {"title": part["title"], "appid": part["appid"], "page": part["path"]}
    if part.get("image_url"):
        given["pic_media_id"] = find(part["image_url"], "image")
    return "miniprogram", given


_SHAPES: Mapping[str, Callable[[Mapping[str, Any], FindMedia], tuple[str, dict[str, Any]]]] = {
    "image": _image,
    "video": _video,
    "file": _file,
    "link": _link,
    "mini_program": _mini_program,
}
