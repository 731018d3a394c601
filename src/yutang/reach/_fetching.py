"""Files that messages name by their address: fetched where they may be, never from inside our network."""

from dataclasses import dataclass
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from yutang.kit.errors import DomainError
from yutang.kit.i18n import Text
from yutang.reach._materials import is_ours, material_behind
from yutang.reach.channels import _http

__all__ = ["FileNotFetched", "FileOfMessage", "fetch_file"]

_NOT_THERE = Text("地址回答了 {status}", "the address answered {status}")
_TOO_LARGE = Text("超过 {most} MB", "it is larger than {most} MB")
_EMPTY = Text("文件是空的", "it is empty")
_NOT_ALLOWED = Text("不是 https 地址", "it is no https address")


class FileNotFetched(DomainError):
    """A file a message names cannot be had."""

    zh = "取不到消息里的文件 {host}：{why}。请换一个能公开访问的 https 地址。"
    en = "A file of the message cannot be had from {host}: {why}. Use an https address open to the public."


@dataclass(frozen=True)
class FileOfMessage:
    """A file as it was found."""

    name: str
    content: bytes
    kind: str


def fetch_file(url: str, *, most_bytes: int, seconds: float = 20.0) -> FileOfMessage:
    """Fetch what a part of a message names.

    :raises FileNotFetched:
    """
    parts = urlsplit(url)
    host = parts.hostname or ""
    if is_ours(url):
        return _of_ours(url, host, most_bytes)
    if not _http.is_address(url):
        raise FileNotFetched(host=host, why=_NOT_ALLOWED)
    try:
        reply = _http.request("GET", url, b"", {}, seconds=seconds, most_bytes=most_bytes + 1)
    except _http.NoAnswer as silence:
        raise FileNotFetched(host=host, why=str(silence)) from None
    if reply.status != 200:
        raise FileNotFetched(host=host, why=_said(_NOT_THERE, status=reply.status))
    if not reply.body or len(reply.body) > most_bytes:
        why = _said(_TOO_LARGE, most=most_bytes >> 20) if reply.body else _EMPTY
        raise FileNotFetched(host=host, why=why)
    name = unquote(PurePosixPath(parts.path).name)[:100] or "file"
    kind = reply.headers.get("content-type", "").partition(";")[0].strip()
    return FileOfMessage(name, reply.body, kind or "application/octet-stream")


def _of_ours(url: str, host: str, most_bytes: int) -> FileOfMessage:
    material = material_behind(url)
    if material is None:
        raise FileNotFetched(host=host, why=_said(_NOT_THERE, status=404))
    if material.size > most_bytes:
        raise FileNotFetched(host=host, why=_said(_TOO_LARGE, most=most_bytes >> 20))
    return FileOfMessage(material.name, bytes(material.content), material.content_type)


def _said(sentence: Text, **blanks: object) -> Text:
    return Text(sentence.zh.format_map(blanks), sentence.en.format_map(blanks))
