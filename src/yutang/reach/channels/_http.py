"""HTTP as channels speak it: kept alive, to an address that was looked at, without redirects, in bounds.

A quarter of a general client's cost per call, which is what a thousand calls a second are made of.
"""

import http.client
import io
import select
import socket
import ssl
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from yutang.reach.channels._network import NotReachable, addresses_of, private_networks

__all__ = ["NoAnswer", "Reply", "is_address", "request"]

_MOST_BYTES = 1 << 20
_KEPT_SECONDS = 15.0  # servers close idle connections; a race lost is an answer lost
_LIVES_SECONDS = 120.0  # then the name is looked up anew


class NoAnswer(Exception):
    """There is no answer that can be read. `began`: the request may have been received all the same."""

    def __init__(self, why: str, *, began: bool) -> None:
        super().__init__(why)
        self.began = began


@dataclass(frozen=True)
class Reply:
    """What came back; header names are in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class _Within(io.RawIOBase):
    """A socket read until a deadline: a trickle of bytes does not keep us."""

    def __init__(self, sock: socket.socket, until: float) -> None:
        self._sock, self._until = sock, until
        self._file = sock.makefile("rb", buffering=0)  # keeps it open while it is read

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        left = self._until - time.monotonic()
        if left <= 0:
            raise TimeoutError
        self._sock.settimeout(left)
        return self._file.readinto(buffer) or 0

    def close(self) -> None:
        self._file.close()
        super().close()


class _Deadlines(threading.local):
    until = 0.0


_deadlines = _Deadlines()


class _Response(http.client.HTTPResponse):
    def __init__(self, sock: Any, *given: Any, **more: Any) -> None:
        super().__init__(sock, *given, **more)
        self.fp.close()
        self.fp = io.BufferedReader(_Within(sock, _deadlines.until))


class _Line(http.client.HTTPConnection):
    """A connection to one of the addresses a name was found to have."""

    response_class = _Response

    def __init__(self, scheme: str, host: str, port: int) -> None:
        super().__init__(host, port)
        self.secure = scheme == "https"
        self.opened_at = self.used_at = time.monotonic()

    def connect(self) -> None:
        sock = self._connected()
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if self.secure:
            sock = _tls().wrap_socket(sock, server_hostname=self.host)
        self.sock = sock

    def _connected(self) -> socket.socket:
        problem: OSError = TimeoutError()
        for address in addresses_of(self.host, self.port):
            left = _deadlines.until - time.monotonic()
            if left <= 0:
                break
            try:
                return socket.create_connection((address, self.port), left)
            except OSError as reason:
                problem = reason
        raise problem

    def is_good(self) -> bool:
        """Return whether it was used lately and the other end has not hung up."""
        now = time.monotonic()
        if not self.sock or now - self.used_at > _KEPT_SECONDS:
            return False
        if now - self.opened_at > _LIVES_SECONDS:
            return False
        return not select.select([self.sock], [], [], 0)[0]


class _Lines(threading.local):
    def __init__(self) -> None:
        self.by_place: dict[tuple[str, str, int], _Line] = {}


_lines = _Lines()


@cache
def _tls() -> ssl.SSLContext:
    return ssl.create_default_context()


def is_address(url: str) -> bool:
    """Return whether this may be called: https, or http where the operator's own networks are open."""
    try:
        parts = urlsplit(url)
        port = parts.port or 443
    except ValueError:
        return False
    schemes = {"https"} | ({"http"} if private_networks() else set())
    plain = url.isascii() and url.isprintable() and " " not in url
    return bool(
        plain
        and parts.scheme in schemes
        and parts.hostname
        and not parts.username
        and not parts.password
        and port
        and len(url) <= 2000
    )


def request(
    method: str,
    url: str,
    body: bytes,
    headers: Mapping[str, str],
    *,
    seconds: float,
    most_bytes: int = _MOST_BYTES,
) -> Reply:
    """Ask, and return what came back, of whatever status; of its body as much as asked for.

    :raises NoAnswer:
    """
    parts = urlsplit(url)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    place = (parts.scheme, parts.hostname or "", port)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    _deadlines.until = time.monotonic() + seconds
    line = _open(place, seconds)
    kept = False
    try:
        line.request(method, path, body, dict(headers))
        reply, kept = _read(line, most_bytes)
    except (OSError, http.client.HTTPException, ValueError) as reason:
        raise NoAnswer(_said(reason), began=True) from None
    finally:
        if kept:
            line.used_at = time.monotonic()
        else:
            line.close()
            _lines.by_place.pop(place, None)
    return reply


def _open(place: tuple[str, str, int], seconds: float) -> _Line:
    line = _lines.by_place.get(place)
    if line and line.is_good():
        line.sock.settimeout(seconds)
        return line
    if line:
        line.close()
    line = _Line(*place)
    try:
        line.connect()
        line.sock.settimeout(max(0.001, _deadlines.until - time.monotonic()))
    except (OSError, NotReachable, ValueError) as reason:
        line.close()
        _lines.by_place.pop(place, None)
        raise NoAnswer(_said(reason), began=False) from None
    _lines.by_place[place] = line
    return line


def _read(line: _Line, most_bytes: int) -> tuple[Reply, bool]:
    response = line.getresponse()
    body = response.read(most_bytes)
    whole = response.isclosed()
    headers = {name.lower(): value for name, value in response.getheaders()}
    kept = whole and not response.will_close
    response.close()
    return Reply(response.status, headers, body), kept


def _said(reason: Exception) -> str:
    """Return what went wrong, in words that name neither address nor content."""
    if isinstance(reason, NotReachable):
        return str(reason)
    if isinstance(reason, TimeoutError):
        return "no answer in time"
    if isinstance(reason, ssl.SSLError):
        return f"TLS: {reason.reason or 'refused'}"
    if isinstance(reason, ConnectionError):
        return "the connection was closed"
    if isinstance(reason, OSError):
        return "no connection"
    return "the answer is not HTTP"
