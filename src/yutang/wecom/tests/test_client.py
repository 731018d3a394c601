"""The client: one token for all, refusals that say what to do, waiting where waiting helps, no call twice."""

import logging
from collections.abc import Iterator
from datetime import timedelta

import pytest

from yutang.kit import clock
from yutang.wecom import service as wecom
from yutang.wecom.client import errors, tokens, wire
from yutang.wecom.client.client import Client
from yutang.wecom.client.limits import Lane
from yutang.wecom.models import Quota, Token
from yutang.wecom.tests.builders import Platform, a_corp, a_platform
from yutang.workspaces.tests.builders import a_member, a_workspace, at_once

GONE = {"errcode": 40014, "errmsg": "invalid access_token", "follow_user": []}
FOLLOW = "externalcontact/get_follow_user_list"
MARK = "externalcontact/mark_tag"


@pytest.fixture
def platform(db: None) -> Iterator[Platform]:
    with a_platform() as running:
        running.says[FOLLOW] = {"errcode": 0, "follow_user": ["lin.yue"]}
        running.says[MARK] = {"errcode": 0}
        yield running


def test_a_call_carries_its_token_in_the_query_and_its_body_as_real_utf8(
    platform: Platform,
) -> None:
    client = Client(a_corp(platform=platform))
    platform.says["externalcontact/remark"] = {"errcode": 0, "errmsg": "ok"}

    client.call("externalcontact/remark", {"remark": "周女士"})

    asked = platform.asked[-1]
    assert (asked.token, asked.body, asked.query) == ("token-1", {"remark": "周女士"}, {})


def test_a_token_is_fetched_once_by_all_processes_together(transactional_db: None) -> None:
    with a_platform(externalcontact__get_follow_user_list={"follow_user": []}) as platform:
        corp = a_corp(platform=platform)

        def as_another_process() -> None:
            tokens._known.clear()
            Client(corp).call(FOLLOW)

        assert set(at_once(*[as_another_process] * 6)) == {None}

    assert platform.count("gettoken") == 1
    assert Token.objects.get().sealed.startswith("v1.")


def test_a_token_taken_back_is_fetched_anew_once_and_the_call_repeated_once(
    platform: Platform,
) -> None:
    client = Client(a_corp(platform=platform))
    platform.says[FOLLOW] = lambda asked: GONE if asked.token == "token-1" else {"follow_user": [1]}

    assert client.call(FOLLOW)["follow_user"] == [1]

    platform.says[FOLLOW] = GONE
    with pytest.raises(errors.TokenNotAccepted):
        client.call(FOLLOW)
    assert (platform.count("gettoken"), platform.count(FOLLOW)) == (3, 4)


def test_a_token_another_process_fetched_meanwhile_is_taken_before_a_new_one_is_asked_for(
    platform: Platform,
) -> None:
    corp = a_corp(platform=platform)
    client = Client(corp)
    client.call(FOLLOW)
    ours = tokens._known.copy()
    client.token(instead_of="token-1")  # as another process would
    tokens._known.update(ours)
    platform.says[FOLLOW] = lambda asked: GONE if asked.token == "token-1" else {"follow_user": []}

    client.call(FOLLOW)

    assert platform.count("gettoken") == 2


def test_a_token_that_ran_out_is_not_used(platform: Platform) -> None:
    platform.says["gettoken"] = {"access_token": "short", "expires_in": 11}
    client = Client(a_corp(platform=platform))
    client.call(FOLLOW)
    Token.objects.update(good_until=clock.now() - timedelta(seconds=1))
    tokens._known.clear()
    platform.says["gettoken"] = {"access_token": "next", "expires_in": 7200}

    client.call(FOLLOW)

    assert [each.token for each in platform.asked if each.api == FOLLOW] == ["short", "next"]


def test_a_wrong_secret_is_not_tried_again_and_again(platform: Platform) -> None:
    owner = a_member(a_workspace())
    corp = a_corp(owner, platform=platform)
    platform.says["gettoken"] = {
        "errcode": 40001,
        "errmsg": "invalid credential, hint: [1588_1_9e], from ip: 203.0.113.7, more info at https://x",
    }

    for _ in range(5):
        with pytest.raises(errors.SecretNotAccepted) as refused:
            Client(corp).call(FOLLOW)
    assert (platform.count("gettoken"), platform.count(FOLLOW)) == (1, 0)
    assert (refused.value.errcode, refused.value.said) == (40001, "invalid credential")

    del platform.says["gettoken"]
    changed = wecom.change_corp(
        owner, corp.pk, secrets={"secret": "another-secret-of-the-tea-house"}, now=clock.now()
    )
    assert Client(changed).call(FOLLOW)["follow_user"] == ["lin.yue"]


