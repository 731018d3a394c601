"""Where channels tell what became of messages. Nobody is signed in: the address itself is a secret."""

from django.http import HttpRequest, JsonResponse
from ninja import Path, Router

from yutang.kit import clock
from yutang.kit.errors import refusals
from yutang.reach import service as reach
from yutang.workspaces.service import public

__all__ = ["router"]

router = Router(tags=["channels"])


@router.post(
    "/{account_id}/{key}",
    auth=None,
    summary="Tell what became of messages",
    response={200: dict[str, object]}
    | refusals(reach.NoSuchReceiver, reach.ReceiptNotSigned, reach.ReceiptNotRead),
)
@public(
    "whoever knows the address is the channel; where it signs, its signature is checked as well"
)
def receive(
    request: HttpRequest,
    account_id: Path[int],
    key: Path[str],
) -> JsonResponse:
    """Told as the channel tells it; what is told again changes nothing."""
    headers = {name.lower(): value for name, value in request.headers.items()}
    said = reach.receive(account_id, key, headers, request.body, now=clock.now())
    return JsonResponse(dict(said), json_dumps_params={"ensure_ascii": False})
