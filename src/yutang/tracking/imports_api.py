"""Routes of imports: upload, look, map, preview, start, watch, stop, go on, download what was left out."""

from collections.abc import Iterator
from datetime import datetime
from typing import Annotated, Any, Literal

from django.http import StreamingHttpResponse
from ninja import Query, Router, Schema, Status
from pydantic import Field

from yutang.kit.clock import now
from yutang.kit.errors import refusals
from yutang.kit.i18n import Text
from yutang.kit.pages import Page, PageIn, PageOf, page_of
from yutang.tracking.models import BadRow, Import, ImportState
from yutang.tracking.service import imports
from yutang.workspaces.service import MemberRequest, needs

__all__ = ["router"]

router = Router(tags=["imports"])


class ImportOut(Schema):
    """One import and how far it is."""

    id: int
    name: Annotated[str, Field(examples=["orders-2026.csv"])]
    state: ImportState
    size: Annotated[int, Field(description="Bytes.")]
    kind: Annotated[str | None, Field(description="`events` or `customers`, once mapped.")]
    rows_read: Annotated[int, Field(description="Rows dealt with so far, good and bad.")]
    rows_in: Annotated[int, Field(description="Rows that are in.")]
    rows_known: Annotated[int, Field(description="Rows an earlier import had brought in.")]
    rows_bad: Annotated[int, Field(description="Rows left out; download them with their reasons.")]
    bad_rows_until: Annotated[
        datetime | None,
        Field(description="When the rows left out are deleted; null where there are none to read."),
    ]
    share: Annotated[float, Field(description="How far it is, from 0 to 1.")]
    rows_total: Annotated[int | None, Field(description="Rows in all, estimated until the end.")]
    rows_per_second: float | None
    seconds_left: float | None
    job_id: int | None
    said: Annotated[str, Field(description="Why it stopped short, in the reader's language.")]
    created_by: str
    created_at: datetime
    began_at: datetime | None
    finished_at: datetime | None

    @staticmethod
    def resolve_kind(it: Import) -> str | None:
        kind = it.mapping.get("kind")
        return str(kind) if kind else None

    @staticmethod
    def resolve_share(it: Import) -> float:
        return round(imports.progress_of(it).share, 4)

    @staticmethod
    def resolve_rows_total(it: Import) -> int | None:
        return imports.progress_of(it).rows_total

    @staticmethod
    def resolve_rows_per_second(it: Import) -> float | None:
        return imports.progress_of(it).rows_per_second

    @staticmethod
    def resolve_seconds_left(it: Import) -> float | None:
        return imports.progress_of(it).seconds_left

    @staticmethod
    def resolve_said(it: Import) -> str:
        return Text(it.stopped_zh, it.stopped_en).said()


class ImportDetail(ImportOut):
    """One import, with the mapping it was started with."""

    mapping: imports.ImportMapping | None

    @staticmethod
    def resolve_mapping(it: Import) -> imports.ImportMapping | None:
        return imports.ImportMapping.model_validate(it.mapping) if it.mapping else None


class UploadName(Schema):
    """What the file is called."""

    name: Annotated[
        str,
        Field(min_length=1, max_length=255, examples=["orders-2026.csv"], description="Its name."),
    ]


class InspectIn(Schema):
    """How to look at the file; what is left out is found out from it."""

    format: imports.FileFormat = imports.FileFormat()
    kind: Literal["events", "customers"] | None = None


class ColumnOut(Schema):
    """What a column seems to be."""

    column: str
    role: Annotated[str | None, Field(description="phone, occurred_at, amount, …")]
    read_as: str
    format: Annotated[str | None, Field(description="The date format that was recognised.")]
    samples: list[str]
    empty: Annotated[int, Field(description="Empty cells among the rows looked at.")]
    note: Annotated[str | None, Field(description="What to confirm, in the reader's language.")]

    @staticmethod
    def resolve_note(guess: Any) -> str | None:
        return guess.note.said() if guess.note else None


