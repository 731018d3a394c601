"""How customers arrive: codes, links, welcome messages, transfers, groups."""

from collections import Counter

from yutang_sandbox.testing import Corp, Running


def way(sandbox: Running, corp: Corp, **body) -> str:
    made = sandbox.call(corp, "externalcontact/add_contact_way", {"type": 2, "scene": 2, **body})
    assert made["errcode"] == 0, made
    return made["config_id"]


def last_event(sandbox: Running, corp: Corp) -> dict:
    return sandbox.events(corp)[-1]["event"]


def test_a_scan_carries_state_and_one_welcome(sandbox: Running, corp: Corp) -> None:
    code = way(sandbox, corp, user=["lin.yue", "chen.bo"], state="poster_3")
    someone = sandbox.person(corp)
    came = sandbox.act(corp, "customer.scans", customer=someone, config_id=code)
    event = last_event(sandbox, corp)
    body = {"welcome_code": event["WelcomeCode"], "text": {"content": "欢迎"}}

    def welcome(**change) -> int:
        return sandbox.call(corp, "externalcontact/send_welcome_msg", {**body, **change})["errcode"]

    assert (event["UserID"], event["State"]) == (came["staff"], "poster_3")
    assert welcome(welcome_code="") == 41049
    assert welcome(welcome_code="WC_nobody") == 41050
    assert welcome(text={"content": ""}) == 44004
    assert [welcome(), welcome()] == [0, 41051]
    sandbox.act(corp, "customer.scans", customer=sandbox.person(corp), config_id=code)
    body["welcome_code"] = last_event(sandbox, corp)["WelcomeCode"]
    sandbox.advance(21)
    assert welcome() == 41050


def test_who_verifies_accepts_first(sandbox: Running, corp: Corp) -> None:
    code = way(sandbox, corp, type=1, user=["lin.yue"], skip_verify=False, state="s")
    someone = sandbox.person(corp)

    assert sandbox.act(corp, "customer.scans", customer=someone, config_id=code)["waits"]
    assert sandbox.call(corp, "externalcontact/get", external_userid=someone)["errcode"] == 40096
    sandbox.act(corp, "staff.accepts", staff="lin.yue", customer=someone)
    assert last_event(sandbox, corp)["State"] == "s"
    other = sandbox.person(corp)
    sandbox.act(corp, "customer.adds", customer=other, staff="lin.yue", half=True)
    assert last_event(sandbox, corp)["ChangeType"] == "add_half_external_contact"
    assert sandbox.call(corp, "externalcontact/get", external_userid=other)["errcode"] == 84061


def test_a_code_leads_only_to_who_may_be_added(sandbox: Running, corp: Corp) -> None:
    def refused(**body) -> int:
        answer = sandbox.call(corp, "externalcontact/add_contact_way", body)
        return answer["errcode"]

    assert refused(scene=2, user=["lin.yue"]) == 41037
    assert refused(type=3, scene=2, user=["lin.yue"]) == 41039
    assert refused(type=1, scene=2, user=["lin.yue", "chen.bo"]) == 40032
    assert refused(type=2, scene=2, party=[99]) == 60123
    sandbox.act(corp, "corp.changes_staff", staff="chen.bo", verified=False)
    assert refused(type=2, scene=2, user=["chen.bo"]) == 41054


def test_a_link_counts_clicks_friends_and_first_words(sandbox: Running, corp: Corp) -> None:
    made = sandbox.call(
        corp,
        "externalcontact/customer_acquisition/create_link",
        {"link_name": "短信", "range": {"user_list": ["lin.yue"]}},
    )["link"]
    people = [sandbox.person(corp) for _ in range(2)]
    sandbox.act(corp, "customer.taps_link", customer=people[0], link=made["url"], adds=False)
    sandbox.act(
        corp, "customer.taps_link", customer=people[1], link=made["link_id"], channel="sms_11"
    )
    sandbox.act(corp, "customer.says", customer=people[1], staff="lin.yue", text="你好")

    link = {"link_id": made["link_id"]}
    listed = sandbox.call(corp, "externalcontact/customer_acquisition/customer", link)
    assert listed["customer_list"] == [
        {"external_userid": people[1], "userid": "lin.yue", "chat_status": 1, "state": "sms_11"}
    ]
    now = sandbox.get("/clock")["now"]
    figures = sandbox.call(
        corp,
        "externalcontact/customer_acquisition/statistic",
        {**link, "start_time": now, "end_time": now},
    )
    assert (figures["click_link_customer_cnt"], figures["new_customer_cnt"]) == (2, 1)
    changes = Counter(one["event"]["ChangeType"] for one in sandbox.events(corp))
    assert changes["customer_start_chat"] == changes["friend_request"] == 1


