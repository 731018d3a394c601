"""A message as mail: plain text and the same as HTML, with a way out in its head (RFC 8058)."""

import html
import re
from collections.abc import Mapping, Sequence
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import Any

from yutang.kit.clock import now as present
from yutang.reach.channels._plain import as_text, with_leave_url
from yutang.reach.channels.interface import Outgoing

__all__ = ["mail_of"]


def mail_of(settings: Mapping[str, str], each: Outgoing, *, message_id: str) -> bytes:
    """Return a mail as it travels: its text, its HTML, and the way out in its head.

    :raises ValueError: something in its head is no address.
    """
    mail = EmailMessage(policy=SMTP)
    mail["Subject"] = " ".join(each.rendered.subject.split())
    mail["From"] = Address(settings.get("from_name", ""), addr_spec=settings["from_address"])
    mail["To"] = Address(addr_spec=each.address)
    mail["Date"] = format_datetime(present())
    mail["Message-ID"] = message_id
    if settings.get("reply_to"):
        mail["Reply-To"] = Address(addr_spec=settings["reply_to"])
    if each.leave_url:
        mail["List-Unsubscribe"] = f"<{each.leave_url}>"
        mail["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    mail["Auto-Submitted"] = "auto-generated"
    parts = [part for part in each.rendered.parts if part.get("kind") != "subject"]
    mail.set_content(with_leave_url(as_text(parts), each.leave_url))
    seen = each.open_url if settings.get("opens") == "yes" else ""
    mail.add_alternative(_html(parts, each.leave_url, seen), subtype="html")
    return mail.as_bytes(policy=SMTP)


def _html(parts: Sequence[Mapping[str, Any]], leave_url: str, open_url: str) -> str:
    body = "".join(map(_block, parts))
    if open_url:
        body += f'<img src="{_quoted(open_url)}" width="1" height="1" alt="">'
    if leave_url:
        body += (
            f'<p style="color:#888;font-size:12px"><a style="color:#888" href="{_quoted(leave_url)}">'
            "退订 Unsubscribe</a></p>"
        )
    return (
        '<!doctype html><html><body style="font-family:sans-serif;max-width:640px;margin:0 auto">'
        f"{body}</body></html>"
    )


def _block(part: Mapping[str, Any]) -> str:
    url = _quoted(str(part.get("url") or ""))
    title = html.escape(str(part.get("title") or part.get("name") or part.get("url") or ""))
    match part.get("kind"):
        case "image":
            return f'<p><img src="{url}" alt="" style="max-width:100%"></p>'
        case "link" | "file":
            picture = _quoted(str(part.get("image_url") or ""))
            shown = f'<img src="{picture}" alt="" style="max-width:100%"><br>' if picture else ""
            more = html.escape(str(part.get("description") or ""))
            return f'<p><a href="{url}">{shown}{title}</a><br>{more}</p>'
    lines = html.escape(str(part.get("text") or ""))
    linked = re.sub(r"https?://[^\s<>&]+(?:&amp;[^\s<>&]+)*", r'<a href="\g<0>">\g<0></a>', lines)
    return f"<p>{linked}</p>".replace("\n", "<br>")


def _quoted(address: str) -> str:
    """Return an address as it may stand in an attribute; whatever is no web address is left out."""
    return html.escape(address) if address.startswith(("https://", "http://")) else ""
