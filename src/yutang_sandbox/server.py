"""The process: HTTP in, callbacks out, the world kept on disk. One loop, so nothing needs a lock."""

import asyncio
import contextlib
import logging
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

from granian._granian import RSGIHTTPProtocol
from granian.constants import Interfaces
from granian.rsgi import Scope
from granian.server.embed import Server as Embedded

from yutang_sandbox import bridge, control, entrance
from yutang_sandbox.acts import Scene
from yutang_sandbox.acts.timers import pass_time
from yutang_sandbox.control import phone as _phone  # noqa: F401 - fills the table
from yutang_sandbox.control import population as _population  # noqa: F401 - fills the table
from yutang_sandbox.control import routes as _routes  # noqa: F401 - fills the table
from yutang_sandbox.platform import Platform, Reply, Request
from yutang_sandbox.world.world import World, load

KEEP_EVERY = 20  # seconds between two looks whether there is something to keep
log = logging.getLogger("yutang_sandbox")


class Sandbox:
    """One server; `home` None keeps nothing."""

    def __init__(self, home: Path | None, host: str = "127.0.0.1", port: int = 8700) -> None:
        self.file = home / "world.msgpack" if home else None
        self.host, self.port = host, port
        self.platform = Platform(load(self.file) if self.file else World())
        self.platform.keep = self.keep
        self._kept = self.platform.changes
        self._embedded: Embedded | None = None

    async def serve(self) -> None:
        """Answer until stopped; keep the world now and then and at the end."""
        self._embedded = Embedded(
            self,
            address=self.host,
            port=self.port,
            interface=Interfaces.RSGI,
            log_enabled=False,
            websockets=False,
        )
        self.platform.post.open()
        chores = asyncio.get_running_loop().create_task(self._do_chores())
        try:
            await self._embedded.serve()
        finally:
            chores.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await chores
            await self.platform.post.close()
            self.keep()

    def stop(self) -> None:
        if self._embedded is not None:
            self._embedded.stop()  # type: ignore[no-untyped-call]

    def keep(self) -> None:
        """Write the world down if it changed."""
        if self.file and self._kept != self.platform.changes:
            self._kept = self.platform.changes
            for life in self.platform.lives.values():
                life.keep()
            self.platform.world.save(self.file)

    async def _do_chores(self) -> None:
        seconds = 0
        while True:
            await asyncio.sleep(1.0)
            seconds += 1
            try:
                await self._pass_second()
                if seconds % KEEP_EVERY == 0:
                    self.keep()
            except Exception:  # what goes wrong now may go well in a second
                log.exception("a second did not pass as it should")

    async def _pass_second(self) -> None:
        for corp in list(self.platform.world.corps.values()):
            pass_time(Scene(corp, self.platform.world.clock))
        for life in list(self.platform.lives.values()):
            self.platform.changes += await life.pass_second()

    async def __rsgi__(self, scope: Scope, protocol: RSGIHTTPProtocol) -> None:
        """Answer one request."""
        request = Request(
            scope.method,
            scope.path,
            dict(parse_qsl(scope.query_string, keep_blank_values=True)),
            await protocol(),
            scope.headers.get("content-type") or "",
            scope.client.rsplit(":", 1)[0],
            f"http://{scope.authority or scope.headers.get('host') or self.host}",
            scope.headers.get("range") or "",
            scope.headers.get("authorization") or "",
        )
        try:
            reply = await self._reply(request)
        except Exception:
            log.exception("no answer to %s", request.path)
            reply = Reply(500, [("content-type", "text/plain")], b"")
        protocol.response_bytes(reply.status, reply.headers, reply.body)

    async def _reply(self, request: Request) -> Reply:
        if request.path.startswith("/cgi-bin/"):
            return await self.platform.answer(request)
        if request.path.startswith("/sandbox"):
            return await control.answer(self.platform, request)
        if request.path == bridge.PATH:
            return bridge.answer(self.platform, request)
        if request.path in entrance.PATHS:
            return entrance.answer(self.platform, request)
        return Reply(404, [("content-type", "text/plain")], b"404 page not found")


def run(sandbox: Sandbox) -> None:
    """Serve until interrupted."""
    import signal

    async def until_stopped() -> None:
        loop: Any = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, sandbox.stop)
        await sandbox.serve()

    asyncio.run(until_stopped())
