"""The platform: who may call, how often, and what an answer looks like on the wire."""

import asyncio
import re
import secrets
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import msgspec

from yutang_sandbox.api import open_all
from yutang_sandbox.call import ROUTES, Answer, Call, File, Route
from yutang_sandbox.deliveries import Post
from yutang_sandbox.errors import TEXTS, Refused
from yutang_sandbox.faults import Broken, Faults
from yutang_sandbox.population.life import Life
from yutang_sandbox.world.corp import Corp
from yutang_sandbox.world.records import App
from yutang_sandbox.world.world import World

JSON = "application/json; charset=UTF-8"
CROWD = 5000  # callbacks on their way
MORE = "https://open.work.weixin.qq.com/devtool/query?e="
_encode = msgspec.json.Encoder().encode


@dataclass
class Request:
    method: str
    path: str
    query: dict[str, str]
    body: bytes = b""
    content_type: str = ""
    client: str = "127.0.0.1"
    base: str = ""
    range: str = ""
    authorization: str = ""


@dataclass
class Reply:
    status: int
    headers: list[tuple[str, str]]
    body: bytes


@dataclass
class Token:
    corp: str
    agent: int
    until: float


@dataclass
class Window:
    """Calls of one API by one corp in the minute and the hour under way."""

    minute: int = 0
    in_minute: int = 0
    hour: int = 0
    in_hour: int = 0


@dataclass
class Platform:
    """One running sandbox around a world."""

    world: World
    post: Post = field(init=False)
    tokens: dict[str, Token] = field(default_factory=dict)
    dead: set[str] = field(default_factory=set)  # tokens that were good once
    calls: Counter[str] = field(default_factory=Counter)
    changes: int = 0
    lives: dict[str, Life] = field(default_factory=dict)
    keep: Callable[[], None] = lambda: None  # write the world down now

    def __post_init__(self) -> None:
        open_all()
        self.post = Post(self.world.clock.wall)
        self._windows: dict[tuple[str, str], Window] = {}
        self._running: Counter[tuple[str, str]] = Counter()
        self._marking: set[str] = set()
        self._hints = 0
        self._faults: dict[str, Faults] = {}
        for corp in self.world.corps.values():
            self.listen_to(corp)
            if corp.life is not None:
                self.settle(corp)

    def settle(self, corp: Corp) -> Life:
        """Let the people of a corp live; they wait while too many callbacks are on their way."""
        life = self.lives[corp.id] = Life(corp, self.world.clock)
        life.crowded = lambda: self.post.waiting > CROWD
        return life

    def faults(self, corp: str) -> Faults:
        return self._faults.setdefault(corp, Faults())

    def listen_to(self, corp: Corp) -> None:
        """Carry out what happens in a corp."""

        def hear(fields: list[tuple[str, Any]], now: int) -> None:
            self.post.hand_in(corp.id, corp.apps, fields, now, self.faults(corp.id))

        corp.listener = hear

    async def answer(self, request: Request) -> Reply:
        """Answer one call of `/cgi-bin/…`."""
        path = request.path.removeprefix("/cgi-bin/")
        self.calls[path] += 1
        if path == "gettoken":
            return self._wire(self._attempt_token(request), request)
        route = ROUTES.get(path)
        if route is None:
            return Reply(404, [("content-type", "text/plain")], b"404 page not found")
        try:
            return self._wire(await self._handled(route, path, request), request)
        except Refused as refused:
            return self._wire(refused, request, route.empty)
        except Broken as broken:
            return Reply(broken.status, [("content-type", "text/html")], b"<html></html>")

    async def _handled(self, route: Route, path: str, request: Request) -> Answer | bytes | File:
        corp, app = self._caller(request)
        self._admit(corp, app, path, request)
        body = _body(request)
        key = (corp.id, path)
        if corp.limits.concurrent and self._running[key] >= corp.limits.concurrent:
            raise Refused(45033)
        self._running[key] += 1
        pair = ""
        if path == "externalcontact/mark_tag":
            pair = f"{corp.id} {body.get('userid')} {body.get('external_userid')}"
        try:
            if pair and pair in self._marking:
                pair = ""
                raise Refused(45035)
            if pair:
                self._marking.add(pair)
            if corp.limits.latency_ms:
                await asyncio.sleep(corp.limits.latency_ms / 1000)
            await self.faults(corp.id).meet(path)
            return route.handler(self._call(corp, app, request, body))
        finally:
            self._running[key] -= 1
            self._marking.discard(pair)
            self.changes += 1

    def _call(self, corp: Corp, app: App, request: Request, body: dict[str, Any]) -> Call:
        return Call(
            corp,
            app,
            self.world.clock,
            request.query,
            body,
            request.body,
            request.content_type,
            request.base,
        )

    # who calls

    def _attempt_token(self, request: Request) -> Answer | Refused:
        try:
            return self._token(request)
        except Refused as refused:
            return refused

    def _token(self, request: Request) -> Answer:
        corp_id, secret = request.query.get("corpid", ""), request.query.get("corpsecret", "")
        if not secret:
            raise Refused(41004)
        if not corp_id:
            raise Refused(41002)
        corp = self.world.corps.get(corp_id)
        if corp is None:
            raise Refused(40013)
        app = next((one for one in corp.apps if secrets.compare_digest(_b(one), _s(secret))), None)
        if app is None or not app.enabled:
            raise Refused(40001)
        self._check_address(app, request)
        self._count(corp, "gettoken")
        return self._issue(corp, app)

    def _issue(self, corp: Corp, app: App) -> Answer:
        now = self.world.clock.wall()
        for text, token in self.tokens.items():
            if (token.corp, token.agent) == (corp.id, app.agent) and token.until > now + 60:
                return {"access_token": text, "expires_in": int(token.until - now)}
        text = "sbx-" + secrets.token_urlsafe(48)
        self.tokens[text] = Token(corp.id, app.agent, now + corp.limits.token_seconds)
        return {"access_token": text, "expires_in": corp.limits.token_seconds}

    def revoke_tokens(self, corp: str, *, expired: bool = False) -> int:
        """Make every token of a corp worthless: unknown (40014), or expired (42001)."""
        mine = [text for text, token in self.tokens.items() if token.corp == corp]
        for text in mine:
            if expired:
                self.tokens[text].until = 0
            else:
                del self.tokens[text]
        return len(mine)

    def _caller(self, request: Request) -> tuple[Corp, App]:
        text = request.query.get("access_token", "")
        if not text:
            raise Refused(41001)
        token = self.tokens.get(text)
        if token is None or token.corp not in self.world.corps:
            raise Refused(40014)
        if token.until <= self.world.clock.wall():
            raise Refused(42001)
        corp = self.world.corps[token.corp]
        for app in corp.apps:
            if app.agent == token.agent and app.enabled:
                return corp, app
        raise Refused(50003)

    def _admit(self, corp: Corp, app: App, path: str, request: Request) -> None:
        self._check_address(app, request)
        if path in app.refused:
            raise Refused(48002)
        if ROUTES[path].method == "POST" and request.method != "POST":
            raise Refused(40063)
        self._count(corp, path)

    def _check_address(self, app: App, request: Request) -> None:
        if app.trusted and request.client not in app.trusted:
            raise Refused(60020)

    def _count(self, corp: Corp, path: str) -> None:
        now, window = (
            int(self.world.clock.wall()),
            self._windows.setdefault((corp.id, path), Window()),
        )
        if window.minute != now // 60:
            window.minute, window.in_minute = now // 60, 0
        if window.hour != now // 3600:
            window.hour, window.in_hour = now // 3600, 0
        window.in_minute += 1
        window.in_hour += 1
        if window.in_minute > corp.limits.per_minute or window.in_hour > corp.limits.per_hour:
            raise Refused(45009)

    # the wire

    def _wire(
        self, answer: Answer | bytes | File | Refused, request: Request, empty: Answer | None = None
    ) -> Reply:
        if isinstance(answer, bytes):
            return Reply(200, [("content-type", JSON)], answer)
        if isinstance(answer, File):
            return _file(answer, request)
        if not isinstance(answer, Refused):
            body = _encode({"errcode": 0, "errmsg": "ok", **answer})
            return Reply(200, [("content-type", JSON)], body)
        text = self._sentence(answer, request)
        headers = [
            ("content-type", JSON),
            ("error-code", str(answer.code)),
            ("error-msg", text.encode("ascii", "replace").decode()),
        ]
        carried = {**(empty or {}), **answer.carry}
        body = _encode({"errcode": answer.code, "errmsg": text, **carried})
        return Reply(200, headers, body)

    def _sentence(self, refused: Refused, request: Request) -> str:
        if refused.code == 40014:
            return TEXTS[40014]
        self._hints = self._hints % 999 + 1
        hint = f"[{int(self.world.clock.wall())}_{self._hints}_{secrets.token_hex(16)}]"
        return (
            f"{refused.text}, hint: {hint}, from ip: {request.client}, "
            f"more info at {MORE}{refused.code}"
        )


