"""The API of customers, on the wire."""

import pytest

from yutang.customers.models import Conflict
from yutang.customers.tests.builders import a_customer, a_guide, a_member, a_workspace, who
from yutang.engines import warehouse
from yutang.kit.pulse import beat_all_once
from yutang.workspaces.models import Role
from yutang.workspaces.tests.builders import as_member, nobody

pytestmark = pytest.mark.django_db
FANG = {
    "identities": {"phone": "138 0013 8000"},
    "attributes": {"name": "王芳", "city": "北京市", "gender": "女"},
}


@pytest.fixture
def hua():
    return a_member(a_workspace())


def test_a_customer_is_entered_read_changed_and_listed(hua) -> None:
    api = as_member(hua)

    made = api.post("/customers", FANG)
    assert made.status_code == 201, made.content
    page = made.json()
    assert (
        page["attributes"].items() >= {"name": "王芳", "city": "北京", "gender": "female"}.items()
    )
    assert [(each["name"], each["value"]) for each in page["identities"]] == [
        ("phone", "138****8000")
    ]
    assert page["told"]["city"]["source"] == hua.actor
    path = f"/customers/{page['id']}"
    changed = api.patch(path, {"attributes": {"city": "上海", "gender": None}}).json()
    assert changed["attributes"]["city"] == "上海"
    assert "gender" not in changed["attributes"]
    assert api.get(path).json() == changed
    (listed,) = api.get("/customers", {"q": "wangf"}).json()["items"]
    assert (listed["id"], listed["phone"], listed["identity_kinds"]) == (
        page["id"],
        "138****8000",
        ["phone"],
    )


def test_a_refusal_names_the_field_what_came_and_what_was_expected(hua) -> None:
    body = {"identities": {"phone": "12"}, "attributes": {}}

    response = as_member(hua).post("/customers", body)

    assert response.status_code == 422
    assert response.json()["code"] == "customers.not_as_expected"
    assert response.json()["detail"] == "有 1 个字段和要求不符，见 errors。"
    assert response.json()["errors"] == [
        {
            "field": "customer.phone",
            "message": "应为手机号或带区号的电话，如 138 0013 8000、+1 415 555 2671",
            "came": "12",
        }
    ]


def test_nobody_reads_without_signing_in_and_nobody_writes_without_permission(hua) -> None:
    analyst = as_member(a_member(hua.workspace, Role.ANALYST))

    assert nobody().get("/customers").status_code == 401
    assert analyst.post("/customers", FANG).status_code == 403


def test_who_may_not_see_all_is_refused_the_full_number(hua) -> None:
    fang = as_member(hua).post("/customers", FANG).json()["id"]
    analyst = as_member(a_member(hua.workspace, Role.ANALYST))

    full = as_member(hua).get(f"/customers/{fang}", {"reveal": True}).json()
    assert (full["identities"][0]["value"], full["is_revealed"]) == ("+8613800138000", True)
    refused = analyst.get(f"/customers/{fang}", {"reveal": True})
    assert (refused.status_code, refused.json()["code"]) == (403, "workspaces.not_allowed")


def test_outside_her_scope_a_guide_finds_nothing_by_any_address(hua) -> None:
    lin = as_member(a_guide(hua.workspace))
    fang = a_customer(hua).pk
    paths = [
        "",
        "/relations",
        "/dependants",
        "/consents",
        "/consents/history",
        "/merges",
        "/timeline",
    ]

    answers = {path: lin.get(f"/customers/{fang}{path}").status_code for path in paths}

    assert answers == dict.fromkeys(paths, 404)
    assert lin.patch(f"/customers/{fang}", {"attributes": {"name": "x"}}).status_code == 404


def test_relations_household_and_consent_have_addresses(hua) -> None:
    api = as_member(hua)
    path = f"/customers/{a_customer(hua).pk}"
    (lin,) = a_guide(hua.workspace).scope.staff_ids

    related = api.put(f"{path}/relations/staff/{lin}", {"remark": "爱喝茶"})
    assert related.json()["status"] == "new", related.content
    bean = api.post(f"{path}/dependants", {"name": "豆豆", "birthday": "2100-01-01"}).json()
    assert (bean["stage"], bean["stage_label"]) == ("expecting", "孕期")
    said = {"purpose": "marketing", "channel": "sms", "state": "granted", "proof": "勾选同意"}
    assert api.post(f"{path}/consents", said).status_code == 201
    page = api.get(path).json()
    assert [len(page[each]) for each in ("relations", "dependants", "consents")] == [1, 1, 1]
    assert api.delete(f"{path}/relations/staff/{lin}").status_code == 204
    assert api.delete(f"{path}/dependants/{bean['id']}").status_code == 204


