"""Where the platform's callbacks come to. Nobody is signed in: every call is signed and encrypted."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.views.decorators.csrf import csrf_exempt

from yutang.kit import clock
from yutang.kit.errors import DomainError
from yutang.wecom import service as wecom

__all__ = ["callback_door"]

_MOST_BYTES = 1 << 20


@csrf_exempt  # its senders are known by their signature
def callback_door(request: HttpRequest, door: UUID) -> HttpResponse:
    """Answer the platform: plain text where it checks the address, nothing where it tells something."""
    query = {name: str(value) for name, value in request.GET.items()}
    try:
        if request.method == "GET":
            return _plain(wecom.verify(door, query, now=clock.now()))
        if request.method != "POST":
            return HttpResponseNotAllowed(["GET", "POST"])
        if int(request.META.get("CONTENT_LENGTH") or 0) > _MOST_BYTES:
            return _plain("", 413)
        wecom.receive(door, query, request.body, now=clock.now())
    except DomainError as refused:
        return _plain(refused.sentence(), refused.status)
    return _plain("")


def _plain(said: str, status: int = 200) -> HttpResponse:
    return HttpResponse(said, status=status, content_type="text/plain; charset=utf-8")
