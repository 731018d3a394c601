"""The console's page: one document for every address that is not a file and not the API."""

import re
from functools import cache
from pathlib import Path

from django.http import Http404, HttpRequest, HttpResponse

from yutang.config.serving import CONSOLE

__all__ = ["console_page"]

# Everything comes from ourselves; React and Ant Design set styles from script.
_POLICY = (
    "default-src 'self'; img-src 'self' data: blob:; style-src 'self' 'unsafe-inline';"
    " frame-ancestors 'none'; base-uri 'self'; form-action 'self'; object-src 'none'"
)
# A guide's pages also run the scripts of WeCom's client, which take their calls to it.
_BESIDE_A_CHAT = re.compile(r"/w/[\w-]+/sidebar(/|$)")
_WECOM = "https://res.wx.qq.com https://open.work.weixin.qq.com"
_POLICY_BESIDE_A_CHAT = f"{_POLICY}; script-src 'self' {_WECOM}; connect-src 'self' {_WECOM}"
_MISSING = (
    "<!doctype html><meta charset=utf-8><title>Yutang 鱼塘</title>"
    "<p>控制台还没有构建：运行 make install。<p>The console is not built yet: run make install."
)


def console_page(request: HttpRequest) -> HttpResponse:
    """Return the console; the address is read by its router."""
    if "." in request.path.rpartition("/")[2]:
        raise Http404  # a file that is not there is not a screen
    page = HttpResponse(_document(CONSOLE / "index.html"))
    is_beside = _BESIDE_A_CHAT.match(request.path)
    page["Content-Security-Policy"] = _POLICY_BESIDE_A_CHAT if is_beside else _POLICY
    page["Cache-Control"] = "no-cache"
    return page


@cache
def _document(file: Path) -> str:
    return file.read_text("utf-8") if file.exists() else _MISSING
