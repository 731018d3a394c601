"""Requests to the platform as bytes: kept alive, no redirects, within a time; addresses are never logged.

The token stands in the query, so that neither a log nor an exception may carry an address.
"""

import logging
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.conf import settings

from yutang.kit.i18n import Text
from yutang.wecom.client.errors import NoAnswer

if TYPE_CHECKING:
    from datetime import datetime

    import httpx

__all__ = ["REAL_BASE", "Answer", "Upload", "allowed_bases", "ask"]

REAL_BASE = "https://qyapi.weixin.qq.com"
_MOST_BYTES = 32 << 20
_WHY = {
    "expired": Text("证书已过期", "the certificate has expired"),
    "tls": Text("证书不可信或名字不符", "the certificate is not trusted, or of another name"),
    "late": Text("没有及时回答", "no answer in time"),
    "closed": Text("连接中断", "the connection was closed"),
    "nowhere": Text("连不上", "no connection"),
    "not_http": Text("回答不是 HTTP", "the answer is not HTTP"),
    "not_json": Text("回答不是 JSON", "the answer is not JSON"),
    "large": Text("回答太大", "the answer is too large"),
}


@dataclass(frozen=True)
class Upload:
    """A file on its way."""

    name: str
    content: bytes
    kind: str = "application/octet-stream"


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def at(self) -> "datetime | None":
        """Return what the other end's clock said."""
        try:
            return parsedate_to_datetime(self.headers.get("date", ""))
        except ValueError:
            return None


def allowed_bases() -> tuple[str, ...]:
    """Return where a corp may be: the real platform, and what the operator of the installation added."""
    more = settings.YUTANG_WECOM_BASES.replace(",", " ").split()
    return (REAL_BASE, *(each.rstrip("/") for each in more))


def ask(
    base: str,
    path: str,
    query: Mapping[str, str],
    *,
    body: bytes | None = None,
    upload: Upload | None = None,
    seconds: float,
) -> Answer:
    """Ask, and return what came back, of whatever status.

    :raises NoAnswer:
    """
    import httpx

    if base not in allowed_bases():
        raise silent("nowhere", began=False)
    sent: dict[str, Any] = {"params": dict(query), "timeout": httpx.Timeout(seconds, connect=5)}
    if upload is not None:
        sent["files"] = {"media": (upload.name, upload.content, upload.kind)}
    elif body is not None:
        sent |= {"content": body, "headers": {"Content-Type": "application/json; charset=utf-8"}}
    method = "GET" if body is None and upload is None else "POST"
    try:
        with _connections(base).stream(method, f"/cgi-bin/{path}", **sent) as response:
            return Answer(response.status_code, dict(response.headers), _read(response))
    except httpx.ConnectTimeout:
        raise silent("late", began=False) from None
    except httpx.TimeoutException:
        raise silent("late", began=True) from None
    except httpx.ConnectError as reason:
        raise silent(_why_not(reason), began=False) from None
    except httpx.NetworkError:
        raise silent("closed", began=True) from None
    except (httpx.HTTPError, httpx.InvalidURL):
        raise silent("not_http", began=True) from None


def silent(why: str, *, began: bool) -> NoAnswer:
    """Return that there was no usable answer."""
    return NoAnswer(why=_WHY[why], began=began, kind=why)


def _read(response: "httpx.Response") -> bytes:
    parts, size = [], 0
    for part in response.iter_bytes():
        parts.append(part)
        size += len(part)
        if size > _MOST_BYTES:
            raise silent("large", began=True)
    return b"".join(parts)


def _why_not(reason: BaseException) -> str:
    seen: BaseException | None = reason
    while seen is not None:
        if isinstance(seen, ssl.SSLCertVerificationError):
            return "expired" if seen.verify_code == 10 else "tls"  # X509_V_ERR_CERT_HAS_EXPIRED
        if isinstance(seen, ssl.SSLError):
            return "tls"
        seen = seen.__cause__ or seen.__context__
    return "nowhere"


@lru_cache(maxsize=8)
def _connections(base: str) -> "httpx.Client":
    import httpx

    logging.getLogger("httpx").setLevel(logging.WARNING)  # it would log addresses
    return httpx.Client(
        base_url=base,
        trust_env=base.startswith("https:"),
        follow_redirects=False,
        limits=httpx.Limits(max_connections=100, max_keepalive_connections=40, keepalive_expiry=20),
    )
