"""A mass message is a task: members confirm, limits and lost friends hold back."""

from collections import Counter

from yutang_sandbox.testing import Corp, Running

TEXT = {"content": "周末活动"}


def statuses(sandbox: Running, corp: Corp, msgid: str, userid: str) -> Counter[int]:
    answer = sandbox.call(
        corp, "externalcontact/get_groupmsg_send_result", {"msgid": msgid, "userid": userid}
    )
    return Counter(one["status"] for one in answer["send_list"])


def make(sandbox: Running, corp: Corp, **body) -> dict:
    return sandbox.call(corp, "externalcontact/add_msg_template", {"text": TEXT, **body})


def test_nothing_is_sent_until_the_member_confirms(sandbox: Running, make_corp) -> None:
    corp = make_corp(staff=1, customers=5, relations=1)
    people = sandbox.call(corp, "externalcontact/list", userid="lin.yue")["external_userid"]
    stranger = sandbox.person(corp)
    made = make(sandbox, corp, external_userid=[*people, stranger, "wmnobody"])
    msgid = made["msgid"]

    assert made["fail_list"] == [stranger, "wmnobody"]
    assert statuses(sandbox, corp, msgid, "lin.yue") == {0: 5}
    sandbox.act(corp, "customer.deletes", customer=people[0], staff="lin.yue")
    assert sandbox.act(corp, "staff.confirms", staff="lin.yue", msgid=msgid) == {"sent": 4}
    assert statuses(sandbox, corp, msgid, "lin.yue") == {1: 4, 2: 1}
    [task] = sandbox.call(corp, "externalcontact/get_groupmsg_task", {"msgid": msgid})["task_list"]
    assert (task["userid"], task["status"]) == ("lin.yue", 2)


def test_a_customer_receives_as_many_as_the_rule_allows(sandbox: Running, make_corp) -> None:
    corp = make_corp(staff=1, customers=3, relations=1)
    sandbox.post(f"/corps/{corp.id}/limits", mass_rule="day")
    sandbox.act(corp, "corp.changes_staff", staff="lin.yue", habit="confirm")

    def send() -> Counter[int]:
        msgid = make(sandbox, corp, sender="lin.yue")["msgid"]
        sandbox.advance(1)
        return statuses(sandbox, corp, msgid, "lin.yue")

    assert [send(), send()] == [{1: 3}, {3: 3}]
    sandbox.advance(86_400)
    assert send() == {1: 3}


def test_a_customer_of_several_gets_it_from_who_spoke_last(sandbox: Running, corp: Corp) -> None:
    someone = sandbox.person(corp)
    for userid in ("lin.yue", "chen.bo"):
        sandbox.act(corp, "customer.adds", customer=someone, staff=userid)
    sandbox.act(corp, "customer.says", customer=someone, staff="lin.yue", text="在吗")
    msgid = make(sandbox, corp, external_userid=[someone])["msgid"]

    tasks = sandbox.call(corp, "externalcontact/get_groupmsg_task", {"msgid": msgid})["task_list"]
    assert [one["userid"] for one in tasks] == ["lin.yue"]


def test_tags_choose_by_or_inside_a_list_and_by_and_between(sandbox: Running, make_corp) -> None:
    corp = make_corp(tags=False, customers=0)
    made = sandbox.call(
        corp,
        "externalcontact/add_corp_tag",
        {"group_name": "g", "tag": [{"name": name} for name in "abc"]},
    )
    a, b, c = (one["id"] for one in made["tag_group"]["tag"])
    reached = {}
    for name, tags in {"a": [a], "ac": [a, c], "bc": [b, c], "c": [c]}.items():
        reached[name] = sandbox.person(corp)
        sandbox.act(corp, "customer.adds", customer=reached[name], staff="lin.yue")
        mark = {"userid": "lin.yue", "external_userid": reached[name], "add_tag": tags}
        sandbox.call(corp, "externalcontact/mark_tag", mark)
    filters = {"group_list": [{"tag_list": [a, b]}, {"tag_list": [c]}]}
    msgid = make(sandbox, corp, tag_filter=filters)["msgid"]

    body = {"msgid": msgid, "userid": "lin.yue"}
    sent = sandbox.call(corp, "externalcontact/get_groupmsg_send_result", body)["send_list"]
    assert {one["external_userid"] for one in sent} == {reached["ac"], reached["bc"]}


def test_what_is_cancelled_is_not_sent_and_reminders_end(sandbox: Running, make_corp) -> None:
    corp = make_corp(staff=1, customers=2, relations=1)
    msgid = make(sandbox, corp, sender="lin.yue")["msgid"]

    def codes(call: str, times: int) -> list[int]:
        api = f"externalcontact/{call}_groupmsg_send"
        return [sandbox.call(corp, api, {"msgid": msgid})["errcode"] for _ in range(times)]

    assert codes("remind", 4) == [0, 0, 0, 41094]
    assert codes("cancel", 2) == [0, 41093]
    sandbox.act(corp, "corp.changes_staff", staff="lin.yue", habit="confirm")
    sandbox.advance(1)
    assert statuses(sandbox, corp, msgid, "lin.yue") == {0: 2}


def test_groups_get_it_from_their_owner(sandbox: Running, make_corp) -> None:
    corp = make_corp(staff=2, customers=30, groups=3)
    listed = sandbox.call(corp, "externalcontact/groupchat/list", {"limit": 10})["group_chat_list"]
    msgid = make(sandbox, corp, chat_type="group", sender="lin.yue")["msgid"]

    def sent() -> list[dict]:
        body = {"msgid": msgid, "userid": "lin.yue"}
        return sandbox.call(corp, "externalcontact/get_groupmsg_send_result", body)["send_list"]

    assert len(listed) == 3
    assert sent() == []
    sandbox.act(corp, "staff.confirms", staff="lin.yue", msgid=msgid)
    assert [one["status"] for one in sent()] == [1, 1]


def test_a_moment_is_seen_by_friends_up_to_the_months_limit(sandbox: Running, make_corp) -> None:
    corp = make_corp(staff=1, customers=4, relations=1)
    people = sandbox.call(corp, "externalcontact/list", userid="lin.yue")["external_userid"]
    sandbox.post(f"/corps/{corp.id}/limits", moments_a_month=1)

    def publish() -> tuple[str, int]:
        job = sandbox.call(corp, "externalcontact/add_moment_task", {"text": TEXT})["jobid"]
        done = sandbox.call(corp, "externalcontact/get_moment_task_result", jobid=job)
        moment = done["result"]["moment_id"]
        told = {"staff": "lin.yue", "moment_id": moment}
        return moment, sandbox.act(corp, "staff.publishes", **told)["seen_by"]

    first, seen = publish()
    assert (seen, publish()[1]) == (4, 0)
    told = {"customer": people[0], "staff": "lin.yue", "moment_id": first}
    sandbox.act(corp, "customer.likes", **told)
    sandbox.act(corp, "customer.comments", **told, text="想要")
    body = {"moment_id": first, "userid": "lin.yue"}
    answer = sandbox.call(corp, "externalcontact/get_moment_comments", body)
    assert [one["external_userid"] for one in answer["like_list"]] == [people[0]]
    assert [set(one) for one in answer["comment_list"]] == [{"external_userid", "create_time"}]