class HeaderDoubtOut(Schema):
    """Something about the header to decide."""

    message: str
    header_row: Annotated[int, Field(description="The row that fits better.")]

    @staticmethod
    def resolve_message(doubt: Any) -> str:
        return str(doubt.reason.said())


class InspectionOut(Schema):
    """What a file seems to hold, and a mapping to begin with."""

    format: imports.FileFormat
    columns: list[ColumnOut]
    rows: Annotated[list[list[str | None]], Field(description="The first rows, as they stand.")]
    doubts: list[HeaderDoubtOut]
    sheets: Annotated[list[str], Field(description="Excel: its sheets.")]
    recipe: Annotated[str | None, Field(description="The ready recipe that fits, if one does.")]
    proposal: imports.ImportMapping

    @staticmethod
    def resolve_recipe(seen: Any) -> str | None:
        return seen.recipe.name if seen.recipe else None


class PreviewedRowOut(Schema):
    """One row as it would be imported."""

    line: int
    customer: dict[str, Any]
    type: str | None
    occurred_at: datetime | None
    amount: Annotated[int | None, Field(description="Fen.")]
    values: dict[str, Any]
    is_known: Annotated[bool, Field(description="It is in already and will not count again.")]
    problems: Annotated[list[str], Field(description="Why it would be left out.")]


class PreviewOut(Schema):
    """The first rows as they would be imported."""

    rows: list[PreviewedRowOut]
    looked_at: int
    bad: Annotated[int, Field(description="How many of those looked at would be left out.")]


class StartIn(Schema):
    """The mapping to import with."""

    mapping: Annotated[
        imports.ImportMapping | None, Field(description="Left out: the one it was mapped with.")
    ] = None
    again: Annotated[bool, Field(description="Import it although the same file is in already.")] = (
        False
    )


class BadRowOut(Schema):
    """A row that was left out."""

    line: int
    reason: str
    content: str

    @staticmethod
    def resolve_reason(row: BadRow) -> str:
        return Text(row.zh, row.en).said()


class RecipeOut(Schema):
    """A mapping that fits one kind of file as it is."""

    name: Annotated[str, Field(examples=["taobao"])]
    label: str
    about: str
    columns: list[str]
    mapping: imports.ImportMapping

    @staticmethod
    def resolve_label(recipe: Any) -> str:
        return str(recipe.label.said())

    @staticmethod
    def resolve_about(recipe: Any) -> str:
        return str(recipe.about.said())


_RAW_BODY = {
    "requestBody": {
        "required": True,
        "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
    }
}
_UNREADABLE = (imports.FileGone, imports.EmptyFile, imports.FileUnreadable)


@router.get("", summary="List imports", response={200: Page[ImportOut]})
@needs("imports.read")
def list_imports(request: MemberRequest, page: Query[PageIn]) -> PageOf[Import]:
    return page_of(imports.imports(request.auth.workspace), page, order=("-id",))


@router.post(
    "",
    summary="Upload a file to import",
    openapi_extra=_RAW_BODY,
    response={201: ImportOut} | refusals(imports.FileTooLarge, imports.EmptyFile),
)
@needs("imports.write")
def upload_file(request: MemberRequest, file: Query[UploadName]) -> Status[Import]:
    """Send the file itself as the body, of any size up to the limit; it is written to disk as it comes."""
    member = request.auth
    pieces = iter(lambda: request.read(1 << 20), b"")
    return Status(201, imports.upload(member.workspace, member.actor, file.name, pieces, now=now()))


@router.get("/recipes", summary="List ready recipes", response={200: Page[RecipeOut]})
@needs("imports.read")
def list_recipes(request: MemberRequest) -> PageOf[imports.Recipe]:
    return PageOf(list(imports.recipes.values()))


@router.get(
    "/{import_id}",
    summary="Show an import",
    response={200: ImportDetail} | refusals(imports.ImportNotFound),
)
@needs("imports.read")
def show_import(request: MemberRequest, import_id: int) -> Import:
    return imports.find(request.auth.workspace, import_id)


