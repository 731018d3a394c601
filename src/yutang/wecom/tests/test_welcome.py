"""Who adds one of the staff is welcomed once, in time, by whoever knows best."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from yutang.kit import clock
from yutang.reach import service as reach
from yutang.wecom import service as wecom
from yutang.wecom.client import tokens, wire
from yutang.wecom.models import Corp, CorpState
from yutang.wecom.ways import welcome as ways
from yutang.workspaces.tests.builders import a_member, a_workspace
from yutang_sandbox import testing

pytestmark = pytest.mark.django_db(transaction=True)
HELLO = [{"kind": "text", "text": "欢迎来喝茶"}]


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
    wecom.set_welcome(owner, made.pk, HELLO, now=clock.now())
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

    with pytest.raises(reach.MessageNotSound):
        wecom.set_welcome(
            owner, corp.pk, [{"kind": "text", "text": "{{ customer.name }}，你好"}], now=clock.now()
        )
