"""Callbacks of WeCom a second, each on disk before it is answered; and how soon a welcome leaves.

One real process of the product, its loops running, hears callbacks over HTTP as the platform sends them,
sealed and signed, from connections on the same cores; each has two handlers to be handed to. The clock stops at
the last answer, which means on disk. Then the whole is loaded as a first sync loads it (calls of the sync's lane
to a platform on this machine, one after the other in several threads) while new friends come in: from sending the
callback until the platform has the welcome of that friend.

The floor writes the same rows with nothing in between: PostgreSQL, by as many connections, in transactions
of as many rows as callbacks are on their way at once.
"""

import json
import os
import socket
import threading
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from yutang.config.bench.product import product_running, together
from yutang.config.bench.stage import Figures, Stage, percentiles

if TYPE_CHECKING:
    from yutang.wecom.models import Corp
    from yutang.wecom.service import Told

__all__ = ["FLAGS", "measure", "served"]

FLAGS = {"callbacks": 40_000, "senders": 8, "welcomes": 300, "per_second": 20}
TOKEN, AES_KEY = "hGIkxsJJARVo0OEfgprm", "54qwgp8lpeHekRsSGVDfisqqYhGyd75Dxduo34ikVqk"
SYNC_THREADS = 2
GUIDES = 100
_EVENT = (
    "<xml><ToUserName><![CDATA[{corp}]]></ToUserName><FromUserName><![CDATA[sys]]></FromUserName>"
    "<CreateTime>{at}</CreateTime><MsgType><![CDATA[event]]></MsgType><Event>"
    "<![CDATA[change_external_contact]]></Event><ChangeType><![CDATA[{change}]]></ChangeType>"
    "<UserID><![CDATA[guide{guide}]]></UserID><ExternalUserID><![CDATA[wmBench{n:025d}]]></ExternalUserID>"
    "<WelcomeCode><![CDATA[WC_{n}]]></WelcomeCode></xml>"
)


