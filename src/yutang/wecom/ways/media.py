"""Files on their way to the platform: handed over once, known by what is in them for three days."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from django.db import transaction

from yutang.reach import service as reach
from yutang.wecom.client.client import Client
from yutang.wecom.client.limits import Lane
from yutang.wecom.client.wire import Upload
from yutang.wecom.models import Corp, Media

__all__ = ["media_of", "picture_of"]

# A media id lives for three days (wecom: media/upload); one that is older than this is made anew.
_GOOD_FOR = timedelta(days=3) - timedelta(hours=6)
_MOST = {"image": 10 << 20, "video": 10 << 20, "file": 20 << 20}
_ENDINGS = {"image/png": ".png", "image/jpeg": ".jpg", "video/mp4": ".mp4"}


@dataclass(frozen=True)
class _Use:
    """What a file is for: ids of one use are refused for another (40007)."""

    name: str
    api: str
    query: dict[str, str]


def media_of(corp: Corp, url: str, kind: str, *, now: datetime, moment: bool = False) -> str:
    """Return the media id of what stands at an address: an image, a video or a file.

    :raises FileNotFetched, PlatformRefused, NoAnswer, Throttled, CorpPaused:
    """
    if moment:
        use = _Use(
            f"moment/{kind}",
            "media/upload_attachment",
            {"media_type": kind, "attachment_type": "1"},
        )
    else:
        use = _Use(f"message/{kind}", "media/upload", {"type": kind})
    return _kept(corp, use, reach.fetch_file(url, most_bytes=_MOST[kind]), now)


def picture_of(corp: Corp, url: str, *, now: datetime) -> str:
    """Return the media id of a picture.

    :raises FileNotFetched, PlatformRefused, NoAnswer, Throttled, CorpPaused:
    """
    return media_of(corp, url, "image", now=now)


def _kept(corp: Corp, use: _Use, file: reach.FileOfMessage, now: datetime) -> str:
    digest = sha256(file.content).digest()
    mine = Media.objects.within(corp.workspace_id).filter(corp=corp, digest=digest, use=use.name)
    known = mine.filter(good_until__gt=now).first()
    if known:
        return known.media_id
    answer = Client(corp).upload(use.api, _as_upload(file), query=use.query, lane=Lane.MASS)
    media_id = str(answer["media_id"])
    with transaction.atomic():
        Media.objects.update_or_create(
            workspace_id=corp.workspace_id,
            corp=corp,
            digest=digest,
            use=use.name,
            defaults={"media_id": media_id, "good_until": now + _GOOD_FOR},
        )
    return media_id


def _as_upload(file: reach.FileOfMessage) -> Upload:
    ending = _ENDINGS.get(file.kind, "")
    name = file.name if "." in file.name or not ending else f"{file.name}{ending}"
    return Upload(name, file.content, file.kind)
