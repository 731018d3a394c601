"""Posting small bodies many times: HTTP/1.1 by hand on connections that stay open.

A general client takes ten times as long for each; callbacks come by the thousand.
"""

import asyncio
import ssl
from dataclasses import dataclass
from urllib.parse import urlsplit


class NoAnswer(Exception):
    """Nobody answered, or not in HTTP."""


@dataclass
class Line:
    """One open connection."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    async def ask(self, message: bytes) -> tuple[int, bool]:
        """Send a request; return the status, and whether the connection is still good."""
        self.writer.write(message)
        head = (await self.reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
        first, *lines = head.split("\r\n")
        words = first.split(" ")
        if len(words) < 2 or not words[1].isdigit():
            raise NoAnswer("not HTTP")
        fields = dict(line.split(": ", 1) for line in lines if ": " in line)
        length = fields.get("content-length", "")
        if not length.isdigit() or fields.get("connection") == "close":
            return int(words[1]), False
        await self.reader.readexactly(int(length))
        return int(words[1]), True


class Wire:
    """Open connections by where they lead."""

    def __init__(self, patience: float) -> None:
        self.patience = patience
        self._idle: dict[tuple[str, str, int], list[Line]] = {}

    async def post(self, url: str, body: bytes) -> int:
        """Post XML; return the status.

        :raises NoAnswer: the reason in a word
        """
        parts = urlsplit(url)
        secure = parts.scheme == "https"
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise NoAnswer("no address")
        place = (parts.scheme, parts.hostname, parts.port or (443 if secure else 80))
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        message = (
            f"POST {path} HTTP/1.1\r\nhost: {parts.netloc.rsplit('@')[-1]}\r\n"
            f"content-type: text/xml\r\ncontent-length: {len(body)}\r\n\r\n"
        ).encode("latin-1", "replace") + body
        try:
            async with asyncio.timeout(self.patience):
                return await self._ask(place, message)
        except (OSError, EOFError, asyncio.LimitOverrunError, ValueError) as error:
            raise NoAnswer(type(error).__name__) from error

    async def _ask(self, place: tuple[str, str, int], message: bytes) -> int:
        idle = self._idle.setdefault(place, [])
        if idle:
            try:
                return await self._use(idle.pop(), idle, message)
            except (ConnectionError, EOFError):  # closed over there since: once more on a new one
                pass
        scheme, host, port = place
        secure = ssl.create_default_context() if scheme == "https" else None
        line = Line(*await asyncio.open_connection(host, port, ssl=secure))
        return await self._use(line, idle, message)

    async def _use(self, line: Line, idle: list[Line], message: bytes) -> int:
        good = False
        try:
            status, good = await line.ask(message)
        finally:
            if good:
                idle.append(line)
            else:
                line.writer.close()
        return status

    async def close(self) -> None:
        """Hang up everywhere."""
        for lines in self._idle.values():
            for line in lines:
                line.writer.close()
        self._idle.clear()
