"""Where the platform's callbacks come to: `/wecom/<door>`, in front of the web framework.

Nobody is signed in, every call is signed and encrypted, and the answer is plain text or nothing: of all that a request
passes on its way to a route, only the time would be left. It is a fifth of it this way.
"""

from collections.abc import Callable, Iterable
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qsl

import structlog

from yutang.kit import clock
from yutang.kit.errors import DomainError
from yutang.kit.i18n import preferred

__all__ = ["PREFIX", "callbacks_first"]

log = structlog.get_logger(__name__)

PREFIX = "/wecom/"
_MOST_BYTES = 1 << 20
Environ = dict[str, Any]
Application = Callable[[Environ, Any], Iterable[bytes]]


def callbacks_first(then: Application) -> Application:
    """Return an application that answers the platform itself, and leaves all else to another."""

    def application(environ: Environ, start_response: Any) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        door = path.removeprefix(PREFIX)
        if door == path or "/" in door:  # such as /wecom/oauth/…, where people come in
            return then(environ, start_response)
        status, said = _answered(door, environ)
        content = said.encode()
        headers = [
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Length", str(len(content))),
            ("X-Content-Type-Options", "nosniff"),
        ]
        start_response(f"{status.value} {status.phrase}", headers)
        return [content]

    return application


def _answered(door: str, environ: Environ) -> tuple[HTTPStatus, str]:
    from yutang.wecom import service as wecom

    try:
        query = dict(parse_qsl(environ.get("QUERY_STRING", ""), keep_blank_values=True))
        if environ["REQUEST_METHOD"] == "GET":
            return HTTPStatus.OK, wecom.verify(door, query, now=clock.now())
        if environ["REQUEST_METHOD"] != "POST":
            return HTTPStatus.METHOD_NOT_ALLOWED, ""
        length = environ.get("CONTENT_LENGTH") or "0"
        if not length.isdigit() or int(length) > _MOST_BYTES:
            return HTTPStatus.REQUEST_ENTITY_TOO_LARGE, ""
        body = environ["wsgi.input"].read(int(length))
        wecom.receive(door, query, body, now=clock.now())
    except DomainError as refused:
        language = preferred(environ.get("HTTP_ACCEPT_LANGUAGE", ""))
        return HTTPStatus(refused.status), refused.sentence(language)
    except Exception:  # not kept: the platform comes again
        from django.db import close_old_connections

        log.exception("callback not kept")
        close_old_connections()
        return HTTPStatus.INTERNAL_SERVER_ERROR, ""
    return HTTPStatus.OK, ""
