"""Webhooks: signed, pinned, in bounds. Mail: told by reply codes, with a way out in its head."""

import json
from collections.abc import Callable
from email import message_from_bytes, policy
from typing import Any

import pytest

from yutang.kit.clock import now
from yutang.reach.channels import _http, _network
from yutang.reach.channels._mail import mail_of
from yutang.reach.channels._signing import signed, verify
from yutang.reach.channels.interface import Answer, ReceiptRefused, ReceiptState
from yutang.reach.channels.registry import channels
from yutang.reach.tests.fake_mail import fake_smtp
from yutang.reach.tests.fakes import a_hook
from yutang.reach.tests.sending import (
    SECRET,
    as_account,
    fake_server,
    opened_to_this_machine,
    outgoing,
)

__all__ = ["opened_to_this_machine"]
WEBHOOK, EMAIL = channels()["webhook"], channels()["email"]
OLDER = "whsec_" + "Z" * 32


@pytest.mark.usefixtures("opened_to_this_machine")
def test_a_call_is_signed_by_both_secrets_while_one_replaces_the_other() -> None:
    with a_hook(previous_secret=OLDER) as end:
        heard: list[Any] = []
        end.keys = lambda request: heard.append(request) or []
        WEBHOOK.send(end.account, outgoing(2))

    (request,) = heard
    for secret in (SECRET, OLDER):
        verify([secret], request.headers, request.body, now=now())
    with pytest.raises(ReceiptRefused):
        verify(["whsec_" + "Q" * 32], request.headers, request.body, now=now())


@pytest.mark.usefixtures("opened_to_this_machine")
def test_the_same_messages_have_the_same_number_and_come_in_the_size_asked_for() -> None:
    messages = outgoing(5)
    with a_hook(batch="2") as end:
        ids: list[str] = []
        end.keys = lambda request: ids.append(request.headers["webhook-id"]) or []
        for batch in (messages, messages[::-1][1:3] + messages[::-1][3:], messages):
            WEBHOOK.send(end.account, batch)

    assert len(ids) == 3 + 2 + 3
    assert ids[:3] == ids[5:]
    assert ids[2] == str(messages[4].token)


@pytest.mark.usefixtures("opened_to_this_machine")
def test_each_message_has_the_answer_that_was_given_for_it() -> None:
    messages = outgoing(5)
    said = [
        {"id": str(messages[0].token), "status": "sent", "ref": "A1"},
        {"id": str(messages[1].token), "status": "failed", "reason": "blocked"},
        {"id": str(messages[2].token), "status": "later", "after": 90},
        {"id": str(messages[3].token), "status": "never heard of"},
        {"id": str(outgoing(1)[0].token), "status": "sent"},
    ]
    with a_hook() as end:
        end.acts = {"answers": lambda _: (200, {}, json.dumps({"results": said}).encode())}
        outcomes = WEBHOOK.send(end.account, messages)

    assert [each.answer for each in outcomes] == [
        Answer.SENT,
        Answer.FAILED,
        Answer.LATER,
        Answer.UNKNOWN,
        Answer.UNKNOWN,
    ]
    assert outcomes[0].provider_ref == "A1"
    assert outcomes[2].after and outcomes[2].after.total_seconds() == 90


@pytest.mark.usefixtures("opened_to_this_machine")
def test_one_poisonous_message_is_found_and_the_others_leave() -> None:
    messages = outgoing(9)
    with a_hook() as end:
        takes, refuses = end.acts["answers"], end.acts["refuses"]
        poison = str(messages[6].token).encode()
        end.acts = {"answers": lambda h: (refuses if poison in h.body else takes)(h)}
        outcomes = {each.token: each.answer for each in WEBHOOK.send(end.account, messages)}

    assert outcomes.pop(messages[6].token) == Answer.FAILED
    assert set(outcomes.values()) == {Answer.SENT}


