"""Materials over HTTP: uploaded, listed, put away; and shown to whoever has the address."""

from datetime import datetime
from typing import Annotated, Literal
from urllib.parse import quote
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseNotFound
from django.views.decorators.http import require_http_methods
from ninja import File, Form, Query, Router, Schema, Status
from ninja.files import UploadedFile
from pydantic import Field, StringConstraints

from yutang.kit import clock
from yutang.kit.errors import refusals
from yutang.kit.files import MediaBroken, MediaTooLarge
from yutang.kit.pages import CursorUnknown, Page, PageIn, PageOf, page_of
from yutang.reach import service as reach
from yutang.reach.models import Material
from yutang.workspaces.service import MemberRequest, needs

__all__ = ["material_file", "router"]

router = Router(tags=["messages"])
Kind = Literal["image", "video", "file"]
_FOREVER = "public, max-age=31536000, immutable"


class MaterialsQuery(PageIn):
    """Which materials."""

    kind: Kind | None = None
    q: Annotated[
        str,
        StringConstraints(max_length=100, pattern=r"^[^\x00]*$"),
        Field(description="Part of a name."),
    ] = ""
    archived: bool = False


class MaterialIn(Schema):
    """What is uploaded."""

    kind: Kind


class MaterialOut(Schema):
    """A file, by the address that parts and phrases name it by."""

    id: int
    kind: Kind
    name: str
    content_type: str
    size: Annotated[int, Field(description="Bytes.")]
    url: str
    created_at: datetime
    archived_at: datetime | None

    @staticmethod
    def resolve_url(material: Material) -> str:
        return reach.material_url(material)


@router.get(
    "",
    summary="List materials",
    response={200: Page[MaterialOut]} | refusals(CursorUnknown),
)
@needs("customers.read")
def list_materials(request: MemberRequest, asked: Query[MaterialsQuery]) -> PageOf[Material]:
    rows = reach.materials_of(
        request.auth.workspace, kind=asked.kind or "", q=asked.q, archived=asked.archived
    )
    return page_of(rows, asked, order=("-id",))


@router.post(
    "",
    summary="Upload a material",
    response={201: MaterialOut} | refusals(MediaBroken, MediaTooLarge),
)
@needs("reach.write")
def add_material(
    request: MemberRequest, body: Form[MaterialIn], file: Annotated[UploadedFile, File()]
) -> Status[Material]:
    """Keep a picture (JPG, PNG; 10 MB), a video (MP4; 10 MB) or a file (20 MB), whole."""
    content = file.read()
    name = file.name or "file"
    made = reach.add_material(request.auth, name, content, kind=body.kind, now=clock.now())
    return Status(201, made)


@router.get(
    "/{int:material_id}",
    summary="Show a material",
    response={200: MaterialOut} | refusals(reach.NoSuchMaterial),
)
@needs("customers.read")
def show_material(request: MemberRequest, material_id: int) -> Material:
    return reach.material_of(request.auth.workspace, material_id)


@router.delete(
    "/{int:material_id}",
    summary="Put a material away",
    response={200: MaterialOut} | refusals(reach.NoSuchMaterial),
)
@needs("reach.write")
def archive_material(request: MemberRequest, material_id: int) -> Material:
    """Choose it no more; what names it still shows it."""
    return reach.archive_material(request.auth, material_id, now=clock.now())


@require_http_methods(["GET", "HEAD"])
def material_file(request: HttpRequest, door: UUID, name: str = "") -> HttpResponse:
    """Show what is in a material: pictures and videos in place, files as downloads, nothing that runs."""
    material = reach.material_at(door)
    if material is None:
        return HttpResponseNotFound()
    response = HttpResponse(bytes(material.content), content_type=material.content_type)
    shown = "attachment" if material.kind == "file" else "inline"
    response["Content-Disposition"] = f"{shown}; filename*=UTF-8''{quote(material.name)}"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = _FOREVER
    response["X-Robots-Tag"] = "noindex"
    return response
