"""Coming in through WeCom: out to the platform, and back with a code."""

import html
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET

from yutang.guides import service as guides
from yutang.kit import clock
from yutang.kit.errors import DomainError
from yutang.kit.i18n import Text, language
from yutang.wecom import service as wecom
from yutang.wecom.models import Corp
from yutang.workspaces import service as workspaces

__all__ = ["oauth_back", "oauth_start"]

_COOKIE = "yutang_wecom"
_TITLE = Text("没能从企业微信登录", "Not signed in through WeCom")
_SIGN_IN = Text("用邮箱和密码登录", "Sign in with an address and a password")
_PAGE = """<!doctype html><html lang="{lang}"><meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1"><title>{title}</title><style>
body{{font:16px/1.6 system-ui,sans-serif;max-width:26em;margin:15vh auto;padding:0 1.2em;color:#1f2329}}
h1{{font-size:1.2em}} a{{color:#0f766e}}
@media (prefers-color-scheme:dark){{body{{background:#16181a;color:#e8eaed}}a{{color:#5eead4}}}}
</style><main><h1>{title}</h1><p>{why}</p><p><a href="/sign-in">{sign_in}</a></p></main></html>"""


@require_GET
def oauth_start(request: HttpRequest, door: UUID) -> HttpResponse:
    """Send the browser to the platform, which knows its member."""
    corp = wecom.corp_at(door)
    if corp is None:
        return _refused(guides.NoCorp())
    begun = guides.start(
        corp,
        back=f"{wecom.entrance_url(corp)}/back",
        next_path=_inside(corp, request.GET.get("next", "")),
        is_inside="wxwork/" in request.headers.get("User-Agent", "").lower(),
    )
    response = HttpResponseRedirect(begun.url)
    response.set_cookie(
        _COOKIE,
        begun.cookie,
        max_age=guides.STATE_LASTS,
        secure=settings.YUTANG_SECURE_COOKIES,
        httponly=True,
        samesite="Lax",
    )
    return _kept_private(response)


@require_GET
def oauth_back(request: HttpRequest, door: UUID) -> HttpResponse:
    """Sign in whom the platform recognised, and go on to where she wanted."""
    corp = wecom.corp_at(door)
    try:
        if corp is None:
            raise guides.NoCorp
        cookie, state = request.COOKIES.get(_COOKIE, ""), request.GET.get("state", "")
        next_path = guides.state_of(corp, cookie, state)
        came = guides.come_in(
            corp,
            request.GET.get("code", "")[:512],
            address=workspaces.address_of(request),
            browser=request.headers.get("User-Agent", ""),
            now=clock.now(),
        )
    except DomainError as refusal:
        return _refused(refusal)
    response = HttpResponseRedirect(next_path)
    workspaces.keep_session(request, response, came.token)
    response.delete_cookie(_COOKIE, samesite="Lax")
    return _kept_private(response)


def _inside(corp: Corp, asked: str) -> str:
    """Return a path of ours to go on to: nobody is led elsewhere."""
    ours = asked.startswith("/") and url_has_allowed_host_and_scheme(asked, allowed_hosts=None)
    return asked if ours else f"/w/{corp.workspace.slug}/sidebar"


def _refused(refusal: DomainError) -> HttpResponse:
    """Say why at the door, and where else to come in."""
    page = _PAGE.format(
        lang="zh-CN" if language() == "zh" else "en",
        title=_TITLE.said(),
        why=html.escape(refusal.sentence()),
        sign_in=_SIGN_IN.said(),
    )
    response = HttpResponse(page, status=refusal.status)
    response["Content-Security-Policy"] = (
        "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"
    )
    return _kept_private(response)


def _kept_private(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store"
    response["Referrer-Policy"] = "no-referrer"
    return response