@router.post(
    "/{import_id}/inspect",
    summary="Look at the columns of a file",
    response={200: InspectionOut} | refusals(imports.ImportNotFound, *_UNREADABLE),
)
@needs("imports.read")
def inspect_file(request: MemberRequest, import_id: int, body: InspectIn) -> imports.Inspection:
    """Guesses by name and content, and proposes a mapping. Changes nothing."""
    return imports.inspect(request.auth.workspace, import_id, body.format, body.kind)


@router.post(
    "/{import_id}/preview",
    summary="Preview the first rows as they would be imported",
    response={200: PreviewOut}
    | refusals(imports.ImportNotFound, imports.MappingIncomplete, *_UNREADABLE),
)
@needs("imports.write")
def preview_rows(
    request: MemberRequest, import_id: int, body: imports.ImportMapping
) -> imports.Preview:
    """Nothing of it stays."""
    return imports.preview(request.auth.workspace, import_id, body, now=now())


@router.post(
    "/{import_id}/start",
    summary="Start an import",
    response={202: ImportOut}
    | refusals(
        imports.ImportNotFound,
        imports.ImportNotMapped,
        imports.ImportAlreadyRunning,
        imports.MappingIncomplete,
        imports.FileImportedBefore,
        *_UNREADABLE,
    ),
)
@needs("imports.write")
def start_import(request: MemberRequest, import_id: int, body: StartIn) -> Status[Import]:
    """Begin in the background; `state` and `share` say how far it is."""
    member = request.auth
    it = imports.start(
        member.workspace, member.actor, import_id, body.mapping, again=body.again, now=now()
    )
    return Status(202, it)


@router.post(
    "/{import_id}/stop",
    summary="Stop an import",
    response={200: ImportOut} | refusals(imports.ImportNotFound, imports.ImportNotRunning),
)
@needs("imports.write")
def stop_import(request: MemberRequest, import_id: int) -> Import:
    """Stop after the rows it is at; what is in stays in, and it can be resumed."""
    return imports.stop(request.auth.workspace, request.auth.actor, import_id, now=now())


@router.post(
    "/{import_id}/resume",
    summary="Go on with an import that was stopped",
    response={202: ImportOut}
    | refusals(
        imports.ImportNotFound,
        imports.ImportNotMapped,
        imports.ImportAlreadyRunning,
        imports.FileGone,
    ),
)
@needs("imports.write")
def resume_import(request: MemberRequest, import_id: int) -> Status[Import]:
    member = request.auth
    return Status(202, imports.resume(member.workspace, member.actor, import_id, now=now()))


@router.delete(
    "/{import_id}",
    summary="Remove an import and its file",
    response={204: None} | refusals(imports.ImportNotFound, imports.ImportAlreadyRunning),
)
@needs("imports.write")
def remove_import(request: MemberRequest, import_id: int) -> Status[None]:
    """Forget the file and its bad rows; the rows that are in stay in."""
    imports.remove(request.auth.workspace, request.auth.actor, import_id, now=now())
    return Status(204, None)


@router.get(
    "/{import_id}/bad-rows",
    summary="List the rows that were left out",
    response={200: Page[BadRowOut]} | refusals(imports.ImportNotFound),
)
@needs("imports.write")
def list_bad_rows(request: MemberRequest, import_id: int, page: Query[PageIn]) -> PageOf[BadRow]:
    return page_of(imports.bad_rows(request.auth.workspace, import_id), page, order=("line", "id"))


@router.get(
    "/{import_id}/bad-rows.csv",
    summary="Download the rows that were left out",
    response={200: str} | refusals(imports.ImportNotFound),
    openapi_extra={"responses": {200: {"content": {"text/csv": {"schema": {"type": "string"}}}}}},
)
@needs("imports.write")
def download_bad_rows(request: MemberRequest, import_id: int) -> StreamingHttpResponse:
    """CSV with line, reason and content; safe to open in a spreadsheet. The download is audited."""
    member = request.auth
    pieces: Iterator[str] = imports.bad_rows_csv(
        member.workspace, import_id, actor=member.actor, now=now()
    )
    return StreamingHttpResponse(
        pieces,
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="bad-rows-{import_id}.csv"'},
    )
