"""The sandbox beside the demo: a WeCom that is none, in which the demo's people live on.

It is a process of its own that ends with this one. Everything goes over HTTP, as with the real platform:
`Beside` is the hand that steers it, and knows only that the demo's people are its people.
"""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

__all__ = ["Beside", "beside_here", "sandbox_beside"]

_BASE, _SPEED = "YUTANG_DEMO_SANDBOX", "YUTANG_DEMO_SPEED"
_BASES, _ARCHIVES = "YUTANG_WECOM_BASES", "YUTANG_WECOM_ARCHIVES"
_PATIENCE = 60.0  # seconds; twenty thousand people take two


@dataclass(frozen=True)
class Beside:
    """A running sandbox: where it is, and how many days its people live in a minute."""

    base: str
    days_a_minute: float

    def wait(self) -> None:
        """Return when it answers.

        :raises RuntimeError: it does not
        """
        import httpx

        deadline = time.monotonic() + 30
        while True:
            try:
                self.get("/clock")
            except httpx.TransportError:
                if time.monotonic() > deadline:
                    raise RuntimeError("the sandbox beside the demo does not answer") from None
                time.sleep(0.05)
            else:
                return

    def post(self, path: str, given: Mapping[str, Any]) -> Any:
        """Ask for something.

        :raises RuntimeError: it would not
        """
        return self._answer("POST", path, json=given)

    def get(self, path: str, **query: Any) -> Any:
        return self._answer("GET", path, params=query)

    def has(self, corp: str) -> bool:
        """Tell whether a corp is in it."""
        return corp in self.corps()

    def corps(self) -> Mapping[str, Mapping[str, Any]]:
        found: Sequence[Mapping[str, Any]] = self.get("/corps")["corps"]
        return {each["id"]: each for each in found}

    def _answer(self, method: str, path: str, **given: Any) -> Any:
        import httpx

        with httpx.Client(base_url=self.base, trust_env=False, timeout=_PATIENCE) as http:
            answer = http.request(method, f"/sandbox{path}", **given)
        if answer.status_code != 200:
            raise RuntimeError(f"the sandbox refuses {path}: {answer.text[:300]}")
        return answer.json()


def beside_here() -> Beside | None:
    """Return the sandbox that was started beside this Yutang."""
    base = os.environ.get(_BASE)
    return Beside(base, float(os.environ[_SPEED])) if base else None


@contextmanager
def sandbox_beside(home: Path, port: int, days_a_minute: float) -> Iterator[None]:
    """Run a sandbox beside the block; child processes find it by their environment.

    Its address is one a corp may be at, in this process and its children only.
    """
    port = _free(port + 700)
    base = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "yutang_sandbox", "serve", "--quiet", "--still"]
    options = ["--home", str(home / "sandbox"), "--port", str(port), "--follow", str(os.getpid())]
    # In a group of its own: Ctrl-C stops Yutang first, and Yutang stops it.
    child = subprocess.Popen([*command, *options], start_new_session=True)  # noqa: S603
    allowed = {name: f"{os.environ.get(name, '')} {base}".strip() for name in (_BASES, _ARCHIVES)}
    os.environ |= {_BASE: base, _SPEED: str(days_a_minute), **allowed}
    try:
        yield
    finally:
        child.terminate()
        try:
            child.wait(15)
        except subprocess.TimeoutExpired:
            child.kill()


def _free(wanted: int) -> int:
    """Return the port that is wanted, or any other that is free."""
    for port in (wanted, 0):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except (OSError, OverflowError):
                continue
            found: int = probe.getsockname()[1]
            return found
    raise RuntimeError("no port is free")
