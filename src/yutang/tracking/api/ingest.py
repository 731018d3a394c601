"""The public door for events. The body is not parsed by the framework: it is read once, typed."""

from datetime import datetime
from http import HTTPStatus
from typing import Annotated, Any
from uuid import UUID

import msgspec
from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema
from pydantic import Field

from yutang.kit import clock
from yutang.kit.errors import DomainError, FieldProblem, problem, refusals
from yutang.tracking import service as tracking
from yutang.tracking.models import Site
from yutang.workspaces.service import Member, MemberRequest, WorkspaceMember, needs, public

__all__ = ["router"]

router = Router(tags=["events"])


class EventIn(Schema):
    """One thing a customer did."""

    type: Annotated[
        str, Field(description="A type of the catalogue, or a new one.", examples=["favorite"])
    ]
    customer: Annotated[
        dict[str, str | int],
        Field(
            description="Who, by identities: kind (or kind:source) and value.",
            examples=[{"phone": "13800138000"}],
        ),
    ]
    id: Annotated[
        UUID | None,
        Field(description="Yours; the same id never counts twice. Made here if left out."),
    ] = None
    occurred_at: Annotated[
        datetime | int | None,
        Field(
            description="When, with UTC offset, or as Unix milliseconds; now if left out.",
            examples=["2026-05-01T10:00:00+08:00"],
        ),
    ] = None
    amount: Annotated[int, Field(description="In fen.", examples=[12800])] = 0
    staff: Annotated[int, Field(ge=0, lt=2**32)] = 0
    store: Annotated[int, Field(ge=0, lt=2**32)] = 0
    group: Annotated[int, Field(ge=0, lt=2**32)] = 0
    content: Annotated[str, Field(max_length=500, examples=["A1"])] = ""
    campaign: Annotated[str, Field(max_length=500)] = ""
    source: Annotated[str, Field(max_length=500, examples=["tmall"])] = ""
    properties: Annotated[
        dict[str, Any],
        Field(description="Anything else, typed by the catalogue; nested objects are flattened."),
    ] = {}
    proof: Annotated[
        str, Field(description="Of the identities, where a page sends them with a write key.")
    ] = ""


class RefusedEventOut(Schema):
    """One event that was not taken, and why."""

    index: Annotated[int, Field(description="Its place in the request, from 0.")]
    errors: list[FieldProblem]


class IngestedOut(Schema):
    """What became of the events of a request."""

    accepted: Annotated[int, Field(description="New and durable.")]
    duplicates: Annotated[int, Field(description="Known by their id; counted once.")]
    refused: list[RefusedEventOut]
    unproven: Annotated[
        int, Field(description="Taken under the page's device only: their proof does not hold.")
    ]


class PageOfASite:
    """Lets in a page of a site, by its public write key; other callers are asked otherwise."""

    openapi_security_schema = {"type": "apiKey", "in": "query", "name": "write_key"}

    def __call__(self, request: HttpRequest) -> Member | None:
        """Return what a page may do: write events.

        :raises WriteKeyUnknown, OriginNotAllowed:
        """
        write_key = request.GET.get("write_key")
        if write_key is None:
            return None
        site = tracking.site_of_key(write_key, request.headers.get("Origin", ""))
        request.yutang_site = site  # type: ignore[attr-defined]
        return Member(site.workspace, None, frozenset({"events.write"}))


_ONE = EventIn.model_json_schema()
_MANY = {"type": "array", "items": _ONE, "minItems": 1, "maxItems": 10_000}
_BODY = {
    "requestBody": {
        "required": True,
        "description": "One event, several, or one a line; `Content-Encoding: gzip` is understood.",
        "content": {
            "application/json": {
                "schema": {
                    "anyOf": [
                        _ONE,
                        _MANY,
                        {"type": "object", "required": ["events"], "properties": {"events": _MANY}},
                    ]
                }
            },
            "application/x-ndjson": {"schema": {"type": "string"}},
        },
    }
}


@router.post(
    "/events",
    summary="Send events",
    auth=[PageOfASite(), WorkspaceMember()],
    openapi_extra=_BODY,
    response={202: IngestedOut}
    | refusals(
        tracking.BodyNotEvents,
        tracking.BodyNotGzip,
        tracking.WriteKeyUnknown,
        tracking.OriginNotAllowed,
        tracking.TooManyEvents,
        tracking.BodyUnpacksTooLarge,
        tracking.EncodingUnknown,
        tracking.EventsNotAsExpected,
        tracking.SpoolFull,
    ),
)
@needs("events.write")
def send_events(request: MemberRequest) -> HttpResponse:
    """Take events. 202 means: on disk, and counted exactly once from here on."""
    site: Site | None = getattr(request, "yutang_site", None)
    try:
        done = tracking.ingest(
            request.auth.workspace,
            request.body,
            now=clock.now(),
            encoding=request.headers.get("Content-Encoding", "").strip().lower(),
            lines="ndjson" in request.headers.get("Content-Type", "").lower(),
            site=site,
        )
    except DomainError as refusal:
        if site is None:
            raise
        return _readable(request, _refused(refusal))
    response = HttpResponse(_answer(done), "application/json", HTTPStatus.ACCEPTED)
    return response if site is None else _readable(request, response)


@router.api_operation(["OPTIONS"], "/events", auth=None, include_in_schema=False)
@public("a browser asks before it sends; the write key in the address says for which pages")
def before_sending(request: HttpRequest, write_key: str = "") -> HttpResponse:
    """Answer a browser's question whether a page may send events.

    :raises WriteKeyUnknown, OriginNotAllowed:
    """
    tracking.site_of_key(write_key, request.headers.get("Origin", ""))
    response = HttpResponse(status=HTTPStatus.NO_CONTENT)
    response["Access-Control-Allow-Methods"] = "POST"
    response["Access-Control-Allow-Headers"] = "Content-Type, Content-Encoding"
    response["Access-Control-Max-Age"] = "86400"
    return _readable(request, response)


def _readable(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Let the page that asked read the answer."""
    response["Access-Control-Allow-Origin"] = request.headers.get("Origin", "")
    response["Vary"] = "Origin"
    return response


def _refused(refusal: DomainError) -> HttpResponse:
    response = HttpResponse(
        msgspec.json.encode(problem(refusal)), "application/problem+json", refusal.status
    )
    if "seconds" in refusal.params:
        response["Retry-After"] = str(refusal.params["seconds"])
    return response


def _answer(done: tracking.Ingested) -> bytes:
    return msgspec.json.encode(
        {
            "accepted": done.accepted,
            "duplicates": done.duplicates,
            "refused": [
                {"index": n, "errors": [each.model_dump() for each in problems]}
                for n, problems in sorted(done.refusals.items())
            ],
            "unproven": done.unproven,
        }
    )
