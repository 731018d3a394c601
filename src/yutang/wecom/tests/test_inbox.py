"""What the platform tells is kept before it is answered, once, and handled until it is done."""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from io import BytesIO
from typing import Any
from urllib.parse import urlencode

import pytest

from yutang.config.wsgi import application
from yutang.kit import clock
from yutang.kit.pulse import beat_all_once
from yutang.wecom import service as wecom
from yutang.wecom._rows import run
from yutang.wecom.callbacks import handlers, inbox
from yutang.wecom.callbacks.working import PAUSES
from yutang.wecom.models import Callback, Corp, Handling
from yutang.wecom.service import Told
from yutang.wecom.tests.builders import AES_KEY, CORP_ID, TOKEN, a_corp, post
from yutang.wecom.tests.test_envelopes import BOMB, EVENT
from yutang.workspaces.tests.builders import a_member, a_workspace, at_once


def told(change_type: str = "add_external_contact", who: str = "wmA", at: int = 1767225601) -> str:
    return (
        f"<xml><FromUserName>sys</FromUserName><CreateTime>{at}</CreateTime><MsgType>event</MsgType>"
        f"<Event>change_external_contact</Event><ChangeType>{change_type}</ChangeType>"
        f"<UserID>lin.yue</UserID><ExternalUserID>{who}</ExternalUserID></xml>"
    )


class Book:
    """A handler that writes down what it got, and fails where it is told to."""

    def __init__(self) -> None:
        self.got: list[list[str]] = []
        self.fails: set[str] = set()
        self.answers: Mapping[int, str] | None = None

    def __call__(
        self, corp: Corp, told: Sequence[Told], *, now: object
    ) -> Mapping[int, str] | None:
        people = [each.fields["ExternalUserID"] for each in told]
        self.got.append(people)
        if self.fails & set(people):
            raise ConnectionError
        return self.answers