def test_a_transfer_takes_a_day_unless_refused(sandbox: Running, corp: Corp) -> None:
    stays, goes = sandbox.person(corp), sandbox.person(corp)
    for someone in (stays, goes):
        sandbox.act(corp, "customer.adds", customer=someone, staff="lin.yue", state="店")
    pair = {"handover_userid": "lin.yue", "takeover_userid": "chen.bo"}

    def begin(*people: str) -> list[int]:
        body = {**pair, "external_userid": list(people)}
        answer = sandbox.call(corp, "externalcontact/transfer_customer", body)
        return [one["errcode"] for one in answer["customer"]]

    def states() -> list[int]:
        answer = sandbox.call(corp, "externalcontact/transfer_result", pair)
        return [one["status"] for one in answer["customer"]]

    assert begin(stays, goes, sandbox.person(corp)) == [0, 0, 40131]
    assert begin(goes) == [40129]
    sandbox.act(corp, "customer.refuses_transfer", customer=stays)
    assert last_event(sandbox, corp)["FailReason"] == "customer_refused"
    assert states() == [3, 2]
    sandbox.advance(24 * 3600)
    assert states() == [3, 1]
    [relation] = sandbox.call(corp, "externalcontact/get", external_userid=goes)["follow_user"]
    assert (relation["userid"], relation["add_way"], relation["state"]) == ("chen.bo", 202, "店")
    left, came = (one["event"] for one in sandbox.events(corp)[-2:])
    assert (left["UserID"], left["Source"]) == ("lin.yue", "DELETE_BY_TRANSFER")
    assert (came["UserID"], came["ChangeType"]) == ("chen.bo", "add_external_contact")


def test_who_leaves_leaves_customers_to_be_assigned(sandbox: Running, make_corp) -> None:
    corp = make_corp(staff=2, customers=6, relations=1)
    mine = sandbox.call(corp, "externalcontact/list", userid="lin.yue")["external_userid"]
    pair = {"handover_userid": "lin.yue", "takeover_userid": "chen.bo"}
    body = {**pair, "external_userid": mine}
    api = "externalcontact/resigned/transfer_customer"

    assert sandbox.call(corp, api, body)["errcode"] == 40097
    sandbox.act(corp, "corp.dismisses_staff", staff="lin.yue")
    waiting = sandbox.call(corp, "externalcontact/get_unassigned_list", {})["info"]
    assert [one["external_userid"] for one in waiting] == mine
    assert {one["errcode"] for one in sandbox.call(corp, api, body)["customer"]} == {0}
    sandbox.advance(24 * 3600)
    assert sandbox.call(corp, "externalcontact/get_unassigned_list", {})["info"] == []
    now_his = sandbox.call(corp, "externalcontact/list", userid="chen.bo")["external_userid"]
    assert set(now_his) >= set(mine)


def test_a_join_way_opens_another_group_when_one_is_full(sandbox: Running, corp: Corp) -> None:
    sandbox.post(f"/corps/{corp.id}/limits", group_people=2)
    chat = sandbox.act(corp, "staff.founds", staff="lin.yue", name="福利群")["chat_id"]
    made = sandbox.call(
        corp,
        "externalcontact/groupchat/add_join_way",
        {"scene": 2, "chat_id_list": [chat], "room_base_name": "福利群", "room_base_id": 10},
    )
    people = [sandbox.person(corp) for _ in range(2)]
    came = [
        sandbox.act(corp, "customer.scans", customer=one, config_id=made["config_id"])["chat_id"]
        for one in people
    ]

    assert came[0] == chat
    assert came[1] != chat
    detail = sandbox.call(corp, "externalcontact/groupchat/get", {"chat_id": came[1]})["group_chat"]
    assert detail["name"] == "福利群10"
    assert detail["member_list"][-1]["join_scene"] == 3


def test_a_groups_detail_lags_behind_its_callback_on_request(sandbox: Running, corp: Corp) -> None:
    sandbox.post(f"/corps/{corp.id}/limits", stale_seconds=600)
    chat = sandbox.act(corp, "staff.founds", staff="lin.yue", name="福利群")["chat_id"]
    sandbox.act(corp, "customer.joins", customer=sandbox.person(corp), chat_id=chat)

    def seen() -> tuple[int, bool]:
        detail = sandbox.call(corp, "externalcontact/groupchat/get", {"chat_id": chat})[
            "group_chat"
        ]
        told = last_event(sandbox, corp)["CurMemVer"]
        return len(detail["member_list"]), detail["member_version"] == told

    assert seen() == (1, False)
    sandbox.advance(601)
    assert seen() == (2, True)
