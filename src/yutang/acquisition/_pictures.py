"""What is printed: a QR code of our own address, as sharp as one likes, with a logo in its middle.

The address leads to a page that shows the platform's code. So a printed code outlives the contact way
behind it. A logo hides modules: such a code carries 30 % of repair, and the logo takes a fifth of its side.
"""

import base64
import io

import segno
from django.conf import settings

from yutang.acquisition.models import LiveCode

__all__ = ["address_of", "png_of", "svg_of"]

_QUIET = 4  # modules around it, as the standard asks
_LOGO = 0.2  # of the side: 4 % of the area, well inside the 30 % that can be repaired


def address_of(code: LiveCode) -> str:
    """Return the address that is printed."""
    return f"{settings.YUTANG_PUBLIC_URL.rstrip('/')}/c/{code.key}"


def _drawn(code: LiveCode) -> segno.QRCode:
    return segno.make(address_of(code), error="h", micro=False, boost_error=False)


def svg_of(code: LiveCode) -> bytes:
    """Return the code as SVG, one unit a module, with its logo."""
    drawn = _drawn(code)
    side = drawn.symbol_size(border=_QUIET)[0]
    out = io.BytesIO()
    drawn.save(
        out, kind="svg", border=_QUIET, xmldecl=False, light="#fff", omitsize=True, svgclass=None
    )
    if not code.logo:
        return out.getvalue()
    return out.getvalue().replace(b"</svg>", _logo(code, side) + b"</svg>")


def _logo(code: LiveCode, side: float) -> bytes:
    size = side * _LOGO
    at = (side - size) / 2
    picture = base64.b64encode(bytes(code.logo or b"")).decode()
    written = (
        f'<rect x="{at - 0.5:g}" y="{at - 0.5:g}" width="{size + 1:g}" height="{size + 1:g}" rx="1" fill="#fff"/>'
        f'<image x="{at:g}" y="{at:g}" width="{size:g}" height="{size:g}" '
        f'href="data:{code.logo_type};base64,{picture}"/>'
    )
    return written.encode()


def png_of(code: LiveCode, *, side: int) -> bytes:
    """Return the code as PNG of about so many pixels, without a logo: a module is a whole number of them."""
    drawn = _drawn(code)
    modules = drawn.symbol_size(border=_QUIET)[0]
    out = io.BytesIO()
    drawn.save(out, kind="png", border=_QUIET, scale=max(1, round(side / modules)))
    return out.getvalue()
