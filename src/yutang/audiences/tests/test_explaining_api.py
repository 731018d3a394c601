"""Why she is in and he is not: over HTTP, in the reader's language, to who may see them."""

from datetime import timedelta

import pytest

from yutang.audiences.tests.builders import happened, known
from yutang.customers.tests.builders import who
from yutang.kit.clock import now
from yutang.tags import service as tags
from yutang.tags.tests.builders import a_tag
from yutang.workspaces.service import Member
from yutang.workspaces.tests.builders import a_member, a_workspace, as_member

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("open_warehouse")]
ASKED = "近30天收藏≥1次 且 城市=北京"


@pytest.fixture
def member() -> Member:
    return a_member(a_workspace())


def somebody(member: Member) -> int:
    customer = who(member.workspace, phone="13800138000")
    known(member.workspace, customer, city="上海")
    happened(member.workspace, customer, at=now() - timedelta(days=1))
    return customer


def test_each_node_says_whether_it_holds_and_why(member: Member) -> None:
    customer = somebody(member)

    told = as_member(member).post(
        "/audiences/explain", {"customer_id": customer, "sentence": ASKED}
    )

    assert told.status_code == 200, told.content
    reason = told.json()
    favourited, lives = reason["of"]
    assert (reason["holds"], favourited["holds"], lives["holds"]) == (False, True, False)
    assert "上海" in lives["evidence"]
    assert (reason["joint"], lives["joint"]) == ("all", "leaf")


def test_it_is_told_of_a_condition_that_names_what_was_archived_since(member: Member) -> None:
    customer, tag = somebody(member), a_tag(member, name="老客")
    asked = {"customer_id": customer, "condition": {"kind": "tag", "op": "any", "tags": [tag.pk]}}
    tags.archive_tag(member, tag.pk, now=now())

    told = as_member(member).post("/audiences/explain", asked)

    assert told.status_code == 200, told.content
    assert (told.json()["holds"], told.json()["evidence"]) == (False, "都没有")
    assert "老客" in told.json()["said"]


def test_a_rival_cannot_ask_about_her(member: Member) -> None:
    customer = somebody(member)
    rival = as_member(a_member(a_workspace("Coffee House")))

    refused = rival.post("/audiences/explain", {"customer_id": customer, "sentence": ASKED})

    assert (refused.status_code, refused.json()["code"]) == (404, "customers.not_found")


def test_a_sentence_that_cannot_be_read_is_refused_with_its_place(member: Member) -> None:
    refused = as_member(member).post(
        "/audiences/explain", {"customer_id": 1, "sentence": "近30天收藏≥很多次"}
    )

    assert (refused.status_code, refused.json()["code"]) == (422, "audiences.sentence_unreadable")
