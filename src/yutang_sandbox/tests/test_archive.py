"""Chats are recorded for whoever knows the archive's secret, of customers who agreed."""

import httpx

from yutang_sandbox.testing import Corp, Running


def read(
    sandbox: Running, corp: Corp, secret: str, seq: int = 0, limit: int = 1000
) -> httpx.Response:
    asked = {"corp_id": corp.id, "seq": seq, "limit": limit}
    head = {"Authorization": f"Bearer {secret}"}
    return sandbox.http.post("/archive/messages", json=asked, headers=head)


def test_what_is_said_is_recorded_in_order_and_told_after_a_place(
    sandbox: Running, corp: Corp
) -> None:
    listed = sandbox.call(corp, "externalcontact/list", userid="lin.yue")["external_userid"]
    info = [{"userid": "lin.yue", "exteranalopenid": each} for each in listed]
    agreed = sandbox.call(corp, "msgaudit/check_single_agree", {"info": info[:100]})["agreeinfo"]
    who = next(each["exteranalopenid"] for each in agreed if each["agree_status"] == "Agree")
    sandbox.act(corp, "customer.says", customer=who, staff="lin.yue", text="还没有存档")
    secret = sandbox.post(f"/corps/{corp.id}/archive")["secret"]
    sandbox.act(corp, "customer.says", customer=who, staff="lin.yue", text="在吗")
    sandbox.act(corp, "staff.says", customer=who, staff="lin.yue", text="在的")

    first, second = read(sandbox, corp, secret).json()["messages"]

    assert (first["from"], first["tolist"], first["text"]["content"]) == (who, ["lin.yue"], "在吗")
    assert (second["from"], second["tolist"], second["seq"]) == ("lin.yue", [who], first["seq"] + 1)
    assert read(sandbox, corp, secret, seq=first["seq"]).json()["messages"] == [second]
    assert read(sandbox, corp, secret, limit=1).json()["messages"] == [first]
    assert read(sandbox, corp, "wrong").status_code == 401
    assert sandbox.post(f"/corps/{corp.id}/archive")["secret"] == secret


def test_without_an_archive_nobody_reads(sandbox: Running, corp: Corp) -> None:
    assert read(sandbox, corp, "any").status_code == 401
    strange = sandbox.http.post("/archive/messages", content=b"[]")
    assert strange.status_code == 422
