"""Files at the platform: uploaded once in their three days, known by what is in them.

    media_id(client, File("茶.png", content), kind="image", now=now)            # for messages
    media_id(client, File("茶.png", content), kind="image", use="moment", now=now)   # another upload, another id
    picture_url(client, File("茶.png", content), now=now)                      # permanent, for `pic_url`

A file is looked at before it is sent: one that was cut off on its way here would be cut off for every customer.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from django.db import IntegrityError

from yutang.kit.files import Kind, MediaBroken, MediaTooLarge, look_whole
from yutang.wecom.client.client import Client
from yutang.wecom.client.limits import Lane, most
from yutang.wecom.client.wire import Upload
from yutang.wecom.models import Media

__all__ = [
    "File",
    "Kind",
    "MediaBroken",
    "MediaTooLarge",
    "Use",
    "forget_media",
    "look_at",
    "media_id",
    "picture_url",
]

Use = Literal["message", "moment", "album"]
_PICTURE = "picture"
_SPARE = timedelta(hours=6)  # what is used now should still be there when staff confirm
_FOR_EVER = timedelta(days=3650)
_ATTACHMENT = {"moment": "1", "album": "2"}


@dataclass(frozen=True)
class File:
    """A file to be sent."""

    name: str
    content: bytes
    kind: str = "application/octet-stream"


def media_id(
    client: Client,
    file: File,
    *,
    kind: Kind,
    now: datetime,
    use: Use = "message",
    lane: Lane = Lane.STAFF,
) -> str:
    """Return under which id the platform holds a file, uploading it where it does not (any more).

    :raises MediaBroken, MediaTooLarge, PlatformRefused, NoAnswer, Throttled:
    """
    look_at(file, kind, limit=most(f"{kind}_bytes", client.corp))
    known = _known(client, file, f"{use}/{kind}", now)
    if known:
        return known
    api = "media/upload"
    query: dict[str, str] = {"type": kind}
    if use != "message":
        api = "media/upload_attachment"
        query = {"media_type": kind, "attachment_type": _ATTACHMENT[use]}
    answer = client.upload(api, _upload(file), query=query, lane=lane)
    lives = timedelta(days=most("media_days", client.corp))
    return _remember(client, file, f"{use}/{kind}", str(answer["media_id"]), now + lives)


def picture_url(client: Client, file: File, *, now: datetime, lane: Lane = Lane.STAFF) -> str:
    """Return the permanent address of a picture.

    :raises MediaBroken, MediaTooLarge, PlatformRefused, NoAnswer, Throttled:
    """
    look_at(file, "image", limit=most("permanent_image_bytes", client.corp))
    known = _known(client, file, _PICTURE, now)
    if known:
        return known
    answer = client.upload("media/uploadimg", _upload(file), query={}, lane=lane)
    return _remember(client, file, _PICTURE, str(answer["url"]), now + _FOR_EVER)


def forget_media(client: Client, known_as: str) -> None:
    """Upload anew next time: the platform does not know the id."""
    Media.objects.filter(corp=client.corp, media_id=known_as).delete()


def _known(client: Client, file: File, use: str, now: datetime) -> str | None:
    rows = Media.objects.filter(corp=client.corp, digest=_digest(file), use=use)
    found = rows.filter(good_until__gt=now + _SPARE)
    return found.values_list("media_id", flat=True).first()


def _remember(client: Client, file: File, use: str, known_as: str, good_until: datetime) -> str:
    corp = client.corp
    kept = {"media_id": known_as, "good_until": good_until}
    rows = Media.objects.filter(corp=corp, digest=_digest(file), use=use)
    if not rows.update(**kept):
        row = Media(workspace_id=corp.workspace_id, corp=corp, digest=_digest(file), use=use)
        row.media_id, row.good_until = known_as, good_until
        try:
            row.save()
        except IntegrityError:  # another process was first; both ids are good
            rows.update(**kept)
    return known_as


def _digest(file: File) -> bytes:
    return hashlib.sha256(file.content).digest()


def _upload(file: File) -> Upload:
    return Upload(file.name, file.content, file.kind)


def look_at(file: File, kind: Kind, *, limit: int) -> None:
    """Look whether the platform would take a file.

    :raises MediaBroken, MediaTooLarge:
    """
    look_whole(file.name, file.content, kind, limit=limit)
