"""Uploads: temporary media, images for articles, attachments of moments and albums."""

from collections.abc import Callable
from email.parser import BytesParser
from email.policy import HTTP

from yutang_sandbox.api.contents import MEDIA_SECONDS
from yutang_sandbox.call import Answer, Call, File, api
from yutang_sandbox.errors import Refused
from yutang_sandbox.world.records import Upload

MOST = {"image": 10 << 20, "voice": 2 << 20, "video": 10 << 20, "file": 20 << 20}
PNG, JPEG = b"\x89PNG", b"\xff\xd8\xff"
KINDS: dict[str, Callable[[bytes], bool]] = {
    "image": lambda content: content.startswith((PNG, JPEG)),
    "voice": lambda content: content.startswith(b"#!AMR"),
    "video": lambda content: content[4:8] == b"ftyp",
    "file": lambda content: True,
}
TYPES = {"image": "image/png", "voice": "audio/amr", "video": "video/mp4"}


def posted_file(call: Call) -> tuple[str, bytes]:
    """Return name and content of the part called `media` (or the only file there is).

    :raises Refused: none came, or it was cut off
    """
    head = f"Content-Type: {call.content_type}\r\n\r\n".encode()
    message = BytesParser(policy=HTTP).parsebytes(head + call.raw)
    closed = call.raw.rstrip().endswith(b"--")
    for part in message.iter_parts() if message.is_multipart() and closed else ():
        content = part.get_payload(decode=True)
        if part.get_filename() and isinstance(content, bytes):
            return str(part.get_filename()), content
    raise Refused(44001)


def _keep(call: Call, kind: str, *, purpose: str = "message", most: int = 0) -> Upload:
    name, content = posted_file(call)
    if len(content) <= 5:
        raise Refused(44001)
    if len(content) > (most or MOST[kind]):
        raise Refused(45001 if purpose == "message" else 41080)
    if not KINDS[kind](content):
        raise Refused(40004 if purpose == "message" else 41072)
    now = int(call.clock.wall())
    upload = Upload(call.corp.next_id("3", 42), kind, name, content, now, purpose)
    call.corp.uploads[upload.id] = upload
    _forget_old(call)
    return upload


def _forget_old(call: Call) -> None:
    uploads, oldest = call.corp.uploads, call.clock.wall() - 2 * MEDIA_SECONDS
    if len(uploads) > 1000:
        for old in [one for one, upload in uploads.items() if upload.created < oldest]:
            del uploads[old]


@api("POST", "media/upload")
def upload(call: Call) -> Answer:
    kind = call.optional("type")
    if kind not in MOST:
        raise Refused(40004)
    kept = _keep(call, kind)
    return {"type": kind, "media_id": kept.id, "created_at": str(kept.created)}


@api("POST", "media/upload_attachment")
def upload_attachment(call: Call) -> Answer:
    kind, purpose = call.optional("media_type"), call.whole("attachment_type")
    if purpose not in {1, 2} or kind not in {"image", "video", "file"}:
        raise Refused(41072)
    if purpose == 2 and kind != "image":
        raise Refused(41072)
    kept = _keep(call, kind, purpose="moment" if purpose == 1 else "album")
    return {"type": kind, "media_id": kept.id, "created_at": kept.created}


@api("POST", "media/uploadimg")
def upload_image(call: Call) -> Answer:
    kept = _keep(call, "image", purpose="article", most=2 << 20)
    return {"url": f"https://p.qpic.example/{kept.id}/0"}


@api("GET", "media/get")
def download(call: Call) -> File:
    kept = call.corp.uploads.get(call.text("media_id", missing=41006))
    if kept is None or call.clock.wall() - kept.created > MEDIA_SECONDS:
        raise Refused(40007)
    kind = TYPES.get(kept.kind, "application/octet-stream")
    return File(kept.content, kept.name, "image/jpeg" if kept.content[:3] == JPEG else kind)
