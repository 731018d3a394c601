"""A sandbox for tests: in this process, on a thread of its own, at a free port.

with running() as sandbox:
corp = sandbox.make_corp(staff=3, customers=20)
sandbox.act(corp, "customer.adds", customer=…, staff="lin.yue")
for callback in sandbox.take_callbacks(corp):   # sealed: hand query and body to the receiver
...
"""

import asyncio
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import httpx

from yutang_sandbox.server import Sandbox

TOKEN = "hGIkxsJJARVo0OEfgprm"
KEY = "54qwgp8lpeHekRsSGVDfisqqYhGyd75Dxduo34ikVqk"


@dataclass(frozen=True)
class Corp:
    """What whoever calls needs to know."""

    id: str
    agent: int
    secret: str


class Refusal(AssertionError):
    """The control API would not."""


class Running:
    """A handle on a running sandbox; everything goes over HTTP, as from anywhere."""

    def __init__(self, base: str) -> None:
        self.base = base
        self.http = httpx.Client(base_url=base, trust_env=False, timeout=30)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *trouble: object) -> None:
        self.http.close()

    def post(self, path: str, **given: Any) -> Any:
        """Ask the control API for something.

        :raises Refusal: it would not
        """
        return self._read(self.http.post(f"/sandbox{path}", json=given))

    def get(self, path: str, **query: Any) -> Any:
        return self._read(self.http.get(f"/sandbox{path}", params=query))

    def _read(self, answer: httpx.Response) -> Any:
        if answer.status_code != 200:
            raise Refusal(answer.text)
        return answer.json()

    def make_corp(
        self,
        *,
        name: str = "清茶记",
        seed: int = 7,
        id: str = "",  # noqa: A002
        app: dict[str, Any] | None = None,
        **people: Any,
    ) -> Corp:
        """Create a corp; `people`: staff, customers, relations, groups, tags, days, friends.

        Its callbacks are kept under TOKEN and KEY until `app={"url": …}` gives them an address.
        """
        app = {"token": TOKEN, "key": KEY, **(app or {})}
        made = self.post("/corps", name=name, seed=seed, id=id, people=people, app=app)
        first = made["apps"][0]
        return Corp(made["id"], first["agent"], first["secret"])

    def act(self, corp: Corp, act: str, /, **given: Any) -> Any:
        """Let somebody do something: `sandbox.act(corp, "customer.adds", customer=…, staff=…)`."""
        return self.post(f"/corps/{corp.id}/acts/{act}", **given)

    def person(self, corp: Corp, **given: Any) -> str:
        """Return the external_userid of somebody new who knows nobody yet."""
        made: str = self.act(corp, "customer.appears", **given)["external_userid"]
        return made

    def change_app(self, corp: Corp, **given: Any) -> Any:
        return self.post(f"/corps/{corp.id}/apps", agent=corp.agent, **given)

    def fault(self, corp: Corp, **given: Any) -> Any:
        """Set the troubles: `calls=[{"api": …, "code": …}]`, `callbacks={"lost": 0.5}`."""
        return self.post(f"/corps/{corp.id}/faults", **given)

    def revoke(self, corp: Corp, *, expired: bool = False) -> None:
        self.post(f"/corps/{corp.id}/tokens/revoke", expired=expired)

    def advance(self, seconds: float) -> None:
        """Let time pass, for people and for tokens and codes."""
        self.post("/clock", advance=seconds)

    def take_callbacks(self, corp: Corp) -> list[dict[str, Any]]:
        """Take the sealed callbacks: `{"query": {...}, "body": "<xml>…"}` each."""
        taken: list[dict[str, Any]] = self.post(f"/corps/{corp.id}/deliveries/take")["callbacks"]
        return taken

    def events(self, corp: Corp, since: int = 0) -> list[dict[str, Any]]:
        """List what was called back, in clear, with each delivery's status."""
        found: list[dict[str, Any]] = self.get(f"/corps/{corp.id}/deliveries", since=since)[
            "deliveries"
        ]
        return found

    def until_delivered(self, corp: Corp, seconds: float = 20.0) -> None:
        """Wait until nothing is on its way.

        :raises TimeoutError: something still is
        """
        end = time.monotonic() + seconds
        while self.get(f"/corps/{corp.id}/deliveries")["waiting"]:
            if time.monotonic() > end:
                raise TimeoutError("callbacks are still on their way")
            time.sleep(0.02)

    def token(self, corp: Corp) -> str:
        """Return an access token of the corp's app."""
        query = {"corpid": corp.id, "corpsecret": corp.secret}
        token: str = self.http.get("/cgi-bin/gettoken", params=query).json()["access_token"]
        return token

    def call(
        self, corp: Corp, api: str, body: dict[str, Any] | None = None, **query: Any
    ) -> dict[str, Any]:
        """Call the platform as an app does: posted when there is a body."""
        query["access_token"] = self.token(corp)
        path = f"/cgi-bin/{api}"
        answer: dict[str, Any] = (
            self.http.get(path, params=query)
            if body is None
            else self.http.post(path, params=query, json=body)
        ).json()
        return answer


def free_port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        port: int = door.getsockname()[1]
        return port


@contextmanager
def running(home: Path | None = None, *, retry_seconds: float = 0.05) -> Iterator[Running]:
    """Run a sandbox; with `home` it keeps its world there. Callbacks are repeated soon."""
    sandbox = Sandbox(home, port=free_port())
    sandbox.platform.post.retry_seconds = retry_seconds
    loop = asyncio.new_event_loop()

    def serve() -> None:
        asyncio.set_event_loop(loop)
        loop.run_until_complete(sandbox.serve())

    thread = threading.Thread(target=serve, name="sandbox", daemon=True)
    thread.start()
    with Running(f"http://127.0.0.1:{sandbox.port}") as handle:
        _wait_for(handle)
        try:
            yield handle
        finally:
            loop.call_soon_threadsafe(sandbox.stop)
            thread.join(timeout=15)
            loop.close()


def _wait_for(handle: Running) -> None:
    end = time.monotonic() + 15
    while True:
        try:
            handle.get("/clock")
        except httpx.TransportError:
            if time.monotonic() > end:
                raise
            time.sleep(0.01)
        else:
            return
