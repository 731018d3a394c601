"""A corp is set up over HTTP: its secrets never come back, and a look at it says what is wrong and where."""

import ssl
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from yutang.kit import clock
from yutang.wecom import service as wecom
from yutang.wecom.callbacks import checking
from yutang.wecom.client import wire
from yutang.wecom.models import Corp
from yutang.wecom.tests.builders import AES_KEY, CORP_ID, TOKEN, Platform, a_corp, a_platform, post
from yutang.workspaces.models import Role
from yutang.workspaces.service import Member
from yutang.workspaces.tests.builders import a_member, a_workspace, as_member

ENTERED = {
    "corp_id": CORP_ID,
    "agent_id": 1000002,
    "secret": "a-secret-of-the-tea-house",
    "name": "茶馆",
    "callback_token": TOKEN,
    "callback_key": AES_KEY,
}
FINE: dict[str, Any] = {
    "agent/get": {
        "allow_userinfos": {"user": [{"userid": "lin.yue"}]},
        "allow_partys": {"partyid": [1, 2]},
        "allow_tags": {"tagid": []},
        "close": 0,
    },
    "department/list": {"department": []},
    "externalcontact/get_follow_user_list": {"follow_user": ["lin.yue", "chen.bo"]},
    "externalcontact/batch/get_by_user": {"errcode": 84061, "errmsg": "not external contact"},
    "externalcontact/groupchat/list": {"group_chat_list": []},
    "externalcontact/get_corp_tag_list": {"tag_group": []},
    "externalcontact/list_contact_way": {"contact_way": []},
    "externalcontact/customer_acquisition/list_link": {"link_id_list": []},
    "externalcontact/get_groupmsg_list_v2": {"group_msg_list": []},
    "externalcontact/get_moment_list": {"moment_list": []},
}


@pytest.fixture
def owner(db: None) -> Member:
    return a_member(a_workspace())


@pytest.fixture
def platform(db: None) -> Iterator[Platform]:
    with a_platform() as running:
        running.says |= FINE
        yield running