def measure(
    stage: Stage, *, callbacks: int, senders: int, welcomes: int, per_second: int
) -> Figures:
    """Tell `callbacks` from `senders` connections; return how many a second were kept."""
    platform = _Platform()
    os.environ["YUTANG_WECOM_BASES"] = platform.base
    corp = _corp(platform.base)
    stage.say(f"preparing {callbacks:,} callbacks")
    load = [_request(corp, n, "edit_external_contact") for n in range(callbacks)]
    friends = [_request(corp, n, "add_external_contact") for n in range(welcomes)]
    with product_running(stage, "yutang.config.bench.callback:served") as port:
        _tell(port, load[: callbacks // 20], senders)
        stage.say("telling")
        seconds, times = _tell(port, load[callbacks // 20 :], senders)
        stage.say("welcoming while a sync runs")
        platform.sync_may_run.set()
        waits, pages = _welcomed(port, friends, platform, per_second)
    kept = _kept(corp)
    if kept != callbacks + welcomes:
        raise RuntimeError(f"{callbacks + welcomes} were acknowledged, {kept} are there")
    stage.say("the same by hand")
    told = callbacks - callbacks // 20
    value, floor = told / seconds, told / _by_hand(stage, corp, told, senders)
    soon = percentiles(waits)
    more = percentiles(times) | {f"welcome_{name}": each for name, each in soon.items()}
    more |= {"welcomes": len(waits), "sync_relations_per_s": pages * 100, "lost": 0}
    return Figures(value, "callbacks/s", floor, value / floor, more)


def served() -> object:
    """Return the measured process: the product, with a welcome and a sync that may begin."""
    from yutang.config.bench import product

    ready = product.served()
    _handle()
    for _ in range(SYNC_THREADS):
        threading.Thread(target=_sync, daemon=True).start()
    return ready


def _handle() -> None:
    from yutang.wecom import service as wecom

    event = "change_external_contact"

    @wecom.handles(event, "add_external_contact", name="bench.welcome", urgent=True)
    def welcome(corp: "Corp", told: "Sequence[Told]", *, now: datetime) -> None:
        for each in told:
            body = {"welcome_code": each.fields["WelcomeCode"], "text": {"content": "欢迎"}}
            wecom.Client(corp).call(
                "externalcontact/send_welcome_msg", body, lane=wecom.Lane.WELCOME
            )

    for name in ("bench.one", "bench.other"):

        @wecom.handles(event, "add_external_contact", "edit_external_contact", name=name)
        def look(corp: "Corp", told: "Sequence[Told]", *, now: datetime) -> None:
            """Nothing: what handlers do is measured elsewhere."""


def _sync() -> None:
    from yutang.wecom import service as wecom
    from yutang.workspaces import service as workspaces

    house = workspaces.workspaces_of_everyone()[0]
    corp = wecom.corp_of(house, wecom.corps_of(house)[0].pk)
    client = wecom.Client(corp)
    while not client.call("sync_may_run", lane=wecom.Lane.SYNC)["runs"]:
        time.sleep(0.2)
    body = {"userid_list": [f"guide{n}" for n in range(100)], "limit": 100}
    while True:
        client.call("externalcontact/batch/get_by_user", body, lane=wecom.Lane.SYNC)


def _corp(base: str) -> "Corp":
    from django.conf import settings

    from yutang.kit.clock import now
    from yutang.wecom import service as wecom
    from yutang.workspaces import service as workspaces

    settings.YUTANG_WECOM_BASES = base
    workspaces.found_installation("owner@tea.example", "a-password-of-the-tea-house", now=now())
    house = workspaces.workspaces_of_everyone()[0]
    member = workspaces.member_of_user(workspaces.members_of(house)[0].user, str(house.pk))
    return wecom.add_corp(
        member,
        corp_id="ww0a1b2c3d4e5f6071",
        agent_id=1000002,
        secret="a-secret-of-the-tea-house",
        name="茶馆",
        base=base,
        callback_token=TOKEN,
        callback_key=AES_KEY,
        now=now(),
    )


def _request(corp: "Corp", n: int, change: str) -> bytes:
    """Return a callback as bytes for the wire."""
    from yutang.wecom.service import Envelope

    envelope = Envelope(TOKEN, AES_KEY, corp.corp_id)
    at = str(int(time.time()))
    sealed = envelope.seal(
        _EVENT.format(corp=corp.corp_id, at=at, n=n, guide=n % GUIDES, change=change)
    )
    query = {
        "msg_signature": envelope.signature(at, str(n), sealed),
        "timestamp": at,
        "nonce": str(n),
    }
    body = (
        f"<xml><ToUserName><![CDATA[{corp.corp_id}]]></ToUserName><AgentID><![CDATA[1000002]]></AgentID>"
        f"<Encrypt><![CDATA[{sealed}]]></Encrypt></xml>"
    ).encode()
    head = (
        f"POST /wecom/{corp.door}?{urlencode(query)} HTTP/1.1\r\nHost: house.example\r\n"
        f"Content-Type: text/xml\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


def _tell(port: int, requests: Sequence[bytes], senders: int) -> tuple[float, list[float]]:
    """Return the seconds until the last answer, and each one's milliseconds."""
    times: list[float] = []

    def send(mine: Sequence[bytes]) -> None:
        with socket.create_connection(("127.0.0.1", port)) as line:
            line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            for request in mine:
                began = time.perf_counter()
                line.sendall(request)
                answer = line.recv(65_536)
                while b"\r\n\r\n" not in answer:
                    answer += line.recv(65_536)
                if not answer.startswith(b"HTTP/1.1 200"):
                    raise RuntimeError(answer[:300])
                times.append((time.perf_counter() - began) * 1000)

    return together(send, requests, senders), times


def _welcomed(
    port: int, requests: Sequence[bytes], platform: "_Platform", per_second: int
) -> tuple[list[float], float]:
    """Return how many milliseconds each welcome took, and the pages a second of the sync meanwhile."""
    time.sleep(1.5)  # the sync gets under way
    told: list[float] = []
    pages, began = platform.pages, time.perf_counter()
    for n, request in enumerate(requests):
        time.sleep(max(0.0, began + n / per_second - time.perf_counter()))
        told.append(time.perf_counter())
        _tell(port, [request], 1)
    deadline = time.perf_counter() + 30
    while len(platform.welcomed) < len(requests) and time.perf_counter() < deadline:
        time.sleep(0.05)
    rate = (platform.pages - pages) / (time.perf_counter() - began)
    missing = [n for n in range(len(requests)) if f"WC_{n}" not in platform.welcomed]
    if missing:
        raise RuntimeError(f"{len(missing)} were never welcomed")
    return [(platform.welcomed[f"WC_{n}"] - at) * 1000 for n, at in enumerate(told)], rate


class _Platform:
    """The other end: gives tokens and pages of relations, and remembers when it was given a welcome."""

    def __init__(self) -> None:
        self.welcomed: dict[str, float] = {}
        self.pages = 0
        self.sync_may_run = threading.Event()
        server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        server.daemon_threads = True
        self.base = f"http://127.0.0.1:{server.server_port}"
        threading.Thread(target=server.serve_forever, daemon=True).start()

    def answer(self, api: str, body: bytes) -> bytes:
        if api.endswith("/gettoken"):
            return b'{"errcode":0,"access_token":"bench","expires_in":7200}'
        if api.endswith("/sync_may_run"):
            return json.dumps({"runs": self.sync_may_run.is_set()}).encode()
        if api.endswith("/get_by_user"):
            self.pages += 1
            return _PAGE
        if api.endswith("/send_welcome_msg"):
            self.welcomed[json.loads(body)["welcome_code"]] = time.perf_counter()
        return _CONTACT if api.endswith("/externalcontact/get") else b'{"errcode":0}'


def _handler(platform: _Platform) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        wbufsize = -1

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length") or 0))
            said = platform.answer(self.path.partition("?")[0], body)
            self.send_response(200)
            self.send_header("content-length", str(len(said)))
            self.end_headers()
            self.wfile.write(said)

        do_GET = do_POST  # noqa: N815

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    return Handler


_PAGE = json.dumps(
    {
        "errcode": 0,
        "external_contact_list": [
            {
                "external_contact": {
                    "external_userid": f"wm{n:030d}",
                    "name": f"客{n}",
                    "type": 1,
                    "gender": 2,
                    "unionid": f"o{n:027d}",
                    "avatar": "https://wx.qlogo.example/0",
                },
                "follow_info": {
                    "userid": "guide1",
                    "remark": f"客{n}",
                    "createtime": 1767225600,
                    "tag_id": ["etT001", "etT002"],
                    "add_way": 1,
                    "state": "store_017",
                },
            }
            for n in range(100)
        ],
        "next_cursor": "next",
    },
    ensure_ascii=False,
).encode()

_CONTACT = json.dumps(
    {
        "errcode": 0,
        "external_contact": {"external_userid": "wmBench", "name": "客", "type": 1},
        "follow_user": [],
    }
).encode()


def _kept(corp: "Corp") -> int:
    from yutang.kit.clock import now
    from yutang.wecom import service as wecom

    return wecom.count_callbacks(corp.workspace, now=now())["today"]


def _by_hand(stage: Stage, corp: "Corp", rows: int, senders: int) -> float:
    """Write as many rows with PostgreSQL alone; return the seconds it took."""
    import psycopg

    body = _EVENT.format(corp=corp.corp_id, at=0, n=0, guide=0, change="edit_external_contact")
    now = datetime.now(UTC)
    with psycopg.connect(stage.database_url, autocommit=True) as connection:
        connection.execute(
            "CREATE TABLE bench_inbox (id bigserial PRIMARY KEY, digest bytea UNIQUE, body text, at timestamptz);"
            "CREATE TABLE bench_work (inbox bigint, handler text, at timestamptz)"
        )

    def write(batches: Sequence[range]) -> None:
        with psycopg.connect(stage.database_url) as connection:
            for batch in batches:
                connection.execute(
                    "WITH kept AS (INSERT INTO bench_inbox (digest, body, at)"
                    " SELECT sha256(n::text::bytea), %s, %s FROM unnest(%s::int[]) AS n RETURNING id)"
                    " INSERT INTO bench_work SELECT id, handler, %s FROM kept,"
                    " unnest('{bench.one,bench.other}'::text[]) AS handler",
                    [body, now, list(batch), now],
                )
                connection.commit()

    batches = [range(begin, min(begin + senders, rows)) for begin in range(0, rows, senders)]
    return together(write, batches, 1)