def test_a_merge_is_previewed_made_listed_and_undone(hua) -> None:
    api = as_member(hua)
    pair = {"winner_id": a_customer(hua, name="王芳").pk, "loser_id": a_customer(hua).pk}

    preview = api.post("/customers/merges/preview", pair).json()
    assert {each["name"] for each in preview["attributes"]} >= {"name"}
    merge = api.post("/customers/merges", pair).json()
    listed = api.get(f"/customers/{pair['loser_id']}/merges").json()["items"]
    assert [each["id"] for each in listed] == [merge["id"]]
    assert api.get(f"/customers/{pair['loser_id']}").json()["id"] == pair["winner_id"]
    undone = api.post(f"/customers/merges/{merge['id']}/undo").json()
    assert undone["undone_by"] == hua.actor
    assert api.post("/customers/merges", pair | {"loser_id": pair["winner_id"]}).status_code == 409


def test_questions_are_listed_and_answered(hua) -> None:
    api = as_member(hua)
    who(hua.workspace, unionid="u1", phone="13800138000")
    who(hua.workspace, unionid="u1", phone="13900139000")

    (asked,) = api.get("/customers/conflicts").json()["items"]
    assert (asked["shared"], asked["disputed"]) == ("unionid + phone", "phone")
    assert api.post(f"/customers/conflicts/{asked['id']}/reject").json()["state"] == "rejected"
    assert api.post(f"/customers/conflicts/{asked['id']}/accept").status_code == 409
    assert Conflict.objects.within(hua.workspace).get().decided_by == hua.actor


def test_fields_kinds_statuses_and_stages_are_set_by_address(hua) -> None:
    api = as_member(hua)
    skin = {"value": "oily", "zh": "油性", "en": "Oily"}
    body = {"name": "skin", "kind": "choice", "zh": "肤质", "en": "Skin", "options": [skin]}

    assert api.post("/customers/fields", body).json()["label"] == "肤质"
    assert api.patch("/customers/fields/skin", {"zh": "皮肤"}).json()["zh"] == "皮肤"
    known = api.get("/customers/attributes").json()["items"]
    assert known[-1]["choices"] == [{"value": "oily", "label": "油性"}]
    assert api.put("/customers/fields/order", {"names": ["skin"]}).status_code == 204
    assert api.post("/customers/fields/skin/archive").status_code == 204
    assert api.get("/customers/fields").json()["items"] == []
    kind = {"zh": "卡", "en": "Card", "is_strong": True, "is_single": True, "priority": 75}
    assert api.put("/customers/identity-kinds/card", kind).json()["is_built_in"] is False
    assert api.delete("/customers/identity-kinds/card").status_code == 204
    hot = {"statuses": [{"name": "hot", "zh": "意向强", "en": "Hot"}]}
    assert [
        each["name"] for each in api.put("/customers/follow-statuses", hot).json()["items"]
    ] == ["hot"]
    assert len(api.put("/customers/stages", {"stages": None}).json()["items"]) == 9


def test_a_person_is_exported_and_erased_with_proof(hua, open_warehouse, transactional_db) -> None:
    api = as_member(hua)
    fang = api.post("/customers", FANG).json()["id"]

    assert api.post(f"/customers/{fang}/export").json()["profiles"][0]["name"] == "王芳"
    erasure = api.post(f"/customers/{fang}/erase", {"reason": "来信要求"})
    assert (erasure.status_code, erasure.json()["state"]) == (202, "running")
    beat_all_once("customers.mirror", "customers.erase")
    proof = api.get(f"/customers/erasures/{erasure.json()['id']}").json()
    assert (proof["state"], proof["customers"]) == ("done", [fang])
    assert api.get(f"/customers/{fang}").status_code == 404
    refused = api.post("/customers", FANG).json()
    assert refused["code"] == "customers.was_erased"
    assert warehouse() is open_warehouse
