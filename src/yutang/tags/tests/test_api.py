"""The wire: exact answers, refusals in both languages, who may."""

import pytest

from yutang.tags.tests.builders import NOON, a_group, a_tag, a_workspace, applied, some_customers
from yutang.workspaces.models import Role
from yutang.workspaces.tests.builders import a_member, as_member

pytestmark = pytest.mark.django_db


def test_a_group_and_its_tags_are_made_changed_and_listed(django_assert_max_num_queries) -> None:
    hua = as_member(a_member(a_workspace()))

    group = hua.post(
        "/tags/groups", {"name": "跟进状态", "kind": "follow_up", "is_exclusive": True}
    )
    tag = hua.post("/tags", {"group_id": group.json()["id"], "name": "已成交", "default_days": 30})
    hua.patch(f"/tags/{tag.json()['id']}", {"note": "付过款", "colour": "gold"})

    assert (group.status_code, tag.status_code) == (201, 201)
    with django_assert_max_num_queries(12):
        listed = hua.get("/tags").json()
    (found,) = listed["items"]
    assert found | {"created_at": None} == {
        "id": tag.json()["id"],
        "name": "已成交",
        "group_id": group.json()["id"],
        "group_name": "跟进状态",
        "group_kind": "follow_up",
        "is_exclusive": True,
        "colour": "gold",
        "own_colour": "gold",
        "note": "付过款",
        "default_days": 30,
        "owner_id": None,
        "owner_name": None,
        "customers": 0,
        "last_used_at": None,
        "created_at": None,
        "archived_at": None,
        "merged_into_id": None,
    }
    assert hua.get("/tags/groups").json()["items"][0]["tags"] == 1


def test_a_group_has_an_owner_chosen_from_the_members() -> None:
    member, rival = a_member(a_workspace()), a_member(a_workspace("Coffee House"))
    hua = as_member(member)

    (owner,) = hua.get("/tags/owners?search=阿").json()["items"]
    made = hua.post("/tags/groups", {"name": "来源", "owner_id": owner["id"]})
    refused = hua.post("/tags/groups", {"name": "口味", "owner_id": rival.user.pk})

    assert owner == {"id": member.user.pk, "name": "阿华"}
    assert (made.status_code, made.json()["owner_name"]) == (201, "阿华")
    assert (refused.status_code, refused.json()["code"]) == (422, "tags.owner_unknown")
    assert hua.get("/tags/owners?search=nobody").json()["items"] == []


def test_a_customer_is_tagged_and_untagged_over_http() -> None:
    member = a_member(a_workspace())
    hua = as_member(member)
    (customer,) = some_customers(member.workspace)
    tag = a_tag(member, name="爱喝龙井")

    given = hua.post(f"/tags/customers/{customer}", {"tag_id": tag.pk, "reason": "问过"})
    assert given.status_code == 200
    assert given.json()["name"] == "爱喝龙井"
    assert given.json()["sources"] == ["manual"]
    several = hua.get(f"/tags/customers?customer_id={customer}").json()
    assert [row["tags"][0]["tag_id"] for row in several["items"]] == [tag.pk]

    assert hua.delete(f"/tags/customers/{customer}/{tag.pk}?reason=弄错了").status_code == 204
    assert hua.get(f"/tags/customers/{customer}").json()["items"] == []
    history = hua.get(f"/tags/customers/{customer}/history").json()["items"]
    assert [(line["kind"], line["reason"]) for line in history] == [
        ("removed", "弄错了"),
        ("given", "问过"),
    ]
    lines = hua.get(f"/tags/{tag.pk}/history").json()["items"]
    assert [(line["customer_id"], line["actor_name"]) for line in lines] == [(customer, "阿华")] * 2


