"""`/t.js`: what pages of a site load."""

from django.http import HttpRequest, HttpResponse
from django.utils.http import quote_etag
from django.views.decorators.http import condition

from yutang.tracking import service as tracking

__all__ = ["page_script"]


@condition(etag_func=lambda _request: quote_etag(str(hash(tracking.script()))))
def page_script(request: HttpRequest) -> HttpResponse:
    """Return the script; browsers keep it for an hour."""
    response = HttpResponse(tracking.script(), "text/javascript; charset=utf-8")
    response["Cache-Control"] = "public, max-age=3600"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response
