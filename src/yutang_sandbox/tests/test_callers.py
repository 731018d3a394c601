"""Who may call: tokens, secrets, addresses, frequency."""

from concurrent.futures import ThreadPoolExecutor

import httpx

from yutang_sandbox.testing import Corp, Running

LIST = "externalcontact/get_follow_user_list"


def raw(sandbox: Running, api: str, **query: str):
    return sandbox.http.get(f"/cgi-bin/{api}", params=query)


def test_a_token_stays_the_same_until_it_is_worth_nothing(sandbox: Running, corp: Corp) -> None:
    first = sandbox.token(corp)

    assert sandbox.token(corp) == first
    sandbox.revoke(corp)
    assert raw(sandbox, LIST, access_token=first).json() == {
        "errcode": 40014,
        "errmsg": "invalid access_token",
        "follow_user": [],
    }
    second = sandbox.token(corp)
    assert second != first
    sandbox.revoke(corp, expired=True)
    assert raw(sandbox, LIST, access_token=second).json()["errcode"] == 42001


def test_what_is_missing_is_said_before_what_is_wrong(sandbox: Running, corp: Corp) -> None:
    codes = [
        raw(sandbox, "gettoken", **query).json()["errcode"]
        for query in (
            {},
            {"corpsecret": "x"},
            {"corpid": "wwnobody", "corpsecret": "x"},
            {"corpid": corp.id, "corpsecret": corp.secret + " "},
        )
    ]

    assert codes == [41004, 41002, 40013, 40001]


def test_a_refusal_carries_hint_headers_and_an_empty_list(sandbox: Running, corp: Corp) -> None:
    answer = raw(sandbox, "externalcontact/list", access_token=sandbox.token(corp), userid="nobody")

    assert answer.status_code == 200
    assert answer.json()["external_userid"] == []
    assert answer.headers["error-code"] == "60111"
    assert ", hint: [" in answer.json()["errmsg"]
    assert answer.json()["errmsg"].endswith(
        "from ip: 127.0.0.1, more info at https://open.work.weixin.qq.com/devtool/query?e=60111"
    )
    assert raw(sandbox, "externalcontact/nothing", access_token="x").status_code == 404


def test_an_app_is_held_to_its_addresses_rights_and_range(sandbox: Running, corp: Corp) -> None:
    def refused(api: str, body: dict | None = None, **query: str) -> int:
        return sandbox.call(corp, api, body, **query)["errcode"]

    sandbox.token(corp)
    sandbox.change_app(corp, refused=[LIST])
    assert refused(LIST) == 48002
    sandbox.change_app(corp, refused=[], departments=[], users=["Lin.Yue"])
    assert sandbox.call(corp, LIST)["follow_user"] == ["lin.yue"]
    assert refused("externalcontact/list", userid="chen.bo") == 60021
    token = sandbox.token(corp)
    sandbox.change_app(corp, trusted=["203.0.113.7"])
    assert raw(sandbox, LIST, access_token=token).json()["errcode"] == 60020


def test_too_many_calls_are_refused_until_the_minute_is_over(sandbox: Running, corp: Corp) -> None:
    sandbox.post(f"/corps/{corp.id}/limits", per_minute=3, per_hour=5)

    def codes(count: int) -> list[int]:
        return [sandbox.call(corp, LIST)["errcode"] for _ in range(count)]

    token_calls_count_too = sandbox.token(corp)
    assert token_calls_count_too
    assert 45009 in {
        raw(sandbox, LIST, access_token=token_calls_count_too).json()["errcode"] for _ in range(5)
    }
    sandbox.post(f"/corps/{corp.id}/limits", per_minute=100, per_hour=100)
    assert codes(1) == [0]


def test_faults_come_as_often_as_asked(sandbox: Running, corp: Corp) -> None:
    sandbox.fault(corp, calls=[{"api": LIST, "code": 45033, "times": 2}])
    codes = [sandbox.call(corp, LIST)["errcode"] for _ in range(3)]
    sandbox.fault(corp, calls=[{"http": 502, "times": 1}])

    assert codes == [45033, 45033, 0]
    assert raw(sandbox, LIST, access_token=sandbox.token(corp)).status_code == 502
    assert raw(sandbox, LIST, access_token=sandbox.token(corp)).status_code == 200


def test_a_body_that_is_no_json_is_told_so(sandbox: Running, corp: Corp) -> None:
    answer = sandbox.http.post(
        "/cgi-bin/externalcontact/mark_tag",
        params={"access_token": sandbox.token(corp)},
        content=b'{"userid": "lin.yue"',
    ).json()

    assert answer["errcode"] == 40058
    assert answer["errmsg"].startswith("Warning: wrong json format. ")


def test_too_many_at_once_and_two_hands_on_one_relation_are_told_apart(
    sandbox: Running, make_corp
) -> None:
    corp = make_corp(staff=1, customers=2, relations=1)
    one, two = sandbox.call(corp, "externalcontact/list", userid="lin.yue")["external_userid"]
    tags = sandbox.call(corp, "externalcontact/get_corp_tag_list", {})["tag_group"][0]["tag"]
    query = {"access_token": sandbox.token(corp)}

    def mark(someone: str) -> int:
        body = {"userid": "lin.yue", "external_userid": someone, "add_tag": [tags[0]["id"]]}
        with httpx.Client(base_url=sandbox.base, trust_env=False) as client:
            answer = client.post("/cgi-bin/externalcontact/mark_tag", params=query, json=body)
        return answer.json()["errcode"]

    def together(*people: str) -> list[int]:
        with ThreadPoolExecutor(len(people)) as hands:
            return sorted(hands.map(mark, people))

    sandbox.post(f"/corps/{corp.id}/limits", latency_ms=500)
    assert together(one, two) == [0, 0]
    assert together(one, one) == [0, 45035]
    sandbox.post(f"/corps/{corp.id}/limits", concurrent=1)
    assert together(one, two) == [0, 45033]
