"""A corp of the cast's, and a platform on this machine that answers as a test tells it."""

import itertools
import json
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from django.conf import settings

from yutang.wecom import service as wecom
from yutang.wecom.client import tokens, wire
from yutang.wecom.models import Corp
from yutang.workspaces.models import Workspace
from yutang.workspaces.service import Member
from yutang.workspaces.tests.builders import a_member, a_workspace

__all__ = [
    "AES_KEY",
    "CORP_ID",
    "NOON",
    "TOKEN",
    "Asked",
    "Platform",
    "a_corp",
    "a_platform",
    "post",
]

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
CORP_ID = "ww0a1b2c3d4e5f6071"
TOKEN = "hGIkxsJJARVo0OEfgprm"
AES_KEY = "54qwgp8lpeHekRsSGVDfisqqYhGyd75Dxduo34ikVqk"
_secrets = itertools.count(1)


@dataclass(frozen=True)
class Asked:
    """One request as it reached the platform."""

    api: str
    query: Mapping[str, str]
    body: Any
    token: str


Reply = Mapping[str, Any] | tuple[int, bytes] | None


@dataclass
class Platform:
    """What the platform answers: by API, a dictionary, a function of what was asked, or a list of turns."""

    base: str = ""
    asked: list[Asked] = field(default_factory=list)
    says: dict[str, Any] = field(default_factory=dict)
    tokens: int = 0

    def answer(self, asked: Asked) -> Reply:
        self.asked.append(asked)
        said = self.says.get(asked.api)
        if isinstance(said, list):
            said = said.pop(0) if len(said) > 1 else said[0]
        if callable(said):
            said = said(asked)
        if said is None and asked.api == "gettoken" and asked.api not in self.says:
            self.tokens += 1
            said = {"access_token": f"token-{self.tokens}", "expires_in": 7200}
        return said

    def count(self, api: str) -> int:
        return sum(each.api == api for each in self.asked)


@contextmanager
def a_platform(**says: Any) -> Iterator[Platform]:
    """Run a platform; corps may be there while it runs. `a__b` stands for the API `a/b`."""
    platform = Platform(says={name.replace("__", "/"): said for name, said in says.items()})
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(platform))
    server.daemon_threads = True
    platform.base = f"http://127.0.0.1:{server.server_port}"
    before, settings.YUTANG_WECOM_BASES = settings.YUTANG_WECOM_BASES, platform.base
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    try:
        yield platform
    finally:
        settings.YUTANG_WECOM_BASES = before
        wire._connections(platform.base).close()
        wire._connections.cache_clear()
        server.shutdown()
        server.server_close()


def _handler(platform: Platform) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            content = self.rfile.read(int(self.headers.get("content-length") or 0))
            parts = urlsplit(self.path)
            query = dict(parse_qsl(parts.query, keep_blank_values=True))
            is_json = "json" in self.headers.get("content-type", "")
            said = platform.answer(
                Asked(
                    parts.path.removeprefix("/cgi-bin/"),
                    {k: v for k, v in query.items() if k != "access_token"},
                    json.loads(content) if is_json else content,
                    query.get("access_token", ""),
                )
            )
            if said is None:
                self.close_connection = True
                return
            status, body = said if isinstance(said, tuple) else (200, json.dumps(said).encode())
            self.send_response(status)
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_POST  # noqa: N815

        def log_message(self, *_: Any) -> None:
            pass

    return Handler


def a_corp(
    whose: Member | Workspace | None = None, *, platform: Platform | None = None, **given: Any
) -> Corp:
    """Connect a corp, with a secret and everything callbacks need."""
    member = whose if isinstance(whose, Member) else a_member(whose or a_workspace())
    entered: dict[str, Any] = {
        "corp_id": CORP_ID,
        "agent_id": 1000002,
        "secret": f"secret-of-the-tea-house-{next(_secrets)}",
        "name": "茶馆",
        "callback_token": TOKEN,
        "callback_key": AES_KEY,
        "now": NOON,
    }
    if platform:
        entered["base"] = platform.base
    tokens._known.clear()
    return wecom.add_corp(member, **(entered | given))


def post(
    corp: Corp,
    text: str,
    *,
    at: datetime,
    receive: Callable[..., None] | None = None,
    **changed: str,
) -> None:
    """Have the platform tell something, sealed and signed as it does."""
    envelope = wecom.Envelope(TOKEN, AES_KEY, changed.pop("receive_id", corp.corp_id))
    encrypted = envelope.seal(text)
    timestamp, nonce = str(int(at.timestamp())), "8801237465"
    query = {
        "msg_signature": envelope.signature(timestamp, nonce, encrypted),
        "timestamp": timestamp,
        "nonce": nonce,
    } | changed
    body = f"<xml><ToUserName>x</ToUserName><Encrypt><![CDATA[{encrypted}]]></Encrypt></xml>"
    (receive or wecom.receive)(corp.door, query, body.encode(), now=at)
