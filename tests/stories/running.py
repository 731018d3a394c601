"""A whole `yutang up` in a folder of its own, spoken to over HTTP as its users do."""

import contextlib
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx

__all__ = ["OWNER", "PASSWORD", "Running", "running"]

SOURCE = Path(__file__).parents[2] / "src"
OWNER, PASSWORD = "ahua@tea.example", "a-long-enough-password-7"


class Running:
    """A started Yutang: its process, its address, and its owner signed in."""

    def __init__(self, process: subprocess.Popen[bytes], address: str, said: Path) -> None:
        self.process = process
        self.address = address
        self.said = said
        self.http = httpx.Client(
            base_url=address, headers={"Origin": address, "Accept-Language": "en"}, timeout=30
        )

    def one_time_password(self) -> str:
        """Return the password it printed for its first owner."""
        printed = re.search(r"password (\S+)", self.said.read_text())
        assert printed, self.said.read_text()
        return printed[1]

    def stumbles(self) -> str:
        """Return what its log says of the last requests that it stumbled over."""
        lines = self.said.with_name("log.txt").read_text(errors="replace").splitlines()
        return "\n".join([each for each in lines if '"unexpected"' in each][-3:])

    def sign_in(self) -> "Running":
        answer = self.http.post("/api/v1/auth/sign-in", json={"email": OWNER, "password": PASSWORD})
        assert answer.status_code == 200, answer.text
        return self

    def ask(self, method: str, path: str, **body: Any) -> Any:
        token = self.http.cookies.get("yutang_csrf", "")
        answer = self.http.request(
            method, f"/api/v1{path}", json=body or None, headers={"X-CSRFToken": token}
        )
        assert answer.is_success, answer.text
        return answer.json()

    def kill(self) -> None:
        """End it as a power cut would: no process of it has time to say anything."""
        import psutil

        top = psutil.Process(self.process.pid)
        for each in [*top.children(recursive=True), top]:
            with contextlib.suppress(psutil.NoSuchProcess):
                each.kill()
        self.process.wait(10)


@contextlib.contextmanager
def running(
    home: Path, *options: str, password: str = PASSWORD, bases: str = ""
) -> Iterator[Running]:
    """Start `yutang up` in this folder, wait until it is ready, stop it as Ctrl-C would.

    Without a password the owner gets one that is to be changed: `one_time_password`. `bases`: platforms
    besides the real one that it may speak to.
    """
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    said = home / "said.txt"
    with said.open("ab") as out, (home / "log.txt").open("ab") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "yutang.config.cli", "up", "--port", str(port), *options],
            env={
                **os.environ,
                "PYTHONPATH": str(SOURCE),
                "PYTHONUNBUFFERED": "1",
                "YUTANG_HOME": str(home),
                "YUTANG_DATABASE_URL": "",
                "YUTANG_OWNER_EMAIL": OWNER,
                "YUTANG_OWNER_PASSWORD": password,
                "YUTANG_WECOM_BASES": bases,
            },
            stdout=out,
            stderr=log,
            start_new_session=True,
        )
    it = Running(process, f"http://127.0.0.1:{port}", said)
    try:
        _wait_until_ready(it)
        yield it
    finally:
        it.http.close()
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
            process.wait(40)


def _wait_until_ready(it: Running) -> None:
    deadline = time.monotonic() + 90
    while time.monotonic() < deadline:
        assert it.process.poll() is None, "yutang up ended before it was ready"
        with contextlib.suppress(httpx.TransportError):
            if it.http.get("/readyz").status_code == 200:
                return
        time.sleep(0.1)
    raise AssertionError("yutang up was not ready in 90 s")
