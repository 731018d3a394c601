"""Client, callbacks and the look at a set-up against a platform that nobody wrote for this test."""

from collections.abc import Iterator, Sequence

import pytest

from yutang.kit import clock
from yutang.kit.pulse import beat_all_once
from yutang.wecom import service as wecom
from yutang.wecom.callbacks import handlers
from yutang.wecom.client import errors, tokens, wire
from yutang.wecom.models import Callback, Corp
from yutang.wecom.service import Told
from yutang.wecom.tests.builders import a_corp
from yutang.workspaces.service import Member
from yutang.workspaces.tests.builders import a_member, a_workspace
from yutang_sandbox import testing
from yutang_sandbox.testing import KEY, TOKEN, Running

FOLLOW = "externalcontact/get_follow_user_list"


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Running]:
    with testing.running() as running:
        yield running
        wire._connections(running.base).close()
        wire._connections.cache_clear()


@pytest.fixture
def theirs(sandbox: Running) -> testing.Corp:
    return sandbox.make_corp(staff=3, customers=10)


@pytest.fixture
def owner(db: None) -> Member:
    return a_member(a_workspace())


@pytest.fixture
def ours(owner: Member, sandbox: Running, theirs: testing.Corp, settings: object) -> Corp:
    settings.YUTANG_WECOM_BASES = sandbox.base
    return a_corp(
        owner,
        corp_id=theirs.id,
        agent_id=theirs.agent,
        secret=theirs.secret,
        base=sandbox.base,
        callback_token=TOKEN,
        callback_key=KEY,
    )


def test_a_new_friend_is_told_and_welcomed_and_only_once(
    sandbox: Running, theirs: testing.Corp, ours: Corp
) -> None:
    client = wecom.Client(ours)
    guide = client.call(FOLLOW)["follow_user"][0]
    answers = []

    @handlers.handles(
        "change_external_contact", "add_external_contact", name="test.welcome", urgent=True
    )
    def welcome(corp: Corp, told: Sequence[Told], *, now: object) -> None:
        body = {"welcome_code": told[0].fields["WelcomeCode"], "text": {"content": "欢迎"}}
        api = "externalcontact/send_welcome_msg"
        answers.append(wecom.Client(corp).call(api, body, lane=wecom.Lane.WELCOME)["errcode"])

    sandbox.act(theirs, "customer.adds", customer=sandbox.person(theirs), staff=guide)
    told = sandbox.take_callbacks(theirs)
    for each in told * 2:
        wecom.receive(ours.door, each["query"], each["body"].encode(), now=clock.now())
    try:
        beat_all_once("wecom.urgent")
        Callback.objects.update(copies=1)
        with pytest.raises(errors.WelcomeTooLate):
            welcome(ours, [_told(Callback.objects.get(change_type="add_external_contact"))], now=0)
    finally:
        del handlers._handlers["test.welcome"]

    assert answers == [0]


def _told(kept: Callback) -> Told:
    from yutang.wecom.callbacks.reading import read

    return Told(kept.pk, kept.event, kept.change_type, read(kept.body), clock.now(), clock.now())


def test_a_token_taken_back_or_run_out_is_noticed_by_nobody(
    sandbox: Running, theirs: testing.Corp, ours: Corp
) -> None:
    client = wecom.Client(ours)
    before = client.call(FOLLOW)["follow_user"]

    for expired in (False, True):
        sandbox.revoke(theirs, expired=expired)
        assert client.call(FOLLOW)["follow_user"] == before

    assert len(before) == 3


def test_busy_and_too_many_at_once_are_waited_for(
    sandbox: Running, theirs: testing.Corp, ours: Corp
) -> None:
    client = wecom.Client(ours)
    client.call(FOLLOW)

    for code in (-1, 45033):
        sandbox.fault(theirs, calls=[{"api": FOLLOW, "code": code, "times": 1}])
        assert len(client.call(FOLLOW)["follow_user"]) == 3


def test_a_wrong_secret_is_told_and_not_tried_again(
    sandbox: Running, theirs: testing.Corp, ours: Corp, owner: Member
) -> None:
    wrong = wecom.change_corp(owner, ours.pk, secrets={"secret": "x" * 43}, now=clock.now())
    tokens._known.clear()

    with pytest.raises(errors.SecretNotAccepted):
        wecom.Client(wrong).call(FOLLOW)


def test_the_set_up_of_a_sandbox_corp_is_right_but_for_our_own_address(
    ours: Corp, settings: object
) -> None:
    settings.YUTANG_PUBLIC_URL = "http://127.0.0.1:9"

    looked = {each.name: each for each in wecom.diagnose(ours, now=clock.now())}

    wrong = [name for name, each in looked.items() if each.state == wecom.State.WRONG]
    assert wrong == ["callbacks"]
    assert "访问不到公网地址" in looked["callbacks"].said.zh