def _b(app: App) -> bytes:
    return app.secret.encode()


def _s(secret: str) -> bytes:
    return secret.encode()


def _body(request: Request) -> dict[str, Any]:
    if not request.body or request.content_type.startswith("multipart/"):
        return {}
    try:
        body = msgspec.json.decode(request.body)
    except msgspec.DecodeError:
        raise Refused(40058, "Warning: wrong json format. invalid Request Parameter") from None
    if not isinstance(body, dict):
        raise Refused(40063)
    return body


def _file(file: File, request: Request) -> Reply:
    """Return a file, or the part of it that was asked for."""
    headers = [
        ("content-type", file.kind),
        ("content-disposition", f'attachment; filename="{_plain(file.name)}"'),
        ("accept-ranges", "bytes"),
    ]
    size, asked = len(file.content), re.fullmatch(r"bytes=(\d*)-(\d*)", request.range)
    if asked is None or not any(asked.groups()):
        return Reply(200, headers, file.content)
    first, last = asked.groups()
    start = int(first) if first else max(size - int(last), 0)
    end = min(int(last) + 1, size) if first and last else size
    if start >= end:
        return Reply(416, [("content-range", f"bytes */{size}")], b"")
    headers.append(("content-range", f"bytes {start}-{end - 1}/{size}"))
    return Reply(206, headers, file.content[start:end])


def _plain(name: str) -> str:
    """Return a file name that fits a header."""
    return re.sub(r'[^ -~]|["\\]', "_", name)
