"""The wire of messages: exact answers, refusals beside their field, who may."""

import pytest

from yutang.reach.tests.message_builders import HELLO, text
from yutang.workspaces.models import Role
from yutang.workspaces.tests.builders import a_member, a_workspace, as_member

pytestmark = pytest.mark.django_db
DRAFT = {"name": "上新", "channel": "wecom", "parts": text(HELLO)}


def test_a_message_is_written_read_and_listed(django_assert_max_num_queries) -> None:
    hua = as_member(a_member(a_workspace()))

    made = hua.post("/messages", DRAFT)

    assert made.status_code == 201
    with django_assert_max_num_queries(8):
        (found,) = hua.get("/messages").json()["items"]
    assert found | {"id": 0, "created_at": "", "changed_at": ""} == {
        "id": 0,
        "name": "上新",
        "channel": "wecom",
        "purpose": "marketing",
        "state": "in_use",
        "version": 1,
        "review": "none",
        "parts": text(HELLO),
        "owner": "阿华",
        "created_at": "",
        "changed_at": "",
    }


def test_a_refusal_names_the_field_and_what_there_is() -> None:
    hua = as_member(a_member(a_workspace()))

    refused = hua.post("/messages", DRAFT | {"parts": text("{{ customer.nmae }}")})

    assert refused.status_code == 422
    assert refused.json()["code"] == "reach.message_not_sound"
    assert refused.json()["detail"] == "消息还有 1 处要改，见各处提示。"
    (problem,) = refused.json()["errors"]
    assert problem["field"] == "parts.0.text"
    assert "customer.name" in problem["message"]


def test_the_kit_says_what_a_message_can_be_made_of() -> None:
    hua = as_member(a_member(a_workspace()))

    kit = hua.get("/messages/kit").json()

    wecom = next(each for each in kit["channels"] if each["name"] == "wecom")
    assert [part["kind"] for part in wecom["parts"]][:3] == ["text", "image", "link"]
    assert wecom["parts"][0]["fields"][0] == {
        "name": "text",
        "label": "文字",
        "required": True,
        "is_url": False,
        "takes_variables": True,
        "is_mapping": False,
        "most": 4000,
        "unit": "bytes",
    }
    assert kit["words"][0]["name"] == "customer.name"
    assert kit["words"][0]["group_label"] == "客户"


def test_a_preview_needs_nothing_saved() -> None:
    hua = as_member(a_member(a_workspace()))

    said = hua.post("/messages/preview", {"channel": "wecom", "parts": text(HELLO)}).json()

    assert said["problem"] == ""
    assert said["rendered"]["parts"][0]["text"] == "〔姓名〕，明前龙井到店了"
    assert said["lengths"][0]["most"] == 4000


def test_asking_approving_and_refusing_one_after_the_other() -> None:
    workspace = a_workspace()
    hua, lin = as_member(a_member(workspace)), as_member(a_member(workspace, name="小林"))
    version = f"/messages/{hua.post('/messages', DRAFT).json()['id']}/versions/1"

    assert hua.post(f"{version}/ask", {"note": "周五发"}).json()["review"] == "asked"
    mine = hua.post(f"{version}/approve")
    approved = lin.post(f"{version}/approve")

    assert (mine.status_code, mine.json()["code"]) == (403, "reach.own_message")
    assert (approved.json()["review"], approved.json()["is_mine"]) == ("approved", False)


def test_a_guide_neither_reads_nor_writes_messages() -> None:
    guide = as_member(a_member(a_workspace(), Role.GUIDE))

    assert guide.get("/messages").status_code == 403
    assert guide.post("/messages", DRAFT).status_code == 403


def test_what_it_said_before_is_said_again_as_its_next_version() -> None:
    hua = as_member(a_member(a_workspace()))
    at = f"/messages/{hua.post('/messages', DRAFT).json()['id']}"
    hua.post(f"{at}/versions", {"parts": [{"kind": "text", "text": "换一句"}]})

    again = hua.post(f"{at}/versions/1/restore", {}).json()

    assert (again["number"], again["review"]) == (3, "none")
    assert again["parts"] == DRAFT["parts"]
    assert hua.get(f"{at}/versions").json()["items"][1]["parts"][0]["text"] == "换一句"
    missing = hua.post(f"{at}/versions/9/restore", {}).json()
    assert missing["code"] == "reach.message_version_not_found"
