"""What pages need: who opened them, tickets, uploads; and customer service."""

import pytest

from yutang_sandbox.testing import Corp, Running


def authorize(sandbox: Running, corp: Corp, **query):
    return sandbox.http.get(
        "/connect/oauth2/authorize",
        params={"appid": corp.id, "response_type": "code", "state": "s1", **query},
    )


def test_a_page_learns_once_who_opened_it(sandbox: Running, corp: Corp) -> None:
    sandbox.change_app(corp, domain="h5.example.com")
    page = "https://h5.example.com/sidebar?corp=1"
    answer = authorize(sandbox, corp, redirect_uri=page, **{"as": "lin.yue"})
    location = answer.headers["location"]
    code = location.split("code=")[1].split("&")[0]

    assert answer.status_code == 302
    assert location.startswith(f"{page}&code=")
    assert location.endswith("&state=s1")
    assert sandbox.call(corp, "auth/getuserinfo", code=code)["userid"] == "lin.yue"
    assert sandbox.call(corp, "auth/getuserinfo", code=code)["errcode"] == 42022
    assert sandbox.call(corp, "auth/getuserinfo", code="made-up")["errcode"] == 40029
    foreign = authorize(
        sandbox, corp, redirect_uri="https://elsewhere.example/", **{"as": "lin.yue"}
    )
    assert "50001" in foreign.text
    chosen = authorize(sandbox, corp, redirect_uri=page)
    assert "林月" in chosen.text


def test_tickets_stay_and_differ(sandbox: Running, corp: Corp) -> None:
    first, again = (sandbox.call(corp, "get_jsapi_ticket")["ticket"] for _ in range(2))

    assert first == again
    assert sandbox.call(corp, "ticket/get", type="agent_config")["ticket"] != first
    assert sandbox.call(corp, "ticket/get", type="jsapi")["errcode"] == 91040


@pytest.mark.parametrize(
    ("kind", "content", "code"),
    [("image", b"tiny", 44001), ("image", b"no picture at all", 40004), ("poem", b"x" * 9, 40004)],
)
def test_what_is_no_such_media_is_refused(
    sandbox: Running, corp: Corp, kind: str, content: bytes, code: int
) -> None:
    answer = sandbox.http.post(
        "/cgi-bin/media/upload",
        params={"access_token": sandbox.token(corp), "type": kind},
        files={"media": ("a.png", content)},
    ).json()

    assert answer["errcode"] == code


def test_an_upload_that_was_cut_off_is_refused(sandbox: Running, corp: Corp) -> None:
    answer = sandbox.http.post(
        "/cgi-bin/media/upload",
        params={"access_token": sandbox.token(corp), "type": "file"},
        headers={"content-type": "multipart/form-data; boundary=b"},
        content=b'--b\r\nContent-Disposition: form-data; name="media"; filename="a"\r\n\r\nhalf of i',
    ).json()

    assert answer["errcode"] == 44001


def test_a_file_comes_back_whole_or_in_parts(sandbox: Running, corp: Corp) -> None:
    where = {"params": {"access_token": sandbox.token(corp), "type": "file"}}
    made = sandbox.http.post(
        "/cgi-bin/media/upload", **where, files={"media": ("报价 1.txt", b"0123456789")}
    ).json()
    query = {"access_token": sandbox.token(corp), "media_id": made["media_id"]}

    def got(**headers: str) -> tuple[int, bytes]:
        answer = sandbox.http.get("/cgi-bin/media/get", params=query, headers=headers)
        return answer.status_code, answer.content

    assert got() == (200, b"0123456789")
    assert got(range="bytes=2-4") == (206, b"234")
    assert got(range="bytes=-3") == (206, b"789")
    assert got(range="bytes=12-")[0] == 416
    sandbox.advance(3 * 86_400 + 1)
    assert sandbox.call(corp, "media/get", media_id=made["media_id"])["errcode"] == 40007


def test_service_answers_five_times_within_two_days(sandbox: Running, corp: Corp) -> None:
    account = sandbox.call(corp, "kf/account/add", {"name": "茶馆客服"})["open_kfid"]
    someone = sandbox.person(corp)
    sandbox.act(corp, "customer.asks_service", customer=someone, open_kfid=account, text="在吗")
    event = sandbox.events(corp)[-1]["event"]
    messages = sandbox.call(
        corp, "kf/sync_msg", {"open_kfid": account, "token": event["Token"], "cursor": ""}
    )
    body = {"touser": someone, "open_kfid": account, "msgtype": "text", "text": {"content": "在"}}

    assert [one["msgtype"] for one in messages["msg_list"]] == ["event", "text"]
    codes = [sandbox.call(corp, "kf/send_msg", body)["errcode"] for _ in range(6)]
    assert codes == [0, 0, 0, 0, 0, 95001]
    later = {"open_kfid": account, "cursor": messages["next_cursor"]}
    assert len(sandbox.call(corp, "kf/sync_msg", later)["msg_list"]) == 5
    sandbox.act(corp, "customer.asks_service", customer=someone, open_kfid=account, text="?")
    sandbox.advance(49 * 3600)
    assert sandbox.call(corp, "kf/send_msg", body)["errcode"] == 95002


def test_days_are_counted(sandbox: Running, corp: Corp) -> None:
    someone = sandbox.person(corp)
    sandbox.act(corp, "customer.adds", customer=someone, staff="lin.yue")
    sandbox.act(corp, "customer.says", customer=someone, staff="lin.yue", text="?")
    sandbox.act(corp, "staff.says", customer=someone, staff="lin.yue", text="!")
    sandbox.act(corp, "customer.deletes", customer=someone, staff="lin.yue")
    now = sandbox.get("/clock")["now"]

    [day] = sandbox.call(
        corp,
        "externalcontact/get_user_behavior_data",
        {"userid": ["lin.yue"], "start_time": now, "end_time": now},
    )["behavior_data"]

    names = ("chat_cnt", "message_cnt", "negative_feedback_cnt", "new_apply_cnt", "new_contact_cnt")
    assert [day[name] for name in names] == [1, 1, 1, 1, 1]