def test_an_address_that_is_not_trusted_is_named(platform: Platform) -> None:
    platform.says["gettoken"] = {
        "errcode": 60020,
        "errmsg": "not allow to access from your ip, hint: [1_2_3], from ip: 203.0.113.7, more info",
    }

    with pytest.raises(errors.AddressNotTrusted) as refused:
        Client(a_corp(platform=platform)).call(FOLLOW)

    assert "203.0.113.7" in refused.value.sentence("zh")
    assert "203.0.113.7" in refused.value.sentence("en")


def test_every_code_the_platform_documents_has_a_sentence_of_its_own() -> None:
    documented = (
        "-1 6000 40001 40003 40004 40007 40013 40014 40029 40031 40058 40063 40066 40068 40071 40091"
        " 40096 40097 40099 40100 40123 40126 40128 40129 40130 40131 40143 40201 40205 41001 41004"
        " 41037 41041 41044 41045 41048 41049 41050 41051 41054 41055 41058 41063 41064 41072 41091"
        " 41093 41095 41096 42001 45009 45033 45035 45029 46004 48002 48009 50002 50003 50100 60003"
        " 60011 60020 60021 60030 60111 60123 81013 81017 84061 84074 84084 90500 90501 90508 301002"
    )

    nameless = [
        code
        for code in map(int, documented.split())
        if type(errors.refusal_of("x", code, "said")) is errors.PlatformRefused
    ]

    assert nameless == []
    codes = [code for kind in errors.PlatformRefused.__subclasses__() for code in kind.codes]
    assert len(codes) == len(set(codes))
    assert (
        errors.refusal_of("x", 99999, "brand new").sentence("zh").endswith("brand new（99999）。")
    )


def test_busy_is_tried_three_times_and_then_told(platform: Platform) -> None:
    client = Client(a_corp(platform=platform))
    platform.says[FOLLOW] = [{"errcode": -1}, {"errcode": 6000}, {"follow_user": []}]
    assert client.call(FOLLOW) == {"follow_user": []}

    platform.says[FOLLOW] = {"errcode": -1, "errmsg": "busy"}
    with pytest.raises(errors.Busy):
        client.call(FOLLOW)
    assert platform.count(FOLLOW) == 6


@pytest.mark.parametrize("said", [None, (502, b"<html>"), (200, b"<html>"), (200, b"[]")])
def test_without_an_answer_what_reads_is_repeated_and_what_writes_is_not(
    platform: Platform, said: object
) -> None:
    client = Client(a_corp(platform=platform))
    platform.says[FOLLOW] = [said, {"follow_user": []}] if said else lambda _: None
    platform.says[MARK] = (lambda _: None) if said is None else said

    if said:
        assert client.call(FOLLOW) == {"follow_user": []}
    with pytest.raises(wecom.NoAnswer) as silence:
        client.call(MARK, {"userid": "lin.yue"})

    assert (silence.value.began, platform.count(MARK)) == (True, 1)


def test_nobody_there_is_no_answer_and_surely_not_done(platform: Platform) -> None:
    corp = a_corp(platform=platform)
    Client(corp).token()
    corp.base = "http://127.0.0.1:9"

    with pytest.raises(wecom.NoAnswer) as elsewhere:  # not among the allowed addresses
        Client(corp).call(MARK, {})

    assert elsewhere.value.began is False


def test_only_the_platform_and_what_the_operator_allowed_is_spoken_to(
    db: None, settings: object
) -> None:
    settings.YUTANG_WECOM_BASES = "http://127.0.0.1:8900/, https://relay.tea.example"

    assert wire.allowed_bases() == (
        wire.REAL_BASE,
        "http://127.0.0.1:8900",
        "https://relay.tea.example",
    )
    with pytest.raises(wecom.CorpNotAsExpected):
        a_corp(base="http://169.254.169.254")


def test_neither_logs_nor_exceptions_carry_addresses_with_tokens(
    platform: Platform, caplog: pytest.LogCaptureFixture
) -> None:
    client = Client(a_corp(platform=platform))
    platform.says[FOLLOW] = lambda _: None
    caplog.set_level(logging.DEBUG, "httpx")
    logging.getLogger("httpx").setLevel(logging.WARNING)

    with pytest.raises(wecom.NoAnswer) as silence:
        client.call(FOLLOW)

    assert "token-1" not in caplog.text
    assert "token-1" not in repr(silence.value) + str(silence.value.__cause__)
    assert silence.value.__suppress_context__


# Quotas


