"""The snippet that pages carry: a few lines of HTML, and the script they load from us."""

import re
from functools import cache
from html import escape
from importlib.resources import files

from yutang.tracking.models import Site

__all__ = ["script", "snippet_html"]


@cache
def script() -> bytes:
    """Return the script of `/t.js`, without its comments and indentation."""
    written = (files("yutang.tracking") / "t.js").read_text("utf-8")
    plain = re.sub(r"^\s*//.*$", "", written, flags=re.MULTILINE)
    return "\n".join(line.strip() for line in plain.splitlines() if line.strip()).encode()


def snippet_html(site: Site, public_url: str) -> str:
    """Return what belongs into the head of each page: calls made before the script is there wait."""
    source = escape(f"{public_url.rstrip('/')}/t.js", quote=True)
    return (
        "<script>window.yutang=window.yutang||function(){"
        "(yutang.q=yutang.q||[]).push(arguments)}</script>\n"
        f'<script async src="{source}" data-key="{escape(site.write_key, quote=True)}"></script>'
    )
