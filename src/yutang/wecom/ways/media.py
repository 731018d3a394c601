"""Files that parts of a message name by an address, on their way to the platform."""

from datetime import datetime

from yutang.reach import service as reach
from yutang.wecom.client.client import Client
from yutang.wecom.client.limits import Lane, most
from yutang.wecom.client.media import File, Kind, Use, media_id
from yutang.wecom.models import Corp

__all__ = ["file_at", "media_of"]

_ENDINGS = {"image/png": ".png", "image/jpeg": ".jpg", "video/mp4": ".mp4"}


def file_at(url: str, *, most_bytes: int, seconds: float = 20.0) -> File:
    """Return what stands at an address, named as the platform wants it.

    :raises FileNotFetched:
    """
    found = reach.fetch_file(url, most_bytes=most_bytes, seconds=seconds)
    ending = _ENDINGS.get(found.kind, "")
    name = found.name if "." in found.name or not ending else f"{found.name}{ending}"
    return File(name, found.content, found.kind)


def media_of(corp: Corp, url: str, kind: Kind, *, now: datetime, moment: bool = False) -> str:
    """Return the media id of what stands at an address: an image, a video or a file.

    :raises FileNotFetched, MediaBroken, MediaTooLarge, PlatformRefused, NoAnswer, Throttled, CorpPaused:
    """
    file = file_at(url, most_bytes=most(f"{kind}_bytes", corp))
    use: Use = "moment" if moment else "message"
    return media_id(Client(corp), file, kind=kind, use=use, lane=Lane.MASS, now=now)
