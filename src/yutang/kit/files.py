"""Files people hand over: whole, and what their kind says, or refused before anybody gets them cut off."""

import struct
from collections.abc import Callable, Mapping
from typing import Literal

from yutang.kit.errors import DomainError

__all__ = ["Kind", "MediaBroken", "MediaTooLarge", "look_whole"]

Kind = Literal["image", "voice", "video", "file"]
_SMALLEST = 6  # bytes: no platform takes less


class MediaBroken(DomainError):
    """It is not what its kind says, or was cut off."""

    status = 422
    zh = "“{name}”打不开：文件不完整，或者不是{expected}。请重新上传。"
    en = "“{name}” cannot be opened: it is incomplete, or not {expected}. Upload it again."


class MediaTooLarge(DomainError):
    """The platform takes smaller ones."""

    status = 422
    zh = "“{name}”有 {megabytes} MB，企业微信最多收 {most} MB。请压缩后再传。"
    en = "“{name}” has {megabytes} MB; WeCom takes {most} MB at most. Compress it and upload it again."


def look_whole(name: str, content: bytes, kind: Kind, *, limit: int) -> None:
    """Look whether a file is what its kind says, whole, and no larger than so many bytes.

    :raises MediaBroken, MediaTooLarge:
    """
    size = len(content)
    if size > limit:
        raise MediaTooLarge(
            name=name, megabytes=round(size / (1 << 20), 1), most=round(limit / (1 << 20))
        )
    expected, is_whole = _SHAPES[kind]
    if size < _SMALLEST or not is_whole(content):
        raise MediaBroken(name=name, expected=expected)


def _is_image(content: bytes) -> bool:
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return content.endswith(b"IEND\xaeB`\x82")
    return content.startswith(b"\xff\xd8\xff") and content.rstrip(b"\0").endswith(b"\xff\xd9")


def _is_video(content: bytes) -> bool:
    """Tell whether an MP4's boxes end where the file ends."""
    at = 0
    while at + 8 <= len(content):
        (size,) = struct.unpack_from(">I", content, at)
        if at == 0 and content[4:8] != b"ftyp":
            return False
        if size == 1 and at + 16 <= len(content):
            (size,) = struct.unpack_from(">Q", content, at + 8)
        if size == 0:  # to the end of the file
            return True
        if size < 8:
            return False
        at += size
    return at == len(content)


def _is_voice(content: bytes) -> bool:
    return content.startswith(b"#!AMR")


_SHAPES: Mapping[str, tuple[str, Callable[[bytes], bool]]] = {
    "image": ("JPG / PNG", _is_image),
    "voice": ("AMR", _is_voice),
    "video": ("MP4", _is_video),
    "file": ("FILE", bool),
}