@pytest.mark.usefixtures("opened_to_this_machine")
def test_receipts_are_read_when_signed_and_refused_when_forged_or_old() -> None:
    account = as_account(url="https://a.example", secret=SECRET)
    token = outgoing(1)[0].token
    body = json.dumps({"receipts": [{"id": str(token), "status": "delivered"}]}).encode()
    good = signed([SECRET], "m1", body, at=now())
    old = signed([SECRET], "m1", body, at=now().replace(year=2020))

    (receipt,) = WEBHOOK.receipts(account, good, body, now=now())
    assert (receipt.token, receipt.state) == (token, ReceiptState.DELIVERED)
    for headers, said in ((good, body + b" "), (old, body), ({}, body)):
        with pytest.raises(ReceiptRefused) as refused:
            WEBHOOK.receipts(account, headers, said, now=now())
        assert refused.value.forged


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "10.0.0.1",
        "192.168.1.1",
        "172.16.0.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "::1",
        "::ffff:10.0.0.1",
        "fd00::1",
        "fe80::1",
        "64:ff9b::a00:1",
        "2002:a00:1::",
        "localhost",
        "no-such-host.invalid",
    ],
)
def test_no_address_leads_into_a_network_that_is_not_public(host: str) -> None:
    with pytest.raises(_network.NotReachable):
        _network.addresses_of(host, 80)


def test_a_name_that_leads_inside_among_others_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    found = [(2, 1, 6, "", ("8.8.8.8", 443)), (2, 1, 6, "", ("10.0.0.1", 443))]
    monkeypatch.setattr(_network.socket, "getaddrinfo", lambda *_, **__: found)

    with pytest.raises(_network.NotReachable):
        _network.addresses_of("rebinding.example", 443)