@pytest.fixture(autouse=True)
def at_our_own_door(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the look at our own address come to our own door, without a server."""

    def get(_url: str, *, params: dict[str, str], **_: Any) -> httpx.Response:
        door = _url.rpartition("/")[2]
        try:
            return httpx.Response(200, text=wecom.verify(door, params, now=clock.now()))
        except wecom.CallbackForged as refused:
            return httpx.Response(401, text=refused.sentence())

    monkeypatch.setattr(httpx, "get", get)


def found(corp: Corp, **changed: Any) -> dict[str, wecom.Finding]:
    given = {"now": clock.now()} | changed
    return {each.name: each for each in wecom.diagnose(corp, **given)}


def test_secrets_go_in_and_never_come_back(owner: Member) -> None:
    asker = as_member(owner)

    made = asker.post("/wecom/corps", ENTERED)
    changed = asker.patch(
        f"/wecom/corps/{made.json()['id']}", {"name": "新茶馆", "secret": "b" * 30}
    )
    listed = asker.get("/wecom/corps")

    assert (made.status_code, changed.status_code) == (201, 200)
    assert changed.json()["name"] == "新茶馆"
    assert changed.json()["has_callback_secrets"] is True
    assert changed.json()["callback_url"].endswith(f"/wecom/{Corp.objects.get().door}")
    assert changed.json()["entrance_url"].endswith(f"/wecom/oauth/{Corp.objects.get().door}")
    assert changed.json()["trusted_domain"] in changed.json()["entrance_url"]
    said = made.content + changed.content + listed.content
    assert not any(each.encode() in said for each in (ENTERED["secret"], TOKEN, AES_KEY))
    assert not any(
        each in str(Corp.objects.values()) for each in (ENTERED["secret"], TOKEN, AES_KEY, "b" * 30)
    )


def test_what_cannot_be_right_is_refused_field_by_field(owner: Member) -> None:
    asker = as_member(owner)
    wrong = ENTERED | {"secret": " a-secret-of-the-tea-house", "base": "http://10.0.0.1"}

    refused = asker.post("/wecom/corps", wrong)
    twice = [asker.post("/wecom/corps", ENTERED).status_code for _ in range(2)]

    assert refused.status_code == 422
    assert [each["field"] for each in refused.json()["errors"]] == ["secret", "base"]
    assert "a-secret" not in refused.content.decode()
    assert twice == [201, 409]


def test_who_may_not_set_it_up_is_refused_and_the_rival_sees_nothing(owner: Member) -> None:
    corp = a_corp(owner)
    guide = as_member(a_member(owner.workspace, Role.GUIDE))
    rival = as_member(a_member(a_workspace("Coffee House")))

    assert guide.get("/wecom/corps").status_code == 403
    assert rival.get(f"/wecom/corps/{corp.pk}").status_code == 404
    assert rival.post(f"/wecom/corps/{corp.pk}/diagnose").status_code == 404
    assert rival.get("/wecom/callbacks").json()["items"] == []


def test_a_set_up_that_is_right_is_fine_throughout(owner: Member, platform: Platform) -> None:
    corp = a_corp(owner, platform=platform)
    post(corp, "<xml><Event>subscribe</Event></xml>", at=clock.now())

    looked = as_member(owner).post(f"/wecom/corps/{corp.pk}/diagnose").json()["findings"]

    assert {each["name"]: each["state"] for each in looked} == dict.fromkeys(
        [
            "archive",
            "secret",
            "address",
            "clock",
            "range",
            "function",
            "directory",
            "customers",
            "groups",
            "tags",
            "contact_ways",
            "links",
            "mass",
            "moments",
            "callbacks",
        ],
        "fine",
    )


@pytest.mark.parametrize(
    ("api", "answer", "name", "says", "place"),
    [
        ("gettoken", {"errcode": 40001, "errmsg": "x"}, "secret", "不认这个 Secret", "应用详情"),
        ("gettoken", {"errcode": 40013, "errmsg": "x"}, "secret", "不认这个企业 ID", "应用详情"),
        ("gettoken", (503, b"down"), "secret", "没有收到企业微信的回答", "应用详情"),
        (
            "agent/get",
            {"errcode": 60020, "errmsg": "no, from ip: 203.0.113.7, more"},
            "address",
            "203.0.113.7",
            "企业可信 IP",
        ),
        ("agent/get", {"errcode": 301002, "errmsg": "x"}, "range", "没有", "应用详情"),
        ("agent/get", FINE["agent/get"] | {"close": 1}, "range", "已停用", "应用详情"),
        ("agent/get", {"close": 0}, "range", "看不到任何成员", "可见范围"),
        (
            "externalcontact/get_follow_user_list",
            {"follow_user": []},
            "function",
            "没有成员开通客户联系",
            "使用范围",
        ),
        (
            "externalcontact/get_moment_list",
            {"errcode": 48002, "errmsg": "x"},
            "moments",
            "没有“externalcontact/get_moment_list”的权限",
            "可调用接口的应用",
        ),
    ],
)
def test_what_is_wrong_is_named_with_what_to_do_and_where(
    owner: Member, platform: Platform, api: str, answer: Any, name: str, says: str, place: str
) -> None:
    platform.says[api] = answer
    corp = a_corp(owner, platform=platform)

    wrong = found(corp)[name]

    assert wrong.state == wecom.State.WRONG
    assert says in wrong.said.zh
    assert place in wrong.place.zh
    assert wrong.said.en


def test_a_clock_that_differs_is_told(owner: Member, platform: Platform) -> None:
    corp = a_corp(owner, platform=platform)
    theirs = datetime.now(UTC)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(wire.Answer, "at", property(lambda _: theirs))
        late = found(corp, now=theirs + timedelta(seconds=90))["clock"]
        right = found(corp, now=theirs)["clock"]

    assert (late.state, right.state) == (wecom.State.WRONG, wecom.State.FINE)
    assert "差 90 秒" in late.said.zh


def test_callbacks_that_do_not_arrive_are_told_apart(owner: Member, platform: Platform) -> None:
    corp = a_corp(owner, platform=platform, callback_token="", callback_key="")

    def said() -> str:
        corp.refresh_from_db()
        return checking.look_at_callbacks(corp, now=clock.now()).said.zh

    assert "还没有填写" in said()

    secrets = {"callback_token": TOKEN, "callback_key": AES_KEY}
    wecom.change_corp(owner, corp.pk, secrets=secrets, now=clock.now())
    assert "还没有来验证过" in said()
    Corp.objects.update(verified_at=clock.now())
    assert "两天没有收到" in said()
    post(corp, "<xml><Event>subscribe</Event></xml>", at=clock.now())
    assert "正常到达" in said()
    with pytest.raises(wecom.CallbackForged):
        post(corp, "<xml/>", at=clock.now(), msg_signature="0" * 40)
    assert "被拒收" in said()


@pytest.mark.parametrize(("code", "says"), [(10, "证书已过期"), (62, "证书不可信或名字不符")])
def test_a_certificate_that_has_expired_is_named(
    owner: Member, monkeypatch: pytest.MonkeyPatch, code: int, says: str
) -> None:
    corp = a_corp(owner)

    def refuses(*_: Any, **__: Any) -> None:
        cause = ssl.SSLCertVerificationError()
        cause.verify_code = code
        raise httpx.ConnectError("x") from cause

    monkeypatch.setattr(httpx, "get", refuses)

    assert says in checking.look_at_callbacks(corp, now=clock.now()).said.zh
    cause = ssl.SSLCertVerificationError()
    cause.verify_code = code
    assert wire._why_not(cause) == ("expired" if code == 10 else "tls")


def test_callbacks_are_listed_counted_and_sent_through_again_over_http(owner: Member) -> None:
    corp = a_corp(owner)
    post(corp, "<xml><Event>subscribe</Event></xml>", at=clock.now())
    post(corp, "<xml><Event>brand_new</Event></xml>", at=clock.now())
    asker = as_member(owner)

    listed = asker.get("/wecom/callbacks").json()["items"]
    unknown = asker.get("/wecom/callbacks", {"became": "unknown"}).json()["items"]

    assert {(each["event"], each["became"]) for each in listed} == {
        ("subscribe", "done"),
        ("brand_new", "unknown"),
    }
    assert [each["event"] for each in unknown] == ["brand_new"]
    assert asker.get("/wecom/callbacks/counts").json() == {
        "waiting": 0,
        "failed": 0,
        "unknown": 1,
        "today": 2,
    }
    assert asker.post("/wecom/callbacks/replay", {}).json()["code"] == "wecom.nothing_to_replay"
