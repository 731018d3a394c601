"""A file is handed over once, whole, and shown at an address that messages, posts and phrases name it by."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from yutang.kit import clock
from yutang.reach import service as reach
from yutang.reach.messages import limits_of
from yutang.wecom.client.limits import most
from yutang.workspaces.tests.builders import a_member, a_workspace, as_member

pytestmark = pytest.mark.django_db
PNG = b"\x89PNG\r\n\x1a\n" + b"tea" * 20 + b"IEND\xaeB`\x82"


def uploaded(content: bytes, name: str = "封面.png", kind: str = "image") -> dict[str, object]:
    return {"kind": kind, "file": SimpleUploadedFile(name, content)}


def test_a_material_is_kept_once_shown_and_sent_from_the_table() -> None:
    asker = as_member(a_member(a_workspace()))

    made = asker.upload("/materials", uploaded(PNG))
    again = asker.upload("/materials", uploaded(PNG, "又一次.png"))

    assert made.status_code == 201, made.content
    assert again.json()["id"] == made.json()["id"]
    url = made.json()["url"]
    shown = Client().get("/" + url.split("/", 3)[3])
    assert (shown.content, shown["Content-Type"]) == (PNG, "image/png")
    assert "sandbox" in shown["Content-Security-Policy"]
    fetched = reach.fetch_file(url, most_bytes=1000)
    assert (fetched.name, fetched.content, fetched.kind) == ("封面.png", PNG, "image/png")
    with pytest.raises(reach.FileNotFetched):
        reach.fetch_file(url, most_bytes=10)

    asker.delete(f"/materials/{made.json()['id']}")
    assert asker.get("/materials").json()["items"] == []
    assert Client().get("/" + url.split("/", 3)[3]).status_code == 200, "what names it shows it"
    rival = as_member(a_member(a_workspace("Coffee House")))
    assert rival.get("/materials", {"archived": "true"}).json()["items"] == []


def test_parts_name_a_material_wherever_the_installation_is() -> None:
    owner = a_member(a_workspace())
    material = reach.add_material(owner, "封面.png", PNG, kind="image", now=clock.now())
    parts = [{"kind": "image", "url": reach.material_url(material)}]

    reach.check_plain(owner.workspace, "wecom", parts, now=clock.now())


@pytest.mark.parametrize(
    ("content", "name", "kind", "code"),
    [
        (PNG[:-4], "封面.png", "image", "media_broken"),
        (b"<svg onload=alert(1)>", "封面.svg", "image", "media_broken"),
        (b"\0\0\0\x10ftypisomisom\0\0\0\x20mdat", "茶.mp4", "video", "media_broken"),
        (b"", "空.pdf", "file", "media_broken"),
        (b"x" * (10 << 20) + PNG, "大.png", "image", "media_too_large"),
    ],
)
def test_what_is_cut_off_or_too_large_is_refused(
    content: bytes, name: str, kind: str, code: str
) -> None:
    asker = as_member(a_member(a_workspace()))

    refused = asker.upload("/materials", uploaded(content, name, kind))

    assert refused.status_code == 422
    assert refused.json()["code"].endswith(code)


def test_what_is_taken_is_what_the_platform_takes() -> None:
    parts = limits_of("wecom", on=clock.now().date()).parts
    assert {kind: parts[kind].file_bytes for kind in ("image", "video", "file")} == {
        kind: most(f"{kind}_bytes") for kind in ("image", "video", "file")
    }