@pytest.mark.usefixtures("opened_to_this_machine")
def test_a_name_is_looked_up_once_and_the_connection_goes_to_what_was_looked_at(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[str] = []
    with fake_server() as server:
        port = int(server.url.rpartition(":")[2])

        def once(host: str, *_: Any, **__: Any) -> Any:
            asked.append(host)
            address = "127.0.0.1" if len(asked) == 1 else "10.9.9.9"
            return [(2, 1, 6, "", (address, port))]

        connect = _http.socket.create_connection
        monkeypatch.setattr(_network.socket, "getaddrinfo", once)

        def pinned(place: tuple[str, int], *more: Any) -> Any:
            assert place == ("127.0.0.1", port)
            monkeypatch.undo()
            return connect(place, *more)

        monkeypatch.setattr(_http.socket, "create_connection", pinned)
        reply = _http.request("POST", f"http://tea.example:{port}/", b"", {}, seconds=2)

    assert (reply.status, asked) == (200, ["tea.example"])


def test_without_the_operators_word_only_https_is_an_address() -> None:
    assert _http.is_address("https://tea.example/in")
    for wrong in (
        "http://tea.example",
        "https://user:pw@tea.example",
        "https://",
        "ftp://tea.example",
        "https://tea.example:99999999",
        "https://tea.example/a b",
        "javascript:alert(1)",
        "",
    ):
        assert not _http.is_address(wrong), wrong


@pytest.mark.usefixtures("opened_to_this_machine")
def test_connections_are_kept_and_a_dropped_one_is_opened_anew() -> None:
    with fake_server() as server:
        for _ in range(3):
            assert _http.request("POST", server.url, b"", {}, seconds=2).status == 200
        line = _http._lines.by_place["http", "127.0.0.1", int(server.url.rpartition(":")[2])]
        line.sock.close()
        line.sock = None
        assert _http.request("POST", server.url, b"", {}, seconds=2).status == 200


@pytest.mark.usefixtures("opened_to_this_machine")
def test_an_answer_without_end_is_cut_off() -> None:
    with fake_server(lambda _: (200, {}, b"x" * (3 << 20))) as server:
        assert len(_http.request("POST", server.url, b"", {}, seconds=5).body) == 1 << 20


@pytest.mark.usefixtures("opened_to_this_machine")
def test_of_several_mails_each_has_its_own_outcome() -> None:
    to = [
        "a@tea.example",
        "nobody@tea.example",
        "grey@tea.example",
        "b@tea.example",
        "bad address@",
    ]
    batch = [each for address in to for each in outgoing(1, address=address, subject="新茶")]
    with fake_smtp() as end:
        outcomes = EMAIL.send(end.account, batch)

    assert [each.answer for each in outcomes] == [
        Answer.SENT,
        Answer.FAILED,
        Answer.LATER,
        Answer.SENT,
        Answer.FAILED,
    ]
    assert outcomes[1].address_is_dead
    assert (outcomes[1].detail, outcomes[2].detail) == ("SMTP 550 5.1.1", "SMTP 451 4.7.1")
    assert [address for address, _ in end.mails] == ["a@tea.example", "b@tea.example"]


@pytest.mark.usefixtures("opened_to_this_machine")
def test_a_mail_says_it_in_plain_text_and_in_html_and_how_to_leave() -> None:
    parts = [
        {"kind": "text", "text": "新茶 <到> 了\nhttps://tea.example/?a=1&b=2"},
        {"kind": "link", "title": "明前龙井", "url": "https://tea.example/new"},
        {"kind": "link", "title": "no", "url": "javascript:alert(1)"},
    ]
    (message,) = outgoing(1, address="a@tea.example", subject="新茶\r\nBcc: x@y.z", parts=parts)
    object.__setattr__(message, "leave_url", "https://house.example/u/abc")
    object.__setattr__(message, "open_url", "https://house.example/o/seen")
    with fake_smtp() as end:
        EMAIL.send(end.account, [message])
    mail = message_from_bytes(end.mails[0][1], policy=policy.default)
    plain = mail.get_body(("plain",)).get_content()
    rich = mail.get_body(("html",)).get_content()

    assert mail["List-Unsubscribe"] == "<https://house.example/u/abc>"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert (mail["Subject"], mail["Bcc"]) == ("新茶 Bcc: x@y.z", None)
    assert str(mail["From"]) == "茶馆 <tea@house.example>"
    assert "明前龙井\nhttps://tea.example/new" in plain.replace("\r\n", "\n")
    assert "https://house.example/u/abc" in plain
    assert "&lt;到&gt;" in rich
    assert 'href="https://tea.example/?a=1&amp;b=2"' in rich
    assert 'href="javascript:' not in rich
    assert "/o/seen" not in rich  # who opens it is noted only where somebody decided so
    asked = mail_of(end.account.settings | {"opens": "yes"}, message, message_id="<a@b.example>")
    html = message_from_bytes(asked, policy=policy.default).get_body(("html",)).get_content()
    assert '<img src="https://house.example/o/seen" width="1" height="1" alt="">' in html


@pytest.mark.usefixtures("opened_to_this_machine")
@pytest.mark.parametrize("does", ["hangs up", "swallows"])
def test_silence_after_the_content_is_unknown_and_the_rest_is_not_begun(does: str) -> None:
    batch = [each for n in range(3) for each in outgoing(1, address=f"g{n}@tea.example")]
    with fake_smtp() as end:
        end.does = does
        outcomes = EMAIL.send(end.account, batch)

    assert [each.answer for each in outcomes] == [Answer.UNKNOWN, Answer.LATER, Answer.LATER]
    assert len(end.mails) == (1 if does == "swallows" else 0)


@pytest.mark.parametrize(
    ("channel", "settings", "wrong"),
    [
        ("webhook", {"url": "http://a.example", "secret": SECRET}, {"url"}),
        (
            "webhook",
            {"url": "https://a.example", "secret": "short", "batch": "0"},
            {"secret", "batch"},
        ),
        (
            "email",
            {"host": "a b", "port": "x", "from_address": "me"},
            {"host", "port", "from_address"},
        ),
        (
            "email",
            {"host": "m", "from_address": "a@b.c", "password": "p", "security": "none"},
            {"security"},
        ),
        (
            "sms_aliyun",
            {"sign_name": "【茶馆】", "endpoint": "http://x"},
            {"sign_name", "endpoint"},
        ),
        ("sms_tencent", {"sdk_app_id": "x", "region": "a/b"}, {"sdk_app_id", "region"}),
    ],
)
def test_settings_are_looked_over_before_they_are_kept(
    channel: str, settings: dict[str, str], wrong: set[str]
) -> None:
    check: Callable[..., Any] = channels()[channel].check

    assert check(settings).keys() == wrong
