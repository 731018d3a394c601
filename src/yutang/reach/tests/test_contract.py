"""What every channel keeps, whatever the other end does: one outcome for each, and never a guess.

python -m pytest … -k sms_aliyun      # a new adapter joins by a Case in fakes.py
"""

import logging
from dataclasses import replace
from typing import Any

import pytest

from yutang.kit.clock import now
from yutang.reach.channels import _http
from yutang.reach.channels.interface import Answer, Outcome, ReceiptRefused
from yutang.reach.tests.fakes import CASES, Case, End
from yutang.reach.tests.sending import opened_to_this_machine

__all__ = ["opened_to_this_machine"]
pytestmark = pytest.mark.usefixtures("opened_to_this_machine")

# What the other end does → what may be said of a message it was told of.
ANSWERS: dict[str, set[Answer]] = {
    "answers": {Answer.SENT},
    "limits": {Answer.LATER},
    "limits one": {Answer.LATER},
    "fault": {Answer.LATER, Answer.UNKNOWN},
    "locked": {Answer.LATER},
    "moved": {Answer.LATER},
    "refuses": {Answer.FAILED},
    "hangs up": {Answer.UNKNOWN},
    "garbage": {Answer.UNKNOWN},
    "nothing": {Answer.UNKNOWN},
    "half a word": {Answer.UNKNOWN},
    "a list": {Answer.UNKNOWN},
    "a number": {Answer.UNKNOWN},
    "depth": {Answer.UNKNOWN},
    "ok without a number": {Answer.UNKNOWN},
}
EVERY = [
    pytest.param(case, does, id=f"{case.name}-{does}")
    for case in CASES
    for does in sorted(case.words)
]


def told(case: Case, end: End, count: int) -> list[Outcome]:
    return list(case.channel.send(end.account, case.messages(count)))


@pytest.mark.parametrize(("case", "does"), EVERY)
@pytest.mark.parametrize("count", [1, 3])
def test_it_answers_for_each_and_says_no_more_than_it_knows(
    case: Case, does: str, count: int
) -> None:
    messages = case.messages(count)
    with case.open() as end:
        end.does = does
        outcomes = list(case.channel.send(end.account, messages))

    assert sorted(each.token for each in outcomes) == sorted(each.token for each in messages)
    of_those_told = [each for each in outcomes if each.reason != "not_begun"]
    assert {each.answer for each in of_those_told} <= ANSWERS[does]
    assert of_those_told
    assert all(each.answer == Answer.LATER for each in outcomes if each.reason == "not_begun")


@pytest.mark.parametrize(
    ("case", "does"),
    [each for each in EVERY if each.values[1] in {"limits", "limits one", "locked", "moved"}],
)
def test_limits_and_wrong_keys_are_never_the_messages_fault(case: Case, does: str) -> None:
    with case.open() as end:
        end.does = does
        outcomes = told(case, end, 3)

    assert [each.counts for each in outcomes] == [False] * 3
    assert all(each.rest or each.after for each in outcomes)


@pytest.mark.parametrize(("case", "does"), EVERY)
def test_neither_secrets_nor_addresses_are_told(
    case: Case, does: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    messages = case.messages(2)
    with case.open() as end:
        end.does = does
        outcomes = list(case.channel.send(end.account, messages))
        said = f"{outcomes!r} {end.account!r} {messages!r} {caplog.text}"

    secrets = {each.name for each in case.channel.settings if each.secret}
    hidden = [end.account.settings[name] for name in secrets & end.account.settings.keys()]
    assert [each for each in hidden if each in said] == []
    assert [each for each in messages if each.address.removeprefix("+86") in said] == []


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_an_end_that_is_not_there_has_received_nothing(case: Case) -> None:
    with case.open() as end:
        account = end.account
    (outcome,) = case.channel.send(account, case.messages(1))

    assert (outcome.answer, outcome.counts) == (Answer.LATER, False)
    assert outcome.rest


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_same_message_has_the_same_key_at_every_attempt(case: Case) -> None:
    (message,) = case.messages(1)
    again = replace(message, attempt=case.messages(1)[0].attempt)
    with case.open() as end:
        for each in (message, again):
            case.channel.send(end.account, [each])

    assert end.reached == [str(message.token)] * 2


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
@pytest.mark.parametrize(
    "body", [b"", b"{", b"[" * 100_000, b"7", b'{"a": 1}', b"[1]", b"[{}]", b"\xff", b"null"]
)
def test_receipts_that_make_no_sense_are_refused_not_raised(case: Case, body: bytes) -> None:
    with case.open() as end, pytest.raises(ReceiptRefused):
        case.channel.receipts(end.account, {}, body, now=now())


def test_every_channel_is_named_once_and_says_what_it_needs_in_both_languages() -> None:
    from yutang.reach.channels.registry import channels

    for name, channel in channels().items():
        labels: list[Any] = [channel.label, *(each.label for each in channel.settings)]
        assert channel.name == name
        assert all(each.zh and each.en for each in labels)
        assert channel.batch >= 1
        assert 1 <= channel.patience <= 60


def test_a_trickle_of_bytes_does_not_keep_us(monkeypatch: pytest.MonkeyPatch) -> None:
    import socket
    import threading
    import time

    dripped: list[int] = []
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()

        def drip() -> None:
            line, _ = server.accept()
            with line:
                line.recv(1000)
                for each in b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n" + b"x" * 99:
                    try:
                        line.send(bytes([each]))
                        dripped.append(each)
                    except OSError:
                        return
                    time.sleep(0.05)

        threading.Thread(target=drip, daemon=True).start()
        url = f"http://127.0.0.1:{server.getsockname()[1]}/"
        with pytest.raises(_http.NoAnswer) as silence:
            _http.request("POST", url, b"{}", {}, seconds=0.3)

    assert silence.value.began
    assert 0 < len(dripped) < 99  # we did not wait for the rest of it