@pytest.fixture(autouse=True)
def _nobody_else(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let only the handlers of these tests hear anything."""
    monkeypatch.setattr(handlers, "_handlers", {})


@pytest.fixture
def book() -> Iterator[Book]:
    yield from registered("test.book", "add_external_contact", "edit_external_contact")


@pytest.fixture
def urgent_book() -> Iterator[Book]:
    yield from registered("test.urgent", "add_external_contact", urgent=True)


def registered(name: str, *change_types: str, urgent: bool = False) -> Iterator[Book]:
    book = Book()
    handlers.handles("change_external_contact", *change_types, name=name, urgent=urgent)(book)
    try:
        yield book
    finally:
        del handlers._handlers[name]


def later(**by: float) -> None:
    """Let the time pass until what was put off is due."""
    moved = Handling.objects.all()
    for each in moved:
        each.not_before -= timedelta(**by)
        each.save()


def test_a_callback_is_kept_and_handled_once_however_often_it_is_told(db: None, book: Book) -> None:
    corp = a_corp()

    for _ in range(3):
        post(corp, told(), at=clock.now())
    beat_all_once("wecom.callbacks")

    kept = Callback.objects.get()
    assert (kept.event, kept.change_type, kept.about, kept.copies) == (
        "change_external_contact",
        "add_external_contact",
        "wmA",
        3,
    )
    assert book.got == [["wmA"]]
    assert not Handling.objects.exists()


def test_several_who_tell_at_once_are_each_answered_when_it_is_on_disk(
    transactional_db: None, book: Book
) -> None:
    corp = a_corp()
    tellings = [lambda n=n: post(corp, told(who=f"wm{n % 10}"), at=clock.now()) for n in range(24)]

    assert set(at_once(*tellings)) == {None}

    assert Callback.objects.count() == 10
    assert sum(Callback.objects.values_list("copies", flat=True)) == 24
    beat_all_once("wecom.callbacks")
    assert sorted(who for batch in book.got for who in batch) == sorted(f"wm{n}" for n in range(10))


def test_what_cannot_be_kept_is_not_acknowledged(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    corp = a_corp()

    def breaks(_batch: object) -> None:
        raise ConnectionError

    monkeypatch.setattr(inbox._inbox, "_write", breaks)
    with pytest.raises(ConnectionError):
        post(corp, told(), at=clock.now())
    monkeypatch.undo()
    post(corp, told(), at=clock.now())

    assert Callback.objects.count() == 1


def test_one_that_fails_does_not_hold_up_the_others_and_is_tried_again(
    db: None, book: Book
) -> None:
    corp = a_corp()
    book.fails = {"wmB"}
    for who in ("wmA", "wmB", "wmC"):
        post(corp, told(who=who), at=clock.now())

    beat_all_once("wecom.callbacks")

    waiting = Handling.objects.get()
    assert (waiting.callback.about, waiting.attempts, waiting.reason) == (
        "wmB",
        1,
        "ConnectionError",
    )
    book.fails = set()
    later(seconds=PAUSES[0])
    beat_all_once("wecom.callbacks")
    assert book.got == [["wmA", "wmB", "wmC"], ["wmA"], ["wmB"], ["wmC"], ["wmB"]]
    assert not Handling.objects.exists()


def test_what_fails_every_time_is_kept_with_its_reason_until_somebody_sends_it_again(
    db: None, book: Book
) -> None:
    owner = a_member(a_workspace())
    corp = a_corp(owner)
    book.fails = {"wmA"}
    post(corp, told(), at=clock.now())
    for _ in PAUSES:
        beat_all_once("wecom.callbacks")
        later(days=1)

    beat_all_once("wecom.callbacks")
    assert [each.about for each in wecom.callbacks_of(owner.workspace, became="failed")] == ["wmA"]
    assert len(book.got) == len(PAUSES)

    book.fails = set()
    assert wecom.replay(owner, None, now=clock.now()) == 1
    beat_all_once("wecom.callbacks")
    assert not Handling.objects.exists()
    with pytest.raises(wecom.NothingToReplay):
        wecom.replay(a_member(a_workspace("Coffee House")), [1], now=clock.now())


def test_what_a_handler_cannot_do_yet_is_no_failure(db: None, book: Book) -> None:
    corp = a_corp()
    post(corp, told(), at=clock.now())
    book.answers = {Callback.objects.get().pk: wecom.LATER}

    for _ in range(2 * len(PAUSES)):
        beat_all_once("wecom.callbacks")
        later(days=1)

    assert Handling.objects.get().state == "waiting"
    assert len(book.got) == 2 * len(PAUSES)


def test_whoever_dies_with_callbacks_in_hand_leaves_them_to_the_next(db: None, book: Book) -> None:
    corp = a_corp()
    post(corp, told(), at=clock.now())
    now = clock.now()
    taken = {"handler": "test.book", "corp": corp.pk, "most": 10, "now": now}
    taken |= {"lease": "11111111-1111-1111-1111-111111111111", "until": now + timedelta(minutes=5)}
    assert len(run("callbacks", "claim", taken).fetchall()) == 1

    beat_all_once("wecom.callbacks")
    assert book.got == []

    later(minutes=6)
    beat_all_once("wecom.callbacks")
    assert book.got == [["wmA"]]


def test_each_handler_is_done_by_itself_and_the_urgent_one_first(
    db: None, book: Book, urgent_book: Book
) -> None:
    corp = a_corp()
    urgent_book.fails = {"wmA"}
    post(corp, told(), at=clock.now())

    beat_all_once("wecom.urgent", "wecom.callbacks")

    assert (urgent_book.got, book.got) == ([["wmA"]], [["wmA"]])
    assert Handling.objects.get().handler == "test.urgent"


def test_a_paused_corp_is_heard_and_waits(db: None, book: Book) -> None:
    owner = a_member(a_workspace())
    corp = a_corp(owner)
    wecom.change_corp(owner, corp.pk, state=wecom.CorpState.PAUSED, now=clock.now())
    post(corp, told(), at=clock.now())

    beat_all_once("wecom.callbacks")
    assert book.got == []

    wecom.change_corp(owner, corp.pk, state=wecom.CorpState.ACTIVE, now=clock.now())
    beat_all_once("wecom.callbacks")
    assert book.got == [["wmA"]]


@pytest.mark.parametrize(
    ("text", "event"),
    [
        (told("moved_to_the_moon"), "change_external_contact"),
        ("<xml><Event>brand_new</Event><MsgType>event</MsgType></xml>", "brand_new"),
        ("not xml at all", "unreadable"),
        ('{"event": {}}', ""),
    ],
)
def test_what_nobody_knows_is_kept_and_shown_as_unknown(db: None, text: str, event: str) -> None:
    owner = a_member(a_workspace())

    post(a_corp(owner), text, at=clock.now())

    kept = wecom.callbacks_of(owner.workspace, became="unknown").get()
    assert (kept.event, kept.body, kept.is_known) == (event, text, False)


def test_a_replay_of_long_ago_is_refused_and_noted(db: None) -> None:
    corp = a_corp()
    long_ago = clock.now() - timedelta(days=8)

    def heard_today(*given: Any, **_: Any) -> None:
        wecom.receive(*given, now=clock.now())

    with pytest.raises(wecom.CallbackTooOld):
        post(corp, told(), at=long_ago, receive=heard_today)

    corp.refresh_from_db()
    assert (corp.refused_why, Callback.objects.count()) == ("callback_too_old", 0)


def test_what_is_done_is_forgotten_when_its_repeats_would_not_be_taken_any_more(
    db: None, book: Book
) -> None:
    corp = a_corp()
    for who in ("wmA", "wmB"):
        post(corp, told(who=who), at=clock.now())
    book.fails = {"wmB"}
    beat_all_once("wecom.callbacks")
    Callback.objects.update(received_at=clock.now() - timedelta(days=20))

    wecom.forget_callbacks(now=clock.now())

    assert [each.about for each in Callback.objects.all()] == ["wmB"]


# Over HTTP, as the platform comes.


def over_http(
    method: str, door: object, query: Mapping[str, str], body: bytes = b""
) -> tuple[int, bytes]:
    """Come to the door as the server brings a request."""
    began: list[str] = []
    environ = {
        "REQUEST_METHOD": method,
        "PATH_INFO": f"/wecom/{door}",
        "QUERY_STRING": urlencode(query),
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.input": BytesIO(body),
    }
    content = b"".join(application(environ, lambda status, _headers: began.append(status)))
    return int(began[0].split()[0]), content


def test_the_platform_checks_the_address_and_tells_over_http(db: None, book: Book) -> None:
    corp = a_corp()
    envelope = wecom.Envelope(TOKEN, AES_KEY, CORP_ID)
    echo = envelope.seal("1288432023552776189")
    at = str(int(clock.now().timestamp()))
    asked = {"timestamp": at, "nonce": "n", "msg_signature": envelope.signature(at, "n", echo)}

    checked = over_http("GET", corp.door, asked | {"echostr": echo})
    sealed = envelope.seal(EVENT)
    asked["msg_signature"] = envelope.signature(at, "n", sealed)
    told = json.dumps({"encrypt": sealed, "agentid": 1000002}).encode()
    heard = over_http("POST", corp.door, asked, told)

    assert (checked, heard) == ((200, b"1288432023552776189"), (200, b""))
    assert over_http("DELETE", corp.door, {}) == (405, b"")
    assert Callback.objects.get().about == "wmSandbox0000000000000000000001"
    corp.refresh_from_db()
    assert corp.verified_at is not None


@pytest.mark.parametrize(
    ("changed", "body", "status"),
    [
        ({"msg_signature": "0" * 40}, None, 401),
        ({"msg_signature": ""}, None, 401),
        ({}, BOMB.encode(), 400),
        ({}, b"<xml><Encrypt>cut", 400),
        ({}, b"\xff\xfe", 400),
        ({}, b"<xml><ToUserName>x</ToUserName></xml>", 400),
        ({}, b"x" * ((1 << 20) + 1), 413),
        ({"door": "7d444840-9dc0-11d1-b245-5ffdce74fad2"}, None, 404),
        ({"door": "no-uuid"}, None, 404),
        ({"corp": "ww00000000000000ff"}, None, 403),
    ],
    ids=[
        "forged",
        "unsigned",
        "bomb",
        "truncated",
        "bytes",
        "empty",
        "large",
        "stranger",
        "nowhere",
        "wrong-corp",
    ],
)
def test_bad_callbacks_are_refused_with_a_sentence_and_nothing_is_kept(
    db: None, changed: dict[str, str], body: bytes | None, status: int
) -> None:
    corp = a_corp()
    envelope = wecom.Envelope(TOKEN, AES_KEY, changed.get("corp", CORP_ID))
    sealed = envelope.seal(EVENT)
    at = str(int(clock.now().timestamp()))
    asked = {"timestamp": at, "nonce": "n", "msg_signature": envelope.signature(at, "n", sealed)}
    asked |= {name: value for name, value in changed.items() if name == "msg_signature"}
    said = body if body is not None else f"<xml><Encrypt>{sealed}</Encrypt></xml>".encode()

    answer, sentence = over_http("POST", changed.get("door", corp.door), asked, said)

    assert answer == status
    assert status == 413 or "。" in sentence.decode()
    assert Callback.objects.count() == 0


def test_a_secret_with_a_space_in_it_is_refused_and_not_repeated(db: None) -> None:
    owner = a_member(a_workspace())

    with pytest.raises(wecom.CorpNotAsExpected) as refused:
        a_corp(owner, secret="a-secret-of-the-tea-house ", corp_id="ww1 ", callback_key="short")

    assert [each.field for each in refused.value.errors] == ["corp_id", "secret", "callback_key"]
    assert "空格" in refused.value.errors[1].message
    assert "tea-house" not in str(refused.value.errors)


def test_who_is_erased_is_erased_from_the_inbox(
    db: None, open_warehouse: object, book: Book
) -> None:
    from yutang.customers import service as customers
    from yutang.customers.tests.builders import who

    owner = a_member(a_workspace())
    corp = a_corp(owner)
    hers = who(owner.workspace, external_userid="wmZhang0001")
    group = "<xml><Event>change_external_chat</Event><Item>wmZhang0001</Item></xml>"
    for text in (told(who="wmZhang0001"), group, told(who="wmOther0002")):
        post(corp, text, at=clock.now())

    customers.erase(owner, hers, reason="", now=clock.now())

    assert [each.about for each in Callback.objects.all()] == ["wmOther0002"]
    assert Handling.objects.count() == 1
