"""A mail server on this machine, of the kind its test asks for."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from yutang.reach.tests.sending import as_account

__all__ = ["FakeSmtp", "fake_smtp"]


class FakeSmtp:
    """`does` says how it behaves, `mails` holds what it took: address and content.

    answers · limits (421 to MAIL) · fault (451 to RCPT) · refuses (550 to RCPT) · locked (554 at once) ·
    hangs up (after the content) · swallows (takes it, then hangs up) · garbage. Whatever it does,
    addresses that begin with `nobody` are unknown and those with `grey` asked to come again.
    """

    def __init__(self, port: int) -> None:
        self.does = "answers"
        self.mails: list[tuple[str, bytes]] = []
        self.account = as_account(
            host="127.0.0.1",
            port=str(port),
            security="none",
            from_address="tea@house.example",
            from_name="茶馆",
        )

    @property
    def reached(self) -> list[str]:
        heads = [mail.split(b"\r\nMessage-ID: <", 1)[1] for _, mail in self.mails]
        return [head.split(b"@", 1)[0].decode() for head in heads]


class _Talk(socketserver.StreamRequestHandler):
    server: "_Server"

    def handle(self) -> None:
        if self.does == "locked":
            return self.say("554 5.7.1 not you")
        self.say("220 fake")
        self.address = ""
        answers = {b"MAIL": self.mail, b"RCPT": self.rcpt, b"DATA": self.data, b"QUIT": self.quit}
        while (line := self.rfile.readline()) and answers.get(line[:4].upper(), self.ok)(line):
            pass
        return None

    @property
    def does(self) -> str:
        return self.server.fake.does

    def ok(self, line: bytes) -> bool:
        self.say("250 fake")
        return True

    def mail(self, line: bytes) -> bool:
        self.say("421 4.7.0 too many" if self.does == "limits" else "250 ok")
        return True

    def rcpt(self, line: bytes) -> bool:
        self.address = line.split(b"<", 1)[1].split(b">", 1)[0].decode()
        if self.does == "refuses" or self.address.startswith("nobody"):
            self.say(f"550 5.1.1 <{self.address}> unknown")
        elif self.does == "fault" or self.address.startswith("grey"):
            self.say("451 4.7.1 come again")
        else:
            self.say("250 ok")
        return True

    def data(self, line: bytes) -> bool:
        self.say("354 go on")
        content = b""
        while (part := self.rfile.readline()) not in (b".\r\n", b""):
            content += part
        if self.does not in ("hangs up", "garbage"):
            self.server.fake.mails.append((self.address, content))
        self.say("oh well" if self.does == "garbage" else "250 2.0.0 queued")
        return True

    def quit(self, line: bytes) -> bool:
        self.say("221 bye")
        return False

    def say(self, what: str) -> None:
        if what.startswith("250 2.0.0") and self.does in ("hangs up", "swallows"):
            raise ConnectionAbortedError
        self.wfile.write(f"{what}\r\n".encode())


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    fake: FakeSmtp

    def handle_error(self, *_: Any) -> None:
        pass


@contextmanager
def fake_smtp() -> Iterator[FakeSmtp]:
    with _Server(("127.0.0.1", 0), _Talk) as server:
        server.fake = FakeSmtp(server.server_address[1])
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        yield server.fake
        server.shutdown()
        thread.join()
