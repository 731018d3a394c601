"""A file is uploaded once in its three days, for each use; what was cut off is not sent at all."""

import struct
from collections.abc import Iterator
from datetime import timedelta

import pytest

from yutang.kit import clock
from yutang.wecom.client.client import Client
from yutang.wecom.client.media import (
    File,
    Kind,
    MediaBroken,
    MediaTooLarge,
    forget_media,
    media_id,
    picture_url,
)
from yutang.wecom.models import Media
from yutang.wecom.tests.builders import Platform, a_corp, a_platform

PNG = b"\x89PNG\r\n\x1a\n" + b"tea" * 20 + b"IEND\xaeB`\x82"
MP4 = struct.pack(">I4s", 16, b"ftyp") + b"isom" * 2 + struct.pack(">I4s", 24, b"mdat") + b"t" * 16


@pytest.fixture
def platform(db: None) -> Iterator[Platform]:
    ids = iter(f"MEDIA{n}" for n in range(1, 99))
    with a_platform() as running:
        for api in ("media/upload", "media/upload_attachment"):
            running.says[api] = lambda _: {"errcode": 0, "media_id": next(ids)}
        running.says["media/uploadimg"] = {"errcode": 0, "url": "https://p.qpic.example/1"}
        yield running


def test_the_same_content_is_uploaded_once_for_each_use(platform: Platform) -> None:
    client = Client(a_corp(platform=platform))

    ids = [
        media_id(client, File(name, PNG), now=clock.now(), kind="image")
        for name in ("a.png", "b.png")
    ]
    moment = media_id(client, File("a.png", PNG), now=clock.now(), kind="image", use="moment")
    urls = [picture_url(client, File("a.png", PNG), now=clock.now()) for _ in range(2)]

    assert (ids, moment) == (["MEDIA1", "MEDIA1"], "MEDIA2")
    assert urls == ["https://p.qpic.example/1"] * 2
    assert [each.query for each in platform.asked if each.api.startswith("media/")] == [
        {"type": "image"},
        {"media_type": "image", "attachment_type": "1"},
        {},
    ]
    assert PNG in platform.asked[1].body


def test_what_is_about_to_go_or_is_gone_is_uploaded_again(platform: Platform) -> None:
    client = Client(a_corp(platform=platform))
    file = File("tea.mp4", MP4)
    media_id(client, file, now=clock.now(), kind="video")
    Media.objects.update(good_until=clock.now() + timedelta(hours=5))

    again = media_id(client, file, now=clock.now(), kind="video")
    forget_media(client, again)

    assert (again, media_id(client, file, now=clock.now(), kind="video")) == ("MEDIA2", "MEDIA3")
    assert Media.objects.count() == 1


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (PNG[:-5], "image"),
        (b"\xff\xd8\xff" + b"x" * 50, "image"),
        (b"GIF89a" + b"x" * 50, "image"),
        (MP4[:-3], "video"),
        (b"RIFF" + b"x" * 50, "video"),
        (b"ID3" + b"x" * 50, "voice"),
        (b"tiny", "file"),
    ],
    ids=["png-cut-off", "jpg-cut-off", "gif", "mp4-cut-off", "avi", "mp3", "tiny"],
)
def test_what_was_cut_off_or_is_of_another_kind_is_refused(
    platform: Platform, content: bytes, kind: Kind
) -> None:
    client = Client(a_corp(platform=platform))

    with pytest.raises(MediaBroken) as refused:
        media_id(client, File("新茶", content), now=clock.now(), kind=kind)

    assert "新茶" in refused.value.sentence("zh")
    assert platform.asked == []


def test_what_is_too_large_is_refused_with_how_large_it_may_be(platform: Platform) -> None:
    client = Client(a_corp(platform=platform))
    large = PNG[:8] + b"x" * (10 << 20) + PNG[-8:]

    with pytest.raises(MediaTooLarge) as refused:
        media_id(client, File("海报.png", large), now=clock.now(), kind="image")

    assert refused.value.params["most"] == 10
