"""What happens around every request: the reader's language, a request id, one line in the log."""

import time
import uuid
from collections.abc import Callable
from http import HTTPStatus

import structlog
from django.http import HttpRequest, HttpResponse

from yutang.config.observability import ANSWERED
from yutang.kit.i18n import preferred, speaking

__all__ = ["problem_shape", "reader_language", "request_log"]

log = structlog.get_logger(__name__)
_METHODS = {"GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"}
Handler = Callable[[HttpRequest], HttpResponse]


def reader_language(handle: Handler) -> Handler:
    """Speak the language the request asks for."""

    def middleware(request: HttpRequest) -> HttpResponse:
        with speaking(preferred(request.headers.get("Accept-Language", ""))):
            return handle(request)

    return middleware


def request_log(handle: Handler) -> Handler:
    """Log one line per request: method, route, status, milliseconds. Never query strings or bodies."""

    def middleware(request: HttpRequest) -> HttpResponse:
        request_id = uuid.uuid4().hex
        began = time.perf_counter()
        with structlog.contextvars.bound_contextvars(request_id=request_id):
            response = handle(request)
            took = time.perf_counter() - began
            match = request.resolver_match
            route = match.route if match else "unknown"
            method = request.method if request.method in _METHODS else "other"
            ANSWERED.labels(method, route, response.status_code).observe(took)
            log.info(
                "request",
                method=method,
                route=route,
                status=response.status_code,
                ms=round(took * 1000, 1),
            )
        response["X-Request-Id"] = request_id
        return response

    return middleware


def problem_shape(handle: Handler) -> Handler:
    """Give the API's own shape to what Django and ninja refuse before a route is reached."""
    from yutang.config.api import refuse_method, refuse_unstorable_address

    def middleware(request: HttpRequest) -> HttpResponse:
        if not request.path.startswith("/api/"):
            return handle(request)
        if "\0" in request.path:
            return refuse_unstorable_address(request)
        response = handle(request)
        if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
            return refuse_method(request, response["Allow"])
        return response

    return middleware
