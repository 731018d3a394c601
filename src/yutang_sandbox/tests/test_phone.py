"""The phone shows a guide and a customer what they would see."""

from yutang_sandbox.testing import Corp, Running


def seen(sandbox: Running, corp: Corp, who: str) -> dict:
    return sandbox.get(f"/corps/{corp.id}/phone", who=who)


def test_both_see_what_was_said_and_sent(sandbox: Running, corp: Corp) -> None:
    someone = sandbox.person(corp, name="周末去爬山")
    sandbox.act(corp, "customer.adds", customer=someone, staff="lin.yue")
    sandbox.act(corp, "customer.says", customer=someone, staff="lin.yue", text="有新茶吗")
    body = {"external_userid": [someone], "sender": "lin.yue", "text": {"content": "周末到店"}}
    msgid = sandbox.call(corp, "externalcontact/add_msg_template", body)["msgid"]

    guide = seen(sandbox, corp, "lin.yue")
    assert guide["chats"][0]["last"] == "有新茶吗"
    assert [(one["kind"], one["count"], one["done"]) for one in guide["tasks"]] == [
        ("mass", 1, False)
    ]
    sandbox.act(corp, "staff.confirms", staff="lin.yue", msgid=msgid)
    for who, other in ((someone, "lin.yue"), ("lin.yue", someone)):
        chat = sandbox.get(f"/corps/{corp.id}/phone/chat", **{"who": who, "with": other})
        assert [line["text"] for line in chat["lines"]] == ["有新茶吗", "周末到店"]
    assert seen(sandbox, corp, "lin.yue")["tasks"][0]["done"]


def test_a_moment_is_on_the_phones_of_friends_only(sandbox: Running, corp: Corp) -> None:
    friend, stranger = sandbox.person(corp), sandbox.person(corp)
    sandbox.act(corp, "customer.adds", customer=friend, staff="lin.yue")
    sandbox.act(corp, "staff.posts", staff="lin.yue", text="今天的茶园")

    assert [one["text"] for one in seen(sandbox, corp, friend)["moments"]] == ["今天的茶园"]
    assert seen(sandbox, corp, stranger)["moments"] == []


def test_its_page_and_parts_are_served(sandbox: Running) -> None:
    page = sandbox.http.get("/sandbox/")
    assert page.headers["content-type"].startswith("text/html")
    for name in ("phone.css", "phone.js", "words.js"):
        assert sandbox.http.get(f"/sandbox/phone/{name}").status_code == 200
    assert sandbox.http.get("/sandbox/phone/..%2Fcli.py").status_code == 404


def test_no_page_elsewhere_can_act(sandbox: Running, corp: Corp) -> None:
    answer = sandbox.http.post(
        f"/sandbox/corps/{corp.id}/acts/customer.appears",
        content=b"{}",
        headers={"content-type": "text/plain"},
    )

    assert answer.status_code == 415
