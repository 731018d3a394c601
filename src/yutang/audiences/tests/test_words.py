"""What a builder of conditions can offer, in the reader's words and of one workspace only."""

import pytest

from yutang.tags.tests.builders import a_tag
from yutang.workspaces.tests.builders import a_member, a_workspace, as_member

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("open_warehouse")]


def test_the_words_of_a_workspace_are_its_own_and_in_the_readers_language() -> None:
    member, rival = a_member(a_workspace()), a_member(a_workspace())
    tag = a_tag(member)

    words = as_member(member).get("/audiences/vocabulary").json()
    favourite = next(each for each in words["events"] if each["name"] == "favorite")

    assert favourite["label"] == "收藏"
    assert {"name": "amount", "label": "金额", "kind": "money", "choices": []} in [
        each for event in words["events"] for each in event["properties"]
    ]
    assert [each["id"] for group in words["tag_groups"] for each in group["tags"]] == [tag.pk]
    assert as_member(rival).get("/audiences/vocabulary").json()["tag_groups"] == []


def test_a_sentence_becomes_a_condition_and_is_said_in_both_languages() -> None:
    hua = as_member(a_member(a_workspace()))

    read = hua.post("/audiences/read", {"sentence": "近30天收藏≥1次 且 城市=北京"}).json()
    said = hua.post("/audiences/say", {"condition": read["condition"]}).json()

    assert [each["kind"] for each in read["condition"]["of"]] == ["event", "attribute"]
    assert said["sentence"] == said["zh"] == read["sentence"]
    assert (
        hua.post("/audiences/read", {"sentence": said["en"]}).json()["condition"]
        == read["condition"]
    )


def test_a_sentence_that_is_none_is_refused_with_its_place() -> None:
    refused = as_member(a_member(a_workspace())).post("/audiences/read", {"sentence": "近30天收蔵"})

    assert refused.status_code == 422
    assert refused.json()["code"] == "audiences.sentence_unreadable"
