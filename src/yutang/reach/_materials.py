"""Materials: files handed over once, named by their address wherever a message, welcome, post or phrase shows one.

    material = add_material(member, "封面.png", content, kind="image", now=now)
    material_url(material)          # https://tea.example/m/3f…/封面.png

The address is open, as every platform that fetches it needs, and cannot be guessed. What fetches files for
messages (`fetch_file`) reads ours from the table: an installation that is not on the internet sends them too.
"""

from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from pathlib import PurePosixPath
from urllib.parse import quote, unquote, urlsplit
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from yutang.kit import clock
from yutang.kit.errors import DomainError
from yutang.kit.files import Kind, MediaBroken, look_whole
from yutang.reach.messages import limits_within
from yutang.reach.models import Material, MaterialKind
from yutang.workspaces.models import Workspace
from yutang.workspaces.service import Member, record_audit

__all__ = [
    "NoSuchMaterial",
    "add_material",
    "archive_material",
    "is_ours",
    "material_at",
    "material_behind",
    "material_of",
    "material_url",
    "materials_of",
]

_KINDS: Mapping[str, Kind] = {"image": "image", "video": "video", "file": "file"}
_TYPES = {
    b"\x89PNG": ("image/png", ".png"),
    b"\xff\xd8\xff": ("image/jpeg", ".jpg"),
}


class NoSuchMaterial(DomainError):
    """There is no such material here."""

    status = 404
    zh = "没有这个素材。"
    en = "There is no such material."


def materials_of(
    workspace: Workspace, *, kind: str = "", q: str = "", archived: bool = False
) -> "QuerySet[Material, Material]":
    """Return materials in use (or put away), without what is in them."""
    rows = Material.objects.within(workspace).filter(archived_at__isnull=not archived)
    if kind:
        rows = rows.filter(kind=kind)
    if q:
        rows = rows.filter(name__icontains=q)
    return rows.defer("content")


def material_of(workspace: Workspace, material_id: int) -> Material:
    """Return one, without what is in it.

    :raises NoSuchMaterial:
    """
    found = Material.objects.within(workspace).defer("content").filter(pk=material_id).first()
    if found is None:
        raise NoSuchMaterial
    return found


@transaction.atomic
def add_material(
    member: Member, name: str, content: bytes, *, kind: str, now: datetime
) -> Material:
    """Keep a file; what is there already is that one, taken back into use.

    :raises MediaBroken, MediaTooLarge:
    """
    limit = (
        limits_within(member.workspace, "wecom", on=clock.platform_day(now)).parts[kind].file_bytes
        or 0
    )
    given = _named(name)
    look_whole(given, content, _KINDS[kind], limit=limit)
    digest = sha256(content).digest()
    rows = Material.objects.within(member.workspace).select_for_update(of=("self",))
    known = rows.filter(digest=digest, kind=kind).defer("content").first()
    if known is not None:
        if known.archived_at:
            known.archived_at = None
            known.save(update_fields=["archived_at"])
        return known
    content_type, ending = _type_of(content, kind)
    material = Material.objects.create(
        workspace=member.workspace,
        kind=kind,
        name=given if "." in given or not ending else f"{given}{ending}",
        content_type=content_type,
        size=len(content),
        digest=digest,
        content=content,
        added_by=member.actor,
        created_at=now,
    )
    _audit(member, "reach.material_added", material, now)
    return material


@transaction.atomic
def archive_material(member: Member, material_id: int, *, now: datetime) -> Material:
    """Put a material away; what names it still shows it.

    :raises NoSuchMaterial:
    """
    material = material_of(member.workspace, material_id)
    if material.archived_at is None:
        material.archived_at = now
        material.save(update_fields=["archived_at"])
        _audit(member, "reach.material_archived", material, now)
    return material


def material_url(material: Material) -> str:
    """Return its public address."""
    return f"{_base()}{material.door}/{quote(material.name)}"


def is_ours(url: str) -> bool:
    """Tell whether an address is that of a material."""
    return url.startswith(_base())


def material_behind(url: str) -> Material | None:
    """Return the material at one of our addresses, with what is in it."""
    door = unquote(urlsplit(url.removeprefix(_base())).path).partition("/")[0]
    try:
        return material_at(UUID(door))
    except ValueError:
        return None


def material_at(door: UUID) -> Material | None:
    """Return the material of a door, with what is in it."""
    return Material.objects.filter(door=door).first()


def _base() -> str:
    return f"{settings.YUTANG_PUBLIC_URL.rstrip('/')}/m/"


def _named(name: str) -> str:
    """Return a name without folders and what no file name holds."""
    plain = PurePosixPath(name.replace("\\", "/")).name
    kept = "".join(each for each in plain if each.isprintable() and each not in '<>:"|?*')
    ending = PurePosixPath(kept).suffix[:10]
    return f"{kept.removesuffix(ending)[: 90 - len(ending)]}{ending}".strip() or "file"


def _type_of(content: bytes, kind: str) -> tuple[str, str]:
    if kind == MaterialKind.VIDEO:
        return "video/mp4", ".mp4"
    if kind == MaterialKind.FILE:
        return "application/octet-stream", ""
    for begins, found in _TYPES.items():
        if content.startswith(begins):
            return found
    raise MediaBroken(name="", expected="JPG / PNG")


def _audit(member: Member, action: str, material: Material, now: datetime) -> None:
    record_audit(
        member.workspace,
        member.actor,
        action,
        f"material:{material.pk}",
        detail={"name": material.name, "kind": material.kind, "size": material.size},
        now=now,
    )
