"""Customers, relations and tags, read and written as an app does."""

import pytest

from yutang_sandbox.testing import Corp, Running


def pages(sandbox: Running, corp: Corp, api: str, rows: str, **body) -> list[list[dict]]:
    found, cursor = [], ""
    while True:
        answer = sandbox.call(corp, api, {**body, "cursor": cursor})
        found.append(answer[rows])
        cursor = answer["next_cursor"]
        if not cursor:
            return found


def test_pages_of_several_members_hold_every_relation_once(sandbox: Running, make_corp) -> None:
    corp = make_corp(staff=3, customers=40, relations=1.5)
    users = sandbox.call(corp, "externalcontact/get_follow_user_list")["follow_user"]
    split = pages(
        sandbox,
        corp,
        "externalcontact/batch/get_by_user",
        "external_contact_list",
        userid_list=users,
        limit=7,
    )

    rows = [
        (row["follow_info"]["userid"], row["external_contact"]["external_userid"])
        for page in split
        for row in page
    ]
    assert len(set(rows)) == len(rows) > 40
    assert {len(page) for page in split[:-1]} == {7}
    one_by_one = [
        (userid, customer)
        for userid in users
        for customer in sandbox.call(corp, "externalcontact/list", userid=userid)["external_userid"]
    ]
    assert sorted(rows) == sorted(one_by_one)


def test_a_made_up_cursor_is_refused(sandbox: Running, corp: Corp) -> None:
    body = {"userid_list": ["lin.yue"], "cursor": "MCwyLjAwMDAwMDAwMDAwMA"}

    assert sandbox.call(corp, "externalcontact/batch/get_by_user", body)["errcode"] == 50100


def test_what_a_member_notes_is_theirs_alone(sandbox: Running, corp: Corp) -> None:
    someone = sandbox.person(corp, name="周末去爬山", gender=2)
    sandbox.act(corp, "customer.adds", customer=someone, staff="lin.yue", state="store_017")
    sandbox.act(corp, "customer.adds", customer=someone, staff="chen.bo", way=3)
    body = {"userid": "LIN.YUE", "external_userid": someone, "remark": "周女士"}
    assert sandbox.call(corp, "externalcontact/remark", body)["errcode"] == 0

    answer = sandbox.call(corp, "externalcontact/get", external_userid=someone)
    seen = {one["userid"]: one for one in answer["follow_user"]}

    assert answer["external_contact"]["name"] == "周末去爬山"
    assert (seen["lin.yue"]["remark"], seen["chen.bo"]["remark"]) == ("周女士", "周末去爬山")
    assert (seen["lin.yue"]["state"], seen["chen.bo"]["state"]) == ("store_017", "")
    assert (seen["lin.yue"]["add_way"], seen["chen.bo"]["add_way"]) == (1, 3)
    assert len(body["remark"]) <= 20
    long = {**body, "remark": "长" * 21}
    assert sandbox.call(corp, "externalcontact/remark", long)["errcode"] == 40058


def test_deleting_is_one_sided_or_for_good(sandbox: Running, corp: Corp) -> None:
    someone = sandbox.person(corp)
    for userid in ("lin.yue", "chen.bo"):
        sandbox.act(corp, "customer.adds", customer=someone, staff=userid, state="first")
    sandbox.act(corp, "customer.deletes", customer=someone, staff="lin.yue")
    sandbox.act(corp, "staff.deletes", customer=someone, staff="chen.bo")

    def codes() -> list[int]:
        bodies = (
            {"userid": userid, "external_userid": someone, "remark": "x"}
            for userid in ("lin.yue", "chen.bo")
        )
        return [sandbox.call(corp, "externalcontact/remark", body)["errcode"] for body in bodies]

    assert codes() == [0, 84061]
    sandbox.act(corp, "customer.adds", customer=someone, staff="lin.yue", state="second")
    told = [
        (one["event"]["ChangeType"], one["event"]["UserID"], one["event"].get("State"))
        for one in sandbox.events(corp)
    ]
    assert told[2:] == [
        ("del_follow_user", "lin.yue", None),
        ("del_external_contact", "chen.bo", None),
        ("add_external_contact", "lin.yue", "first"),
    ]


def test_tags_belong_to_a_relation_and_call_nobody_back(sandbox: Running, corp: Corp) -> None:
    made = sandbox.call(
        corp,
        "externalcontact/add_corp_tag",
        {
            "group_name": "活动",
            "tag": [{"name": "到店"}, {"name": "到店"}, {"name": "直播", "order": 9}],
        },
    )["tag_group"]
    assert [tag["name"] for tag in made["tag"]] == ["到店", "直播"]
    visit, live = (tag["id"] for tag in made["tag"])
    someone = sandbox.person(corp)
    sandbox.act(corp, "customer.adds", customer=someone, staff="lin.yue")
    before = len(sandbox.events(corp))
    mark = {"userid": "lin.yue", "external_userid": someone}

    def marked(**change: list[str]) -> int:
        return sandbox.call(corp, "externalcontact/mark_tag", {**mark, **change})["errcode"]

    assert marked() == 40058
    assert marked(add_tag=[visit, live]) == 0
    assert marked(remove_tag=[visit]) == 0
    assert marked(add_tag=["etNobody"]) == 40068
    [relation] = sandbox.call(corp, "externalcontact/get", external_userid=someone)["follow_user"]
    assert relation["tags"] == [
        {"group_name": "活动", "tag_name": "直播", "tag_id": live, "type": 1}
    ]
    assert len(sandbox.events(corp)) == before


def test_the_tag_table_keeps_the_platforms_rules(sandbox: Running, corp: Corp) -> None:
    def add(**body) -> dict:
        return sandbox.call(corp, "externalcontact/add_corp_tag", body)

    group = add(group_name="等级", tag=[{"name": "金"}])["tag_group"]

    assert add(group_name="等级", tag=[{"name": "金"}])["errcode"] == 40071
    again = add(group_name="等级", tag=[{"name": "银", "order": 5}])["tag_group"]
    assert again["group_id"] == group["group_id"]
    listed = sandbox.call(
        corp, "externalcontact/get_corp_tag_list", {"group_id": [group["group_id"]]}
    )
    assert {tag["name"] for tag in listed["tag_group"][0]["tag"]} == {"金", "银"}
    assert add(group_name="长" * 31, tag=[{"name": "x"}])["errcode"] == 40072
    sandbox.post(f"/corps/{corp.id}/limits", corp_tags=1)
    assert add(group_name="等级", tag=[{"name": "铜"}])["errcode"] == 40126
    for tag in listed["tag_group"][0]["tag"]:
        sandbox.call(corp, "externalcontact/del_corp_tag", {"tag_id": [tag["id"]]})
    every = sandbox.call(corp, "externalcontact/get_corp_tag_list", {})["tag_group"]
    assert "等级" not in {one["group_name"] for one in every}


@pytest.mark.parametrize("wanted", ["wmshort", "wm" + "A" * 30, "xx" + "A" * 30])
def test_an_id_nobody_gave_out_is_nobodys(sandbox: Running, corp: Corp, wanted: str) -> None:
    assert sandbox.call(corp, "externalcontact/get", external_userid=wanted)["errcode"] == 40096
