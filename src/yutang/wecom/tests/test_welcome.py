"""Who adds one of the staff is welcomed once, in time, by whoever knows best."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from yutang.kit import clock
from yutang.kit.week import Window
from yutang.reach import service as reach
from yutang.wecom import service as wecom
from yutang.wecom.client import tokens, wire
from yutang.wecom.models import Corp, CorpState
from yutang.wecom.tests.builders import a_corp
from yutang.wecom.ways import welcome as ways
from yutang.workspaces.tests.builders import a_member, a_workspace, as_member
from yutang_sandbox import testing

pytestmark = pytest.mark.django_db(transaction=True)
HELLO = [{"kind": "text", "text": "欢迎来喝茶"}]
LATE = [{"kind": "text", "text": "已经打烊，明早九点回你"}]
MONDAY_MORNING = datetime(2026, 11, 2, 2, tzinfo=UTC)  # ten o’clock in the workspace
MONDAY_NIGHT = datetime(2026, 11, 2, 15, tzinfo=UTC)


@pytest.fixture
def sandbox(settings: Any) -> Iterator[testing.Running]:
    with testing.running() as it:
        settings.YUTANG_WECOM_BASES = it.base
        tokens._known.clear()
        yield it
        wire._connections.cache_clear()


@pytest.fixture
def there(sandbox: testing.Running) -> testing.Corp:
    return sandbox.make_corp(staff=2, customers=0)


@pytest.fixture
def corp(sandbox: testing.Running, there: testing.Corp) -> Corp:
    owner = a_member(a_workspace())
    made = wecom.add_corp(
        owner,
        corp_id=there.id,
        agent_id=there.agent,
        secret=there.secret,
        name="茶馆",
        base=sandbox.base,
        callback_token=testing.TOKEN,
        callback_key=testing.KEY,
        now=clock.now(),
    )
    Corp.objects.filter(pk=made.pk).update(state=CorpState.ACTIVE)
    wecom.set_welcome(owner, made.pk, [wecom.WelcomeSlot(HELLO)], now=clock.now())
    return Corp.objects.get(pk=made.pk)


def arrives(sandbox: testing.Running, there: testing.Corp, corp: Corp) -> str:
    """Let somebody add 林月, and the platform tell so."""
    person = sandbox.person(there)
    sandbox.act(there, "customer.adds", customer=person, staff="lin.yue")
    tell(sandbox, there, corp)
    return person


def tell(sandbox: testing.Running, there: testing.Corp, corp: Corp) -> None:
    for each in sandbox.take_callbacks(there):
        wecom.receive(corp.door, each["query"], each["body"].encode(), now=clock.now())


def heard(sandbox: testing.Running, there: testing.Corp, person: str) -> list[str]:
    """Return what she has on her phone from 林月."""
    chat = sandbox.get(f"/corps/{there.id}/phone/chat", **{"who": person, "with": "lin.yue"})
    return [each["text"] for each in chat["lines"] if each["sender"] == "lin.yue"]


def test_a_new_friend_hears_the_welcome_once(
    sandbox: testing.Running, there: testing.Corp, corp: Corp
) -> None:
    person = arrives(sandbox, there, corp)

    wecom.handle_due(urgent=True)
    wecom.handle_due(urgent=True)

    assert heard(sandbox, there, person) == ["欢迎来喝茶"]


def test_who_knows_better_greets_instead_and_one_that_breaks_silences_nobody(
    sandbox: testing.Running,
    there: testing.Corp,
    corp: Corp,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def broken(arrival: wecom.Arrival) -> None:
        raise ZeroDivisionError

    by_code = [{"kind": "text", "text": "静安店欢迎您"}]
    monkeypatch.setattr(ways, "_greetings", [broken, lambda _: by_code])
    person = arrives(sandbox, there, corp)

    wecom.handle_due(urgent=True)

    assert heard(sandbox, there, person) == ["静安店欢迎您"]


def test_too_late_is_too_late(
    sandbox: testing.Running, there: testing.Corp, corp: Corp, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = arrives(sandbox, there, corp)
    monkeypatch.setattr(ways, "WELCOME_LIVES", timedelta(0))

    wecom.handle_due(urgent=True)

    assert heard(sandbox, there, person) == []


def test_a_welcome_with_something_of_each_ones_own_is_refused(corp: Corp) -> None:
    owner = a_member(corp.workspace)
    hers = wecom.WelcomeSlot([{"kind": "text", "text": "{{ customer.name }}，你好"}])

    with pytest.raises(reach.MessageNotSound) as refused:
        wecom.set_welcome(owner, corp.pk, [wecom.WelcomeSlot(HELLO), hers], now=clock.now())

    assert {each.field for each in refused.value.errors} == {"slots", "slots.1.parts.0.text"}


def test_a_welcome_is_set_and_previewed_by_the_hour(db: None) -> None:
    owner = a_member(a_workspace())
    corp = a_corp(owner)
    asker = as_member(owner)
    path = f"/wecom/corps/{corp.pk}/welcome"
    weekdays = [{"days": [1, 2, 3, 4, 5], "begin": "09:00", "end": "18:00"}]
    cover = {"kind": "image", "url": "http://127.0.0.1/tea.png"}
    slots = [{"windows": weekdays, "parts": [*HELLO, cover]}, {"parts": LATE}]

    asker.put(path, {"slots": slots})

    assert [each["parts"] for each in asker.get(path).json()["slots"]] == [[*HELLO, cover], LATE]
    by_day = asker.post(f"{path}/preview", {"slots": slots, "at": MONDAY_MORNING.isoformat()})
    at_night = asker.post(f"{path}/preview", {"slots": slots, "at": MONDAY_NIGHT.isoformat()})
    assert (by_day.json()["slot"], by_day.json()["attachments"]) == (0, 1)
    (found,) = by_day.json()["files"]
    assert found["place"] == 1
    assert "127.0.0.1" in found["trouble"]
    assert (at_night.json()["slot"], at_night.json()["parts"]) == (1, LATE)
    assert asker.put(path, {"slots": [{"parts": []}]}).status_code == 422
    wrong = {"windows": [{"days": [1], "begin": "09:00", "end": "09:00"}], "parts": HELLO}
    assert "slots.0.windows.0" in asker.put(path, {"slots": [wrong]}).content.decode()


def test_whoever_comes_hears_what_holds_at_that_hour(corp: Corp) -> None:
    every_day = [Window([1, 2, 3, 4, 5, 6, 7], "09:00", "18:00")]
    slots = [wecom.WelcomeSlot(LATE), wecom.WelcomeSlot(HELLO, every_day)]
    wecom.set_welcome(a_member(corp.workspace), corp.pk, slots, now=clock.now())
    corp.refresh_from_db()

    def hears(at: datetime) -> ways.Parts:
        return ways._parts(wecom.Arrival(corp, None, "", at))

    assert [hears(MONDAY_MORNING), hears(MONDAY_NIGHT)] == [HELLO, LATE]
