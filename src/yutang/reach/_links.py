"""Tracked links: short, each person's own, and leading nowhere but where the message was written to lead.

    https://house.example/l/<code>     delivery and target, with eight characters nobody can guess
    https://house.example/u/<code>     the way out of a delivery's purpose
    https://house.example/o/<code>     a picture of nothing, fetched when a mail is opened

A code is made and read without a table; what it may lead to is stored once a version. Addresses that
hold variables are left as they are.
"""

import base64
import binascii
import hmac
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from hashlib import blake2b, sha256
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction

from yutang.reach.channels.interface import Rendered
from yutang.reach.models import LinkTarget, MessageVersion
from yutang.workspaces.models import Workspace

__all__ = [
    "leave_code",
    "leave_url",
    "link_code",
    "open_url",
    "read_leave",
    "read_link",
    "read_open",
    "targets_of",
    "tracked",
]

_URL = re.compile(r"https?://[^\s<>\"'，。；：！？、（）【】「」《》]+")
_TRAILING = ".,;:!?)]"
_MAC = 6


def targets_of(workspace: Workspace, version_id: int) -> Mapping[str, int]:
    """Return the addresses of a version as it was written, each with the number of its target."""
    return _targets(workspace.pk, version_id)


@lru_cache(maxsize=500)
def _targets(workspace: int, version_id: int) -> Mapping[str, int]:
    version = MessageVersion.objects.within(workspace).get(pk=version_id)
    urls = list(dict.fromkeys(url for part in version.parts for url in _written(part)))
    with transaction.atomic():
        LinkTarget.objects.bulk_create(
            (
                LinkTarget(workspace_id=workspace, version=version, url=url, number=n)
                for n, url in enumerate(urls)
            ),
            ignore_conflicts=True,
        )
        stored = LinkTarget.objects.within(workspace).filter(version=version)
        return dict(stored.values_list("url", "pk"))


def _written(part: Mapping[str, Any]) -> Sequence[str]:
    """Return the addresses of a part that are the same for everybody."""
    sources: list[str] = []
    if part.get("kind") == "link":
        sources.append(str(part.get("url", "")).strip())
    elif part.get("kind") == "text":
        sources += _found(str(part.get("text", "")))
    elif part.get("kind") == "template":
        sources += [str(each).strip() for each in (part.get("values") or {}).values()]
    return [
        each
        for each in sources
        if _URL.fullmatch(each) and not set("{}") & set(each) and len(each) <= 2000
    ]


def _found(text: str) -> list[str]:
    return [each.rstrip(_TRAILING) for each in _URL.findall(text)]


def tracked(rendered: Rendered, targets: Mapping[str, int], delivery: int) -> Rendered:
    """Return a message in which each address that is the same for everybody is this person's own."""
    base = _base()
    if not targets or not base:
        return rendered
    own = {url: f"{base}/l/{link_code(delivery, target)}" for url, target in targets.items()}
    return Rendered(
        [_tracked_part(part, own) for part in rendered.parts],
        rendered.subject,
        rendered.template,
        {name: own.get(value.strip(), value) for name, value in rendered.values.items()}
        if rendered.values
        else rendered.values,
    )


def _tracked_part(part: Mapping[str, Any], own: Mapping[str, str]) -> Mapping[str, Any]:
    match part.get("kind"):
        case "link":
            return {**part, "url": own.get(str(part.get("url", "")).strip(), part.get("url"))}
        case "text" | "template":
            text = _URL.sub(lambda found: _swapped(found[0], own), str(part.get("text", "")))
            return {**part, "text": text} if "text" in part else part
    return part


def _swapped(found: str, own: Mapping[str, str]) -> str:
    url = found.rstrip(_TRAILING)
    return own[url] + found[len(url) :] if url in own else found


def _base() -> str:
    """Return where customers reach us; nothing where only this machine does."""
    return _reached_at(settings.YUTANG_PUBLIC_URL)


@lru_cache(maxsize=4)
def _reached_at(public_url: str) -> str:
    url = public_url.rstrip("/")
    host = urlsplit(url).hostname or ""
    return "" if host in ("localhost", "::1") or host.startswith("127.") else url


def leave_url(delivery: int) -> str:
    """Return where somebody says that she wants no more of this, or nothing where nobody could get there."""
    base = _base()
    return f"{base}/u/{leave_code(delivery)}" if base else ""


def open_url(delivery: int) -> str:
    """Return the picture of nothing in one mail, or nothing where nobody could fetch it."""
    base = _base()
    return f"{base}/o/{_code('o', delivery)}" if base else ""


def read_open(code: str) -> int | None:
    """Return the delivery of a picture of nothing; None of a code that is not ours."""
    match _read("o", code):
        case [delivery]:
            return delivery
    return None


def link_code(delivery: int, target: int) -> str:
    """Return the code of one person's link."""
    return _code("l", delivery, target)


def leave_code(delivery: int) -> str:
    """Return the code of one delivery's way out."""
    return _code("u", delivery)


def read_link(code: str) -> tuple[int, int] | None:
    """Return (delivery, target) of a code of ours; None of any other."""
    match _read("l", code):
        case [delivery, target]:
            return delivery, target
    return None


def read_leave(code: str) -> int | None:
    """Return the delivery of a way out; None of a code that is not ours."""
    match _read("u", code):
        case [delivery]:
            return delivery
    return None


def _code(kind: str, *numbers: int) -> str:
    said = b"".join(map(_packed, numbers))
    return base64.urlsafe_b64encode(said + _mac(kind, said)).decode().rstrip("=")


def _packed(number: int) -> bytes:
    """Return a number in groups of seven bits, so that small ones are short."""
    groups = []
    while True:
        number, low = number >> 7, number & 127
        groups.append(low | (128 if number else 0))
        if not number:
            return bytes(groups)


def _read(kind: str, code: str) -> list[int]:
    try:
        both = base64.urlsafe_b64decode(code.encode("ascii") + b"=" * (-len(code) % 4))
    except (ValueError, binascii.Error):
        return []
    said, mac = both[:-_MAC], both[-_MAC:]
    if not said or len(both) > 40 or not hmac.compare_digest(mac, _mac(kind, said)):
        return []
    numbers, number, shift = [], 0, 0
    for byte in said:
        number |= (byte & 127) << shift
        shift += 7
        if not byte & 128:
            numbers.append(number)
            number, shift = 0, 0
    return numbers


def _mac(kind: str, said: bytes) -> bytes:
    mac = _keyed(settings.SECRET_KEY).copy()
    mac.update(kind.encode() + said)
    return mac.digest()


@lru_cache(maxsize=2)
def _keyed(secret: str) -> blake2b:
    """Return BLAKE2 in its keyed mode, begun: a sixth of what HMAC costs, several times a message."""
    return blake2b(key=sha256(secret.encode()).digest(), digest_size=_MAC, person=b"yutang:link")
