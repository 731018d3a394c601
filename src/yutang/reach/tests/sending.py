"""The cast with something to send: accounts, a message, deliveries that the gate let through."""

import itertools
import json
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from uuid import UUID

import pytest

from yutang.reach import service as reach
from yutang.reach._dispatching import dispatch
from yutang.reach._reconciling import reconcile
from yutang.reach._standing import Standing
from yutang.reach.channels import _http
from yutang.reach.channels.interface import Account, Outgoing, Rendered
from yutang.reach.models import (
    ChannelAccount,
    Delivery,
    DeliveryState,
    Message,
    MessageVersion,
    Sending,
)
from yutang.workspaces.models import Workspace
from yutang.workspaces.service import Member
from yutang.workspaces.tests.builders import a_member, a_workspace

__all__ = [
    "NOON",
    "SECRET",
    "FakeServer",
    "Heard",
    "Says",
    "a_member",
    "a_sending",
    "a_workspace",
    "an_account",
    "ask_again",
    "beat",
    "fake_server",
    "outgoing",
    "queued",
    "states",
]

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
SECRET = "whsec_" + "Y" * 32
_count = itertools.count(1)


def an_account(
    member: Member,
    adapter: str = "paper",
    *,
    channel: str = "sms",
    rate: int = 10_000,
    burst: int = 10_000,
    **settings: str,
) -> ChannelAccount:
    return reach.add_account(
        member,
        adapter=adapter,
        name=f"渠道 {next(_count)}",
        channel=channel,
        settings=settings,
        rate=rate,
        burst=burst,
        now=NOON,
    )


def a_sending(
    account: ChannelAccount,
    *,
    parts: Sequence[Mapping[str, Any]] = ({"kind": "text", "text": "你好"},),
    purpose: str = "marketing",
    priority: int = 50,
) -> Sending:
    workspace = account.workspace
    message = Message.objects.create(
        workspace=workspace,
        name=f"消息 {next(_count)}",
        channel=account.channel,
        purpose=purpose,
        created_at=NOON,
        changed_at=NOON,
    )
    version = MessageVersion.objects.create(
        workspace=workspace,
        message=message,
        number=1,
        parts=list(parts),
        author="user:1",
        created_at=NOON,
    )
    return Sending.objects.create(
        workspace=workspace,
        name=message.name,
        version=version,
        account=account,
        channel=account.channel,
        purpose=purpose,
        priority=priority,
        made_by="user:1",
        created_at=NOON,
        changed_at=NOON,
    )


def queued(
    sending: Sending, customers: Sequence[int], *, at: datetime = NOON, **more: Any
) -> list[Delivery]:
    rows = [
        Delivery(
            workspace_id=sending.workspace_id,
            customer=customer,
            origin=customer,
            sending=sending,
            account_id=sending.account_id,
            channel=sending.channel,
            purpose=sending.purpose,
            priority=sending.priority,
            key=f"test:{next(_count)}",
            state=DeliveryState.QUEUED,
            planned_at=at,
            not_before=at,
            counts_at=at,
            changed_at=at,
            **more,
        )
        for customer in customers
    ]
    return Delivery.objects.bulk_create(rows)


def plain(
    workspace: Workspace, version_id: int, people: Mapping[int, Mapping[str, Any]], **_: Any
) -> Mapping[int, Any]:
    version = MessageVersion.objects.within(workspace).get(pk=version_id)
    return dict.fromkeys(people, Rendered(version.parts))


def beat(at: datetime = NOON, *, times: int = 50, render: Any = plain, recheck: Any = None) -> int:
    """Dispatch until nothing is left at this instant; return how often it beat."""
    barred = recheck or (lambda *_: {})

    def look_again(account: Any, leaving: Any, now: datetime) -> Any:
        reasons = barred(account, leaving, now)
        return {
            each.id: Standing(reasons.get(each.id, ""), now, "Asia/Shanghai", "13800000001")
            for each in leaving
        }

    for n in range(times):
        if not dispatch(render=render, recheck=look_again, clock=lambda: at):
            return n
    return times


def ask_again(at: datetime, *, may_repeat: Callable[..., bool] = lambda *_: False) -> None:
    while reconcile(may_repeat=may_repeat, clock=lambda: at):
        pass


def states(sending: Sending) -> list[str]:
    rows = Delivery.objects.within(sending.workspace_id).filter(sending=sending).order_by("pk")
    return [f"{each.state}:{each.reason}".rstrip(":") for each in rows]


def outgoing(
    count: int = 1, *, address: str = "13800000001", attempt: UUID | None = None, **said: Any
) -> list[Outgoing]:
    attempt = attempt or UUID(int=next(_count))
    rendered = Rendered(**({"parts": [{"kind": "text", "text": "你好"}]} | said))
    return [
        Outgoing(
            token=UUID(int=(next(_count) << 64) + 7),
            attempt=attempt,
            customer=n + 1,
            address=f"{address[:-1]}{n}" if address.isdigit() else address,
            rendered=rendered,
            purpose="marketing",
        )
        for n in range(count)
    ]


class Heard:
    """A request as a fake server got it."""

    def __init__(self, path: str, headers: Mapping[str, str], body: bytes) -> None:
        self.path, self.headers, self.body = path, headers, body

    @property
    def json(self) -> Any:
        return json.loads(self.body)


Says = Callable[[Heard], tuple[int, Mapping[str, str], bytes] | None]


class FakeServer:
    """Somebody at the other end: `says` answers a request, or hangs up by returning None."""

    def __init__(self) -> None:
        self.heard: list[Heard] = []
        self.says: Says = lambda _: (200, {}, b"{}")
        self.url = ""


@contextmanager
def fake_server(says: Says | None = None) -> Iterator[FakeServer]:
    fake = FakeServer()
    if says:
        fake.says = says

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        wbufsize = -1

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length") or 0))
            heard = Heard(self.path, {k.lower(): v for k, v in self.headers.items()}, body)
            fake.heard.append(heard)
            answer = fake.says(heard)
            if answer is None:
                self.close_connection = True
                return
            status, headers, content = answer
            self.send_response(status)
            for name, value in ({"content-length": str(len(content))} | dict(headers)).items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_POST  # noqa: N815

        def log_message(self, *_: Any) -> None:
            pass

    class Quiet(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *_: Any) -> None:
            pass

    server = Quiet(("127.0.0.1", 0), Handler)
    fake.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield fake
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
        for line in _http._lines.by_place.values():
            line.close()
        _http._lines.by_place.clear()


def as_account(**settings: str) -> Account:
    return Account(id=1, workspace_id=1, channel="sms", settings=settings)


@pytest.fixture
def opened_to_this_machine(settings: Any) -> None:
    """Let channels reach this machine, where the other ends of tests stand."""
    settings.YUTANG_PRIVATE_NETWORKS = "127.0.0.0/8 ::1/128"


def later(**more: float) -> datetime:
    return NOON + timedelta(**more)
