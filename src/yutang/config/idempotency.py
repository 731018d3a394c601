"""`Idempotency-Key` on writes: a request sent twice is done once.

The same key with the same request answers as the first time did, with `Idempotency-Replayed: true`.
What went wrong here (5xx) or was asked too early (401, 409, 429) is not kept: it may be sent again.
"""

import hashlib
from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from yutang.config.api import refuse
from yutang.kit.clock import now
from yutang.kit.errors import DomainError
from yutang.workspaces import service as workspaces

__all__ = ["idempotent_writes"]

Handler = Callable[[HttpRequest], HttpResponse]

_WRITES = {"POST", "PUT", "PATCH", "DELETE"}
_NOT_KEPT = {HTTPStatus.UNAUTHORIZED, HTTPStatus.CONFLICT, HTTPStatus.TOO_MANY_REQUESTS}
_member = workspaces.WorkspaceMember()


def idempotent_writes(handle: Handler) -> Handler:
    """Answer a repeated write with the reply it had."""

    def middleware(request: HttpRequest) -> HttpResponse:
        key = request.headers.get("Idempotency-Key")
        if key is None or request.method not in _WRITES or not request.path.startswith("/api/"):
            return handle(request)
        member = _member_or_none(request)
        if member is None:  # whoever this is, the route says what is missing
            return handle(request)
        try:
            claim = workspaces.claim_write(member, key, _hash_of(request), now=now())
        except DomainError as refusal:
            return refuse(request, refusal)
        return _replayed(claim.kept) if claim.kept else _done_and_kept(handle, request, claim)

    return middleware


def _done_and_kept(handle: Handler, request: HttpRequest, claim: workspaces.Claim) -> HttpResponse:
    try:
        response = handle(request)
    except BaseException:
        workspaces.forget_write(claim)
        raise
    status = response.status_code
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR or status in _NOT_KEPT:
        workspaces.forget_write(claim)
        return response
    is_streamed = response.streaming
    reply = workspaces.KeptReply(
        status=status,
        content_type=response.get("Content-Type", ""),
        body=b"" if is_streamed else response.content,
    )
    is_secret = is_streamed or "no-store" in response.get("Cache-Control", "")
    workspaces.keep_reply(claim, reply, is_secret=is_secret)
    return response


def _member_or_none(request: HttpRequest) -> workspaces.Member | None:
    try:
        return _member(request)
    except DomainError:
        return None


def _replayed(kept: workspaces.KeptReply) -> HttpResponse:
    response = HttpResponse(kept.body, status=kept.status, content_type=kept.content_type)
    response["Idempotency-Replayed"] = "true"
    return response


def _hash_of(request: HttpRequest) -> str:
    """Return what tells one request from another; of an upload its length stands for the content."""
    length = int(request.META.get("CONTENT_LENGTH") or 0)
    is_upload = (
        request.content_type == "multipart/form-data"
        or length > settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    )
    said = f"{request.method} {request.get_full_path()} {length}\n".encode()
    return hashlib.sha256(said + (b"" if is_upload else request.body)).hexdigest()
