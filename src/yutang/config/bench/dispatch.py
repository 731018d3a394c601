"""Messages a second that leave through a channel of HTTP, each with its answer and its receipt recorded.

One real process of the product sends what the gate let through, filled in for each person, with her own
tracked link, to a receiver on the same cores that answers for each message and tells moments later, by
signed receipts over HTTP, that it arrived. The clock runs from the word to send until the last receipt
is recorded. Nothing may be lost or come twice.

The floor does the same by hand: rows claimed, ready-made texts posted, answers and receipts written,
batch by batch, by as many threads.
"""

import contextlib
import http.client
import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from yutang.config.bench.product import product_running, together
from yutang.config.bench.stage import Figures, Stage

if TYPE_CHECKING:
    from yutang.reach.models import Sending
    from yutang.workspaces.service import Member

__all__ = ["FLAGS", "measure", "receiver"]

FLAGS = {"messages": 60_000, "batch": 500}
SECRET = "whsec_" + "Y" * 32
THREADS = 4
TEXT = "{{ customer.name }}，新茶到了 https://tea.example/new"

_PEOPLE = """
INSERT INTO customers_customer (id, workspace_id, current_id, name, gender, country, province, city, district,
    source, created_at, updated_at, fields, told)
SELECT n, %(workspace)s, n, '客' || n, '', '', '', '', '', 'bench', %(now)s, %(now)s, '{}', '{}'
FROM generate_series(1, %(people)s) AS n;
INSERT INTO customers_identity (workspace_id, customer_id, home_id, name, value, added_at, added_by)
SELECT workspace_id, id, id, 'external_userid', 'wm' || id, %(now)s, 'bench'
FROM customers_customer WHERE workspace_id = %(workspace)s;
"""


def measure(stage: Stage, *, messages: int, batch: int) -> Figures:
    """Send `messages`, at most `batch` in a call; return messages per second."""
    from django.conf import settings

    settings.YUTANG_PRIVATE_NETWORKS = "127.0.0.0/8"
    os.environ |= {
        "YUTANG_PRIVATE_NETWORKS": "127.0.0.0/8",
        "YUTANG_PUBLIC_URL": "https://house.example",
    }
    with _receiver_running() as (port, ask):
        owner, sending = _scene(port, batch)
        stage.say(f"planning {messages:,} messages")
        _plan(owner, sending, messages)
        with product_running(stage) as product:
            time.sleep(2)  # its first beats, without work
            ask(f"receipts {product} {_receipts_path(sending)}")
            stage.say("sending")
            seconds = _send_all(owner, sending, messages)
        got = json.loads(ask("tell"))
        if got["messages"] != messages or got["different"] != messages:
            raise RuntimeError(f"{messages} messages were sent, the receiver got {got}")
        stage.say("the same by hand")
        ask("no receipts")
        by_hand = _by_hand(stage, sending, port, messages, batch)
    value, floor = messages / seconds, messages / by_hand
    more = {"messages": messages, "batch": batch, "calls": got["calls"], "lost": 0, "doubled": 0}
    return Figures(value, "sends/s", floor, value / floor, more)


def _scene(port: int, batch: int) -> tuple["Member", "Sending"]:
    import msgspec

    from yutang.kit.clock import now
    from yutang.reach import messages
    from yutang.reach import service as reach
    from yutang.reach.policy import DEFAULT
    from yutang.workspaces import service as workspaces

    workspaces.found_installation("bench@yutang.local", "a-bench-needs-no-secret", now=now())
    house = workspaces.workspaces_of_everyone()[0]
    owner = workspaces.member_of_user(workspaces.members_of(house)[0].user, str(house.pk))
    reach.set_policy(owner, msgspec.structs.replace(DEFAULT, quiet=(), caps=()), now=now())
    account = reach.add_account(
        owner,
        adapter="webhook",
        name="HTTP",
        channel="wecom",
        settings={"url": f"http://127.0.0.1:{port}/", "secret": SECRET, "batch": str(batch)},
        rate=10_000,
        burst=100_000,
        now=now(),
    )
    message = messages.create_message(
        owner,
        name="New tea",
        channel="wecom",
        purpose="service",
        parts=[{"kind": "text", "text": TEXT}],
        now=now(),
    )
    sending = reach.make_sending(
        house, message_id=message.pk, account_id=account.pk, actor=owner.actor, now=now()
    )
    reach.pause_sending(owner, sending.pk, now=now())
    return owner, sending


def _plan(owner: "Member", sending: "Sending", messages: int) -> None:
    from django.db import connection

    from yutang.kit.clock import now
    from yutang.reach import service as reach

    given: dict[str, Any] = {"workspace": owner.workspace.pk, "people": messages, "now": now()}
    with connection.cursor() as cursor:
        cursor.execute(_PEOPLE, given)
        cursor.execute("VACUUM ANALYZE")
    everybody = (reach.Candidate(n, f"bench:{n}") for n in range(1, messages + 1))
    queued = sum(
        each.queued for each in reach.plan_all(owner.workspace, sending, everybody, now=now())
    )
    if queued != messages:
        raise RuntimeError(f"the gate let {queued} of {messages} through")


def _receipts_path(sending: "Sending") -> str:
    from yutang.reach import service as reach

    return urlsplit(reach.receipts_url(sending.account)).path


