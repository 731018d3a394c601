"""What people do is called back, sealed; what an app does is not."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit

import pytest

from yutang_sandbox.crypto import key_of, open_sealed, sign
from yutang_sandbox.testing import KEY, TOKEN, Corp, Refusal, Running, free_port


class Receiver:
    """A minimal receiver; `mood` answers posts with this status."""

    def __init__(self) -> None:
        self.posts: list[tuple[dict[str, str], str]] = []
        self.mood = [200]
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                query = dict(parse_qsl(urlsplit(self.path).query))
                self._answer(200, open_sealed(key_of(KEY), query["echostr"], self._corp()))

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"])).decode()
                receiver.posts.append((dict(parse_qsl(urlsplit(self.path).query)), body))
                mood = receiver.mood
                self._answer(mood.pop(0) if len(mood) > 1 else mood[0], b"")

            def _corp(self) -> str:
                return urlsplit(self.path).path.strip("/")

            def _answer(self, status: int, body: bytes) -> None:
                self.send_response(status)
                self.send_header("content-length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *words: object) -> None: ...

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.base = f"http://127.0.0.1:{self.server.server_port}"


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    made = Receiver()
    thread = threading.Thread(target=made.server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield made
    made.server.shutdown()
    made.server.server_close()
    thread.join()


def opened(corp: Corp, query: dict[str, str], body: str) -> str:
    encrypted = body.split("<Encrypt><![CDATA[")[1].split("]]>", maxsplit=1)[0]
    signature = sign(TOKEN, query["timestamp"], query["nonce"], encrypted)
    assert signature == query["msg_signature"]
    return open_sealed(key_of(KEY), encrypted, corp.id).decode()


def test_an_address_is_saved_only_when_it_answers(
    sandbox: Running, corp: Corp, receiver: Receiver
) -> None:
    sandbox.change_app(corp, url=f"{receiver.base}/{corp.id}")

    with pytest.raises(Refusal, match="does not answer"):
        sandbox.change_app(corp, url=f"{receiver.base}/wwother")
    someone = sandbox.person(corp)
    sandbox.act(corp, "customer.adds", customer=someone, staff="lin.yue", state="店]]>门")
    sandbox.until_delivered(corp)

    [(query, body)] = receiver.posts
    text = opened(corp, query, body)
    assert "<ChangeType><![CDATA[add_external_contact]]></ChangeType>" in text
    assert f"<ExternalUserID><![CDATA[{someone}]]></ExternalUserID>" in text
    assert "店]]]]><![CDATA[>门" in text


def test_a_delivery_is_tried_three_times(sandbox: Running, corp: Corp, receiver: Receiver) -> None:
    sandbox.change_app(corp, url=f"{receiver.base}/{corp.id}")
    receiver.mood = [500, 502, 200]
    sandbox.act(corp, "customer.adds", customer=sandbox.person(corp), staff="lin.yue")
    sandbox.until_delivered(corp)

    [delivery] = sandbox.events(corp)
    assert (delivery["status"], delivery["tries"]) == ("sent", 3)
    assert len({body for _, body in receiver.posts}) == 1


def test_nobody_at_the_address_is_told_apart_from_a_refusal(sandbox: Running, corp: Corp) -> None:
    sandbox.change_app(corp, url=f"http://127.0.0.1:{free_port()}/", verify=False)
    sandbox.act(corp, "customer.adds", customer=sandbox.person(corp), staff="lin.yue")
    sandbox.until_delivered(corp)

    [delivery] = sandbox.events(corp)
    assert (delivery["status"], delivery["tries"]) == ("given up", 3)
    assert delivery["answer"] == "ConnectionRefusedError"


def test_callbacks_are_lost_doubled_and_reordered_on_request(sandbox: Running, corp: Corp) -> None:
    people = [sandbox.person(corp) for _ in range(8)]

    def add(some: list[str]) -> None:
        for someone in some:
            sandbox.act(corp, "customer.adds", customer=someone, staff="lin.yue")

    def taken() -> list[str]:
        texts = [opened(corp, one["query"], one["body"]) for one in sandbox.take_callbacks(corp)]
        return [next(p for p in people if p in text) for text in texts]

    sandbox.fault(corp, callbacks={"lost": 1.0})
    add(people[:2])
    assert taken() == []
    sandbox.fault(corp, callbacks={"doubled": 1.0})
    add(people[2:4])
    assert taken() == [people[2], people[2], people[3], people[3]]
    sandbox.fault(corp, callbacks={"reordered": 1.0})
    add(people[4:6])
    sandbox.fault(corp, callbacks={})
    assert taken() == [people[5], people[4]]
    add(people[6:])
    assert taken() == people[6:]


def test_a_change_in_a_group_names_who_and_which_version(sandbox: Running, corp: Corp) -> None:
    people = [sandbox.person(corp) for _ in range(2)]
    chat = sandbox.act(corp, "staff.founds", staff="lin.yue", name="新品群", customers=people[:1])
    sandbox.act(corp, "customer.joins", customer=people[1], chat_id=chat["chat_id"])
    sandbox.act(corp, "customer.leaves", customer=people[0], chat_id=chat["chat_id"])

    created, joined, left = (one["event"] for one in sandbox.events(corp))
    assert created["ChangeType"] == "create"
    assert (joined["UpdateDetail"], joined["MemChangeList"]) == ("add_member", [people[1]])
    assert (left["UpdateDetail"], left["MemChangeList"]) == ("del_member", [people[0]])
    assert joined["CurMemVer"] == left["LastMemVer"]
    detail = sandbox.call(
        corp, "externalcontact/groupchat/get", {"chat_id": chat["chat_id"], "need_name": 1}
    )["group_chat"]
    assert [one["userid"] for one in detail["member_list"]] == ["lin.yue", people[1]]
    assert detail["member_version"] == left["CurMemVer"]
    assert "<MemChangeList><Item>" in opened(corp, **sandbox.take_callbacks(corp)[1])
