"""The wire: who is let in, and how refusals look."""

import pytest

from yutang.workspaces.models import Role
from yutang.workspaces.tests.builders import (
    a_key,
    a_member,
    a_workspace,
    as_member,
    nobody,
    with_key,
)

pytestmark = pytest.mark.django_db


def test_an_owner_sees_the_members_of_her_workspace() -> None:
    owner = a_member(a_workspace())

    response = as_member(owner).get("/members")

    assert response.status_code == 200
    assert [each["name"] for each in response.json()["items"]] == ["阿华"]


def test_a_guide_may_not() -> None:
    guide = a_member(a_workspace(), Role.GUIDE)

    response = as_member(guide).get("/members")

    assert response.status_code == 403
    assert response["Content-Type"] == "application/problem+json"
    assert response.json()["code"] == "workspaces.not_allowed"
    assert response.json()["detail"] == (
        "你没有“管理成员和角色”权限。需要的话，请找工作区的所有者开通。"
    )


def test_nobody_is_told_to_sign_in() -> None:
    response = nobody(language="en").get("/members")

    assert response.status_code == 401
    assert response.json()["detail"] == "You are not signed in, or no longer. Sign in first."


def test_a_key_is_a_member_of_its_workspace() -> None:
    key = a_key(a_workspace(), ["members.write"])

    assert with_key(key).get("/members").json() == {"items": [], "next": None}
    assert with_key(key[:-1] + "x").get("/members").status_code == 401


def test_a_field_that_is_not_as_expected_is_named_with_what_came() -> None:
    response = as_member(a_member(a_workspace())).get("/members", {"limit": "many"})

    assert response.status_code == 422
    assert response.json()["errors"] == [
        {"field": "limit", "message": "应为整数。", "came": "many"}
    ]


def test_an_unknown_address_is_a_problem_too() -> None:
    response = nobody().get("/nope")

    assert response.status_code == 404
    assert response.json()["code"] == "config.not_there"


def test_a_method_the_address_does_not_take_is_named() -> None:
    response = nobody().delete("/members")

    assert (response.status_code, response["Allow"]) == (405, "GET, POST")
    assert response.json()["code"] == "config.method_not_allowed"