def test_bulk_is_previewed_and_done() -> None:
    member = a_member(a_workspace())
    hua = as_member(member)
    crowd = some_customers(member.workspace, 3)
    tag = a_tag(member)
    applied(tag, add=crowd[:1])
    asked = {"action": "give", "customers": crowd}

    preview = hua.post(f"/tags/{tag.pk}/bulk/preview", asked).json()
    done = hua.post(f"/tags/{tag.pk}/bulk", asked | {"reason": "周年庆"}).json()

    assert preview == {
        "asked": 3,
        "would_change": 2,
        "already": 1,
        "kept_by_rule": 0,
        "out_of_scope": 0,
        "displaced": 0,
    }
    assert (done["given"], done["asked"]) == (2, 3)


def test_a_merge_is_previewed_and_done() -> None:
    member = a_member(a_workspace())
    hua = as_member(member)
    this, into = a_tag(member), a_tag(member)
    applied(this, add=some_customers(member.workspace, 2))

    preview = hua.get(f"/tags/{this.pk}/merge?into_id={into.pk}").json()
    merged = hua.post(f"/tags/{this.pk}/merge", {"into_id": into.pk}).json()

    assert preview["having_either"] == 2
    assert (merged["id"], merged["customers"]) == (into.pk, 2)


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("zh-CN", "已经有一个叫“VIP”的标签组。请换一个名称，或直接用那个组。"),
        ("en", "There already is a tag group “VIP”. Choose another name, or use that group."),
    ],
)
def test_a_refusal_speaks_the_readers_language(language: str, sentence: str) -> None:
    member = a_member(a_workspace())
    a_group(member, name="VIP")

    refused = as_member(member).post(
        "/tags/groups", {"name": "VIP"}, headers={"Accept-Language": language}
    )

    assert refused.status_code == 409
    assert refused.json()["code"] == "tags.group_name_taken"
    assert refused.json()["detail"] == sentence


@pytest.mark.parametrize("name", ["", "   ", "a\x00b", "两\n行", "长" * 61])
def test_a_name_is_one_short_line(name: str) -> None:
    hua = as_member(a_member(a_workspace()))

    refused = hua.post("/tags/groups", {"name": name})

    assert refused.status_code == 422
    assert refused.json()["errors"][0]["field"] == "name"


def test_rare_hanzi_and_emoji_are_names_too() -> None:
    hua = as_member(a_member(a_workspace()))

    made = hua.post("/tags/groups", {"name": "𠮷野家🍵"})

    assert made.json()["name"] == "𠮷野家🍵"


def test_a_guide_may_read_tags_and_not_make_them() -> None:
    workspace = a_workspace()
    guide = as_member(a_member(workspace, Role.GUIDE))

    assert guide.get("/tags").status_code == 200
    assert guide.post("/tags/groups", {"name": "VIP"}).status_code == 403


def test_the_rival_gets_not_found() -> None:
    member = a_member(a_workspace())
    rival = as_member(a_member(a_workspace("Coffee House")))
    (customer,) = some_customers(member.workspace)
    tag = a_tag(member)
    applied(tag, add=[customer], now=NOON)

    answers = [
        rival.get(f"/tags/{tag.pk}"),
        rival.get(f"/tags/{tag.pk}/customers"),
        rival.get(f"/tags/{tag.pk}/history"),
        rival.patch(f"/tags/{tag.pk}", {"name": "x"}),
        rival.get(f"/tags/groups/{tag.group_id}"),
        rival.get(f"/tags/customers/{customer}"),
        rival.delete(f"/tags/customers/{customer}/{tag.pk}"),
    ]

    assert [answer.status_code for answer in answers] == [404] * 7
    assert rival.get("/tags").json()["items"] == []
    assert rival.get(f"/tags/customers?customer_id={customer}").json()["items"] == []


def test_the_list_of_customers_is_narrowed_by_a_tag() -> None:
    member = a_member(a_workspace())
    one, other, _ = some_customers(member.workspace, 3)
    tag = a_tag(member)
    applied(tag, add=[one, other])

    listed = as_member(member).get(f"/customers?tag_id={tag.pk}").json()

    assert [row["id"] for row in listed["items"]] == [other, one]