def _send_all(owner: "Member", sending: "Sending", messages: int) -> float:
    from yutang.kit.clock import now
    from yutang.reach import service as reach

    began = time.perf_counter()
    reach.resume_sending(owner, sending.pk, now=now())
    until = began + messages / 100 + 60
    while True:
        counts = {state: count for state, _, count in reach.counts_of(sending)}
        if counts.get("delivered", 0) == messages:
            return time.perf_counter() - began
        if time.perf_counter() > until:
            raise RuntimeError(f"not done by now: {counts}")
        time.sleep(0.4)  # to count costs the database something too


_CLAIM = """
    UPDATE by_hand d SET state = 'sending' FROM (
        SELECT id FROM by_hand WHERE state = 'queued' ORDER BY id LIMIT %s FOR UPDATE SKIP LOCKED
    ) t WHERE d.id = t.id RETURNING d.id, d.token::text, d.customer
"""
_WRITE = (
    "UPDATE by_hand SET state = 'sent', sent_at = now() WHERE id = ANY(%s)",
    "INSERT INTO hand_log SELECT unnest(%s::bigint[]), 'sent', now()",
    "UPDATE by_hand SET state = 'delivered' WHERE id = ANY(%s)",
    "INSERT INTO hand_log SELECT unnest(%s::bigint[]), 'delivered', now()",
)


def _by_hand(stage: Stage, sending: "Sending", port: int, messages: int, batch: int) -> float:
    """Return the seconds of sending as many with the engine and a connection alone."""
    import psycopg

    with psycopg.connect(stage.database_url, autocommit=True) as connection:
        connection.execute("CREATE TABLE by_hand (LIKE reach_delivery INCLUDING ALL)")
        connection.execute("CREATE TABLE hand_log (delivery bigint, state text, at timestamptz)")
        connection.execute(
            "CREATE INDEX ON by_hand (id) WHERE state = 'queued';"
            "INSERT INTO by_hand SELECT * FROM reach_delivery;"
            "UPDATE by_hand SET state = 'queued', provider_ref = ''"
        )
        connection.execute("VACUUM ANALYZE by_hand")

    def send(_: Sequence[int]) -> None:
        line = http.client.HTTPConnection("127.0.0.1", port)
        with psycopg.connect(stage.database_url) as connection:
            while rows := connection.execute(_CLAIM, [batch]).fetchall():
                connection.commit()
                said = [
                    {"id": token, "customer": who, "parts": [{"kind": "text", "text": TEXT}]}
                    for _, token, who in rows
                ]
                line.request("POST", "/", json.dumps({"messages": said}).encode())
                json.loads(line.getresponse().read())
                for statement in _WRITE:
                    connection.execute(statement, [[id_ for id_, _, _ in rows]])
                    connection.commit()

    return together(send, range(THREADS), THREADS)


@contextlib.contextmanager
def _receiver_running() -> Iterator[tuple[int, Any]]:
    """Run the receiver in a process of its own; it is told what to do line by line."""
    process = subprocess.Popen(
        [sys.executable, "-c", "from yutang.config.bench.dispatch import receiver; receiver()"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        bufsize=1,
    )
    assert process.stdin
    assert process.stdout
    into, out = process.stdin, process.stdout

    def ask(line: str) -> str:
        into.write(line + "\n")
        into.flush()
        return out.readline()

    try:
        yield int(out.readline()), ask
    finally:
        process.kill()
        process.wait()


class _Receiver(ThreadingHTTPServer):
    """Answers for every message that comes, tells later that it arrived, and counts."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.seen: set[str] = set()
        self.counts = {"calls": 0, "messages": 0}
        self.waiting: SimpleQueue[list[str]] = SimpleQueue()
        self.tells = threading.Event()

    def took(self, ids: list[str]) -> None:
        self.counts["calls"] += 1
        self.counts["messages"] += len(ids)
        self.seen.update(ids)
        if self.tells.is_set():
            self.waiting.put(ids)

    def tell(self, port: int, path: str) -> None:
        """Post a signed receipt for everything that came."""
        from yutang.reach.channels._signing import signed

        line = http.client.HTTPConnection("127.0.0.1", port)
        while True:
            ids = self.waiting.get()
            told = [{"id": each, "status": "delivered"} for each in ids]
            body = json.dumps({"receipts": told}).encode()
            headers = signed([SECRET], ids[0], body, at=datetime.now(UTC))
            line.request("POST", path, body, {"content-type": "application/json", **headers})
            answer = line.getresponse()
            said = answer.read()
            if answer.status != 200:
                raise RuntimeError(said)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1
    server: _Receiver

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"]))
        ids = [each["id"] for each in json.loads(body)["messages"]]
        results = [{"id": each, "status": "sent", "ref": each[:8]} for each in ids]
        said = json.dumps({"results": results}).encode()
        self.send_response(200)
        self.send_header("content-length", str(len(said)))
        self.end_headers()
        self.wfile.write(said)
        self.server.took(ids)

    def log_message(self, *_: object) -> None:
        pass


def receiver() -> None:
    """Be the other end, in a process of its own: told by lines what to do, answering with counts."""
    server = _Receiver()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(server.server_port, flush=True)
    for line in sys.stdin:
        match line.split():
            case ["receipts", port, path]:
                server.tells.set()
                for _ in range(2):
                    told = (int(port), path)
                    threading.Thread(target=server.tell, args=told, daemon=True).start()
            case ["no", "receipts"]:
                server.tells.clear()
        print(json.dumps({**server.counts, "different": len(server.seen)}), flush=True)