def allow(monkeypatch: pytest.MonkeyPatch, **given: int) -> None:
    from yutang.wecom.client import quota
    from yutang.wecom.client.limits import ApiLimits

    limits = ApiLimits(**({"at_once": 20, "minute": 10, "hour": 100} | given))
    monkeypatch.setattr(quota, "limits_of", lambda *_: limits)
    quota._permits.clear()


def test_a_window_is_shared_and_what_is_urgent_always_finds_some_left(
    platform: Platform, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = Client(a_corp(platform=platform))
    client.token()
    allow(monkeypatch)
    noon = clock.now().replace(minute=30, second=1, microsecond=0)
    monkeypatch.setattr(clock, "now", lambda: noon)

    def until_throttled(lane: Lane) -> int:
        for n in range(20):
            try:
                client.call(FOLLOW, lane=lane, patience=0)
            except wecom.Throttled as full:
                assert full.seconds == 59
                return n
        return 20

    assert until_throttled(Lane.SYNC) == 7
    assert until_throttled(Lane.WELCOME) == 3
    assert Quota.objects.get(api=FOLLOW).minute_used == 10

    noon += timedelta(minutes=1)
    assert until_throttled(Lane.SYNC) == 7
    noon += timedelta(minutes=20)
    assert Quota.objects.get(api=FOLLOW).hour_used == 17


def test_when_the_platform_counts_more_than_we_do_an_api_rests_for_a_minute_then_longer(
    platform: Platform, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = Client(a_corp(platform=platform))
    client.token()
    now = clock.now()
    monkeypatch.setattr(clock, "now", lambda: now)
    platform.says[FOLLOW] = {"errcode": 45009, "errmsg": "api freq out of limit"}
    rests = []

    for _ in range(3):
        with pytest.raises(wecom.Throttled) as full:
            client.call(FOLLOW, patience=1)
        rests.append(full.value.seconds)
        now += timedelta(seconds=full.value.seconds + 1)
    now += timedelta(minutes=5)
    platform.says[FOLLOW] = {"errcode": 0}
    client.call(FOLLOW)

    assert rests == [60, 120, 240]
    assert platform.count(FOLLOW) == 4


def test_too_many_at_once_slows_down_and_goes_on(platform: Platform) -> None:
    client = Client(a_corp(platform=platform))
    platform.says[FOLLOW] = [{"errcode": 45033, "errmsg": "concurrent"}, {"follow_user": []}]

    assert client.call(FOLLOW) == {"follow_user": []}

    assert Quota.objects.get(api=FOLLOW).at_once == 10


def test_no_more_tags_are_marked_at_once_than_the_platform_takes_and_never_two_of_one_pair(
    transactional_db: None,
) -> None:
    import threading
    import time

    inside, most, pairs, wrong = 0, 0, set(), []
    lock = threading.Lock()

    def slowly(asked: object) -> dict[str, int]:
        nonlocal inside, most
        pair = asked.body["external_userid"]
        with lock:
            inside += 1
            most = max(most, inside)
            wrong.extend([pair] if pair in pairs else [])
            pairs.add(pair)
        time.sleep(0.03)
        with lock:
            inside -= 1
            pairs.discard(pair)
        return {"errcode": 0}

    with a_platform(externalcontact__mark_tag=slowly) as platform:
        client = Client(a_corp(platform=platform))
        client.token()
        acts = [
            lambda who=f"wm{n % 8}": client.call(MARK, {"external_userid": who}, alone=who)
            for n in range(16)
        ]
        assert set(at_once(*acts)) == {None}

    assert (platform.count(MARK), wrong) == (16, [])
    assert 2 <= most <= 5


def test_a_paused_corp_is_not_spoken_to(platform: Platform) -> None:
    owner = a_member(a_workspace())
    corp = a_corp(owner, platform=platform)
    paused = wecom.change_corp(owner, corp.pk, state=wecom.CorpState.PAUSED, now=clock.now())

    with pytest.raises(wecom.CorpPaused):
        Client(paused).call(FOLLOW)
    assert platform.asked == []


def test_an_installation_may_change_the_limits(settings: object, tmp_path: object) -> None:
    assert (wecom.most("corp_tags"), wecom.limits_of(MARK).at_once) == (10_000, 5)
    file = tmp_path / "limits.json"
    file.write_text('{"most": {"corp_tags": {"value": 3000}}, "apis": {"x/y": {"minute": 7}}}')

    settings.YUTANG_WECOM_LIMITS = str(file)

    assert (wecom.most("corp_tags"), wecom.limits_of("x/y").minute) == (3000, 7)
    assert wecom.limits_of(MARK).at_once == 5
