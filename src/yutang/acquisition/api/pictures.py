"""What is printed of a code, and the page it leads to."""

import html
from typing import Annotated, Literal
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods
from ninja import File, Schema
from ninja.files import UploadedFile
from pydantic import Field

from yutang.acquisition import service as acquisition
from yutang.acquisition.api.router import router
from yutang.kit import clock
from yutang.kit.errors import refusals
from yutang.kit.i18n import Text
from yutang.workspaces.service import MemberRequest, needs

__all__ = ["code_page"]

_PAGE = """<!doctype html><html lang="{lang}"><meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex">
<title>{title}</title><style>
body{{font:17px/1.6 system-ui,sans-serif;max-width:24em;margin:10vh auto;padding:0 1.2em;color:#1f2329;text-align:center}}
h1{{font-size:1.25em}} img{{width:min(18em,80vw);aspect-ratio:1;border-radius:.5em;background:#fff}}
@media (prefers-color-scheme:dark){{body{{background:#16181a;color:#e8eaed}}}}
</style><main><h1>{title}</h1>{body}</main></html>"""
_ADD = Text("长按识别，添加{brand}的顾问", "Press and hold to add {brand}’s adviser")
_JOIN = Text("长按识别，加入{brand}的群", "Press and hold to join {brand}’s group")
_OVER = Text("这个二维码已经停用", "This code is no longer in use")
_OVER_MORE = Text("可以到{brand}的门店再找我们。", "You will find {brand} in its stores.")
_SOON = Text("二维码正在生成", "The code is being made")
_SOON_MORE = Text("过几秒刷新一下。", "Reload in a few seconds.")
_NONE = Text("这个二维码打不开", "This code leads nowhere")
_NONE_MORE = Text("它可能没有印完整。", "It may not be printed whole.")


class CodeLogoOut(Schema):
    """Whether a logo stands in the middle."""

    has_logo: bool


@router.get(
    "/codes/{int:code_id}/picture",
    summary="Draw what is printed",
    response={200: str} | refusals(acquisition.NoSuchCode),
)
@needs("codes.read")
def code_picture(
    request: MemberRequest,
    code_id: int,
    kind: Literal["svg", "png"] = "svg",
    side: Annotated[int, Field(ge=100, le=4000, description="Pixels of a PNG, about.")] = 1000,
) -> HttpResponse:
    """Draw the QR code: SVG with its logo, for print; or PNG without one."""
    code = acquisition.code_of(request.auth.workspace, code_id)
    if kind == "png":
        response = HttpResponse(acquisition.png_of(code, side=side), content_type="image/png")
    else:
        response = HttpResponse(acquisition.svg_of(code), content_type="image/svg+xml")
    response["Content-Security-Policy"] = "default-src 'none'; img-src data:; sandbox"
    response["Content-Disposition"] = f'attachment; filename="{code.key}.{kind}"'
    response["Cache-Control"] = "private, no-cache"
    return response


@router.post(
    "/codes/{int:code_id}/logo",
    summary="Put a logo into the middle",
    response={200: CodeLogoOut}
    | refusals(acquisition.NoSuchCode, acquisition.CodeIsOver, acquisition.LogoNotUsable),
)
@needs("codes.write")
def set_logo(
    request: MemberRequest, code_id: int, file: Annotated[UploadedFile, File()]
) -> dict[str, bool]:
    """Put a PNG or JPEG of at most 200 KB into the middle of what is printed."""
    code = acquisition.set_logo(request.auth, code_id, file.read(), now=clock.now())
    return {"has_logo": bool(code.logo)}


@router.delete(
    "/codes/{int:code_id}/logo",
    summary="Take the logo away",
    response={204: None} | refusals(acquisition.NoSuchCode, acquisition.CodeIsOver),
)
@needs("codes.write")
def remove_logo(request: MemberRequest, code_id: int) -> None:
    """Take the logo away."""
    acquisition.set_logo(request.auth, code_id, None, now=clock.now())


@require_http_methods(["GET", "HEAD"])
def code_page(request: HttpRequest, key: str) -> HttpResponse:
    """Show whoever scanned a printed code the platform's own, to press and hold."""
    found = acquisition.landing(key[:20], now=clock.now())
    if found is None:
        return _page(_NONE, _NONE_MORE, status=404)
    if found.is_over:
        return _page(_OVER, _OVER_MORE, brand=found.brand, status=410)
    if not found.picture:
        return _page(_SOON, _SOON_MORE, brand=found.brand)
    title = _JOIN if found.is_group else _ADD
    return _page(title, None, brand=found.brand, picture=found.picture)


def _page(
    title: Text, more: Text | None, *, brand: str = "", picture: str = "", status: int = 200
) -> HttpResponse:
    said = html.escape(title.said().format(brand=brand))
    body = f"<p>{html.escape(more.said().format(brand=brand))}</p>" if more else ""
    if picture:
        body += f'<img src="{html.escape(picture)}" alt="{said}" referrerpolicy="no-referrer">'
    lang = "zh-CN" if title.said() == title.zh else "en"
    response = HttpResponse(_PAGE.format(lang=lang, title=said, body=body), status=status)
    parts = urlsplit(picture)
    images = f"{parts.scheme}://{parts.netloc}" if parts.netloc else "'none'"
    response["Content-Security-Policy"] = (
        f"default-src 'none'; style-src 'unsafe-inline'; img-src {images}; frame-ancestors 'none'"
    )
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex"
    return response
