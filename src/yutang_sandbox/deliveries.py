"""Callbacks on their way out: sealed, sent, repeated; or kept for whoever fetches them."""

import asyncio
import secrets
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from xml.sax.saxutils import escape

import httpx

from yutang_sandbox import crypto
from yutang_sandbox.faults import CallbackTrouble, Faults
from yutang_sandbox.wire import NoAnswer, Wire
from yutang_sandbox.world.records import App

KEPT = 20_000
TRIES = 3
PATIENCE = 5.0  # seconds to answer in
SENDERS = 16
Fields = list[tuple[str, Any]]


@dataclass
class Delivery:
    """One callback to one app; `status` is waiting, sent, kept, lost or given up."""

    id: int
    corp: str
    app: App
    fields: Fields
    status: str = "waiting"
    tries: int = 0
    answer: str = ""

    def shown(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "agent": self.app.agent,
            "status": self.status,
            "tries": self.tries,
            "answer": self.answer,
            "event": dict(self.fields),
        }


def xml_of(corp: str, fields: Fields, now: int) -> str:
    """Return the plain text of an event."""
    start: Fields = [("ToUserName", corp), ("FromUserName", "sys"), ("CreateTime", now)]
    inside = [_element(*pair) for pair in [*start, ("MsgType", "event"), *fields]]
    return f"<xml>{''.join(inside)}</xml>"


def _element(name: str, value: Any) -> str:
    if isinstance(value, list):
        return f"<{name}>{''.join(_element('Item', one) for one in value)}</{name}>"
    if isinstance(value, dict):
        return f"<{name}>{''.join(_element(*pair) for pair in value.items())}</{name}>"
    if isinstance(value, int):
        return f"<{name}>{value}</{name}>"
    return f"<{name}><![CDATA[{str(value).replace(']]>', ']]]]><![CDATA[>')}]]></{name}>"


def sealed(app: App, corp: str, text: str, now: int) -> tuple[dict[str, str], str]:
    """Return the query and the body one app gets."""
    encrypted = crypto.seal(crypto.key_of(app.key), text.encode(), corp)
    timestamp, nonce = str(now), str(secrets.randbelow(10**10))
    signature = crypto.sign(app.token, timestamp, nonce, encrypted)
    body = (
        f"<xml><ToUserName><![CDATA[{escape(corp)}]]></ToUserName>"
        f"<AgentID><![CDATA[{app.agent}]]></AgentID>"
        f"<Encrypt><![CDATA[{encrypted}]]></Encrypt></xml>"
    )
    return {"msg_signature": signature, "timestamp": timestamp, "nonce": nonce}, body


class Post:
    """Carries callbacks to the apps, at least as badly as asked."""

    def __init__(self, wall: Callable[[], float]) -> None:
        self.wall = wall
        self.log: deque[Delivery] = deque(maxlen=KEPT)
        self.kept: dict[tuple[str, int], deque[tuple[dict[str, str], str]]] = {}
        self.retry_seconds = 1.0
        self._queue: deque[tuple[Delivery, str]] = deque()
        self._held: list[tuple[Delivery, str]] = []
        self._ready = asyncio.Event()
        self._busy = 0
        self._count = 0
        self._tasks: set[asyncio.Task[None]] = set()
        self._wire = Wire(PATIENCE)

    def hand_in(self, corp: str, apps: list[App], fields: Fields, now: int, faults: Faults) -> None:
        """Take an event for every app with a callback address or a key to keep it under."""
        text = ""
        for app in apps:
            if not app.enabled or not app.key or not app.token:
                continue
            text = text or xml_of(corp, fields, now)
            self._count += 1
            delivery = Delivery(self._count, corp, app, fields)
            self.log.append(delivery)
            self._on_its_way(delivery, text, faults)

    def _on_its_way(self, delivery: Delivery, text: str, faults: Faults) -> None:
        trouble: CallbackTrouble = faults.callbacks
        if faults.happens(trouble.lost):
            delivery.status = "lost"
            return
        copies = 2 if faults.happens(trouble.doubled) else 1
        if faults.happens(trouble.late):
            delivery.status = "late"
            self._later(trouble.late_seconds, delivery, text)
            return
        if faults.happens(trouble.reordered):
            self._held += [(delivery, text)] * copies
            return
        for one in [(delivery, text)] * copies + self._held[::-1]:
            self._enqueue(*one)
        self._held.clear()

    def _enqueue(self, delivery: Delivery, text: str) -> None:
        if not delivery.app.url:
            key = (delivery.corp, delivery.app.agent)
            shelf = self.kept.setdefault(key, deque(maxlen=KEPT))
            shelf.append(sealed(delivery.app, delivery.corp, text, int(self.wall())))
            delivery.status = "kept"
            return
        self._queue.append((delivery, text))
        self._ready.set()

    def _later(self, seconds: float, delivery: Delivery, text: str) -> None:
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            self._enqueue(delivery, text)
        else:
            loop.call_later(seconds, self._enqueue, delivery, text)

    def release(self) -> None:
        """Let go of what was held to be out of order."""
        for one in self._held[::-1]:
            self._enqueue(*one)
        self._held.clear()

    @property
    def waiting(self) -> int:
        return len(self._queue) + self._busy

    # in the loop

    def open(self) -> None:
        """Begin to send; needs a running loop."""
        for _ in range(SENDERS):
            task = asyncio.get_running_loop().create_task(self._work())
            self._tasks.add(task)

    async def close(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._tasks.clear()
        await self._wire.close()

    async def _work(self) -> None:
        while True:
            await self._ready.wait()
            if not self._queue:
                self._ready.clear()
                continue
            delivery, text = self._queue.popleft()
            self._busy += 1
            try:
                await self._send(delivery, text)
            finally:
                self._busy -= 1

    async def _send(self, delivery: Delivery, text: str) -> None:
        query, body = sealed(delivery.app, delivery.corp, text, int(self.wall()))
        for attempt in range(TRIES):
            if attempt:
                await asyncio.sleep(self.retry_seconds)
            delivery.tries += 1
            delivery.answer = await self._post(delivery.app.url, query, body)
            if delivery.answer == "200":
                delivery.status = "sent"
                return
        delivery.status = "given up"

    async def _post(self, url: str, query: dict[str, str], body: str) -> str:
        address = url + ("&" if "?" in url else "?") + urlencode(query)
        try:
            return str(await self._wire.post(address, body.encode()))
        except NoAnswer as trouble:
            return str(trouble)

    async def verify(self, app: App, corp: str) -> str:
        """Check an app's address as saving it in the console does; return "" or what is wrong."""
        word, now = str(secrets.randbelow(10**18)), str(int(self.wall()))
        echo = crypto.seal(crypto.key_of(app.key), word.encode(), corp)
        nonce = str(secrets.randbelow(10**10))
        query = {
            "msg_signature": crypto.sign(app.token, now, nonce, echo),
            "timestamp": now,
            "nonce": nonce,
            "echostr": echo,
        }
        try:
            async with httpx.AsyncClient(timeout=PATIENCE, trust_env=False) as client:
                answer = await client.get(app.url, params=query)
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            return type(error).__name__
        if answer.status_code != 200:
            return f"HTTP {answer.status_code}"
        return "" if answer.content == word.encode() else "the answer is not the plain text"
