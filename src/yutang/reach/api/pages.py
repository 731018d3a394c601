"""What customers see: a link that leads on, and a way out. Light pages without a script, in two languages."""

import base64
import html

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from yutang.kit import clock
from yutang.kit.i18n import Text
from yutang.reach import service as reach

__all__ = ["leave_page", "link_page", "open_page"]

_NOTHING = base64.b64decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7")

_PAGE = """<!doctype html><html lang="{lang}"><meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex">
<title>{title}</title><style>
body{{font:17px/1.6 system-ui,sans-serif;max-width:28em;margin:15vh auto;padding:0 1.2em;color:#1f2329}}
h1{{font-size:1.25em}} button{{font:inherit;padding:.6em 1.6em;border:0;border-radius:.5em;
background:#0f6b5c;color:#fff}} p.small{{color:#646a73;font-size:.85em}}
@media (prefers-color-scheme:dark){{body{{background:#16181a;color:#e8eaed}}p.small{{color:#9aa0a6}}}}
</style><main><h1>{title}</h1>{body}</main></html>"""
_GONE = Text("这个链接打不开", "This link leads nowhere")
_GONE_MORE = Text(
    "它可能没有复制完整，或者已经失效。", "It may not have been copied whole, or is out of date."
)
_LEAVE = Text("不再接收这类消息？", "No more messages like this?")
_LEAVE_MORE = Text(
    "确认后，{brand}不会再通过{channel}给你发{purpose}消息。",
    "Once you confirm, {brand} will send you no more {purpose} messages by {channel}.",
)
_CONFIRM = Text("确认退订", "Unsubscribe")
_LEFT = Text("已退订", "You are unsubscribed")
_LEFT_MORE = Text(
    "{brand}不会再通过{channel}给你发{purpose}消息。",
    "{brand} will send you no more {purpose} messages by {channel}.",
)


@require_http_methods(["GET", "HEAD"])
def link_page(request: HttpRequest, code: str) -> HttpResponse:
    """Lead on to where the message was written to lead; nowhere else."""
    headers = {name.lower(): value for name, value in request.headers.items()}
    url = reach.follow_link(
        code[:100], headers | {":method": request.method or ""}, now=clock.now()
    )
    if url is None:
        return _page(_GONE, f"<p>{_GONE_MORE.said()}</p>", status=404)
    response: HttpResponse = HttpResponseRedirect(url)
    return _kept_private(response)


@require_http_methods(["GET", "HEAD"])
def open_page(request: HttpRequest, code: str) -> HttpResponse:
    """Give a picture of nothing to whoever opens a mail, ours or not, and note that it was opened."""
    if request.method == "GET":
        headers = {name.lower(): value for name, value in request.headers.items()}
        reach.note_open(code[:100], headers, now=clock.now())
    return _kept_private(HttpResponse(_NOTHING, content_type="image/gif"))


@csrf_exempt  # one-click unsubscribing (RFC 8058) comes from mail programs, without a page before
@require_http_methods(["GET", "HEAD", "POST"])
def leave_page(request: HttpRequest, code: str) -> HttpResponse:
    """Ask on GET, which scanners do as well; act on POST, which only people and their mail programs do."""
    delivery = reach.leaving(code[:100])
    if delivery is None:
        return _page(_GONE, f"<p>{_GONE_MORE.said()}</p>", status=404)
    if request.method == "POST":
        reach.leave(delivery, now=clock.now())
    names = {
        "brand": html.escape(delivery.workspace.name),
        "channel": reach.channel_label(delivery.channel).said(),
        "purpose": reach.purpose_label(delivery.purpose).said(),
    }
    if request.method == "POST":
        return _page(_LEFT, f"<p>{_LEFT_MORE.said().format(**names)}</p>")
    return _page(
        _LEAVE,
        f"<p>{_LEAVE_MORE.said().format(**names)}</p>"
        f'<form method="post"><button>{_CONFIRM.said()}</button></form>',
    )


def _page(title: Text, body: str, *, status: int = 200) -> HttpResponse:
    lang = "zh-CN" if title.said() == title.zh else "en"
    written = _PAGE.format(lang=lang, title=title.said(), body=body)
    response = HttpResponse(written, status=status)
    response["Content-Security-Policy"] = (
        "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'"
    )
    return _kept_private(response)


def _kept_private(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store"
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex"
    return response
